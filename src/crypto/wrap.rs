//! A key sealed under another key.
//!
//! `ver 01 ‖ suite 01 (AES-256-GCM) ‖ epoch u32 ‖ nonce 12 random ‖ ciphertext 32 ‖ tag 16`; the associated data
//! are `latchkey/wrap/v1`, the installation id, the kind of key and its owner's id, each length-prefixed.

use super::secret::Secret;
use super::{aead, random};
use crate::fault::Fault;

/// What a wrapped key is for: part of its associated data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// An epoch's key-encryption key.
    Kek,
    /// A resident's data key.
    Rk,
    /// A resident's log key.
    Lk,
    /// A blind-index key.
    Ik,
    /// The key of sealed ceremony and token state.
    Token,
    /// A key of the ledger: the checkpoint signature, the auditors' reviews.
    Ledger,
    /// A token signing key.
    Sign,
}

impl Purpose {
    fn as_bytes(self) -> &'static [u8] {
        match self {
            Self::Kek => b"kek",
            Self::Rk => b"rk",
            Self::Lk => b"lk",
            Self::Ik => b"ik",
            Self::Token => b"token",
            Self::Ledger => b"ledger",
            Self::Sign => b"sign",
        }
    }
}

/// Whose key is wrapped: what the wrapping is bound to.
#[derive(Debug, Clone, Copy)]
pub struct Binding<'a> {
    /// The installation.
    pub installation: &'a [u8; 16],
    /// What the key is for.
    pub purpose: Purpose,
    /// Whose it is: a resident, a key id, or a fixed name.
    pub owner: &'a str,
}

const VERSION: u8 = 1;
const SUITE: u8 = 1;
const LENGTH: usize = 2 + 4 + aead::NONCE + 32 + aead::TAG;

/// Wraps `key` under `under`, the key of `epoch`.
///
/// # Errors
/// When the operating system has no random bytes.
pub fn wrap(under: &Secret<32>, epoch: u32, binding: Binding<'_>, key: &Secret<32>) -> Result<Vec<u8>, Fault> {
    let nonce = random::bytes::<{ aead::NONCE }>()?;
    wrap_with(under, epoch, binding, key, nonce)
}

fn wrap_with(
    under: &Secret<32>, epoch: u32, binding: Binding<'_>, key: &Secret<32>, nonce: [u8; aead::NONCE],
) -> Result<Vec<u8>, Fault> {
    let mut body = key.expose().to_vec();
    aead::seal(under.expose(), &nonce, &associated(binding), &mut body)?;
    let mut out = Vec::with_capacity(LENGTH);
    out.extend_from_slice(&[VERSION, SUITE]);
    out.extend_from_slice(&epoch.to_be_bytes());
    out.extend_from_slice(&nonce);
    out.extend_from_slice(&body);
    Ok(out)
}

/// The epoch whose key opens `wrapped`, if it is a wrapped key of this version at all.
#[must_use]
pub fn epoch(wrapped: &[u8]) -> Option<u32> {
    let (head, _) = wrapped.split_first_chunk::<6>()?;
    let [VERSION, SUITE, a, b, c, d] = *head else { return None };
    (wrapped.len() == LENGTH).then(|| u32::from_be_bytes([a, b, c, d]))
}

/// Opens a wrapped key.
///
/// # Errors
/// When it was altered, moved to another owner or installation, or wrapped under another key.
pub fn unwrap(under: &Secret<32>, binding: Binding<'_>, wrapped: &[u8]) -> Result<Secret<32>, Fault> {
    epoch(wrapped).ok_or(Fault::Sealed("not a wrapped key"))?;
    let nonce_and_body = wrapped.get(6..).and_then(|rest| rest.split_first_chunk::<{ aead::NONCE }>());
    let (nonce, body) = nonce_and_body.ok_or(Fault::Sealed("not a wrapped key"))?;
    let mut key = aead::open(under.expose(), nonce, &associated(binding), body)?;
    Secret::take(&mut key).ok_or(Fault::Sealed("not a wrapped key"))
}

fn associated(binding: Binding<'_>) -> Vec<u8> {
    aead::length_prefixed(&[
        b"latchkey/wrap/v1",
        binding.installation,
        binding.purpose.as_bytes(),
        binding.owner.as_bytes(),
    ])
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]
mod tests {
    use super::*;

    fn secret(byte: u8) -> Secret<32> {
        Secret::take(&mut [byte; 32]).unwrap()
    }

    const BINDING: Binding<'static> = Binding { installation: &[1; 16], purpose: Purpose::Rk, owner: "alice" };

    #[test]
    fn a_wrapped_key_has_the_bytes_of_the_test_vector() {
        let wrapped = wrap_with(&secret(2), 7, BINDING, &secret(3), [4; 12]).unwrap();
        let vector = include_str!("../../tests/vectors/wrapped_key.hex").trim();
        assert_eq!(hex::encode(&wrapped), vector);
        assert!(unwrap(&secret(2), BINDING, &wrapped).unwrap() == secret(3));
    }

    #[test]
    fn a_wrapped_key_opens_for_its_owner_alone() {
        let wrapped = wrap(&secret(2), 7, BINDING, &secret(3)).unwrap();
        assert_eq!(epoch(&wrapped), Some(7));
        assert!(unwrap(&secret(9), BINDING, &wrapped).is_err());
        assert!(unwrap(&secret(2), Binding { owner: "bob", ..BINDING }, &wrapped).is_err());
        assert!(unwrap(&secret(2), Binding { purpose: Purpose::Lk, ..BINDING }, &wrapped).is_err());
        assert!(unwrap(&secret(2), Binding { installation: &[2; 16], ..BINDING }, &wrapped).is_err());
        for at in 0..wrapped.len() {
            let mut altered = wrapped.clone();
            altered[at] ^= 1;
            // The epoch says which key to try; it is not what makes a key open.
            assert!((2..6).contains(&at) || unwrap(&secret(2), BINDING, &altered).is_err(), "byte {at}");
        }
        assert!(unwrap(&secret(2), BINDING, &wrapped[..wrapped.len() - 1]).is_err());
    }
}
