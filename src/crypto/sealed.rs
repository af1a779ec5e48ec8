//! A sealed field: one message under a resident's key, bound to its place.
//!
//! `ver 01 ‖ suite 01 ‖ rk_version u32 ‖ salt 24 ‖ commitment 32 ‖ ciphertext ‖ tag 16`.
//! HKDF-SHA256(key, salt, `latchkey/vault/msg/v1` ‖ suite) gives AES key 32 ‖ nonce 12 ‖ commitment 32, so key and
//! nonce are fresh for every message, and the commitment, compared before GCM runs, makes it impossible to build
//! one ciphertext that opens under two keys.

use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use super::secret::Secret;
use super::{aead, hash, random};
use crate::fault::Fault;

const VERSION: u8 = 1;
const SUITE: u8 = 1;
const SALT: usize = 24;
const HEAD: usize = 2 + 4 + SALT + 32;

/// Where a sealed field stands: all of it is authenticated, so that nothing can be moved or played back.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// The installation.
    pub installation: &'a [u8; 16],
    /// The table.
    pub table: &'a str,
    /// The field within the record.
    pub field: &'a str,
    /// Whose it is; empty where it is about nobody.
    pub resident: &'a str,
    /// Which writing of the record.
    pub record_version: u64,
    /// Which form the content has.
    pub schema_version: u16,
}

impl Place<'_> {
    fn associated(&self) -> Vec<u8> {
        aead::length_prefixed(&[
            b"latchkey/vault/v1",
            self.installation,
            self.table.as_bytes(),
            self.field.as_bytes(),
            self.resident.as_bytes(),
            &self.record_version.to_be_bytes(),
            &self.schema_version.to_be_bytes(),
        ])
    }
}

/// Seals a message.
///
/// # Errors
/// When the operating system has no random bytes.
pub fn seal(key: &Secret<32>, key_version: u32, place: Place<'_>, message: &[u8]) -> Result<Vec<u8>, Fault> {
    seal_with(key, key_version, place, message, random::bytes()?)
}

fn seal_with(
    key: &Secret<32>, key_version: u32, place: Place<'_>, message: &[u8], salt: [u8; SALT],
) -> Result<Vec<u8>, Fault> {
    let derived = Derived::from(key, &salt)?;
    let mut body = Vec::with_capacity(message.len() + aead::TAG);
    body.extend_from_slice(message);
    aead::seal(derived.key.expose(), &derived.nonce, &place.associated(), &mut body)?;
    let mut out = Vec::with_capacity(HEAD + body.len());
    out.extend_from_slice(&[VERSION, SUITE]);
    out.extend_from_slice(&key_version.to_be_bytes());
    out.extend_from_slice(&salt);
    out.extend_from_slice(&derived.commitment);
    out.extend_from_slice(&body);
    Ok(out)
}

/// Opens a sealed message. The answer is wiped when dropped.
///
/// # Errors
/// When anything at all was altered, moved or sealed under another key.
pub fn open(key: &Secret<32>, place: Place<'_>, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Fault> {
    let not_sealed = Fault::Sealed("not a sealed field");
    let (head, body) = sealed.split_at_checked(HEAD).ok_or(not_sealed)?;
    let (front, commitment) = head.split_last_chunk::<32>().ok_or(Fault::Sealed("not a sealed field"))?;
    let (start, salt) = front.split_last_chunk::<SALT>().ok_or(Fault::Sealed("not a sealed field"))?;
    let [VERSION, SUITE, ..] = start else { return Err(Fault::Sealed("unknown version or suite")) };
    let derived = Derived::from(key, salt)?;
    if !bool::from(derived.commitment.ct_eq(commitment)) {
        return Err(Fault::Sealed("authentication failed"));
    }
    aead::open(derived.key.expose(), &derived.nonce, &place.associated(), body).map(Zeroizing::new)
}

