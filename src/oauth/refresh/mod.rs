//! Refreshing (RFC 6749 §6): more access tokens, as long as the consent lasts.
//!
//! A client that authenticates keeps its refresh token. A public client's is exchanged for a new one each time
//! ([`rotation`]), and one that comes twice ends the whole family ([`replay`]): it may have been stolen, and nobody can
//! say who of the two is whom. But an answer may get lost on its way: so the holder of the token's key, and nobody
//! else, is given the same answer again for half a minute ([`successor`]).
//!
//! The rows of the grant and of the token are locked first: what two requests do with one token happens one after the other, on whatever
//! node.

use zeroize::Zeroizing;

use super::client::Client;
use super::exchange::consent_in_force;
use super::grant::Grant;
use super::push::use_proof;
use super::refusal::Refusal::{self, InvalidGrant};
use super::resource;
use super::store::{self, Stored};
use super::token::{self, For, TokenSet};
use crate::app::App;
use crate::clock::Timestamp;
use crate::consent::Record;
use crate::crypto::token::Digest;
use crate::db::Tx;
use crate::fault::Fault;
use crate::ids::RequestId;
use crate::ledger::binding::{Binding, Held};

mod replay;
mod rotation;
mod successor;

use rotation::Turn;

/// What a client presents for another access token.
pub struct Refresh {
    /// The refresh token, as it was shown.
    pub token: Zeroizing<String>,
    /// A smaller scope, if it wants one.
    pub scope: Option<String>,
    /// What it proved to hold.
    pub held: Held,
    /// For which resource it wants an access token.
    pub resources: Vec<String>,
    /// The HTTP request.
    pub request: RequestId,
}

/// What came of it.
enum Attempt {
    Given(Box<TokenSet>),
    Replayed(Box<Grant>),
}

/// Gives another access token.
///
/// # Errors
/// `invalid_grant` when the token is not this client's, or over, or was used before (then its family ends).
pub async fn refresh(app: &App, client: &Client, asked: Refresh) -> Result<TokenSet, Refusal> {
    match attempt(app, client, &asked).await? {
        Attempt::Given(tokens) => Ok(*tokens),
        // In a transaction of its own, which holds the ledger from its beginning.
        Attempt::Replayed(grant) => Err(replay::end_family(app, client, &grant, &asked).await?),
    }
}

async fn attempt(app: &App, client: &Client, asked: &Refresh) -> Result<Attempt, Refusal> {
    let binding = client.binding(&asked.held)?;
    let now = app.now();
    let mut tx = app.db.begin().await?;
    if let Some(proof) = &asked.held.proof {
        use_proof(&mut tx, proof, app).await?;
    }
    let (stored, grant) = find(&mut tx, client, &Digest::of(asked.token.as_bytes())).await?;
    if grant.ended {
        return Err(InvalidGrant("the grant has ended"));
    }
    let turn = rotation::turn(&mut tx, app, client, asked, &stored).await?;
    let again = match turn {
        Turn::Replayed => return Ok(Attempt::Replayed(Box::new(grant))),
        Turn::Again(_) => true,
        Turn::Kept | Turn::Next => false,
    };
    if !again && (stored.ended || stored.expires_at <= now) {
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
    let tokens = match turn {
        Turn::Again(successor) => tokens.with_same_refresh_token(&successor),
        Turn::Next => rotation::rotate(&mut tx, app, asked, &stored, &to, tokens).await?,
        Turn::Kept | Turn::Replayed => {
            keep(&mut tx, &stored, &grant, &record, binding.as_ref(), now).await?;
            tokens
        }
    };
    tx.commit().await?;
    Ok(Attempt::Given(Box::new(tokens)))
}

/// The token and its grant, both rows locked.
async fn find(tx: &mut Tx, client: &Client, token: &Digest) -> Result<(Stored, Grant), Refusal> {
    const UNKNOWN: Refusal = InvalidGrant("no such refresh token");
    let found = store::token(tx, token).await?.filter(|stored| stored.kind == store::Kind::Refresh).ok_or(UNKNOWN)?;
    let grant = store::hold_grant(tx, &found.grant).await?.ok_or(Fault::Stored("a token without its grant"))?;
    let stored = store::hold_refresh_token(tx, token).await?.ok_or(UNKNOWN)?;
    if grant.client != client.id {
        return Err(InvalidGrant("the refresh token belongs to another client"));
    }
    Ok((stored, grant))
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
