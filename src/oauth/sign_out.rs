//! A client asks that its resident be signed out (OpenID Connect RP-Initiated Logout 1.0).
//!
//! Whoever makes a browser open an address could ask that, so nothing ends before the resident has pressed a button on
//! our own page: no hint, however genuine, says who has the browser open it. What is settled here is who asks, and
//! where the browser may go afterwards: an address that this client registered, byte for byte, or nowhere.

use url::Url;

use super::begin::AuthorizeError;
use super::client::Client;
use super::params::Params;
use super::redirect::{Application, RegisteredRedirect};
use super::{hint, store};
use crate::app::App;
use crate::ids::ClientId;

/// What was asked, and is in order.
#[derive(Debug)]
pub struct SignOut {
    /// Who asks, if it said so.
    pub client: Option<Client>,
    /// Where the browser goes afterwards: a registered address, with `state`.
    pub to: Option<Url>,
}

/// Judges what a client asks.
///
/// # Errors
/// A page when the hint is none of ours, the client is unknown or shut out, the two do not agree, or the address was
/// not registered.
pub async fn sign_out(app: &App, params: &Params) -> Result<SignOut, AuthorizeError> {
    let client = client(app, params).await?;
    let Some(asked) = params.get("post_logout_redirect_uri") else { return Ok(SignOut { client, to: None }) };
    const UNKNOWN: AuthorizeError = AuthorizeError::Page("redirect-unknown", "a post_logout_redirect_uri of nobody");
    let registered = client.as_ref().map(|client| &client.listening.post_logout_redirect_uris).ok_or(UNKNOWN)?;
    let to = RegisteredRedirect::find(registered, Application::Web, asked).ok_or(UNKNOWN)?;
    let to = match params.get("state") {
        Some(state) => to.with(&[("state", state)]),
        None => to.as_str().to_owned(),
    };
    Ok(SignOut { client, to: Some(Url::parse(&to).map_err(|_| UNKNOWN)?) })
}

async fn client(app: &App, params: &Params) -> Result<Option<Client>, AuthorizeError> {
    let hinted = match params.get("id_token_hint") {
        Some(text) => {
            let hint = hint::read(&app.keyring, &app.config.server.issuer, text);
            Some(hint.map_err(|_| AuthorizeError::Page("bad-request", "an id_token_hint that is none"))?.aud)
        }
        None => None,
    };
    let id = match (params.get("client_id"), hinted) {
        (None, None) => return Ok(None),
        (Some(named), Some(hinted)) if named != hinted => {
            return Err(AuthorizeError::Page("bad-request", "client_id is not the client of the hint"));
        }
        (Some(named), _) => named.to_owned(),
        (None, Some(hinted)) => hinted,
    };
    const UNKNOWN: AuthorizeError = AuthorizeError::Page("client-unknown", "a sign-out asked for by nobody");
    let id = ClientId::parse(&id).map_err(|_| UNKNOWN)?;
    let client = store::client(&mut app.db.read().await?, &id).await?.ok_or(UNKNOWN)?;
    if client.is_open() {
        Ok(Some(client))
    } else {
        Err(AuthorizeError::Page("client-disabled", "a sign-out asked for by a client that is shut out"))
    }
}
