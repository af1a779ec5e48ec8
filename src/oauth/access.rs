//! What the gate must know of an access token, looked up afresh at every read.

use std::collections::HashMap;

use super::refusal::Refusal::{self, InvalidDpopProof, InvalidToken};
use super::store;
use crate::app::App;
use crate::clock::Timestamp;
use crate::consent;
use crate::crypto::token::Digest;
use crate::db::Tx;
use crate::fault::Fault;
use crate::ids::{ClientId, ConsentId, GrantId, ResidentId};
use crate::ledger::binding::{Binding, Held};
use crate::once::{self, Kind};
use crate::resident;

/// An access token with its grant and client, as they are in this transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessRow {
    /// The grant it hangs from.
    pub grant: GrantId,
    /// The client it was issued to.
    pub client: ClientId,
    /// What body stands behind that client, by its code.
    pub party: String,
    /// Whether the operator disabled that client.
    pub client_disabled: bool,
    /// Whether the client is not registered for the grant's purpose any more.
    pub purpose_withdrawn: bool,
    /// Whose data it may lead to.
    pub resident: ResidentId,
    /// What it is bound to; `None` for a bearer token.
    pub binding: Option<Binding>,
    /// The scope it was granted.
    pub scope: String,
    /// The purpose's code, when it may lead to the vault.
    pub purpose: Option<String>,
    /// The claims it may lead to.
    pub claims: Vec<String>,
    /// The consent record it rests on.
    pub consent: Option<ConsentId>,
    /// When the resident signed in, Unix seconds.
    pub signed_in_at: i64,
    /// Unix seconds.
    pub expires_at: i64,
    /// Whether it was revoked.
    pub revoked: bool,
    /// Whether her record is sealed, because she died.
    pub resident_sealed: bool,
    /// Whether the operator locked the resident.
    pub resident_locked: bool,
}

/// The rows of many tokens in one statement, by digest.
///
/// # Errors
/// When the database fails.
pub async fn access_rows(tx: &mut Tx, tokens: &[Digest]) -> Result<HashMap<String, AccessRow>, Fault> {
    store::access_rows(tx, tokens).await
}

/// A token as a client presents it.
#[derive(Debug, Clone)]
pub struct PresentedToken {
    /// The token.
    pub digest: Digest,
    /// What whoever shows it proved to hold.
    pub held: Held,
}

/// What userinfo may say of a resident to the holder of a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Introduction {
    /// What this client calls her.
    pub subject: String,
    /// Whether there are claims besides, to be had through the gate: the proof is still unused then.
    pub has_claims: bool,
}

impl AccessRow {
    /// Whether this token is alive, and shown by its holder (RFC 6750 §3.1, RFC 9449 §7.1, RFC 8705 §3). That the
    /// proof is new is not known yet.
    ///
    /// # Errors
    /// `invalid_token`.
    pub fn check(&self, held: &Held, now: Timestamp) -> Result<(), Refusal> {
        if self.revoked || self.client_disabled || self.resident_locked {
            return Err(InvalidToken("revoked"));
        }
        if self.purpose_withdrawn {
            return Err(InvalidToken("the purpose was taken from the client"));
        }
        if self.expires_at <= now.seconds() {
            return Err(InvalidToken("expired"));
        }
        held.fits(self.binding.as_ref()).map_err(InvalidToken)
    }
}

/// Who the resident of a token is, towards its client (OIDC Core §5.3). Claims of an ordinary client's purpose are
/// left to the gate, which uses the proof up; a partner's are never told here.
///
/// # Errors
/// `invalid_token`, `invalid_dpop_proof` or `insufficient_scope`.
pub async fn introduce(app: &App, presented: &PresentedToken) -> Result<Introduction, Refusal> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let mut rows = access_rows(&mut tx, std::slice::from_ref(&presented.digest)).await?;
    let row = rows.remove(presented.digest.as_str()).ok_or(InvalidToken("no such token"))?;
    row.check(&presented.held, now)?;
    let record = match &row.consent {
        Some(id) => consent::current(&mut tx, id).await?,
        None => None,
    };
    if record.is_none_or(|record| record.in_force(now).is_err()) {
        return Err(InvalidToken("the consent has ended"));
    }
    if !row.scope.split(' ').any(|name| name == "openid") {
        return Err(Refusal::InsufficientScope("openid"));
    }
    let client = store::client(&mut tx, &row.client).await?.ok_or(Fault::Stored("a grant without its client"))?;
    let has_claims = !client.is_partner() && !row.claims.is_empty();
    if let Some(proof) = presented.held.proof.as_ref().filter(|_| !has_claims) {
        let forget = now.plus(super::dpop::REMEMBERED);
        if !once::present(&mut tx, Kind::DpopProof, &proof.jti, now, forget).await? {
            return Err(InvalidDpopProof("used before"));
        }
    }
    let subject = resident::subject(&mut tx, &row.resident, &client.sector).await?;
    tx.commit().await?;
    Ok(Introduction { subject, has_claims })
}
