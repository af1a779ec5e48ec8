//! Step 5: the resident's answer. Yes becomes consent, grant and code in one transaction; no becomes a refusal.

use std::time::Duration;

use super::begin::{AuthorizeError, GONE};
use super::client::Client;
use super::grant::Grant;
use super::rar::Details;
use super::resume::Open;
use super::store;
use crate::app::App;
use crate::consent::{self, Given, Notice, Record};
use crate::crypto::random;
use crate::crypto::token::{Digest, Token};
use crate::db::Tx;
use crate::fault::Fault;
use crate::ids::{AuthorizationId, GrantId, RequestId};
use crate::ledger::By;
use crate::ledger::{self, Head};
use crate::once::{self, Issue, Kind};
use crate::resident::{self, Session};

/// A yes, claim by claim.
#[derive(Debug)]
pub struct Yes {
    /// Of those claims that she may leave out, the ones she gives.
    pub chosen: Vec<String>,
    /// What she was shown.
    pub notice: Notice,
    /// The HTTP request.
    pub request: RequestId,
}

/// The resident agrees; where her browser goes now.
///
/// Consent with its entry, grant and code are committed together: if we crash before, nothing was agreed and the
/// question is still open; if we crash after, she finds the consent in her list and may stop it.
///
/// # Errors
/// A page when the question is not hers to answer any more, or the form names a claim that was not asked for.
pub async fn approve(
    app: &App, id: &AuthorizationId, browser: &Digest, session: &Session, yes: Yes,
) -> Result<String, AuthorizeError> {
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    let open = Open::load_unanswered(&mut tx, app, id, browser, session).await?;
    let asked = Question { client: &open.client, details: &open.pending.asked.details };
    let record = agree(&mut tx, app, &mut head, session, &asked, yes).await?;
    let location = answer(&mut tx, app, &open, session, &record).await?;
    head.commit(tx).await?;
    Ok(location)
}

/// What a resident agrees to.
pub(super) struct Question<'a> {
    pub(super) client: &'a Client,
    pub(super) details: &'a Details,
}

/// Makes a yes a consent, at the held head: what was required, and what she chose of the rest.
pub(super) async fn agree(
    tx: &mut Tx, app: &App, head: &mut Head, session: &Session, asked: &Question<'_>, yes: Yes,
) -> Result<Record, AuthorizeError> {
    let Question { client, details } = asked;
    let purpose = app.catalogue.purpose(&details.purpose).ok_or(Fault::Stored("a request for an unknown purpose"))?;
    let offered = |claim: &String| details.claims.contains(claim) && !purpose.requires(claim);
    if !yes.chosen.iter().all(offered) {
        return Err(AuthorizeError::Page("bad-request", "a claim that was not offered"));
    }
    let is_given = |claim: &&String| purpose.requires(claim) || yes.chosen.contains(claim);
    let (claims, refused): (Vec<_>, Vec<_>) = details.claims.iter().partition(is_given);
    let subject = resident::subject(tx, &session.resident, &client.sector).await?;
    let given = Given {
        resident: &session.resident,
        client: &client.id,
        purpose,
        claims: claims.into_iter().cloned().collect(),
        refused: refused.into_iter().cloned().collect(),
        months: purpose.default_months(),
        notice: yes.notice,
        subject: &subject,
        by: &By::Resident,
        request: &yes.request,
    };
    Ok(consent::give(tx, app, head, given).await?)
}

/// The resident says no; where her browser goes now. Nothing else changes.
///
/// # Errors
/// A page when the question is not hers to answer any more.
pub async fn decline(
    app: &App, id: &AuthorizationId, browser: &Digest, session: &Session,
) -> Result<String, AuthorizeError> {
    let mut tx = app.db.begin().await?;
    let open = Open::load_unanswered(&mut tx, app, id, browser, session).await?;
    use_handle(&mut tx, app, &open).await?;
    store::answer(&mut tx, id, false).await?;
    tx.commit().await?;
    Ok(location(app, &open, ("error", "access_denied")))
}

/// Makes the grant and its code, and uses the request up.
pub(super) async fn answer(
    tx: &mut Tx, app: &App, open: &Open, session: &Session, record: &Record,
) -> Result<String, AuthorizeError> {
    use_handle(tx, app, open).await?;
    store::answer(tx, &open.pending.id, true).await?;
    let now = app.now();
    let asked = &open.pending.asked;
    let grant = Grant {
        id: match &asked.changes {
            Some(id) => GrantId::stored(id.clone()),
            None => random::id()?,
        },
        client: open.client.id.clone(),
        resident: session.resident.clone(),
        consent: record.id.clone(),
        purpose: asked.details.purpose.clone(),
        claims: asked.details.claims.iter().filter(|claim| record.claims.contains(claim)).cloned().collect(),
        asked: asked.details.claims.clone(),
        scope: asked.scope.clone(),
        redirect_uri: asked.redirect_uri.clone(),
        challenge: asked.challenge.clone(),
        nonce: asked.nonce.clone(),
        dpop_jkt: asked.dpop_jkt.clone(),
        resources: asked.resources.clone(),
        signed_in_at: session.signed_in_at,
        sign_in_asked: asked.sign_in_asked,
        made_at: now,
        ended: false,
    };
    if asked.changes.is_none() {
        store::insert_grant(tx, &grant).await?;
    } else if !store::change_grant(tx, &grant).await? {
        return Err(AuthorizeError::Page("question-ended", "the grant to be changed ended meanwhile"));
    }
    if grant.scope.openid {
        let sid = resident::sign_on(tx, session, &grant.client, now).await?;
        store::set_sid(tx, &grant.id, &sid).await?;
    }
    let code = Token::random()?;
    let expires = now.plus(Duration::from_secs(u64::from(app.config.oauth.code_seconds)));
    let (kind, subject) = (Kind::Code, grant.id.as_str());
    let turn = grant.turn();
    once::issue(tx, Issue { kind, digest: &code.digest(), subject, state: Some(&turn), now, expires }).await?;
    Ok(location(app, open, ("code", code.expose())))
}

async fn use_handle(tx: &mut Tx, app: &App, open: &Open) -> Result<(), AuthorizeError> {
    let used = once::consume(tx, Kind::RequestUri, &open.pending.handle, app.now()).await?;
    used.map(|_| ()).ok_or(GONE)
}

/// Back to the client, with `state` as it was sent and `iss` (RFC 9207).
fn location(app: &App, open: &Open, answer: (&str, &str)) -> String {
    let state = open.pending.asked.state.as_deref().map(|state| ("state", state));
    let iss = ("iss", app.config.server.issuer.as_str());
    let all: Vec<(&str, &str)> = [answer].into_iter().chain(state).chain([iss]).collect();
    open.redirect.with(&all)
}
