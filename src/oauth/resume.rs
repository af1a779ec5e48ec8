//! Step 4: what comes next for an open request: a sign-in, a question, or an answer at once.

use super::approve;
use super::authorization::AuthorizationRequest;
use super::begin::{AuthorizeError, GONE, back};
use super::client::Client;
use super::hint;
use super::redirect::RegisteredRedirect;
use super::refusal::Refusal;
use super::store::{self, Opened, Pending};
use crate::app::App;
use crate::clock::Timestamp;
use crate::consent::never;
use crate::consent::no::{self, How, No};
use crate::consent::{self, Record};
use crate::crypto::token::Digest;
use crate::db::Tx;
use crate::fault::Fault;
use crate::ids::{AuthorizationId, GrantId};
use crate::ledger;
use crate::once::{self, Kind, Standing};
use crate::resident::{self, Session};

/// What comes next.
#[derive(Debug)]
pub enum Step {
    /// The resident signs in, perhaps again, and comes back to the question.
    SignIn,
    /// The resident is asked.
    Ask(Box<Question>),
    /// The browser goes to the client with an answer: a whole `Location`.
    Go(String),
    /// The resident said no to this within ninety days: she is not asked again, unless she wants to be.
    Refused {
        /// Who asks.
        client: Box<Client>,
        /// Where the browser goes back to.
        redirect_uri: String,
        /// What she said.
        no: No,
    },
    /// The question was answered before.
    Answered {
        /// Who asked.
        client: Box<Client>,
        /// What the resident said.
        agreed: bool,
    },
}

/// What a resident is asked.
#[derive(Debug)]
pub struct Question {
    /// Who asks.
    pub client: Client,
    /// What for, and where the answer goes.
    pub asked: AuthorizationRequest,
    /// What she lets this client read now, for this purpose.
    pub before: Option<Record>,
    /// What she said no to within ninety days.
    pub noes: Vec<No>,
    /// Of what is asked, what she never gives to such a party.
    pub kept: Vec<String>,
}

/// Decides what comes next, for the browser that opened the request and whoever is signed in there.
///
/// # Errors
/// A page when the request is not open for this browser; a redirect for what `prompt=none` rules out.
pub async fn resume(
    app: &App, id: &AuthorizationId, browser: &Digest, session: Option<&Session>,
) -> Result<Step, AuthorizeError> {
    let mut tx = app.db.begin().await?;
    // A settled question makes a grant at once. Whatever ends sessions for good holds the head as well: so either the
    // session is found to have ended, or what is made here ends with it.
    let _head = ledger::hold(&mut tx).await?;
    let open = match Open::load(&mut tx, app, id, browser).await? {
        Loaded::Open(open) => open,
        Loaded::Answered(client, agreed) => return Ok(Step::Answered { client, agreed }),
    };
    let asked = &open.pending.asked;
    let session = match session {
        Some(session) if resident::session_is_open(&mut tx, session).await? => Some(session),
        _ => None,
    };
    let Some(session) = session.filter(|session| open.accepts(session, app.now())) else {
        if asked.prompt.none {
            return refuse(tx, app, *open, Refusal::LoginRequired).await;
        }
        return Ok(Step::SignIn);
    };
    match open.check_resident(&mut tx, app, session).await {
        Ok(()) => {}
        Err(Refusal::Fault(fault)) => return Err(fault.into()),
        Err(refusal) => return refuse(tx, app, *open, refusal).await,
    }

    let (purpose, now) = (asked.details.purpose.as_str(), app.now());
    let record = consent::in_force(&mut tx, &session.resident, &open.client.id, purpose, now).await?;
    // Whoever acts for somebody decides anew: nobody is let in as somebody else without that somebody's book saying so.
    if let Some(record) = &record
        && session.by.mandate().is_none()
        && !asked.prompt.consent
        && asked.changes.is_none()
        && is_settled(&mut tx, app, &open, record).await?
    {
        let location = approve::answer(&mut tx, app, &open, session, record).await?;
        tx.commit().await?;
        return Ok(Step::Go(location));
    }
    if asked.prompt.none {
        return refuse(tx, app, *open, Refusal::ConsentRequired).await;
    }
    let mut noes = no::standing(&mut tx, &session.resident, &open.client.id, purpose, now).await?;
    if let Some(at) = noes.iter().position(|no| no.how == How::Refused) {
        let (redirect_uri, no) = (asked.redirect_uri.clone(), noes.swap_remove(at));
        return Ok(Step::Refused { client: Box::new(open.client), redirect_uri, no });
    }
    let kept = kept(&mut tx, &open, session).await?;
    Ok(Step::Ask(Box::new(Question { client: open.client, asked: open.pending.asked, before: record, noes, kept })))
}

