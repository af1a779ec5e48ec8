//! Step 2 for partners, open to all: a request is pushed and becomes a handle (RFC 9126).

use std::time::Duration;

use super::client::Client;
use super::params::Params;
use super::refusal::Refusal::{self, InvalidDpopProof, InvalidRequest};
use super::store::{self, Pending};
use super::{ask, authorization};
use crate::app::App;
use crate::crypto::random;
use crate::crypto::token::Token;
use crate::db::Tx;
use crate::ledger::queue::Proof;
use crate::once::{self, Issue, Kind};

/// What a handle begins with (RFC 9126 §2.2).
pub const PREFIX: &str = "urn:ietf:params:oauth:request_uri:";

/// A handle, to be handed out once.
#[derive(Debug)]
pub struct Pushed {
    /// The secret part of the `request_uri`.
    pub handle: Token,
    /// For how many seconds it may be opened.
    pub expires_in: u32,
}

/// Checks and keeps a request of an authenticated client.
///
/// # Errors
/// As `ask::check`; `invalid_dpop_proof` for a public client without a key of its own.
pub async fn push(app: &App, client: &Client, params: &Params, proof: Option<Proof>) -> Result<Pushed, Refusal> {
    if params.get("request_uri").is_some() {
        return Err(InvalidRequest("a request_uri in a pushed request"));
    }
    if client.is_public() && proof.is_none() {
        return Err(InvalidDpopProof("a public client pushes with a proof of its key"));
    }
    let redirect = authorization::redirect(params, client)?;
    // What is refused writes nothing, and waits for nobody who does.
    let mut asked = ask::check(&mut app.db.read().await?, app, client, params, &redirect).await?;
    let now = app.now();
    let mut tx = app.db.begin().await?;
    if let Some(proof) = proof {
        if asked.dpop_jkt.as_ref().is_some_and(|announced| *announced != proof.thumbprint) {
            return Err(InvalidDpopProof("dpop_jkt is another key than the proof's"));
        }
        use_proof(&mut tx, &proof, app).await?;
        asked.dpop_jkt = Some(proof.thumbprint);
    }

    let handle = Token::random()?;
    let expires_in = app.config.oauth.pushed_request_seconds;
    let id = random::id()?;
    let pending = Pending { id, client: client.id.clone(), handle: handle.digest(), asked, opened: None, agreed: None };
    store::insert_request(&mut tx, &pending, now).await?;
    let expires = now.plus(Duration::from_secs(u64::from(expires_in)));
    issue_handle(&mut tx, &pending, expires, app).await?;
    tx.commit().await?;
    Ok(Pushed { handle, expires_in })
}

/// Makes the handle of a request: the one thing that says whether the request may still be answered.
pub(super) async fn issue_handle(
    tx: &mut Tx, pending: &Pending, expires: crate::clock::Timestamp, app: &App,
) -> Result<(), Refusal> {
    let (kind, now) = (Kind::RequestUri, app.now());
    let subject = pending.id.as_str();
    once::issue(tx, Issue { kind, digest: &pending.handle, subject, state: None, now, expires }).await?;
    Ok(())
}

/// Uses a proof up. To be called after everything else about it holds.
pub(super) async fn use_proof(tx: &mut Tx, proof: &Proof, app: &App) -> Result<(), Refusal> {
    let now = app.now();
    if once::present(tx, Kind::DpopProof, &proof.jti, now, now.plus(super::dpop::REMEMBERED)).await? {
        return Ok(());
    }
    Err(InvalidDpopProof("the proof was used before"))
}
