//! Cosignatures: a witness says that it saw this checkpoint, when, and that the tree only grew (C2SP tlog-cosignature,
//! `cosignature/v1`).
//!
//! A line of a signed note: `— NAME base64(key id ‖ seconds u64 ‖ Ed25519 signature)`. What is signed is
//! `cosignature/v1` LF `time SECONDS` LF and the whole text of the note.

use ring::signature::{Ed25519KeyPair, KeyPair};
use signed_note::{Signature, Verifier};

use super::verifier_key::{NotAKey, Signs, VerifierKey};
use crate::clock::Timestamp;
use crate::fault::Fault;

/// The time and the signature.
const LENGTH: usize = 8 + 64;

/// Whoever cosigns: the secret half of a witness.
pub struct Cosigner {
    key: VerifierKey,
    pair: Ed25519KeyPair,
}

/// One cosignature, read but not yet verified.
#[derive(Debug, Clone, PartialEq)]
pub struct Cosignature {
    signature: Signature,
    seconds: u64,
}

/// A line that is no cosignature, or not of this key over this checkpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a cosignature of this witness over this checkpoint")]
pub struct NotCosigned;

impl Cosigner {
    /// The cosigner with this name and Ed25519 seed.
    ///
    /// # Errors
    /// When the name cannot stand in a signature.
    pub fn from_seed(name: &str, seed: &[u8; 32]) -> Result<Self, NotAKey> {
        let pair = Ed25519KeyPair::from_seed_unchecked(seed).map_err(|_| NotAKey)?;
        let public = pair.public_key().as_ref().try_into().map_err(|_| NotAKey)?;
        Ok(Self { key: VerifierKey::new(name, Signs::Cosignatures, public)?, pair })
    }

    /// What others verify with.
    #[must_use]
    pub fn verifier_key(&self) -> &VerifierKey {
        &self.key
    }

    /// Cosigns the text of a checkpoint's note as seen at `at`; the line, with its newline.
    ///
    /// # Errors
    /// When the clock stands before 1970.
    pub fn sign(&self, text: &[u8], at: Timestamp) -> Result<String, Fault> {
        let seconds = u64::try_from(at.seconds()).map_err(|_| Fault::Internal("the clock stands before 1970"))?;
        let mut bytes = seconds.to_be_bytes().to_vec();
        bytes.extend_from_slice(self.pair.sign(&message(seconds, text)).as_ref());
        let line = Signature::new(self.key.name().to_owned(), self.key.key_id(), bytes);
        let line = line.map_err(|_| Fault::Internal("a cosigner's name"))?.to_bytes();
        String::from_utf8(line).map_err(|_| Fault::Internal("a cosignature is no text"))
    }
}

impl std::fmt::Debug for Cosigner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Cosigner({})", self.key)
    }
}

impl Cosignature {
    /// Reads a line, without its newline. Nothing is verified yet.
    ///
    /// # Errors
    /// When it is not the one spelling of a cosignature.
    pub fn parse(line: &str) -> Result<Self, NotCosigned> {
        let signature = Signature::from_bytes(line.as_bytes()).map_err(|_| NotCosigned)?;
        let (seconds, _) = signature.signature().split_first_chunk::<8>().ok_or(NotCosigned)?;
        let seconds = u64::from_be_bytes(*seconds);
        let fits = signature.signature().len() == LENGTH && i64::try_from(seconds).is_ok();
        let cosignature = Self { signature, seconds };
        if fits && cosignature.line().strip_suffix('\n') == Some(line) { Ok(cosignature) } else { Err(NotCosigned) }
    }

    /// The cosignature of this witness among the lines of an answer or a note; those of others are passed over.
    ///
    /// # Errors
    /// When there is none, or it is not good: one line with the witness's name and key id that does not verify spoils
    /// the others (C2SP signed-note).
    pub fn find(lines: &str, key: &VerifierKey, text: &[u8]) -> Result<Self, NotCosigned> {
        let mut found = None;
        for line in lines.lines() {
            let Ok(signature) = Signature::from_bytes(line.as_bytes()) else { continue };
            if signature.name() == key.name() && signature.id() == key.key_id() {
                let cosignature = Self::parse(line)?;
                cosignature.verify(key, text)?;
                found = Some(cosignature);
            }
        }
        found.ok_or(NotCosigned)
    }

