//! Step 3: a browser brings a request to `/authorize`, or the handle of one.
//!
//! Until client and redirect URI are known good, an error is a page for the resident and nobody is sent anywhere;
//! from then on it goes back to the client. A request belongs to the browser that opened it first.

use std::time::Duration;

use super::client::Client;
use super::params::Params;
use super::push::{self, PREFIX};
use super::redirect::RegisteredRedirect;
use super::refusal::Refusal;
use super::store::{self, Opened, Pending};
use super::{ask, authorization};
use crate::app::App;
use crate::clock::Timestamp;
use crate::crypto::random;
use crate::crypto::token::{Digest, Token};
use crate::db::Tx;
use crate::fault::Fault;
use crate::ids::{AuthorizationId, ClientId};
use crate::once::{self, Kind, Standing};
use crate::resident::Session;

/// For how long a resident may read and think once the request is open.
const OPEN_FOR: Duration = Duration::from_secs(600);

/// How the authorization endpoint says no (RFC 6749 §4.1.2.1).
#[derive(Debug)]
pub enum AuthorizeError {
    /// Client or redirect URI are in doubt, or the request is not this browser's: tell the resident, send nobody
    /// anywhere. The tail of the words' key, and a reason for the log.
    Page(&'static str, &'static str),
    /// Both are known good: hand the refusal to the client.
    Redirect {
        /// Where to.
        to: RegisteredRedirect,
        /// What the client sent along.
        state: Option<String>,
        /// Why.
        refusal: Refusal,
    },
    /// A client of the partner class posts nothing here.
    Method,
    /// Ours.
    Fault(Fault),
}

impl From<Fault> for AuthorizeError {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

/// A handle that opens nothing says the same whether it never was one, is over, or is another's: nobody learns which.
pub(super) const GONE: AuthorizeError =
    AuthorizeError::Page("question-ended", "no open request of this client and browser");

/// A browser, and who is signed in there.
#[derive(Debug, Clone, Copy)]
pub struct Visitor<'a> {
    /// Its cookie.
    pub browser: &'a Digest,
    /// The session that is open there.
    pub session: Option<&'a Session>,
}

impl Visitor<'_> {
    fn opens(&self, now: Timestamp) -> Opened {
        let session = self.session.map(|session| session.id.clone());
        Opened { browser: self.browser.clone(), at: now.seconds(), session }
    }
}

/// Opens the request that `params` bring, for the browser that brings them (`posted`: in a form); its id.
///
/// # Errors
/// A page while anything about client and redirect URI is in doubt, a redirect afterwards.
pub async fn begin(
    app: &App, params: &Params, visitor: Visitor<'_>, posted: bool,
) -> Result<AuthorizationId, AuthorizeError> {
    let mut tx = app.db.begin().await?;
    let client = client(&mut tx, params).await?;
    if posted && client.is_partner() {
        return Err(AuthorizeError::Method);
    }
    let id = match params.get("request_uri") {
        Some(handle) => open(&mut tx, app, &client, handle, visitor).await?,
        None if client.is_partner() => {
            return Err(AuthorizeError::Page("bad-request", "a partner pushes its requests"));
        }
        None => ask(&mut tx, app, &client, params, visitor).await?,
    };
    tx.commit().await?;
    Ok(id)
}

async fn client(tx: &mut Tx, params: &Params) -> Result<Client, AuthorizeError> {
    let unknown = || AuthorizeError::Page("client-unknown", "no such client");
    let id = ClientId::parse(params.get("client_id").ok_or_else(unknown)?).map_err(|_| unknown())?;
    let client = store::client(tx, &id).await?.ok_or_else(unknown)?;
    if !client.is_open() {
        return Err(AuthorizeError::Page("client-disabled", "the client is disabled"));
    }
    Ok(client)
}

/// A pushed request. All other parameters in the URL are ignored (RFC 9126 §4).
async fn open(
    tx: &mut Tx, app: &App, client: &Client, handle: &str, visitor: Visitor<'_>,
) -> Result<AuthorizationId, AuthorizeError> {
    let Some(secret) = handle.strip_prefix(PREFIX) else {
        return Err(AuthorizeError::Page("bad-request", "a request_uri that is not one of ours"));
    };
    let handle = Digest::of(secret.as_bytes());
    let now = app.now();
    let Standing::Open(_) = once::standing(tx, Kind::RequestUri, &handle, now).await? else { return Err(GONE) };
    let pending = store::request_by_handle(tx, &handle).await?.filter(|pending| pending.client == client.id);
    let pending = pending.ok_or(GONE)?;
    if client.redirect(&pending.asked.redirect_uri).is_none() {
        return Err(AuthorizeError::Page("redirect-unknown", "the redirect URI was withdrawn from the registration"));
    }
    if store::bind(tx, &pending.id, &visitor.opens(now)).await? {
        once::prolong(tx, Kind::RequestUri, &handle, now, now.plus(OPEN_FOR)).await?;
        return Ok(pending.id);
    }
    let again = store::request(tx, &pending.id).await?.and_then(|pending| pending.opened);
    if again.is_some_and(|first| first.browser == *visitor.browser) { Ok(pending.id) } else { Err(GONE) }
}

/// A request in plain parameters, from an ordinary client.
async fn ask(
    tx: &mut Tx, app: &App, client: &Client, params: &Params, visitor: Visitor<'_>,
) -> Result<AuthorizationId, AuthorizeError> {
    let redirect = authorization::redirect(params, client)
        .map_err(|_| AuthorizeError::Page("redirect-unknown", "the redirect URI is not registered"))?;
    let asked = ask::check(tx, app, client, params, &redirect)
        .await
        .map_err(|refusal| back(redirect, params.get("state").map(str::to_owned), refusal))?;
    let now = app.now();
    let opened = Some(visitor.opens(now));
    let handle = Token::random()?.digest();
    let pending = Pending { id: random::id()?, client: client.id.clone(), handle, asked, opened, agreed: None };
    store::insert_request(tx, &pending, now).await?;
    push::issue_handle(tx, &pending, now.plus(OPEN_FOR), app).await.map_err(|_| Fault::Internal("no handle"))?;
    Ok(pending.id)
}

/// A refusal on its way to the client; a fault stays with us.
pub(super) fn back(to: RegisteredRedirect, state: Option<String>, refusal: Refusal) -> AuthorizeError {
    match refusal {
        Refusal::Fault(fault) => AuthorizeError::Fault(fault),
        refusal => AuthorizeError::Redirect { to, state, refusal },
    }
}
