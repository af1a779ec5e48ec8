//! A nonce that says when it was made, and that nobody else made it.
//!
//! `ver 01 ‖ seconds u64 ‖ the first 16 bytes of HMAC-SHA256(key, ver ‖ seconds)`, in base64url. Nothing of it is
//! stored, so it is good on every node that holds the key, and after a restart; and whoever does not hold the key
//! can neither foretell it nor make it younger.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use subtle::ConstantTimeEq;

use super::hash;
use super::secret::Secret;
use crate::clock::Timestamp;

const VERSION: u8 = 1;
/// Version and seconds.
const STAMP: usize = 9;
/// Bytes of the HMAC that go out: 128 bits, not to be guessed within a nonce's life.
const MAC: usize = 16;

/// What makes nonces, and knows its own again.
#[derive(Debug)]
pub struct NonceKey(Secret<32>);

impl NonceKey {
    /// With a key that is used for nothing else.
    #[must_use]
    pub fn new(key: Secret<32>) -> Self {
        Self(key)
    }

    /// The nonce of this second.
    #[must_use]
    pub fn issue(&self, now: Timestamp) -> String {
        let mut bytes = Vec::with_capacity(STAMP + MAC);
        bytes.push(VERSION);
        bytes.extend_from_slice(&now.seconds().to_be_bytes());
        let mac = self.mac(&bytes);
        bytes.extend_from_slice(&mac);
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// When a nonce was made; `None` when it is not one of this key's.
    #[must_use]
    pub fn made_at(&self, nonce: &str) -> Option<Timestamp> {
        let bytes = URL_SAFE_NO_PAD.decode(nonce).ok()?;
        let (stamp, mac) = bytes.split_first_chunk::<STAMP>()?;
        if !bool::from(self.mac(stamp).ct_eq(mac)) {
            return None;
        }
        let [VERSION, seconds @ ..] = *stamp else { return None };
        Some(Timestamp::from_seconds(i64::from_be_bytes(seconds)))
    }

    fn mac(&self, stamp: &[u8]) -> [u8; MAC] {
        let whole = hash::hmac_sha256(&self.0, stamp);
        let mut mac = [0; MAC];
        mac.copy_from_slice(whole.first_chunk::<MAC>().unwrap_or(&[0; MAC]));
        mac
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]
mod tests {
    use super::*;

    const AT: Timestamp = Timestamp::from_seconds(1_800_000_000);

    fn key(byte: u8) -> NonceKey {
        NonceKey::new(Secret::take(&mut [byte; 32]).unwrap())
    }

    #[test]
    fn a_nonce_has_the_bytes_of_the_test_vector() {
        // Made with another implementation (Python's hmac).
        assert_eq!(key(7).issue(AT), include_str!("../../tests/vectors/dpop_nonce.txt").trim());
        assert_eq!(key(7).made_at(&key(7).issue(AT)), Some(AT));
    }

    #[test]
    fn what_was_altered_or_made_elsewhere_is_no_nonce() {
        let nonce = key(7).issue(AT);
        assert_eq!(key(8).made_at(&nonce), None);
        let bytes = URL_SAFE_NO_PAD.decode(&nonce).unwrap();
        for at in 0..bytes.len() {
            for bit in 0..8 {
                let mut altered = bytes.clone();
                altered[at] ^= 1 << bit;
                assert_eq!(key(7).made_at(&URL_SAFE_NO_PAD.encode(altered)), None, "byte {at}, bit {bit}");
            }
        }
        for not in ["", "AQ", &nonce[1..], &format!("{nonce}A"), &format!("{nonce}="), &"A".repeat(34)] {
            assert_eq!(key(7).made_at(not), None, "{not}");
        }
    }
}
