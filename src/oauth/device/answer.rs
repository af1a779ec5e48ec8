//! Step 4: the resident's answer. One of yes and no, once, for ever.

use std::time::Duration;

use super::question::Open;
use crate::app::App;
use crate::consent::{Record, draft};
use crate::crypto::random;
use crate::crypto::token::Digest;
use crate::db::Tx;
use crate::fault::Fault;
use crate::ids::{AuthorizationId, GrantId};
use crate::ledger;
use crate::oauth::approve::{Decline, Question, Yes, agree, keep_no};
use crate::oauth::begin::{AuthorizeError, GONE};
use crate::oauth::grant::Grant;
use crate::oauth::pkce::Challenge;
use crate::oauth::store;
use crate::once::{self, Kind};
use crate::resident::Session;

/// A yes in the last second still finds its device, which may wait a while before it asks again.
const GRACE: Duration = Duration::from_secs(60);

/// The resident agrees.
///
/// Consent with its entry and grant are committed together: if we crash before, nothing was agreed and the question
/// is still open; if we crash after, the device comes for its tokens, and she finds the consent in her list.
///
/// # Errors
/// A page when the question is not hers to answer any more, or the form names a claim that was not asked for.
pub async fn approve(
    app: &App, id: &AuthorizationId, browser: &Digest, session: &Session, yes: Yes,
) -> Result<(), AuthorizeError> {
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    let open = Open::of(&mut tx, app, id, browser, session).await?;
    let asked = Question { client: &open.client, details: &open.device.asked.details };
    let record = agree(&mut tx, app, &mut head, session, &asked, yes).await?;
    use_code(&mut tx, app, &open).await?;
    let grant = grant(app, &open, session, &record)?;
    store::insert_grant(&mut tx, &grant).await?;
    answer(&mut tx, app, &open, Some(&grant.id)).await?;
    draft::end(&mut tx, id).await?;
    head.commit(tx).await?;
    Ok(())
}

/// The resident says no, or not now. Nothing else changes.
///
/// # Errors
/// A page when the question is not hers to answer any more.
pub async fn decline(
    app: &App, id: &AuthorizationId, browser: &Digest, session: &Session, how: &Decline,
) -> Result<(), AuthorizeError> {
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    let open = Open::of(&mut tx, app, id, browser, session).await?;
    let asked = Question { client: &open.client, details: &open.device.asked.details };
    keep_no(&mut tx, app, &mut head, session, &asked, how).await?;
    use_code(&mut tx, app, &open).await?;
    answer(&mut tx, app, &open, None).await?;
    draft::end(&mut tx, id).await?;
    head.commit(tx).await?;
    Ok(())
}

/// Whoever uses the code up has answered.
async fn use_code(tx: &mut Tx, app: &App, open: &Open) -> Result<(), AuthorizeError> {
    let used = once::consume(tx, Kind::UserCode, &open.device.user_code, app.now()).await?;
    used.map(|_| ()).ok_or(GONE)
}

async fn answer(tx: &mut Tx, app: &App, open: &Open, grant: Option<&GrantId>) -> Result<(), Fault> {
    let now = app.now();
    store::answer_device(tx, &open.device.id, grant, now).await?;
    if grant.is_some() {
        let expires = open.device.expires_at.max(now.plus(GRACE));
        once::prolong(tx, Kind::DeviceCode, &open.device.device_code, now, expires).await?;
    }
    Ok(())
}

/// No code hangs from it: what redeems it is the device code, so it has neither redirect URI nor challenge.
fn grant(app: &App, open: &Open, session: &Session, record: &Record) -> Result<Grant, Fault> {
    let asked = &open.device.asked;
    Ok(Grant {
        id: random::id()?,
        client: open.client.id.clone(),
        resident: session.resident.clone(),
        consent: record.id.clone(),
        purpose: asked.details.purpose.clone(),
        claims: asked.details.claims.iter().filter(|claim| record.claims.contains(claim)).cloned().collect(),
        asked: asked.details.claims.clone(),
        scope: asked.scope.clone(),
        redirect_uri: String::new(),
        challenge: Challenge::stored(String::new()),
        nonce: None,
        dpop_jkt: asked.jkt.clone(),
        resources: asked.resources.clone(),
        signed_in_at: session.signed_in_at,
        sign_in_asked: asked.sign_in_asked,
        made_at: app.now(),
        ended: false,
    })
}
