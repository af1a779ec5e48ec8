//! A ceremony under way: begun in one browser, finished there, once, within five minutes (case 121).
//!
//! Its state lies sealed in the single-use table under the digest of its challenge: 256 random bits that only the
//! browser was told, and that the authenticator's answer repeats. What the state is, and of which kind, is its slice's.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Refused;
use crate::app::App;
use crate::crypto::token::Digest;
use crate::fault::Fault;
use crate::once::{self, Issue, Kind};

/// How long somebody may look for the key.
pub const LIFE: Duration = Duration::from_secs(5 * 60);

/// What the script of the page is handed: the options of `navigator.credentials`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Begun {
    /// As WebAuthn's JSON form has them (§5.1.8, §5.1.9).
    #[serde(rename = "publicKey")]
    pub public_key: Value,
}

/// Keeps a ceremony that begins. `options` are webauthn-rs's, as JSON.
///
/// # Errors
/// When the database fails.
pub async fn begin(
    app: &App, kind: Kind, browser: &Digest, options: &Value, state: &impl Serialize,
) -> Result<Begun, Fault> {
    let unknown = "webauthn-rs makes options in another form";
    let public_key = options.get("publicKey").cloned().ok_or(Fault::Internal(unknown))?;
    let challenge = public_key.get("challenge").and_then(Value::as_str).ok_or(Fault::Internal(unknown))?;
    let challenge = URL_SAFE_NO_PAD.decode(challenge).map_err(|_| Fault::Internal(unknown))?;

    let (now, digest) = (app.now(), Digest::of(&challenge));
    let state = serde_json::to_vec(state).map_err(|_| Fault::Internal("a ceremony does not serialise"))?;
    let state = app.custody.seal_state(kind.as_str(), digest.as_str(), &state)?;
    let mut tx = app.db.begin().await?;
    let (subject, state, expires) = (browser.as_str(), Some(state.as_slice()), now.plus(LIFE));
    once::issue(&mut tx, Issue { kind, digest: &digest, subject, state, now, expires }).await?;
    tx.commit().await?;
    Ok(Begun { public_key })
}

/// Ends a ceremony, whatever comes of it: an answer that fails does not get a second try with the same challenge.
///
/// # Errors
/// `Ended` when it is unknown, used, too old, of another browser or of another sort.
pub async fn take<T: DeserializeOwned>(
    app: &App, kind: Kind, browser: &Digest, challenge: &Digest,
) -> Result<T, Refused> {
    let mut tx = app.db.begin().await?;
    let found = once::consume(&mut tx, kind, challenge, app.now()).await?;
    tx.commit().await?;
    let found = found.ok_or(Refused::Ended("unknown, used or too old"))?;
    if found.subject != browser.as_str() {
        return Err(Refused::Ended("begun in another browser"));
    }
    let sealed = found.state.ok_or(Fault::Stored("a ceremony without state"))?;
    let state = app.custody.open_state(kind.as_str(), challenge.as_str(), &sealed)?;
    serde_json::from_slice(&state).map_err(|_| Refused::Ended("the other ceremony"))
}
