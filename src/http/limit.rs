//! Where the limits stand: cheap before expensive.
//!
//! 1. [`arrive`]: by address, before a body, a cookie, a token or the database is looked at;
//! 2. [`by_session`]: the residents' pages by session, and what can be guessed at (ceremonies, codes, invitations);
//! 3. [`by_client`]: after a client said who it is; failures are counted before it is known to be true;
//! 4. [`by_key`]: proofs by their key, after the signature; reads of the vault by client, in the gate.

use axum::extract::{MatchedPath, Request, State};
use axum::http::Method;
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::error::Trouble;
use super::extract::{Caller, Visit};
use crate::app::App;
use crate::limit::{Key, TooMany, What};
use crate::oauth::{Client, Refusal};

/// Finds out where a request comes from, and counts it by that.
///
/// # Errors
/// 429, or 400 when a proxy of ours says what cannot be read.
pub fn arrive(app: &App, parts: &mut Parts) -> Result<(), Trouble> {
    let caller = Caller::of(parts, &app.config.server.trusted_proxies)?;
    parts.extensions.insert(caller);
    Ok(app.limits.count(What::AddressRequest, from(&caller))?)
}

/// [`arrive`] as a layer, for the groups of programs. (The pages' own layer calls it, so that its no is a page.)
pub async fn by_address(State(app): State<App>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    match arrive(&app, &mut parts) {
        Ok(()) => next.run(Request::from_parts(parts, body)).await,
        Err(trouble) => trouble.into_response(),
    }
}

/// Counts a request to a page by its session (before sign-in: its browser), and the guesses by address as well.
///
/// # Errors
/// 429.
pub fn by_session(app: &App, visit: &Visit, parts: &Parts) -> Result<(), Trouble> {
    let door = parts.extensions.get::<MatchedPath>().map_or("", MatchedPath::as_str);
    let caller = parts.extensions.get::<Caller>().copied();
    let count = |what: What, key: Option<Key>| key.map_or(Ok(()), |key| app.limits.count(what, key));
    let (address, session) = (caller.as_ref().map(from), visit.counted_by());

    count(What::SessionRequest, session)?;
    if door.starts_with("/invitation/") {
        count(What::Invitation, address)?;
    }
    if door.ends_with("/begin") || door.ends_with("/finish") {
        count(What::SessionCeremony, session)?;
        count(What::AddressCeremony, address)?;
    }
    if door == "/recover" && parts.method == Method::POST {
        count(What::SessionRecoveryCode, session)?;
        count(What::AddressRecoveryCode, address)?;
    }
    Ok(())
}

/// Counts a request of a client that said who it is. A public client proves nothing, so that anybody could use up what
/// is its own: it is counted by address besides.
///
/// # Errors
/// 429.
pub fn by_client(app: &App, client: &Client, caller: &Caller, path: &str) -> Result<(), TooMany> {
    let what = match path {
        "/par" => What::Push,
        "/token" => What::Token,
        _ => What::ClientRequest,
    };
    let (id, prefix) = (client.id.as_str().as_bytes(), caller.prefix.bytes());
    let key = if client.is_public() { Key::of(&[id, &prefix]) } else { Key::of(&[id]) };
    app.limits.count(what, key)
}

/// Counts a proof by its key, whatever it is a proof for.
///
/// # Errors
/// 429.
pub fn by_key(app: &App, thumbprint: &str) -> Result<(), Refusal> {
    Ok(app.limits.count(What::Proof, Key::of(&[thumbprint.as_bytes()]))?)
}

/// Attempts to be a client, from an address. Wrong ones are counted by both together: a stranger who sends wrong secrets
/// shuts out nobody but those at its own address.
#[derive(Debug, Clone, Copy)]
pub struct Attempt {
    client: Key,
    address: Key,
}

impl Attempt {
    /// An attempt to be `client`, as it calls itself.
    ///
    /// # Errors
    /// 429 when there were too many wrong ones, before this one is looked at.
    pub fn begin(app: &App, client: &[u8], caller: &Caller) -> Result<Self, TooMany> {
        let attempt = Self { client: Key::of(&[client, &caller.prefix.bytes()]), address: from(caller) };
        app.limits.look(What::ClientFailure, attempt.client)?;
        app.limits.look(What::AddressFailure, attempt.address)?;
        Ok(attempt)
    }

    /// It was a wrong one.
    pub fn failed(self, app: &App) {
        // Full or not: the next one is told so.
        let _ = app.limits.count(What::ClientFailure, self.client);
        let _ = app.limits.count(What::AddressFailure, self.address);
    }
}

fn from(caller: &Caller) -> Key {
    Key::of(&[&caller.prefix.bytes()])
}
