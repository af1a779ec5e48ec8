//! Checkpoints: what the tree was at a size, signed (C2SP tlog-checkpoint in a signed note).

use ring::signature::{ED25519, UnparsedPublicKey};
use signed_note::{Note, Signer, Verifier, VerifierList};
use tlog_tiles::Checkpoint as Text;
use tlog_tiles::tlog::Hash;

use crate::fault::Fault;

/// What a tree was at a size.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Checkpoint {
    /// How many leaves.
    pub size: u64,
    /// The root over them.
    pub root: Hash,
}

/// A signed note that is not the checkpoint of this ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a checkpoint signed by this ledger")]
pub struct NotACheckpoint;

/// The name of a ledger, in its checkpoints and of its key. It stands on the installation, not on a domain that
/// may change.
#[must_use]
pub fn origin(installation: &[u8; 16]) -> String {
    format!("latchkey/{}", hex::encode(installation))
}

/// Writes and signs a checkpoint.
///
/// # Errors
/// When the signer fails.
pub fn sign(origin: &str, checkpoint: &Checkpoint, signer: &dyn Signer) -> Result<String, Fault> {
    let failed = Fault::Internal("a checkpoint could not be written");
    let text = Text::new(origin, checkpoint.size, checkpoint.root, "").map_err(|_| failed)?;
    let mut note = Note::new(&text.to_bytes(), &[]).map_err(|_| Fault::Internal("a checkpoint is no note"))?;
    note.add_sigs(&[signer]).map_err(|_| Fault::Internal("a checkpoint could not be signed"))?;
    String::from_utf8(note.to_bytes()).map_err(|_| Fault::Internal("a note is no text"))
}

/// Reads a signed note and checks its origin and signature.
///
/// # Errors
/// When it is anything but a checkpoint of `origin` signed with the key.
pub fn verify(origin: &str, public_key: &[u8; 32], note: &[u8]) -> Result<Checkpoint, NotACheckpoint> {
    let note = Note::from_bytes(note).map_err(|_| NotACheckpoint)?;
    let verifier = PublicKey { name: origin.to_owned(), key: *public_key };
    let (verified, _) = note.verify(&VerifierList::new(vec![Box::new(verifier)])).map_err(|_| NotACheckpoint)?;
    if verified.is_empty() {
        return Err(NotACheckpoint);
    }
    let text = Text::from_bytes(note.text()).map_err(|_| NotACheckpoint)?;
    // Written again: what the library reads stops at an empty line, and what was signed does not.
    if text.origin() != origin || !text.extension().is_empty() || text.to_bytes() != note.text() {
        return Err(NotACheckpoint);
    }
    Ok(Checkpoint { size: text.size(), root: *text.hash() })
}

/// The id of an Ed25519 key in a signed note: the first four bytes of SHA-256(name ‖ LF ‖ 01 ‖ key).
#[must_use]
pub fn key_id(origin: &str, public_key: &[u8; 32]) -> u32 {
    let mut typed = vec![1];
    typed.extend_from_slice(public_key);
    signed_note::key_id(origin, &typed)
}

struct PublicKey {
    name: String,
    key: [u8; 32],
}

impl Verifier for PublicKey {
    fn name(&self) -> &str {
        &self.name
    }

    fn key_id(&self) -> u32 {
        key_id(&self.name, &self.key)
    }

    fn verify(&self, message: &[u8], signature: &[u8]) -> bool {
        UnparsedPublicKey::new(&ED25519, &self.key).verify(message, signature).is_ok()
    }
}
