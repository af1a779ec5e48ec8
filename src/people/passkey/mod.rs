//! The two WebAuthn ceremonies of people, apart from those of residents: another kind of single-use state, other
//! tables, so that a passkey of the one never opens a door of the other.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use webauthn_rs::prelude::{Passkey, Url, Webauthn, WebauthnBuilder};

use super::session::Session;
use super::{Person, Refusal};
use crate::app::App;
use crate::clock::Timestamp;
use crate::config::Issuer;
use crate::crypto::token::{Digest, Token};
use crate::fault::Fault;
use crate::ids::RequestId;
use crate::ledger::{Actor, Entry, Extra, Kind as EntryKind};
use crate::once::{self, Issue, Kind};
use crate::people::Role;

pub mod register;
pub mod sign_in;

/// How long somebody may look for the key.
const LIFE: Duration = Duration::from_secs(5 * 60);
/// No authenticator may make a longer credential id (WebAuthn §5.8.3).
const LONGEST_ID: usize = 1023;

/// What the script of the page is handed: the options of `navigator.credentials`.
#[derive(Debug, Clone, Serialize)]
pub struct Begun {
    /// As WebAuthn's JSON form has them (§5.1.8, §5.1.9).
    #[serde(rename = "publicKey")]
    pub public_key: Value,
}

/// A session that a ceremony opened, and its cookie.
pub type Entered = (Session, Token);

/// Keeps a ceremony that begins, sealed, under the digest of its challenge.
async fn begin(app: &App, browser: &Digest, options: Value, state: &impl Serialize) -> Result<Begun, Fault> {
    let unknown = "webauthn-rs makes options in another form";
    let public_key = options.get("publicKey").cloned().ok_or(Fault::Internal(unknown))?;
    let challenge = public_key.get("challenge").and_then(Value::as_str).ok_or(Fault::Internal(unknown))?;
    let challenge = URL_SAFE_NO_PAD.decode(challenge).map_err(|_| Fault::Internal(unknown))?;
    let (now, digest) = (app.now(), Digest::of(&challenge));
    let state = serde_json::to_vec(state).map_err(|_| Fault::Internal("a ceremony does not serialise"))?;
    let state = app.custody.seal_state("person_ceremony", digest.as_str(), &state)?;
    let mut tx = app.db.begin().await?;
    let (kind, subject) = (Kind::PersonCeremony, browser.as_str());
    let issue = Issue { kind, digest: &digest, subject, state: Some(&state), now, expires: now.plus(LIFE) };
    once::issue(&mut tx, issue).await?;
    tx.commit().await?;
    Ok(Begun { public_key })
}

/// Ends a ceremony, whatever comes of it.
async fn take<T: DeserializeOwned>(app: &App, browser: &Digest, challenge: &Digest) -> Result<T, Refusal> {
    let mut tx = app.db.begin().await?;
    let found = once::consume(&mut tx, Kind::PersonCeremony, challenge, app.now()).await?;
    tx.commit().await?;
    let found = found.ok_or(Refusal::CeremonyEnded("unknown, used or too old"))?;
    if found.subject != browser.as_str() {
        return Err(Refusal::CeremonyEnded("begun in another browser"));
    }
    let sealed = found.state.ok_or(Fault::Stored("a ceremony without state"))?;
    let state = app.custody.open_state("person_ceremony", challenge.as_str(), &sealed)?;
    serde_json::from_slice(&state).map_err(|_| Refusal::CeremonyEnded("the other ceremony"))
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
    top_origin: Option<Value>,
}

/// The digest of the challenge that was answered, when the answer is of this ceremony, of exactly this origin, and not
/// asked for inside another page (WebAuthn §5.8.1).
fn answered(issuer: &Issuer, wanted: &'static str, json: &[u8]) -> Result<Digest, Refusal> {
    let refused = Refusal::PasskeyRefused;
    let data: ClientData = serde_json::from_slice(json).map_err(|_| refused("client data is unreadable"))?;
    if data.r#type != wanted {
        return Err(refused("the answer of the other ceremony"));
    }
    if data.origin != issuer.as_str() || data.cross_origin || data.top_origin.is_some() {
        return Err(refused("another origin, or inside another page"));
    }
    let challenge = URL_SAFE_NO_PAD.decode(&data.challenge).map_err(|_| refused("no challenge"))?;
    Ok(Digest::of(&challenge))
}

/// Who asks authenticators: the issuer's host, under the issuer's origin and no other.
fn relying_party(app: &App) -> Result<Webauthn, Fault> {
    let unfit = |_| Fault::Internal("no relying party");
    let issuer = &app.config.server.issuer;
    let origin = Url::parse(issuer.as_str()).map_err(|_| Fault::Internal("the issuer is no URL"))?;
    let builder = WebauthnBuilder::new(issuer.host(), &origin).map_err(unfit)?;
    builder.rp_name(&app.config.community.name).timeout(LIFE).build().map_err(unfit)
}

fn json(passkey: &Passkey) -> Result<Vec<u8>, Fault> {
    serde_json::to_vec(passkey).map_err(|_| Fault::Internal("a passkey does not serialise"))
}

/// An act of a person about no resident (kind 12).
fn entry(person: &Person, reason: &'static str, request: &RequestId, now: Timestamp) -> Entry {
    Entry {
        actor: match person.role {
            Role::Staff => Actor::Staff,
            Role::Auditor => Actor::Auditor,
        },
        reason,
        request: Some(request.clone()),
        extra: Extra::Notes(vec![("person", person.id.to_string())]),
        ..Entry::about_nobody(EntryKind::Staff, now)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn only_the_exact_origin_and_the_right_ceremony_pass() {
        let issuer = Issuer::parse("https://id.test").unwrap();
        let judged = |json: &str| answered(&issuer, "webauthn.get", json.as_bytes()).is_ok();
        let of = |kind: &str, rest: &str| format!(r#"{{"type":"{kind}","challenge":"AAAA",{rest}}}"#);
        assert!(judged(&of("webauthn.get", r#""origin":"https://id.test""#)));
        assert!(!judged(&of("webauthn.create", r#""origin":"https://id.test""#)));
        assert!(!judged(&of("webauthn.get", r#""origin":"https://id.test.evil.test""#)));
        assert!(!judged(&of("webauthn.get", r#""origin":"https://id.test","crossOrigin":true"#)));
        assert!(!judged(&of("webauthn.get", r#""origin":"https://id.test","topOrigin":"https://a.test""#)));
    }
}
