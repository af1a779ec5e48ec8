//! A ceremony under way: begun in one browser, finished there, once, within five minutes (case 121).
//!
//! Its state lies sealed in the single-use table under the digest of its challenge: 256 random bits that only the
//! browser was told, and that the authenticator's answer repeats.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use webauthn_rs::prelude::{DiscoverableAuthentication, PasskeyAuthentication, PasskeyRegistration};

use super::Refusal;
use super::confirm::Occasion;
use crate::app::App;
use crate::crypto::token::Digest;
use crate::fault::Fault;
use crate::once::{self, Issue, Kind};

/// How long a resident may look for her key.
pub const LIFE: Duration = Duration::from_secs(5 * 60);

/// What the script of the page is handed: the options of `navigator.credentials`.
#[derive(Debug, Clone, Serialize)]
pub struct Begun {
    /// As WebAuthn's JSON form has them (§5.1.8, §5.1.9).
    #[serde(rename = "publicKey")]
    pub public_key: Value,
}

/// What must be known when it ends.
#[derive(Serialize, Deserialize)]
pub enum State {
    /// Somebody signs in.
    SignIn(DiscoverableAuthentication),
    /// A passkey is made.
    Register {
        /// webauthn-rs's half.
        state: PasskeyRegistration,
        /// Whose it will be.
        resident: String,
        /// By which right.
        ground: Ground,
    },
    /// A resident confirms an act.
    Confirm {
        /// webauthn-rs's half.
        state: PasskeyAuthentication,
        /// What the challenge was made of, besides the act.
        occasion: Occasion,
    },
}

/// By which right a passkey is made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ground {
    /// An invitation (its digest).
    Invitation(String),
    /// A fresh session (its id).
    Session(String),
    /// A recovery code: the digest of the right that it gave.
    Recovery(String),
    /// A link that two members of staff gave out: its digest.
    Desk(String),
}

/// Keeps a ceremony that begins. `options` are webauthn-rs's, as JSON.
pub async fn begin(app: &App, browser: &Digest, options: Value, state: &State) -> Result<Begun, Fault> {
    let unknown = "webauthn-rs makes options in another form";
    let public_key = options.get("publicKey").cloned().ok_or(Fault::Internal(unknown))?;
    let challenge = public_key.get("challenge").and_then(Value::as_str).ok_or(Fault::Internal(unknown))?;
    let challenge = URL_SAFE_NO_PAD.decode(challenge).map_err(|_| Fault::Internal(unknown))?;

    let now = app.now();
    let digest = Digest::of(&challenge);
    let state = serde_json::to_vec(state).map_err(|_| Fault::Internal("a ceremony does not serialise"))?;
    let state = app.custody.seal_state("ceremony", digest.as_str(), &state)?;
    let mut tx = app.db.begin().await?;
    let issue = Issue {
        kind: Kind::Ceremony,
        digest: &digest,
        subject: browser.as_str(),
        state: Some(&state),
        now,
        expires: now.plus(LIFE),
    };
    once::issue(&mut tx, issue).await?;
    tx.commit().await?;
    Ok(Begun { public_key })
}

/// Ends a ceremony, whatever comes of it: an answer that fails does not get a second try with the same challenge.
pub async fn take(app: &App, browser: &Digest, challenge: &Digest) -> Result<State, Refusal> {
    let mut tx = app.db.begin().await?;
    let found = once::consume(&mut tx, Kind::Ceremony, challenge, app.now()).await?;
    tx.commit().await?;
    let found = found.ok_or(Refusal::CeremonyEnded("unknown, used or too old"))?;
    if found.subject != browser.as_str() {
        return Err(Refusal::CeremonyEnded("begun in another browser"));
    }
    let sealed = found.state.ok_or(Fault::Stored("a ceremony without state"))?;
    let state = app.custody.open_state("ceremony", challenge.as_str(), &sealed)?;
    Ok(serde_json::from_slice(&state).map_err(|_| Fault::Stored("a ceremony does not read"))?)
}
