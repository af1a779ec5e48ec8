//! SHA-256, HMAC-SHA256 and HKDF-SHA256, all ring's.

use ring::{digest, hkdf, hmac};

use super::secret::Secret;
use crate::fault::Fault;

/// SHA-256.
#[must_use]
pub fn sha256(data: &[u8]) -> [u8; 32] {
    let mut out = [0_u8; 32];
    out.copy_from_slice(digest::digest(&digest::SHA256, data).as_ref());
    out
}

/// SHA-256 over several pieces, one after the other.
#[must_use]
pub fn sha256_of(pieces: &[&[u8]]) -> [u8; 32] {
    let mut context = digest::Context::new(&digest::SHA256);
    for piece in pieces {
        context.update(piece);
    }
    let mut out = [0_u8; 32];
    out.copy_from_slice(context.finish().as_ref());
    out
}

/// HMAC-SHA256.
#[must_use]
pub fn hmac_sha256(key: &Secret<32>, data: &[u8]) -> [u8; 32] {
    let key = hmac::Key::new(hmac::HMAC_SHA256, key.expose());
    let mut out = [0_u8; 32];
    out.copy_from_slice(hmac::sign(&key, data).as_ref());
    out
}

/// HKDF-SHA256: `N` bytes for `info`, written as consecutive pieces.
///
/// # Errors
/// Never for the lengths used here (at most 255 × 32 bytes).
pub fn hkdf_sha256<const N: usize>(key: &Secret<32>, salt: &[u8], info: &[&[u8]]) -> Result<Secret<N>, Fault> {
    struct Length(usize);
    impl hkdf::KeyType for Length {
        fn len(&self) -> usize {
            self.0
        }
    }
    let mut out = [0_u8; N];
    hkdf::Salt::new(hkdf::HKDF_SHA256, salt)
        .extract(key.expose())
        .expand(info, Length(N))
        .and_then(|okm| okm.fill(&mut out))
        .map_err(|_| Fault::Internal("HKDF cannot give so many bytes"))?;
    Secret::take(&mut out).ok_or(Fault::Internal("HKDF gave another length"))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn hkdf_gives_what_another_implementation_gives() {
        // Python's cryptography: HKDF(SHA256, 42, salt = b"", info = b"").derive(0x0b * 32).
        let key = Secret::take(&mut [0x0b; 32]).unwrap();
        let okm: Secret<42> = hkdf_sha256(&key, b"", &[b""]).unwrap();
        let expected = "27488977d7c845fa17e618b4e225651a0a417521175396f455da2c465679eea8e1cd54743a052a236fea";
        assert_eq!(hex::encode(okm.expose()), expected);
    }
}
