//! Client secrets (RFC 6749 §2.3.1): made by us, shown once, kept as a digest.
//!
//! A secret is 256 random bits, so there is nothing to guess: a slow hash, which makes guessing of what people choose
//! expensive, would only make each request expensive. What is compared are digests, in constant time.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use percent_encoding::percent_decode;
use zeroize::Zeroizing;

use super::client::Client;
use super::refusal::Refusal::{self, InvalidClient};
use super::store;
use crate::clock::Timestamp;
use crate::crypto::token::Digest;
use crate::db::Tx;

/// Longest `Authorization` header that is looked at.
const LONGEST: usize = 1024;

/// Id and secret as a client sent them, in the header or in the form.
pub struct IdAndSecret {
    /// Who it says it is.
    pub id: String,
    /// What it says it knows.
    pub secret: Zeroizing<String>,
}

impl IdAndSecret {
    /// Reads an `Authorization: Basic` header. Both halves are form-urlencoded inside (RFC 6749 §2.3.1), which changes
    /// nothing about ids and secrets of ours: they are made of unreserved characters.
    ///
    /// # Errors
    /// `invalid_client` for another scheme, and for what is not two halves.
    pub fn of_basic(header: &str) -> Result<Self, Refusal> {
        let no = InvalidClient("an Authorization header that is not Basic with an id and a secret");
        Self::parse(header).ok_or(no)
    }

    fn parse(header: &str) -> Option<Self> {
        let (scheme, encoded) = header.split_once(' ')?;
        if !scheme.eq_ignore_ascii_case("basic") || header.len() > LONGEST {
            return None;
        }
        let both = Zeroizing::new(String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?);
        let (id, secret) = both.split_once(':')?;
        Some(Self { id: urldecoded(id)?, secret: Zeroizing::new(urldecoded(secret)?) })
    }
}

fn urldecoded(text: &str) -> Option<String> {
    let spaced: Vec<u8> = text.bytes().map(|byte| if byte == b'+' { b' ' } else { byte }).collect();
    let decoded = percent_decode(&spaced).decode_utf8().ok()?.into_owned();
    (!decoded.is_empty() && !decoded.chars().any(char::is_control)).then_some(decoded)
}

/// Whether this is a secret of `client` that is in force.
///
/// # Errors
/// `invalid_client` when it is not.
pub async fn check(tx: &mut Tx, client: &Client, secret: &str, now: Timestamp) -> Result<(), Refusal> {
    let shown = Digest::of(secret.as_bytes());
    let known = store::secrets(tx, &client.id, now).await?;
    // All of them are compared, whichever fits.
    if known.iter().fold(false, |found, digest| found | digest.is(&shown)) {
        return Ok(());
    }
    Err(InvalidClient("a wrong secret"))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(String, String)> {
        let header = format!("Basic {}", STANDARD.encode(text));
        IdAndSecret::of_basic(&header).ok().map(|both| (both.id, both.secret.to_string()))
    }

    #[test]
    fn both_halves_are_form_urlencoded() {
        let pair = |id: &str, secret: &str| Some((id.to_owned(), secret.to_owned()));
        assert_eq!(read("shop:a-b_c"), pair("shop", "a-b_c"));
        assert_eq!(read("shop:a%2Db%5Fc"), pair("shop", "a-b_c"));
        assert_eq!(read("a%3Ab:c:d+e"), pair("a:b", "c:d e"));
        for not in ["", "shop", "shop:", ":secret", "shop:%ff", "shop:%00", "shop:a\nb"] {
            assert_eq!(read(not), None, "{not}");
        }
        for header in ["", "Basic", "Basic ", "Bearer c2hvcDp4", "Basic !!!!", "Basic c2hvcDp4=x"] {
            assert!(IdAndSecret::of_basic(header).is_err(), "{header}");
        }
        assert!(IdAndSecret::of_basic("bAsIc c2hvcDp4").is_ok());
    }
}