    /// Whether this witness made it over this text of a note.
    ///
    /// # Errors
    /// When not.
    pub fn verify(&self, key: &VerifierKey, text: &[u8]) -> Result<(), NotCosigned> {
        let (_, signature) = self.signature.signature().split_first_chunk::<8>().ok_or(NotCosigned)?;
        let its_own = key.signs() == Signs::Cosignatures
            && self.signature.name() == key.name()
            && self.signature.id() == key.key_id();
        if its_own && key.verify(&message(self.seconds, text), signature) { Ok(()) } else { Err(NotCosigned) }
    }

    /// When the witness saw it.
    #[must_use]
    pub fn at(&self) -> Timestamp {
        Timestamp::from_seconds(self.seconds.cast_signed())
    }

    /// The line of a note, with its newline.
    #[must_use]
    pub fn line(&self) -> String {
        String::from_utf8_lossy(&self.signature.to_bytes()).into_owned()
    }
}

fn message(seconds: u64, text: &[u8]) -> Vec<u8> {
    let mut message = format!("cosignature/v1\ntime {seconds}\n").into_bytes();
    message.extend_from_slice(text);
    message
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    const TEXT: &[u8] = b"example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";

    fn cosigner() -> Cosigner {
        Cosigner::from_seed("witness.example/w1", &[7; 32]).unwrap()
    }

    #[test]
    fn a_cosignature_is_that_of_the_vector() {
        // Made with another implementation (Python's hashlib and cryptography).
        let vector: serde_json::Value =
            serde_json::from_str(include_str!("../../tests/vectors/cosignature.json")).unwrap();
        let text = vector.get("text").unwrap().as_str().unwrap();
        let line = cosigner().sign(text.as_bytes(), Timestamp::from_seconds(1_679_315_147)).unwrap();
        assert_eq!(line, vector.get("line").unwrap().as_str().unwrap());
        assert_eq!(cosigner().verifier_key().to_string(), vector.get("verifier_key").unwrap().as_str().unwrap());
    }

    #[test]
    fn it_is_good_for_its_witness_and_its_text_alone() {
        let (witness, at) = (cosigner(), Timestamp::from_seconds(1_679_315_147));
        let line = witness.sign(TEXT, at).unwrap();
        let cosignature = Cosignature::parse(line.trim_end()).unwrap();
        assert_eq!(cosignature.at(), at);
        assert_eq!(cosignature.verify(witness.verifier_key(), TEXT), Ok(()));
        let other = [TEXT, b"x\n"].concat();
        assert_eq!(cosignature.verify(witness.verifier_key(), &other), Err(NotCosigned));
        for (name, seed) in [("witness.example/w1", [8; 32]), ("witness.example/w2", [7; 32])] {
            let stranger = Cosigner::from_seed(name, &seed).unwrap();
            assert_eq!(cosignature.verify(stranger.verifier_key(), TEXT), Err(NotCosigned), "{name}");
        }
        // The same key, as a log's: what it signs is not this.
        let as_log = VerifierKey::new("witness.example/w1", Signs::Checkpoints, *witness.verifier_key().bytes());
        assert_eq!(cosignature.verify(&as_log.unwrap(), TEXT), Err(NotCosigned));
    }

    #[test]
    fn another_time_is_another_statement() {
        let witness = cosigner();
        let line = witness.sign(TEXT, Timestamp::from_seconds(10)).unwrap();
        let mut later = Cosignature::parse(line.trim_end()).unwrap();
        let mut bytes = later.signature.signature().to_vec();
        *bytes.get_mut(7).unwrap() = 11;
        later.signature = Signature::new("witness.example/w1".to_owned(), later.signature.id(), bytes).unwrap();
        let moved = Cosignature::parse(later.line().trim_end()).unwrap();
        assert_eq!(moved.at().seconds(), 11);
        assert_eq!(moved.verify(witness.verifier_key(), TEXT), Err(NotCosigned));
    }

    #[test]
    fn among_lines_of_others_its_own_is_found_and_a_false_one_spoils_it() {
        let (witness, other) = (cosigner(), Cosigner::from_seed("witness.example/w2", &[9; 32]).unwrap());
        let at = Timestamp::from_seconds(5);
        let (own, foreign) = (witness.sign(TEXT, at).unwrap(), other.sign(TEXT, at).unwrap());
        let false_one = witness.sign(b"another\n0\nx\n", at).unwrap();
        let find = |lines: &str| Cosignature::find(lines, witness.verifier_key(), TEXT);
        assert!(find(&format!("{foreign}{own}")).is_ok());
        assert_eq!(find(&foreign), Err(NotCosigned));
        assert_eq!(find(&format!("{own}{false_one}")), Err(NotCosigned));
        assert_eq!(find("no line at all"), Err(NotCosigned));
    }
}
