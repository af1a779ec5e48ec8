//! AES-256-GCM, and the one way in which associated data are written.

use aes_gcm::aead::{AeadInOut, KeyInit};
use aes_gcm::{Aes256Gcm, Nonce, Tag};

use crate::fault::Fault;

/// Bytes of a nonce.
pub const NONCE: usize = 12;
/// Bytes of an authentication tag.
pub const TAG: usize = 16;

/// Each part with its length before it (u32, big-endian): no two lists of parts have the same bytes.
#[must_use]
pub fn length_prefixed(parts: &[&[u8]]) -> Vec<u8> {
    let mut out = Vec::with_capacity(parts.iter().map(|part| part.len() + 4).sum());
    for part in parts {
        out.extend_from_slice(&u32::try_from(part.len()).unwrap_or(u32::MAX).to_be_bytes());
        out.extend_from_slice(part);
    }
    out
}

/// Encrypts `buffer` in place and appends the tag.
///
/// # Errors
/// When the plaintext is beyond what GCM can take (64 GiB).
pub fn seal(key: &[u8; 32], nonce: &[u8; NONCE], aad: &[u8], buffer: &mut Vec<u8>) -> Result<(), Fault> {
    let tag = Aes256Gcm::new(key.into())
        .encrypt_inout_detached(&Nonce::from(*nonce), aad, buffer.as_mut_slice().into())
        .map_err(|_| Fault::Internal("plaintext too long to seal"))?;
    buffer.extend_from_slice(&tag);
    Ok(())
}

/// Decrypts ciphertext ‖ tag.
///
/// # Errors
/// When anything was altered: ciphertext, tag, nonce, associated data or key.
pub fn open(key: &[u8; 32], nonce: &[u8; NONCE], aad: &[u8], sealed: &[u8]) -> Result<Vec<u8>, Fault> {
    let (ciphertext, tag) = sealed.split_last_chunk::<TAG>().ok_or(Fault::Sealed("too short"))?;
    let mut buffer = ciphertext.to_vec();
    Aes256Gcm::new(key.into())
        .decrypt_inout_detached(&Nonce::from(*nonce), aad, buffer.as_mut_slice().into(), &Tag::from(*tag))
        .map_err(|_| Fault::Sealed("authentication failed"))?;
    Ok(buffer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_lists_of_parts_never_have_the_same_bytes() {
        assert_ne!(length_prefixed(&[b"ab", b"c"]), length_prefixed(&[b"a", b"bc"]));
        assert_ne!(length_prefixed(&[b"ab"]), length_prefixed(&[b"ab", b""]));
    }
}