/// The question of an open request, as it stands for a resident who is about to answer it. Nothing is decided.
///
/// # Errors
/// A page when the question is not hers to answer any more.
pub async fn question(
    app: &App, id: &AuthorizationId, browser: &Digest, session: &Session,
) -> Result<Question, AuthorizeError> {
    let mut tx = app.db.read().await?;
    let open = Open::load_unanswered(&mut tx, app, id, browser, session).await?;
    let (purpose, now) = (open.pending.asked.details.purpose.as_str(), app.now());
    let before = consent::in_force(&mut tx, &session.resident, &open.client.id, purpose, now).await?;
    let noes = no::standing(&mut tx, &session.resident, &open.client.id, purpose, now).await?;
    let kept = kept(&mut tx, &open, session).await?;
    Ok(Question { client: open.client, asked: open.pending.asked, before, noes, kept })
}

async fn kept(tx: &mut Tx, open: &Open, session: &Session) -> Result<Vec<String>, Fault> {
    let claims = &open.pending.asked.details.claims;
    never::kept(tx, &session.resident, open.client.kind.code(), claims).await
}

/// Whether a consent in force answers the question: every claim was granted, or was asked before and left out; and
/// that the app may go on in her absence was on a page that she agreed to (OIDC Core §11). Under changed terms it is
/// another question (PIPL 14(2)).
async fn is_settled(tx: &mut Tx, app: &App, open: &Open, record: &Record) -> Result<bool, Fault> {
    let terms = app.catalogue.purpose(&record.purpose).map(consent::terms);
    if record.terms.is_some() && record.terms != terms {
        return Ok(false);
    }
    let (scope, claims) = (&open.pending.asked.scope, &open.pending.asked.details.claims);
    let offline = scope.offline_access && !open.client.is_partner();
    if offline && !store::offline_agreed(tx, &record.id).await? {
        return Ok(false);
    }
    if record.covers(claims) {
        return Ok(true);
    }
    let asked = store::asked_before(tx, &record.id).await?;
    Ok(claims.iter().all(|claim| record.claims.contains(claim) || asked.contains(claim)))
}

/// Ends the request with a refusal for the client.
async fn refuse(mut tx: Tx, app: &App, open: Open, refusal: Refusal) -> Result<Step, AuthorizeError> {
    once::consume(&mut tx, Kind::RequestUri, &open.pending.handle, app.now()).await?;
    tx.commit().await?;
    Err(back(open.redirect, open.pending.asked.state, refusal))
}

/// A request that may be answered, with everything about it known good.
#[derive(Debug)]
pub(super) struct Open {
    pub(super) pending: Pending,
    pub(super) client: Client,
    pub(super) redirect: RegisteredRedirect,
    opened: Opened,
}

/// How a request stands for a browser.
pub(super) enum Loaded {
    /// It may be answered.
    Open(Box<Open>),
    /// It was answered.
    Answered(Box<Client>, bool),
}

