//! Refreshing (RFC 6749 §6): more access tokens, as long as the consent lasts.
//!
//! A client that authenticates keeps its refresh token. A public client's is exchanged for a new one each time, and
//! one that comes twice ends the whole family: it may have been stolen, and nobody can say who of the two is whom.

use super::client::Client;
use super::exchange::consent_in_force;
use super::grant::Grant;
use super::push::use_proof;
use super::refusal::Refusal::{self, InvalidDpopProof, InvalidGrant};
use super::resource;
use super::store::{self, Stored};
use super::token::{self, For, TokenSet};
use crate::app::App;
use crate::clock::Timestamp;
use crate::consent::Record;
use crate::crypto::token::Digest;
use crate::db::Tx;
use crate::fault::Fault;
use crate::ledger::binding::{Binding, Held};
use crate::once::{self, Kind};

/// What a client presents for another access token.
pub struct Refresh {
    /// The refresh token.
    pub token: Digest,
    /// A smaller scope, if it wants one.
    pub scope: Option<String>,
    /// What it proved to hold.
    pub held: Held,
    /// For which resource it wants an access token.
    pub resources: Vec<String>,
}

/// Gives another access token.
///
/// # Errors
/// `invalid_grant` when the token is not this client's, or over, or was used before (then its family ends).
pub async fn refresh(app: &App, client: &Client, asked: Refresh) -> Result<TokenSet, Refusal> {
    let binding = client.binding(&asked.held)?;
    let now = app.now();
    let mut tx = app.db.begin().await?;
    if let Some(proof) = &asked.held.proof {
        use_proof(&mut tx, proof, app).await?;
    }
    let (stored, grant) = find(&mut tx, client, &asked.token).await?;
    if client.is_public() {
        check_holder(&stored, &asked.held)?;
        if once::consume(&mut tx, Kind::RefreshToken, &stored.digest, now).await?.is_none() {
            store::end_grant(&mut tx, &grant.id, "refresh", now).await?;
            tx.commit().await?;
            return Err(InvalidGrant("the refresh token was used before, or is over"));
        }
    }
    if stored.ended || grant.ended || stored.expires_at <= now {
        return Err(InvalidGrant("the refresh token has ended"));
    }
    let record = consent_in_force(&mut tx, app, client, &grant).await?;
    let scope = match &asked.scope {
        Some(scope) => grant.narrowed(scope)?,
        None => grant.scope.clone(),
    };

    let issuer = &app.config.server.issuer;
    let server = resource::target(&mut tx, issuer, client, &grant.resources, &asked.resources).await?;
    let server = server.as_ref();
    let to = For { client, grant: &grant, consent: &record, scope: &scope, binding: binding.clone(), server };
    let tokens = token::issue(&mut tx, app, &to).await?;
    let tokens = if client.is_public() {
        store::end_token(&mut tx, &stored.digest, now).await?;
        tokens.with_refresh_token(&mut tx, app, &to).await?
    } else {
        keep(&mut tx, &stored, &grant, &record, binding.as_ref(), now).await?;
        tokens
    };
    tx.commit().await?;
    Ok(tokens)
}

async fn find(tx: &mut Tx, client: &Client, token: &Digest) -> Result<(Stored, Grant), Refusal> {
    let stored = store::token(tx, token).await?.filter(|stored| stored.kind == store::Kind::Refresh);
    let stored = stored.ok_or(InvalidGrant("no such refresh token"))?;
    let grant = store::grant(tx, &stored.grant).await?.ok_or(Fault::Stored("a token without its grant"))?;
    if grant.client != client.id {
        return Err(InvalidGrant("the refresh token belongs to another client"));
    }
    Ok((stored, grant))
}

/// A public client has nothing but its key or certificate to be known by: it is the same for ever.
fn check_holder(stored: &Stored, held: &Held) -> Result<(), Refusal> {
    match &stored.binding {
        None => Ok(()),
        Some(Binding::Key(_)) if held.proof.is_none() => {
            Err(InvalidDpopProof("the refresh token is bound to a key, and none was proved"))
        }
        bound => held.fits(bound.as_ref()).map_err(InvalidGrant),
    }
}

/// The token of a client that authenticates lives on; with another key or certificate, what the old one had dies.
async fn keep(
    tx: &mut Tx, stored: &Stored, grant: &Grant, record: &Record, binding: Option<&Binding>, now: Timestamp,
) -> Result<(), Fault> {
    let until = grant.refresh_until(Timestamp::from_seconds(record.valid_until), now);
    store::prolong(tx, &stored.digest, until).await?;
    let Some(binding) = binding else { return Ok(()) };
    if stored.binding.as_ref().is_some_and(|bound| bound != binding) {
        store::rebind(tx, &stored.digest, binding).await?;
        store::end_bound_otherwise(tx, &grant.id, binding, now).await?;
    }
    Ok(())
}
