//! Step 5: the resident's answer. Yes becomes consent, grant and code in one transaction; no becomes a refusal.

use std::collections::BTreeMap;
use std::time::Duration;

use super::begin::{AuthorizeError, GONE};
use super::client::Client;
use super::grant::Grant;
use super::rar::Details;
use super::resume::Open;
use super::store;
use crate::app::App;
use crate::claims::{Length, Purpose};
use crate::consent::draft::{self, Separate};
use crate::consent::never;
use crate::consent::no::{self, Asked, How};
use crate::consent::{self, Given, Notice, Record};
use crate::crypto::random;
use crate::crypto::token::{Digest, Token};
use crate::db::Tx;
use crate::fault::Fault;
use crate::ids::{AuthorizationId, GrantId, RequestId};
use crate::ledger::{self, Head};
use crate::mandate;
use crate::once::{self, Issue, Kind};
use crate::resident::{self, Session};

/// A yes, claim by claim.
#[derive(Debug)]
pub struct Yes {
    /// Of those claims that she may leave out, the ones she gives; sensitive ones are not among them.
    pub chosen: Vec<String>,
    /// The forms in which she gives them; those not named go out as they are asked for.
    pub forms: BTreeMap<String, String>,
    /// Her acts on sensitive claims.
    pub acts: Vec<Separate>,
    /// For how long.
    pub length: Length,
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
    draft::end(&mut tx, id).await?;
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
    check(app, purpose, details, &yes)?;
    let acted = |claim: &String| yes.acts.iter().any(|act| act.claim == *claim && act.given);
    let is_given = |claim: &&String| purpose.requires(claim) || yes.chosen.contains(claim) || acted(claim);
    let (claims, refused): (Vec<_>, Vec<_>) = details.claims.iter().partition(is_given);
    let claims: Vec<String> = claims.into_iter().cloned().collect();
    // The page does not offer them; she may have said so while it lay open.
    if !never::kept(tx, &session.resident, client.kind.code(), &claims).await?.is_empty() {
        return Err(AuthorizeError::Page("kept-back", "a claim that the resident keeps back from such a party"));
    }
    let agreeing = mandate::Agreeing {
        principal: &session.resident,
        controller: &client.controller,
        sensitive: claims.iter().any(|claim| purpose.separate.contains(claim)),
        fields: &app.catalogue.fields_of(&claims),
    };
    if let Err(code) = mandate::may_agree(tx, &session.by, agreeing, app.now()).await? {
        return Err(AuthorizeError::Page(code, "the mandate does not cover this consent"));
    }
    let subject = resident::subject(tx, &session.resident, &client.sector).await?;
    let of_acts = yes.acts.iter().map(|act| (&act.claim, &act.form));
    let lowered = yes.forms.iter().chain(of_acts).filter(|(claim, form)| claim != form && claims.contains(claim));
    let lowered = lowered.map(|(claim, form)| (claim.clone(), form.clone())).collect();
    leave_out(tx, app, head, session, asked, &yes).await?;
    let given = Given {
        resident: &session.resident,
        client: &client.id,
        purpose,
        claims,
        refused: refused.into_iter().cloned().collect(),
        lowered,
        acts: yes.acts,
        length: yes.length,
        notice: yes.notice,
        subject: &subject,
        by: &session.by,
        request: &yes.request,
    };
    Ok(consent::give(tx, app, head, given).await?)
}

/// Whether a yes is one to what was asked: sensitive claims by an act of their own (PIPL 29), all others by a switch, and
/// each form one that the claim has.
fn check(app: &App, purpose: &Purpose, details: &Details, yes: &Yes) -> Result<(), AuthorizeError> {
    let no = |reason| Err(AuthorizeError::Page("bad-request", reason));
    let sensitive = |claim: &String| purpose.separate.contains(claim);
    let offered = |claim: &String| details.claims.contains(claim) && !purpose.requires(claim);
    if !yes.chosen.iter().all(|claim| offered(claim) && !sensitive(claim)) {
        return no("a claim that was not offered, or takes an act of its own");
    }
    let proven = |act: &Separate| offered(&act.claim) && sensitive(&act.claim) && (!act.given || act.proof.is_some());
    if !yes.acts.iter().all(proven) {
        return no("an act about nothing that was asked, or without a proof");
    }
    let of_acts = yes.acts.iter().map(|act| (&act.claim, &act.form));
    let has = |(claim, form): (&String, &String)| app.catalogue.forms(claim).contains(form);
    if !yes.forms.iter().chain(of_acts).all(has) || yes.forms.keys().any(|claim| !offered(claim)) {
        return no("a form that the claim does not have");
    }
    Ok(())
}

/// A yes takes an earlier no back; a no to a sensitive claim within it is kept.
async fn leave_out(
    tx: &mut Tx, app: &App, head: &mut Head, session: &Session, asked: &Question<'_>, yes: &Yes,
) -> Result<(), Fault> {
    let (client, purpose) = (&asked.client.id, asked.details.purpose.as_str());
    no::taken_back(tx, &session.resident, client, purpose, app.now()).await?;
    let claims: Vec<String> = yes.acts.iter().filter(|act| !act.given).map(|act| act.claim.clone()).collect();
    if claims.is_empty() {
        return Ok(());
    }
    let said = Asked { resident: &session.resident, client, purpose, claims: &claims };
    no::refuse(tx, app, head, &said, How::LeftOut, &session.by, &yes.request).await
}

/// How a resident declines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decline {
    /// No: kept, and not asked about again for ninety days. The HTTP request.
    No(RequestId),
    /// Not now: she may be asked again whenever she comes.
    Later,
}

/// The resident says no, or not now; where her browser goes now. The client is told the same of either, so that it
/// learns nothing of her mind and has nothing to press her with. Nothing else changes.
///
/// # Errors
/// A page when the question is not hers to answer any more.
pub async fn decline(
    app: &App, id: &AuthorizationId, browser: &Digest, session: &Session, how: &Decline,
) -> Result<String, AuthorizeError> {
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    let open = Open::load_unanswered(&mut tx, app, id, browser, session).await?;
    let asked = Question { client: &open.client, details: &open.pending.asked.details };
    keep_no(&mut tx, app, &mut head, session, &asked, how).await?;
    use_handle(&mut tx, app, &open).await?;
    store::answer(&mut tx, id, false).await?;
    draft::end(&mut tx, id).await?;
    head.commit(tx).await?;
    Ok(location(app, &open, ("error", "access_denied")))
}

/// Keeps a no, at the held head. One that stands already is not said again by going back: its ninety days go on.
pub(super) async fn keep_no(
    tx: &mut Tx, app: &App, head: &mut Head, session: &Session, asked: &Question<'_>, how: &Decline,
) -> Result<(), Fault> {
    let (client, purpose) = (&asked.client.id, asked.details.purpose.as_str());
    let said = Asked { resident: &session.resident, client, purpose, claims: &asked.details.claims };
    let stands = no::standing(tx, said.resident, client, purpose, app.now()).await?;
    if stands.iter().any(|no| no.how == How::Refused) {
        return Ok(());
    }
    match how {
        Decline::Later => no::defer(tx, app, &said).await,
        Decline::No(request) => no::refuse(tx, app, head, &said, How::Refused, &session.by, request).await,
    }
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
