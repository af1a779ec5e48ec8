//! What a resident's ceremony under way is about, and by which right.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use webauthn_rs::prelude::{DiscoverableAuthentication, PasskeyAuthentication, PasskeyRegistration};

use super::confirm::Occasion;
use crate::app::App;
use crate::crypto::token::Digest;
use crate::fault::Fault;
use crate::once::Kind;
use crate::webauthn::Refused;
use crate::webauthn::ceremony::{self, Begun};

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

/// As [`ceremony::begin`], for a resident.
pub async fn begin(app: &App, browser: &Digest, options: &Value, state: &State) -> Result<Begun, Fault> {
    ceremony::begin(app, Kind::Ceremony, browser, options, state).await
}

/// As [`ceremony::take`], for a resident.
pub async fn take(app: &App, browser: &Digest, challenge: &Digest) -> Result<State, Refused> {
    ceremony::take(app, Kind::Ceremony, browser, challenge).await
}
