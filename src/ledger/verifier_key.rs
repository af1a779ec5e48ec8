//! Verifier keys: who signs notes, what, and with which key, as one line of text (C2SP signed-note):
//! `name+id+base64(type ‖ key)`, where the id is the first four bytes of SHA-256(name ‖ LF ‖ type ‖ key).

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::signature::{ED25519, UnparsedPublicKey};
use signed_note::Verifier;

/// What a key signs, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Signs {
    /// A log its checkpoints: Ed25519 over the note's text.
    Checkpoints = 0x01,
    /// A witness what it saw: `cosignature/v1` (C2SP tlog-cosignature).
    Cosignatures = 0x04,
}

/// A signer's public key, with the name that stands in its signatures.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct VerifierKey {
    name: String,
    signs: Signs,
    key: [u8; 32],
}

/// Not a verifier key that is used here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a verifier key (name+id+base64) of a log or a witness")]
pub struct NotAKey;

impl VerifierKey {
    /// A key under a name.
    ///
    /// # Errors
    /// When a signature could not carry the name, or anybody could sign with the key.
    pub fn new(name: &str, signs: Signs, key: [u8; 32]) -> Result<Self, NotAKey> {
        // Under a key of low order, forged signatures pass.
        let point = ed25519_dalek::VerifyingKey::from_bytes(&key).map_err(|_| NotAKey)?;
        let is_name = signed_note::is_key_name_valid(name) && !name.chars().any(char::is_control);
        if point.is_weak() || !is_name {
            return Err(NotAKey);
        }
        Ok(Self { name: name.to_owned(), signs, key })
    }

    /// Reads its one line.
    ///
    /// # Errors
    /// When it is anything but the one spelling of a key of a log or a witness.
    pub fn parse(line: &str) -> Result<Self, NotAKey> {
        let (name, rest) = line.split_once('+').ok_or(NotAKey)?;
        let (_, typed) = rest.split_once('+').ok_or(NotAKey)?;
        let typed = STANDARD.decode(typed).map_err(|_| NotAKey)?;
        let (signs, key) = typed.split_first().ok_or(NotAKey)?;
        let signs = match signs {
            0x01 => Signs::Checkpoints,
            0x04 => Signs::Cosignatures,
            _ => return Err(NotAKey),
        };
        let key = Self::new(name, signs, key.try_into().map_err(|_| NotAKey)?)?;
        // The id is compared with the rest: a mistyped name or key does not go unseen.
        if key.to_string() == line { Ok(key) } else { Err(NotAKey) }
    }

    /// What the key signs.
    #[must_use]
    pub fn signs(&self) -> Signs {
        self.signs
    }

    /// The key itself.
    #[must_use]
    pub fn bytes(&self) -> &[u8; 32] {
        &self.key
    }

    fn typed(&self) -> Vec<u8> {
        [&[self.signs as u8], self.key.as_slice()].concat()
    }
}

impl fmt::Display for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}+{:08x}+{}", self.name, self.key_id(), STANDARD.encode(self.typed()))
    }
}

/// As what it is: of a log over the note's text. A cosignature is checked in its own module.
impl Verifier for VerifierKey {
    fn name(&self) -> &str {
        &self.name
    }

    fn key_id(&self) -> u32 {
        signed_note::key_id(&self.name, &self.typed())
    }

    fn verify(&self, message: &[u8], signature: &[u8]) -> bool {
        UnparsedPublicKey::new(&ED25519, &self.key).verify(message, signature).is_ok()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    // The key of Go's sumdb/note documentation, and the one of sum.golang.org.
    const KEYS: [&str; 2] = [
        "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8",
    ];

    #[test]
    fn a_key_is_read_and_written_as_others_do() {
        for line in KEYS {
            let key = VerifierKey::parse(line).unwrap();
            assert_eq!((key.to_string().as_str(), key.signs()), (line, Signs::Checkpoints));
        }
    }

    #[test]
    fn whatever_is_not_its_one_spelling_is_refused() {
        let [line, _] = KEYS;
        let bad = [
            String::new(),
            line.replace("c74f20a3", "C74F20A3"),
            line.replace("c74f20a3", "c74f20a4"),
            line.replace("Peter", "Pet r"),
            line.replace("Peter", "Otto"),
            line.replace("+ARpc", "+ARpd"),
            format!("{line}\n"),
            format!("{line}="),
            format!("+{line}"),
        ];
        for line in bad {
            assert_eq!(VerifierKey::parse(&line), Err(NotAKey), "{line:?}");
        }
    }

    #[test]
    fn a_key_of_low_order_is_refused() {
        // The neutral point: under it a signature of zeroes "verifies" for many messages.
        let mut neutral = [0; 32];
        *neutral.first_mut().unwrap() = 1;
        for weak in [neutral, [0; 32]] {
            assert_eq!(VerifierKey::new("w", Signs::Cosignatures, weak), Err(NotAKey));
        }
    }
}
