//! The key of a witness: one line, as Go's signed notes write it (`PRIVATE+KEY+name+id+base64(01 ‖ seed)`), so that the
//! key can be taken to another implementation of a witness.

use std::fs::File;
use std::io::Read;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use signed_note::Verifier;
use zeroize::Zeroizing;

use super::memory::Memory;
use crate::crypto::secret::Secret;
use crate::fault::Fault;
use crate::ledger::cosignature::Cosigner;
use crate::ledger::kept;
use crate::ledger::verifier_key::{Signs, VerifierKey};

/// The file in the witness's folder.
const FILE: &str = "witness.key";

/// Makes the folder of a new witness with a fresh key.
///
/// # Errors
/// When there is one already, or the name cannot stand in a signature or has a scheme.
pub fn make(folder: &Path, name: &str) -> Result<VerifierKey, Fault> {
    // C2SP signed-note and tlog-witness: names are URLs without their scheme.
    if name.contains("://") {
        return Err(Fault::Key("the name of a witness is written without https://"));
    }
    let seed: Secret<32> = Secret::random()?;
    let cosigner = Cosigner::from_seed(name, seed.expose()).map_err(|_| Fault::Key("a name has no spaces and no +"))?;
    let typed = Zeroizing::new([&[Signs::Checkpoints as u8], seed.expose().as_slice()].concat());
    let line = Zeroizing::new(format!("PRIVATE+KEY+{name}+{}+{}\n", id(&cosigner)?, STANDARD.encode(&*typed)));
    Memory::make(folder)?;
    kept::create(&folder.join(FILE), &line)
        .map_err(|cause| Fault::File("the witness's key cannot be written", cause))?;
    Ok(cosigner.verifier_key().clone())
}

/// Reads the key in a witness's folder.
///
/// # Errors
/// When it is missing, readable by others, or no such key.
pub fn read(folder: &Path) -> Result<Cosigner, Fault> {
    let missing = |cause| Fault::File("the witness's key cannot be read", cause);
    let mut file = File::open(folder.join(FILE)).map_err(missing)?;
    if file.metadata().map_err(missing)?.permissions().mode() & 0o077 != 0 {
        return Err(Fault::Key("the witness's key can be read by others; make it 0600 and think about who read it"));
    }
    let mut line = Zeroizing::new(String::new());
    file.read_to_string(&mut line).map_err(missing)?;
    parse(line.trim_end()).ok_or(Fault::Key("the witness's key is no PRIVATE+KEY+name+id+key"))
}

fn parse(line: &str) -> Option<Cosigner> {
    let (name, rest) = line.strip_prefix("PRIVATE+KEY+")?.split_once('+')?;
    let (written, typed) = rest.split_once('+')?;
    let typed = Zeroizing::new(STANDARD.decode(typed).ok()?);
    let (signs, seed) = typed.split_first()?;
    if *signs != Signs::Checkpoints as u8 {
        return None;
    }
    let cosigner = Cosigner::from_seed(name, seed.try_into().ok()?).ok()?;
    // The id is of name and key: a mistyped line does not go unseen.
    (id(&cosigner).ok()? == written).then_some(cosigner)
}

/// The id of the key as one that signs notes: what stands in the file, whatever it is used for.
fn id(cosigner: &Cosigner) -> Result<String, Fault> {
    let key = cosigner.verifier_key();
    let key = VerifierKey::new(key.name(), Signs::Checkpoints, *key.bytes());
    key.map(|key| format!("{:08x}", key.key_id())).map_err(|_| Fault::Key("the witness's key"))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn the_key_is_written_as_go_writes_it() {
        // The library is a port of Go's sumdb/note.
        let folder = tempfile::tempdir().unwrap();
        let key = make(&folder.path().join("w"), "witness.example/w1").unwrap();
        let line = std::fs::read_to_string(folder.path().join("w").join(FILE)).unwrap();
        let theirs = signed_note::StandardSigner::new(line.trim_end()).unwrap();
        let as_log = VerifierKey::new("witness.example/w1", Signs::Checkpoints, *key.bytes()).unwrap();
        let signature = signed_note::Signer::sign(&theirs, b"a text\n").unwrap();
        assert!(as_log.verify(b"a text\n", &signature));
        assert_eq!(read(&folder.path().join("w")).unwrap().verifier_key(), &key);
    }

    #[test]
    fn a_key_is_never_written_over_and_never_read_when_others_can_read_it() {
        let folder = tempfile::tempdir().unwrap();
        let key = make(folder.path(), "w").unwrap();
        assert!(make(folder.path(), "w").is_err());
        assert_eq!(read(folder.path()).unwrap().verifier_key(), &key);
        let path = folder.path().join(FILE);
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();
        assert!(read(folder.path()).is_err());
    }

    #[test]
    fn what_is_mistyped_is_no_key() {
        let folder = tempfile::tempdir().unwrap();
        make(folder.path(), "w").unwrap();
        let line = std::fs::read_to_string(folder.path().join(FILE)).unwrap();
        let line = line.trim_end();
        assert!(parse(line).is_some());
        for bad in [line.replace("+w+", "+v+"), line.replace("PRIVATE", "PUBLIC"), format!("{line}A"), String::new()] {
            assert!(parse(&bad).is_none(), "{bad}");
        }
    }
}
