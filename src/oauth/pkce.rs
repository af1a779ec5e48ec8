//! Proof key for code exchange (RFC 7636): S256 and nothing else, for everybody.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use subtle::ConstantTimeEq;

use super::refusal::Refusal::{self, InvalidGrant, InvalidRequest};
use crate::crypto::hash;

/// The hash of a secret that only the one who began the flow knows.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Challenge(String);

impl Challenge {
    /// Reads `code_challenge` and `code_challenge_method` (§4.3).
    ///
    /// # Errors
    /// `invalid_request` when there is none, the method is not `S256`, or it is no SHA-256 in base64url.
    pub fn parse(challenge: Option<&str>, method: Option<&str>) -> Result<Self, Refusal> {
        let challenge = challenge.ok_or(InvalidRequest("no code_challenge"))?;
        if method != Some("S256") {
            return Err(InvalidRequest("code_challenge_method must be S256"));
        }
        match URL_SAFE_NO_PAD.decode(challenge) {
            Ok(hash) if hash.len() == 32 => Ok(Self(challenge.to_owned())),
            _ => Err(InvalidRequest("code_challenge is not a SHA-256 in base64url")),
        }
    }

    /// A challenge as the database gave it back.
    #[must_use]
    pub fn stored(text: String) -> Self {
        Self(text)
    }

    /// As text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether `verifier` is the secret (§4.6), compared in constant time.
    ///
    /// # Errors
    /// `invalid_grant` when it is not.
    pub fn check(&self, verifier: &Verifier) -> Result<(), Refusal> {
        let hash = URL_SAFE_NO_PAD.encode(hash::sha256(verifier.0.as_bytes()));
        if bool::from(hash.as_bytes().ct_eq(self.0.as_bytes())) {
            return Ok(());
        }
        Err(InvalidGrant("code_verifier does not match"))
    }
}

/// What the client says the secret was: 43 to 128 unreserved characters (§4.1).
pub struct Verifier(String);

impl Verifier {
    /// Reads a `code_verifier`.
    ///
    /// # Errors
    /// `invalid_request` when it is malformed.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let unreserved = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~');
        if (43..=128).contains(&text.len()) && text.bytes().all(unreserved) {
            return Ok(Self(text.to_owned()));
        }
        Err(InvalidRequest("code_verifier must be 43 to 128 unreserved characters"))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    // RFC 7636 appendix B.
    const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    #[test]
    fn the_rfcs_verifier_matches_its_challenge() {
        let challenge = Challenge::parse(Some(CHALLENGE), Some("S256")).unwrap();
        assert!(challenge.check(&Verifier::parse(VERIFIER).unwrap()).is_ok());
        assert!(challenge.check(&Verifier::parse(CHALLENGE).unwrap()).is_err());
    }

    #[test]
    fn v17_a_challenge_cannot_be_dropped_or_weakened() {
        for (challenge, method) in [
            (None, Some("S256")),
            (Some(CHALLENGE), None),
            (Some(CHALLENGE), Some("plain")),
            (Some(CHALLENGE), Some("s256")),
            (Some(&CHALLENGE[..42]), Some("S256")),
            (Some(&"a".repeat(129)), Some("S256")),
            (Some("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw+cM"), Some("S256")),
        ] {
            assert!(Challenge::parse(challenge, method).is_err(), "{challenge:?} {method:?}");
        }
    }

    #[test]
    fn a_verifier_has_43_to_128_unreserved_characters() {
        for (text, good) in
            [("a".repeat(42), false), ("a".repeat(43), true), ("a".repeat(128), true), ("a".repeat(129), false)]
        {
            assert_eq!(Verifier::parse(&text).is_ok(), good, "{}", text.len());
        }
        assert!(Verifier::parse(&format!("{} ", "a".repeat(43))).is_err());
    }
}