/// The version of the resident's key that sealed this, if it is a sealed field at all.
#[must_use]
pub fn key_version(sealed: &[u8]) -> Option<u32> {
    match sealed {
        [VERSION, SUITE, a, b, c, d, ..] => Some(u32::from_be_bytes([*a, *b, *c, *d])),
        _ => None,
    }
}

/// What one message is sealed with.
struct Derived {
    key: Secret<32>,
    nonce: [u8; aead::NONCE],
    commitment: [u8; 32],
}

impl Derived {
    fn from(key: &Secret<32>, salt: &[u8; SALT]) -> Result<Self, Fault> {
        let okm: Secret<76> = hash::hkdf_sha256(key, salt, &[b"latchkey/vault/msg/v1", &[SUITE]])?;
        let wrong = Fault::Internal("HKDF gave another length");
        let (aes, rest) = okm.expose().split_first_chunk::<32>().ok_or(wrong)?;
        let (nonce, commitment) = rest.split_first_chunk::<{ aead::NONCE }>().ok_or(Fault::Internal("HKDF"))?;
        let commitment = commitment.first_chunk::<32>().ok_or(Fault::Internal("HKDF"))?;
        let mut aes = *aes;
        let key = Secret::take(&mut aes).ok_or(Fault::Internal("HKDF"))?;
        Ok(Self { key, nonce: *nonce, commitment: *commitment })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]
mod tests {
    use super::*;

    fn secret(byte: u8) -> Secret<32> {
        Secret::take(&mut [byte; 32]).unwrap()
    }

    const PLACE: Place<'static> = Place {
        installation: &[1; 16],
        table: "vault_field",
        field: "plate",
        resident: "alice",
        record_version: 5,
        schema_version: 1,
    };

    #[test]
    fn a_sealed_field_has_the_bytes_of_the_test_vector() {
        let sealed = seal_with(&secret(2), 1, PLACE, "皖A12345".as_bytes(), [4; 24]).unwrap();
        assert_eq!(hex::encode(&sealed), include_str!("../../tests/vectors/sealed_field.hex").trim());
        assert_eq!(open(&secret(2), PLACE, &sealed).unwrap().as_slice(), "皖A12345".as_bytes());
    }

    #[test]
    fn a_sealed_field_opens_in_its_own_place_alone() {
        let sealed = seal(&secret(2), 1, PLACE, b"x").unwrap();
        let moved = [
            Place { installation: &[2; 16], ..PLACE },
            Place { table: "vault", ..PLACE },
            Place { field: "phone", ..PLACE },
            Place { resident: "bob", ..PLACE },
            Place { record_version: 4, ..PLACE },
            Place { schema_version: 2, ..PLACE },
        ];
        for place in moved {
            assert!(open(&secret(2), place, &sealed).is_err(), "{place:?}");
        }
        assert!(open(&secret(3), PLACE, &sealed).is_err());
    }

    #[test]
    fn any_changed_bit_is_an_error() {
        let sealed = seal(&secret(2), 1, PLACE, b"hello").unwrap();
        // The key version (bytes 2 to 5) says which key to try; it is judged by whoever holds the keys.
        for at in (0..sealed.len()).filter(|at| !(2..6).contains(at)) {
            for bit in 0..8 {
                let mut altered = sealed.clone();
                altered[at] ^= 1 << bit;
                assert!(open(&secret(2), PLACE, &altered).is_err(), "bit {bit} of byte {at}");
            }
        }
        for end in 0..sealed.len() {
            assert!(open(&secret(2), PLACE, &sealed[..end]).is_err(), "cut at {end}");
        }
    }

    #[test]
    fn a_wrong_commitment_and_a_wrong_tag_look_the_same() {
        let sealed = seal(&secret(2), 1, PLACE, b"hello").unwrap();
        let error = |at: usize| {
            let mut altered = sealed.clone();
            altered[at] ^= 1;
            open(&secret(2), PLACE, &altered).unwrap_err().to_string()
        };
        assert_eq!(error(30), error(sealed.len() - 1));
    }
}
