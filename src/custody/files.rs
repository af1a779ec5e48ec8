//! Key files: one line of hexadecimal each, for the service's user alone.
//!
//! Made once, at first start, and synced before anything is sealed under them. If we crash half-way through a
//! first start, the next one says which file is missing instead of making a second set of keys.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{Read, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;

use zeroize::Zeroizing;

use crate::crypto::random;
use crate::crypto::secret::Secret;
use crate::crypto::wrap::{self, Binding};
use crate::fault::Fault;

/// Makes the folder (0700) when it is not there.
pub fn prepare_folder(folder: &Path) -> Result<(), Fault> {
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
        .map_err(|cause| Fault::File("the key folder cannot be made", cause))
}

/// Whether no key was made here yet (a README may lie there).
pub fn is_empty(folder: &Path) -> Result<bool, Fault> {
    let files = fs::read_dir(folder).map_err(|cause| Fault::File("the key folder cannot be read", cause))?;
    for file in files {
        let file = file.map_err(|cause| Fault::File("the key folder cannot be read", cause))?;
        let name = file.file_name();
        if Path::new(&name).extension().is_some_and(|ending| ending == "key" || ending == "id") {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Reads `N` bytes, or makes them of random ones at first start.
pub fn read_or_make<const N: usize>(folder: &Path, name: &str, fresh: bool) -> Result<[u8; N], Fault> {
    let path = folder.join(name);
    if fresh {
        let bytes: [u8; N] = random::bytes()?;
        write(&path, &bytes)?;
        return Ok(bytes);
    }
    let bytes = read(&path)?;
    bytes.as_slice().try_into().map_err(|_| Fault::Key("a key file has another length"))
}

/// Reads a wrapped key, or makes one at first start.
pub fn wrapped(
    folder: &Path, name: &'static str, fresh: bool, root: &Secret<32>, binding: Binding<'_>,
) -> Result<Secret<32>, Fault> {
    let path = folder.join(name);
    if fresh {
        let key = Secret::random()?;
        write(&path, &wrap::wrap(root, 0, binding, &key)?)?;
        return Ok(key);
    }
    wrap::unwrap(root, binding, &read(&path)?).map_err(|_| Fault::Key(name))
}

/// Writes a key file that must not exist yet, and makes it durable.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Fault> {
    let failed = |cause| Fault::File("a key file cannot be written", cause);
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path).map_err(failed)?;
    let line = Zeroizing::new(format!("{}\n", hex::encode(bytes)));
    file.write_all(line.as_bytes()).and_then(|()| file.sync_all()).map_err(failed)?;
    if let Some(folder) = path.parent() {
        File::open(folder).and_then(|folder| folder.sync_all()).map_err(failed)?;
    }
    Ok(())
}

/// Reads a key file; refuses one that others can read.
pub fn read(path: &Path) -> Result<Zeroizing<Vec<u8>>, Fault> {
    let missing = |cause| Fault::File("a key file cannot be read (never make a new one: restore it)", cause);
    let mut file = File::open(path).map_err(missing)?;
    let mode = file.metadata().map_err(missing)?.permissions().mode();
    if mode & 0o077 != 0 {
        return Err(Fault::Key("a key file can be read by others; make it 0600 and think about who read it"));
    }
    let mut line = Zeroizing::new(String::new());
    file.read_to_string(&mut line).map_err(missing)?;
    hex::decode(line.trim()).map(Zeroizing::new).map_err(|_| Fault::Key("a key file is not hexadecimal"))
}