impl Open {
    /// Looks a request up for the browser that opened it.
    pub(super) async fn load(
        tx: &mut Tx, app: &App, id: &AuthorizationId, browser: &Digest,
    ) -> Result<Loaded, AuthorizeError> {
        let pending = store::request(tx, id).await?.ok_or(GONE)?;
        let opened = pending.opened.clone().filter(|opened| opened.browser == *browser).ok_or(GONE)?;
        let client = store::client(tx, &pending.client).await?.ok_or(Fault::Stored("a request without its client"))?;
        if let Some(agreed) = pending.agreed {
            return Ok(Loaded::Answered(Box::new(client), agreed));
        }
        if !client.is_open() {
            return Err(AuthorizeError::Page("client-disabled", "the client is disabled"));
        }
        let Standing::Open(_) = once::standing(tx, Kind::RequestUri, &pending.handle, app.now()).await? else {
            return Err(GONE);
        };
        let redirect = client
            .redirect(&pending.asked.redirect_uri)
            .ok_or(AuthorizeError::Page("redirect-unknown", "the redirect URI was withdrawn from the registration"))?;
        if !client.may_ask(&pending.asked.details.purpose, &app.catalogue) {
            let refusal = Refusal::InvalidScope("the purpose was taken from the client");
            return Err(back(redirect, pending.asked.state, refusal));
        }
        Ok(Loaded::Open(Box::new(Self { pending, client, redirect, opened })))
    }

    /// As [`Self::load`], for the resident who answers.
    pub(super) async fn load_unanswered(
        tx: &mut Tx, app: &App, id: &AuthorizationId, browser: &Digest, session: &Session,
    ) -> Result<Self, AuthorizeError> {
        if !resident::session_is_open(tx, session).await? {
            return Err(AuthorizeError::Page("session-ended", "the session was ended meanwhile"));
        }
        match Self::load(tx, app, id, browser).await? {
            Loaded::Open(open) if open.accepts(session, app.now()) => Ok(*open),
            Loaded::Open(_) => Err(AuthorizeError::Page("session-ended", "the request wants a newer sign-in")),
            Loaded::Answered(..) => Err(AuthorizeError::Page("question-gone", "answered before")),
        }
    }

    /// Whether a session serves this request: signed in lately enough, or for this very request.
    pub(super) fn accepts(&self, session: &Session, now: Timestamp) -> bool {
        // In the second in which a request is opened, only the name of the session tells before from after.
        let before = self.opened.session.as_ref() == Some(&session.id);
        let for_this = session.signed_in_at.seconds() >= self.opened.at && !before;
        let asked = &self.pending.asked;
        let recent = asked
            .max_age
            .is_none_or(|age| now.seconds().saturating_sub(session.signed_in_at.seconds()) <= i64::from(age));
        // `max_age=0` is `prompt=login` (OIDC Core §3.1.2.1).
        let anew = asked.prompt.login || asked.max_age == Some(0);
        for_this || (recent && !anew)
    }

    /// Whether the resident is the one that the client means.
    async fn check_resident(&self, tx: &mut Tx, app: &App, session: &Session) -> Result<(), Refusal> {
        self.check_hint(tx, app, session).await?;
        let Some(id) = &self.pending.asked.changes else { return Ok(()) };
        let grant = store::grant(tx, &GrantId::stored(id.clone())).await?;
        let hers = grant.is_some_and(|grant| grant.resident == session.resident && !grant.ended);
        hers.then_some(()).ok_or(Refusal::InvalidGrantId("no living grant of this resident"))
    }

    /// Whether the resident is the one that `id_token_hint` names (OIDC Core §3.1.2.1).
    async fn check_hint(&self, tx: &mut Tx, app: &App, session: &Session) -> Result<(), Refusal> {
        let Some(hint) = &self.pending.asked.id_token_hint else { return Ok(()) };
        let named = hint::subject_for(app, &self.client, hint)?;
        let here = resident::subject(tx, &session.resident, &self.client.sector).await?;
        if named == here { Ok(()) } else { Err(Refusal::LoginRequired) }
    }
}
