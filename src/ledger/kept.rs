//! Small files that must be whole after any crash: what was signed last, by custody and by a witness.
//!
//! Written beside, synced, renamed, and the folder synced: a crash leaves the old text or the new one, never half of
//! one, and what this returned from is on the disk.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

/// Puts `text` in the place of whatever the file held; for its owner alone (0600).
///
/// # Errors
/// When it could not be made durable. The file holds the old text or the new one then, and nobody knows which of them
/// is on the disk.
pub fn replace(path: &Path, text: &str) -> io::Result<()> {
    let beside = path.with_extension("next");
    let mut file = OpenOptions::new().create(true).truncate(true).write(true).mode(0o600).open(&beside)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::rename(&beside, path)?;
    sync_folder(path)
}

/// Writes a file that must not be there yet; for its owner alone (0600).
///
/// # Errors
/// When it is there, or could not be made durable.
pub fn create(path: &Path, text: &str) -> io::Result<()> {
    let mut file = OpenOptions::new().create_new(true).write(true).mode(0o600).open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    sync_folder(path)
}

fn sync_folder(path: &Path) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder)?.sync_all()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn the_new_text_is_there_for_its_owner_alone_and_nothing_lies_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.checkpoint");
        for text in ["one", "another, longer than that", "x"] {
            replace(&path, text).unwrap();
            assert_eq!(fs::read_to_string(&path).unwrap(), text);
        }
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        assert!(create(&path, "y").is_err(), "what is there is not written over");
        assert_eq!(fs::read_to_string(&path).unwrap(), "x");
    }
}
