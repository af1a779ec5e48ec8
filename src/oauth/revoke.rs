//! A client gives tokens back (RFC 7009).

use super::client::Client;
use super::refusal::Refusal;
use super::store;
use crate::app::App;
use crate::crypto::token::Digest;
use crate::fault::Fault;

/// Ends a token: an access token alone, a refresh token with its whole grant. What is unknown, or another
/// client's, changes nothing, and the answer does not say so (§2.2).
///
/// # Errors
/// When it could not be made durable.
pub async fn revoke(app: &App, client: &Client, token: &str) -> Result<(), Refusal> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let Some(stored) = store::token(&mut tx, &Digest::of(token.as_bytes())).await? else { return Ok(()) };
    let grant = store::grant(&mut tx, &stored.grant).await?.ok_or(Fault::Stored("a token without its grant"))?;
    if grant.client != client.id {
        return Ok(());
    }
    match stored.kind {
        store::Kind::Access => store::end_token(&mut tx, &stored.digest, now).await?,
        store::Kind::Refresh => {
            // The client asked for it: there is nothing to tell it.
            store::end_grant(&mut tx, &grant.id, "revoked", now).await?;
        }
    }
    tx.commit().await?;
    Ok(())
}
