//! What comes from the machine: the time, and chance.
#![expect(clippy::disallowed_methods, reason = "a program of its own: it has no other clock and no other dice")]

use std::time::{SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rand::{SecureRandom, SystemRandom};

/// Seconds since 1970.
pub fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs()
}

/// 256 random bits as 43 characters: a `state`, a `jti`, a PKCE verifier, a cookie.
pub fn token() -> Result<String, String> {
    let mut bytes = [0_u8; 32];
    dice().fill(&mut bytes).map_err(|_| "the system has no random bytes".to_owned())?;
    Ok(encode(&bytes))
}

/// The system's source of random bytes.
pub fn dice() -> SystemRandom {
    SystemRandom::new()
}

/// base64url without padding, as JOSE writes bytes.
pub fn encode(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The bytes of a base64url text.
pub fn decode(text: &str) -> Result<Vec<u8>, String> {
    URL_SAFE_NO_PAD.decode(text).map_err(|_| "not base64url".to_owned())
}

/// base64url of the SHA-256: PKCE challenges (RFC 7636), `ath` and thumbprints.
pub fn digest(text: &str) -> String {
    encode(ring::digest::digest(&ring::digest::SHA256, text.as_bytes()).as_ref())
}
