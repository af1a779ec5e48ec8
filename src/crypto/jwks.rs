//! A set of public keys as JSON (JWK Set, RFC 7517 §5), in two severities: what an operator or a client hands us must
//! be good key by key; what a client publishes for the whole world may hold keys that are not for us.

use serde_json::{Map, Value, json};

use super::jwk::{BadKey, PublicKey};
use super::strict;

/// Most keys that one client may have in use: the one now, and those before and after it.
pub const MOST_KEYS: usize = 8;
/// Most keys of a published document that are looked at.
const MOST_PUBLISHED: usize = 64;
/// Largest document, in bytes.
pub const LARGEST: usize = 64 * 1024;

/// Reads keys that were handed to us: each must be one that we could verify with.
///
/// # Errors
/// When the document is malformed, or any key in it is not good.
pub fn handed(bytes: &[u8]) -> Result<Vec<PublicKey>, BadKey> {
    let keys: Result<Vec<_>, _> = elements(bytes)?.iter().map(PublicKey::from_jwk).collect();
    let keys = keys?;
    check(&keys)?;
    Ok(keys)
}

/// Reads keys that a client publishes. Those of other kinds and for other uses are passed over (RFC 7517 §5); a private
/// or symmetric key among them spoils the whole, because then nobody knows who else holds what.
///
/// # Errors
/// When the document is malformed, shows a secret, or has no key that we could verify with.
pub fn published(bytes: &[u8]) -> Result<Vec<PublicKey>, BadKey> {
    let elements = elements(bytes)?;
    if elements.iter().any(PublicKey::is_private) {
        return Err(BadKey("a private or symmetric key must not be shown"));
    }
    let keys: Vec<PublicKey> = elements.iter().filter_map(|jwk| PublicKey::from_jwk(jwk).ok()).collect();
    if keys.is_empty() {
        return Err(BadKey("no key that can verify ES256, EdDSA or PS256"));
    }
    check(&keys)?;
    Ok(keys)
}

/// Whether these keys may stand beside each other.
///
/// # Errors
/// When there are too many, one of them can verify nothing, or two have one name.
pub fn check(keys: &[PublicKey]) -> Result<(), BadKey> {
    if keys.len() > MOST_KEYS {
        return Err(BadKey("too many keys"));
    }
    if !keys.iter().all(PublicKey::is_on_curve) {
        return Err(BadKey("a point that is not on its curve"));
    }
    let mut kids: Vec<&str> = keys.iter().filter_map(PublicKey::kid).collect();
    kids.sort_unstable();
    if kids.windows(2).any(|pair| pair.first() == pair.last()) {
        return Err(BadKey("a kid stands twice"));
    }
    Ok(())
}

/// The set of these keys, with nothing in it but what we have read.
#[must_use]
pub fn document(keys: &[PublicKey]) -> Value {
    json!({ "keys": keys.iter().map(PublicKey::to_jwk).collect::<Vec<_>>() })
}

fn elements(bytes: &[u8]) -> Result<Vec<Map<String, Value>>, BadKey> {
    if bytes.len() > LARGEST {
        return Err(BadKey("a set of keys of more than 64 KiB"));
    }
    let mut set = strict::object(bytes).ok_or(BadKey("not a JSON object of single members"))?;
    let Some(Value::Array(elements)) = set.remove("keys") else { return Err(BadKey("keys must be an array")) };
    if elements.len() > MOST_PUBLISHED {
        return Err(BadKey("too many keys"));
    }
    let object = |element| match element {
        Value::Object(object) => Ok(object),
        _ => Err(BadKey("a key must be an object")),
    };
    elements.into_iter().map(object).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    const ED: &str = r#"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","kid":"a"}"#;
    const EC: &str = r#"{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0","kid":"b"}"#;

    fn set(keys: &[&str]) -> String {
        format!("{{\"keys\":[{}]}}", keys.join(","))
    }

    #[test]
    fn a_published_set_may_hold_what_is_not_for_us() {
        let p384 = r#"{"kty":"EC","crv":"P-384","x":"AA","y":"AA"}"#;
        let encryption = ED.replace("\"kid\"", "\"use\":\"enc\",\"kid\"");
        let mixed = set(&[p384, &encryption, EC]);
        let keys = published(mixed.as_bytes()).unwrap();
        assert_eq!(keys.iter().map(|key| key.kid().unwrap()).collect::<Vec<_>>(), ["b"]);
        assert!(handed(mixed.as_bytes()).is_err());
        assert_eq!(handed(set(&[ED, EC]).as_bytes()).unwrap().len(), 2);
        let again = document(&handed(set(&[ED, EC]).as_bytes()).unwrap()).to_string();
        assert_eq!(handed(again.as_bytes()).unwrap().len(), 2, "what we write we read");
    }

    #[test]
    fn a_set_that_is_none_or_shows_a_secret_is_refused() {
        let private = ED.replace("\"kid\"", "\"d\":\"AA\",\"kid\"");
        let many: Vec<String> = (0..9).map(|n| ED.replace("\"a\"", &format!("\"{n}\""))).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        for not in [
            String::new(),
            "[]".to_owned(),
            "{}".to_owned(),
            r#"{"keys":{}}"#.to_owned(),
            r#"{"keys":[1]}"#.to_owned(),
            set(&[]),
            set(&[r#"{"kty":"oct","k":"AA"}"#]),
            set(&[EC, &private]),
            set(&[EC, EC]),
            set(&many),
            format!("{{\"keys\":[{EC}],\"keys\":[{ED}]}}"),
            set(&[&EC.replace("RVEU", "RVEA")]),
            format!("{}{}", set(&[EC]), " ".repeat(LARGEST)),
        ] {
            assert!(published(not.as_bytes()).is_err(), "{not}");
        }
    }
}
