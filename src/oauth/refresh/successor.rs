//! What a refresh token leaves behind when it is exchanged: its successor, for its own holder alone.
//!
//! `rotated_at u64 (Unix seconds) ‖ sealed successor`, the latter a sealed field (`crypto/sealed.rs`) under
//! HKDF-SHA256(the 32 bytes of the exchanged token, empty salt, `latchkey/refresh/successor/v1`), its place: table
//! `once`, field `successor`, the exchanged token's digest, and `rotated_at` as version. We do not keep the exchanged
//! token, only its digest: so nobody who holds database and keys can open it, unless he holds that token, too.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use zeroize::Zeroizing;

use crate::clock::Timestamp;
use crate::crypto::secret::Secret;
use crate::crypto::token::{Digest, Token};
use crate::crypto::{hash, sealed};
use crate::fault::Fault;

/// Seals `successor` for the holder of `exchanged`.
pub fn seal(installation: &[u8; 16], exchanged: &str, successor: &Token, now: Timestamp) -> Result<Vec<u8>, Fault> {
    let at = now.seconds().cast_unsigned();
    let digest = Digest::of(exchanged.as_bytes());
    let sealed = sealed::seal(&key(exchanged)?, 1, place(installation, &digest, at), successor.expose().as_bytes())?;
    Ok([at.to_be_bytes().as_slice(), &sealed].concat())
}

/// The successor of `exchanged`, and when it was made.
///
/// # Errors
/// When what was left behind was altered or moved.
pub fn open(installation: &[u8; 16], exchanged: &str, left: &[u8]) -> Result<(Timestamp, Token), Fault> {
    let (at, sealed) = left.split_first_chunk::<8>().ok_or(Fault::Stored("a successor without its moment"))?;
    let at = u64::from_be_bytes(*at);
    let digest = Digest::of(exchanged.as_bytes());
    let successor = sealed::open(&key(exchanged)?, place(installation, &digest, at), sealed)?;
    Ok((Timestamp::from_seconds(at.cast_signed()), Token::stored(successor)?))
}

fn key(exchanged: &str) -> Result<Secret<32>, Fault> {
    let not_ours = Fault::Stored("an exchanged token that is none of ours");
    let mut bytes = URL_SAFE_NO_PAD.decode(exchanged).map(Zeroizing::new).map_err(|_| not_ours)?;
    let bytes = Secret::take(&mut bytes).ok_or(Fault::Stored("an exchanged token of another length"))?;
    hash::hkdf_sha256(&bytes, b"", &[b"latchkey/refresh/successor/v1"])
}

fn place<'a>(installation: &'a [u8; 16], exchanged: &'a Digest, at: u64) -> sealed::Place<'a> {
    sealed::Place {
        installation,
        table: "once",
        field: "successor",
        resident: exchanged.as_str(),
        record_version: at,
        schema_version: 1,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]
mod tests {
    use super::*;

    const AT: Timestamp = Timestamp::from_seconds(1_800_000_000);

    fn token(byte: u8) -> Token {
        Token::stored(Zeroizing::new(URL_SAFE_NO_PAD.encode([byte; 32]).into_bytes())).unwrap()
    }

    #[test]
    fn what_is_left_behind_has_the_bytes_of_the_test_vector() {
        // Made with another implementation (Python's cryptography).
        let left = hex::decode(include_str!("../../../tests/vectors/refresh_successor.hex").trim()).unwrap();
        let (at, successor) = open(&[1; 16], token(2).expose(), &left).unwrap();
        assert_eq!((at, successor.expose()), (AT, token(3).expose()));
    }

    #[test]
    fn a_successor_opens_with_the_exchanged_token_alone() {
        let left = seal(&[1; 16], token(2).expose(), &token(3), AT).unwrap();
        assert_eq!(open(&[1; 16], token(2).expose(), &left).unwrap().1.expose(), token(3).expose());
        assert!(open(&[1; 16], token(4).expose(), &left).is_err());
        assert!(open(&[9; 16], token(2).expose(), &left).is_err());
        for at in 0..left.len() {
            let mut altered = left.clone();
            altered[at] ^= 1;
            // The sealed field's own key version says nothing here.
            assert!((10..14).contains(&at) || open(&[1; 16], token(2).expose(), &altered).is_err(), "byte {at}");
        }
        for not in ["", "short", "!"] {
            assert!(open(&[1; 16], not, &left).is_err());
        }
    }
}
