//! Step 6: an authorization code becomes tokens (RFC 6749 §4.1.3), once.

use super::client::Client;
use super::ending::end_and_tell;
use super::grant::{CodeExchange, Grant};
use super::push::use_proof;
use super::refusal::Refusal::{self, InvalidGrant};
use super::resource;
use super::store;
use super::token::{self, For, TokenSet};
use crate::app::App;
use crate::consent::{self, Record};
use crate::db::Tx;
use crate::fault::Fault;
use crate::ids::GrantId;
use crate::once::{self, Kind, Standing};

/// Exchanges a code for tokens, once.
///
/// The first attempt uses the code up, right or wrong. A later one means that the code leaked: everything issued
/// from it is ended, and stays ended although the answer is a refusal.
///
/// # Errors
/// `invalid_dpop_proof` or `invalid_target` while nothing is used up, `invalid_grant` afterwards.
pub async fn exchange_code(app: &App, client: &Client, asked: CodeExchange) -> Result<TokenSet, Refusal> {
    let binding = client.binding(&asked.held)?;
    let now = app.now();
    let mut tx = app.db.begin().await?;
    if let Some(proof) = &asked.held.proof {
        use_proof(&mut tx, proof, app).await?;
    }
    let Some(used) = once::consume(&mut tx, Kind::Code, &asked.code, now).await? else {
        return refuse_dead_code(tx, app, client, &asked).await;
    };
    let grant = store::hold_grant(&mut tx, &GrantId::stored(used.subject)).await?;
    let grant = grant.ok_or(Fault::Stored("a code without its grant"))?;
    if !grant.is_of(used.state.as_deref()) {
        tx.commit().await?;
        return Err(InvalidGrant("the grant was changed since: the code of the change counts"));
    }
    // Dropping the transaction gives the code back.
    grant.check_proof_is_there(asked.held.proof.as_ref())?;

    match check(&mut tx, app, client, &grant, &asked).await {
        Ok(record) => {
            // Whoever asks for another resource is told so, and the code is given back.
            let issuer = &app.config.server.issuer;
            let server = resource::target(&mut tx, issuer, client, &grant.resources, &asked.resources).await?;
            let to =
                For { client, grant: &grant, consent: &record, scope: &grant.scope, binding, server: server.as_ref() };
            let tokens = issue(&mut tx, app, &to).await?;
            tx.commit().await?;
            Ok(tokens)
        }
        Err(Refusal::Fault(fault)) => Err(fault.into()),
        Err(refusal) => {
            if grant.client != client.id {
                tracing::warn!(client = %client.id, event = "code_injection_suspected", "a code of another client");
            }
            end_and_tell(&mut tx, &grant, "code", now).await?;
            tx.commit().await?;
            Err(refusal)
        }
    }
}

async fn check(
    tx: &mut Tx, app: &App, client: &Client, grant: &Grant, asked: &CodeExchange,
) -> Result<Record, Refusal> {
    grant.check(client, asked)?;
    consent_in_force(tx, app, client, grant).await
}

/// The consent that a grant of `client` rests on, if it is in force now, and the client may still ask for its purpose.
pub(super) async fn consent_in_force(
    tx: &mut Tx, app: &App, client: &Client, grant: &Grant,
) -> Result<Record, Refusal> {
    if !client.may_ask(&grant.purpose, &app.catalogue) {
        return Err(InvalidGrant("the purpose was taken from the client"));
    }
    let record = consent::current(tx, &grant.consent).await?.ok_or(InvalidGrant("the consent is gone"))?;
    record.in_force(app.now()).map_err(InvalidGrant)?;
    Ok(record)
}

async fn issue(tx: &mut Tx, app: &App, to: &For<'_>) -> Result<TokenSet, Fault> {
    let tokens = token::issue(tx, app, to).await?.with_id_token(tx, app, to).await?;
    tokens.with_due_refresh_token(tx, app, to).await
}

/// A code that is unknown, over, or used.
async fn refuse_dead_code(mut tx: Tx, app: &App, client: &Client, asked: &CodeExchange) -> Result<TokenSet, Refusal> {
    let Standing::Used(used) = once::standing(&mut tx, Kind::Code, &asked.code, app.now()).await? else {
        return Err(InvalidGrant("no such code, or its time is over"));
    };
    let grant = store::hold_grant(&mut tx, &GrantId::stored(used.subject)).await?;
    let grant = grant.ok_or(Fault::Stored("a code without its grant"))?;
    if !grant.is_of(used.state.as_deref()) {
        // What it gave ended with the change; what the change gave is none of its own.
        return Err(InvalidGrant("the code was used before, and its grant was changed since"));
    }
    tracing::warn!(client = %client.id, event = "code_replayed", "a code came twice: what it gave is ended");
    end_and_tell(&mut tx, &grant, "code", app.now()).await?;
    tx.commit().await?;
    Err(InvalidGrant("the code was used before"))
}
