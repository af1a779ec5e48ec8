//! Random secrets that somebody else holds, and the digest that is stored in their stead.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use super::{hash, random};
use crate::fault::Fault;

/// A secret of 256 random bits for a client, a browser or a slip of paper: 43 characters of base64url.
pub struct Token(Zeroizing<String>);

impl Token {
    /// A fresh one.
    ///
    /// # Errors
    /// When the operating system has no random bytes.
    pub fn random() -> Result<Self, Fault> {
        let bytes = Zeroizing::new(random::bytes::<32>()?);
        Ok(Self(Zeroizing::new(URL_SAFE_NO_PAD.encode(bytes.as_slice()))))
    }

    /// A token as custody gave it back: the text of an earlier one, which was kept sealed.
    ///
    /// # Errors
    /// When it is not 43 characters of base64url.
    pub fn stored(mut text: Zeroizing<Vec<u8>>) -> Result<Self, Fault> {
        let well_formed =
            text.len() == 43 && text.iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
        let text = String::from_utf8(std::mem::take(&mut *text)).ok().filter(|_| well_formed);
        text.map(|text| Self(Zeroizing::new(text))).ok_or(Fault::Stored("a token that is none"))
    }

    /// The text to hand out, once.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// What is stored of it.
    #[must_use]
    pub fn digest(&self) -> Digest {
        Digest::of(self.0.as_bytes())
    }
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("[redacted]")
    }
}

/// SHA-256 of a secret, as base64url. Enough for secrets of 112 bits and more (ASVS 6.5.2).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Digest(String);

impl Digest {
    /// The digest of what somebody presented.
    #[must_use]
    pub fn of(secret: &[u8]) -> Self {
        Self(URL_SAFE_NO_PAD.encode(hash::sha256(secret)))
    }

    /// The digest of several parts; each is length-prefixed, so that no two lists meet.
    #[must_use]
    pub fn of_parts(parts: &[&[u8]]) -> Self {
        Self::of(&super::aead::length_prefixed(parts))
    }

    /// Whether it is the same, in a time that does not say where they differ.
    #[must_use]
    pub fn is(&self, other: &Self) -> bool {
        self.0.as_bytes().ct_eq(other.0.as_bytes()).into()
    }

    /// A digest as the database gave it back.
    #[must_use]
    pub fn stored(text: String) -> Self {
        Self(text)
    }

    /// As text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
