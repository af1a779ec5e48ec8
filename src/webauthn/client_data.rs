//! What the browser says about the page that asked (WebAuthn §5.8.1), checked before webauthn-rs sees it: the origin
//! as an exact string, never inside another page, never one ceremony's answer in the other.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;

use super::Refused;
use crate::config::Issuer;
use crate::crypto::token::Digest;

/// The two ceremonies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ceremony {
    /// `navigator.credentials.create`
    Create,
    /// `navigator.credentials.get`
    Get,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ClientData {
    r#type: String,
    challenge: String,
    origin: String,
    #[serde(default)]
    cross_origin: bool,
    #[serde(default)]
    top_origin: Option<serde_json::Value>,
}

/// The digest of the challenge that was answered, by which the ceremony is found.
///
/// # Errors
/// `Answer` when it is of the other ceremony, another origin, or inside another page.
pub fn check(issuer: &Issuer, ceremony: Ceremony, json: &[u8]) -> Result<Digest, Refused> {
    let data: ClientData = serde_json::from_slice(json).map_err(|_| Refused::Answer("client data is unreadable"))?;
    let wanted = match ceremony {
        Ceremony::Create => "webauthn.create",
        Ceremony::Get => "webauthn.get",
    };
    if data.r#type != wanted {
        return Err(Refused::Answer("the answer of the other ceremony"));
    }
    if data.origin != issuer.as_str() {
        return Err(Refused::Answer("another origin"));
    }
    if data.cross_origin || data.top_origin.is_some() {
        return Err(Refused::Answer("asked inside another page"));
    }
    let challenge = URL_SAFE_NO_PAD.decode(&data.challenge).map_err(|_| Refused::Answer("no challenge"))?;
    Ok(Digest::of(&challenge))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn judged(json: &str) -> bool {
        let issuer = Issuer::parse("https://id.test").unwrap();
        check(&issuer, Ceremony::Get, json.as_bytes()).is_ok()
    }

    #[test]
    fn only_the_exact_origin_of_an_unframed_page_passes() {
        let with = |rest: &str| format!(r#"{{"type":"webauthn.get","challenge":"AAAA",{rest}}}"#);
        assert!(judged(&with(r#""origin":"https://id.test""#)));
        assert!(judged(&with(r#""origin":"https://id.test","crossOrigin":false,"tokenBinding":{"status":"x"}"#)));
        for origin in [
            "https://badid.test",
            "https://id.test.evil.test",
            "http://id.test",
            "https://id.test:444",
            "https://id.test:443",
            "https://id.test/",
            "https://ID.test",
            "https://sub.id.test",
            "null",
            "",
        ] {
            assert!(!judged(&with(&format!(r#""origin":"{origin}""#))), "{origin}");
        }
        for more in [r#""crossOrigin":true"#, r#""topOrigin":"https://id.test""#, r#""crossOrigin":"false""#] {
            assert!(!judged(&with(&format!(r#""origin":"https://id.test",{more}"#))), "{more}");
        }
    }

    #[test]
    fn a_name_twice_is_unreadable() {
        assert!(!judged(
            r#"{"type":"webauthn.get","challenge":"AAAA","origin":"https://evil.test","origin":"https://id.test"}"#
        ));
    }
}
