//! Where the limits stand: cheap before expensive.
//!
//! 1. [`arrive`]: by address, before a body, a cookie, a token or the database is looked at;
//! 2. [`by_session`]: what can be guessed at (ceremonies, codes, invitations) by address, then the residents' pages by
//!    session or browser;
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
use crate::oauth::{self, Client, Refusal};

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
/// By address first: what is refused there takes nothing of a browser's and no room. Before that the session's count is only
/// looked at, so that one that came too often uses up nothing of its neighbours' at the same address. Sessions, which nobody
/// makes up, are counted apart from browsers, whose cookie anybody does.
///
/// # Errors
/// 429.
pub fn by_session(app: &App, visit: &Visit, parts: &Parts) -> Result<(), Trouble> {
    let door = parts.extensions.get::<MatchedPath>().map_or("", MatchedPath::as_str);
    let caller = parts.extensions.get::<Caller>().copied();
    let count = |what: What, key: Option<Key>| key.map_or(Ok(()), |key| app.limits.count(what, key));
    let address = caller.as_ref().map(from);
    let signed_in = visit.session.as_ref().map(|session| &session.id);
    let (session, [request, step, code]) = match signed_in.or(visit.person.as_ref().map(|person| &person.id)) {
        Some(id) => (
            Some(Key::of(&[id.as_str().as_bytes()])),
            [What::SessionRequest, What::SessionCeremony, What::SessionRecoveryCode],
        ),
        None => (browser(visit), [What::BrowserRequest, What::BrowserCeremony, What::BrowserRecoveryCode]),
    };

    let (ceremony, recovery) = (is_ceremony(door, &parts.method), door == "/recover" && parts.method == Method::POST);
    let by_address = [
        (What::Invitation, door.starts_with("/invitation/") || door.starts_with("/desk/invitation/")),
        (What::AddressCeremony, ceremony),
        (What::AddressRecoveryCode, recovery),
    ];
    let by_session = [(request, true), (step, ceremony), (code, recovery)];
    let counted = |(what, counted): &(What, bool)| counted.then_some(*what);

    if let Some(session) = session {
        by_session.iter().filter_map(counted).try_for_each(|what| app.limits.look(what, session))?;
    }
    by_address.iter().filter_map(counted).try_for_each(|what| count(what, address))?;
    by_session.iter().filter_map(counted).try_for_each(|what| count(what, session))?;
    Ok(())
}

/// Doors that begin a ceremony of a page of their own, and are not called `begin`.
const CONFIRMED: [&str; 3] = ["/me/erasure/confirm", "/consent/{id}/own/confirm", "/device/{id}/own/confirm"];

/// A step of a ceremony. (Where the door does not have the method, nothing of a ceremony happens.)
fn is_ceremony(door: &str, method: &Method) -> bool {
    *method == Method::POST && (door.ends_with("/begin") || door.ends_with("/finish") || CONFIRMED.contains(&door))
}

/// What a browser is counted by; `None` for one that was never here.
fn browser(visit: &Visit) -> Option<Key> {
    visit.browser.is_known().then(|| Key::of(&[visit.browser.digest().as_str().as_bytes()]))
}

/// Counts a request of a client that said who it is. A public client proves nothing, so that anybody could use up what
/// is its own: it is counted by address besides.
///
/// # Errors
/// 429.
pub fn by_client(app: &App, client: &Client, caller: &Caller, path: &str) -> Result<(), TooMany> {
    let what = match path {
        // Both keep something for a while, whatever becomes of it.
        "/par" | "/device_authorization" => What::Push,
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

/// An attempt to be a client, from an address. Wrong ones are counted by both together: a stranger who sends wrong secrets
/// shuts out nobody but that client at its own address.
#[derive(Debug)]
pub struct Attempt {
    name: String,
    /// `None`: it proves nothing, so there is nothing to guess.
    client: Option<Key>,
    address: Key,
}

impl Attempt {
    /// An attempt to be the client `name`, as it calls itself. `proves`: whether it brought an assertion, a secret or an
    /// `Authorization` header; a client that only says its name is never in the way of somebody else's failures.
    ///
    /// # Errors
    /// 429 when there were too many wrong ones, before this one is looked at.
    pub fn begin(app: &App, name: String, proves: bool, caller: &Caller) -> Result<Self, TooMany> {
        let client = proves.then(|| Key::of(&[name.as_bytes(), &caller.prefix.bytes()]));
        if let Some(client) = client {
            app.limits.look(What::ClientFailure, client)?;
        }
        Ok(Self { name, client, address: from(caller) })
    }

    /// It was a wrong one. Names that no client has are counted by address: of those there is no end, and nobody with
    /// the right secret is among them.
    ///
    /// # Errors
    /// 429 when there were too many such names from that address.
    pub async fn failed(self, app: &App) -> Result<(), Refusal> {
        if !oauth::is_client(app, &self.name).await? {
            return Ok(app.limits.count(What::AddressFailure, self.address)?);
        }
        if let Some(client) = self.client {
            // Full or not: the next one is told so.
            let _ = app.limits.count(What::ClientFailure, client);
        }
        Ok(())
    }
}

fn from(caller: &Caller) -> Key {
    Key::of(&[&caller.prefix.bytes()])
}
