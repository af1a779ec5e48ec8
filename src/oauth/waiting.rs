//! What may be said of an open request before anybody has signed in: who waits, and in which languages it was asked.

use super::client::Name;
use super::store;
use crate::app::App;
use crate::crypto::token::Digest;
use crate::fault::Fault;
use crate::ids::AuthorizationId;

/// A request that waits for its resident.
#[derive(Debug, Clone)]
pub struct Waiting {
    /// What residents call the client.
    pub client: Name,
    /// `ui_locales` of the request (OIDC Core §3.1.2.1).
    pub ui_locales: Option<String>,
    /// Whether she has answered it.
    pub answered: bool,
}

/// The request, when this browser opened it.
///
/// # Errors
/// When the database fails.
pub async fn waiting(app: &App, id: &AuthorizationId, browser: &Digest) -> Result<Option<Waiting>, Fault> {
    let mut tx = app.db.read().await?;
    let Some(pending) = store::request(&mut tx, id).await? else { return Ok(None) };
    if pending.opened.is_none_or(|opened| opened.browser != *browser) {
        return Ok(None);
    }
    let client = store::client(&mut tx, &pending.client).await?;
    let answered = pending.agreed.is_some();
    Ok(client.map(|client| Waiting { client: client.name, ui_locales: pending.asked.ui_locales, answered }))
}
