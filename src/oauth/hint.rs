//! `id_token_hint`: an ID token of ours that a client shows again, to say whom it means (OIDC Core §3.1.2.1,
//! RP-Initiated Logout 1.0 §2). It may have expired long ago, and whoever has it may show it: it names, and proves
//! nothing about who sits at the browser.

use serde::Deserialize;

use super::client::Client;
use super::refusal::Refusal::{self, InvalidRequest};
use crate::app::App;
use crate::config::Issuer;
use crate::crypto::jws::Unverified;
use crate::crypto::keyring::Keyring;

/// What a hint says, of which nothing but the signature is known to be true.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Hint {
    iss: String,
    /// What the client calls the resident.
    pub sub: String,
    /// The client that it was issued to.
    pub aud: String,
}

/// Reads a hint: an ID token that this issuer signed, with whichever of its keys. An access token, a logout token, an
/// event or a receipt is no hint.
///
/// # Errors
/// `invalid_request` for anything else.
pub fn read(keyring: &Keyring, issuer: &Issuer, hint: &str) -> Result<Hint, Refusal> {
    const NOT_OURS: Refusal = InvalidRequest("id_token_hint is not an ID token of ours");
    let unverified = Unverified::read(hint).map_err(|_| NOT_OURS)?;
    if unverified.header("typ") != Some("JWT") {
        return Err(NOT_OURS);
    }
    let key = unverified.header("kid").and_then(|kid| keyring.public(kid)).ok_or(NOT_OURS)?;
    let claims: Hint = unverified.verify(&key).map_err(|_| NOT_OURS)?;
    if claims.iss == issuer.as_str() { Ok(claims) } else { Err(NOT_OURS) }
}

/// Whom a hint of `client` names.
///
/// # Errors
/// `invalid_request` when it is no ID token of ours, or one for another client.
pub(super) fn subject_for(app: &App, client: &Client, hint: &str) -> Result<String, Refusal> {
    let named = read(&app.keyring, &app.config.server.issuer, hint)?;
    if named.aud == client.id.as_str() {
        Ok(named.sub)
    } else {
        Err(InvalidRequest("id_token_hint is of another client"))
    }
}
