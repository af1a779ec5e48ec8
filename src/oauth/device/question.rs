//! Step 3: what comes next for a browser in which the code was entered.

use super::DeviceRequest;
use crate::app::App;
use crate::clock::Timestamp;
use crate::consent::never;
use crate::consent::no::{self, No};
use crate::consent::{self, Record};
use crate::crypto::token::Digest;
use crate::db::Tx;
use crate::fault::Fault;
use crate::ids::AuthorizationId;
use crate::oauth::begin::AuthorizeError;
use crate::oauth::client::Client;
use crate::oauth::store::{self, Device, DeviceAnswer};
use crate::once::{self, Kind, Standing};
use crate::resident::{self, Session};

/// What comes next.
#[derive(Debug)]
pub enum Step {
    /// The code has to be entered, here and now.
    Enter,
    /// The resident signs in, perhaps again, and comes back to the question.
    SignIn,
    /// The resident is asked, always.
    Ask(Box<Question>),
    /// The question was answered.
    Answered {
        /// Who asked.
        client: Box<Client>,
        /// What the resident said.
        agreed: bool,
    },
    /// The time of the code is over.
    Expired,
}

/// What a resident is asked.
#[derive(Debug)]
pub struct Question {
    /// Who asks.
    pub client: Client,
    /// What for, and what the device says of itself.
    pub asked: DeviceRequest,
    /// The code that the screen shows.
    pub code: String,
    /// When the device asked.
    pub asked_at: Timestamp,
    /// What she lets this client read now, for this purpose.
    pub before: Option<Record>,
    /// What she said no to within ninety days; whoever types a code wants to be asked all the same.
    pub noes: Vec<No>,
    /// Of what is asked, what she never gives to such a party.
    pub kept: Vec<String>,
}

/// Decides what comes next. Nothing changes.
///
/// # Errors
/// A page when the client was shut out.
pub async fn resume(
    app: &App, id: &AuthorizationId, browser: &Digest, session: Option<&Session>,
) -> Result<Step, AuthorizeError> {
    let mut tx = app.db.read().await?;
    let open = match Loaded::of(&mut tx, app, id, browser).await? {
        Loaded::Open(open) => *open,
        Loaded::Not(step) => return Ok(step),
    };
    let Some(session) = session.filter(|session| open.accepts(session, app.now())) else { return Ok(Step::SignIn) };
    let (client, purpose) = (&open.client.id, open.device.asked.details.purpose.as_str());
    let before = consent::in_force(&mut tx, &session.resident, client, purpose, app.now()).await?;
    let noes = no::standing(&mut tx, &session.resident, client, purpose, app.now()).await?;
    let Open { device, client, code, .. } = open;
    let kept = never::kept(&mut tx, &session.resident, client.kind.code(), &device.asked.details.claims).await?;
    let (asked, asked_at) = (device.asked, device.made_at);
    Ok(Step::Ask(Box::new(Question { client, asked, code, asked_at, before, noes, kept })))
}

/// The question, as it stands for a resident who is about to answer it. Nothing changes.
///
/// # Errors
/// A page when the question is not hers to answer any more.
pub async fn question(
    app: &App, id: &AuthorizationId, browser: &Digest, session: &Session,
) -> Result<Question, AuthorizeError> {
    match resume(app, id, browser, Some(session)).await? {
        Step::Ask(question) => Ok(*question),
        Step::SignIn => Err(AuthorizeError::Page("not-fresh", "the question wants a newer sign-in")),
        Step::Answered { .. } => Err(AuthorizeError::Page("question-gone", "answered before")),
        Step::Enter | Step::Expired => Err(AuthorizeError::Page("question-ended", "no open question")),
    }
}

/// A question that may be answered.
pub(super) struct Open {
    pub(super) device: Device,
    pub(super) client: Client,
    code: String,
    opened_at: Timestamp,
}

/// How a question stands for a browser.
pub(super) enum Loaded {
    Open(Box<Open>),
    Not(Step),
}

impl Loaded {
    pub(super) async fn of(
        tx: &mut Tx, app: &App, id: &AuthorizationId, browser: &Digest,
    ) -> Result<Self, AuthorizeError> {
        let Some(device) = store::device(tx, id).await? else { return Ok(Self::Not(Step::Enter)) };
        let opened_at = match &device.opened {
            Some((last, at)) if last == browser => *at,
            _ => return Ok(Self::Not(Step::Enter)),
        };
        let client = store::client(tx, &device.client).await?.ok_or(Fault::Stored("a device without its client"))?;
        if let Some(answer) = &device.answer {
            let agreed = matches!(answer, DeviceAnswer::Yes(_));
            return Ok(Self::Not(Step::Answered { client: Box::new(client), agreed }));
        }
        if !client.is_open() {
            return Err(AuthorizeError::Page("client-disabled", "the client is disabled"));
        }
        if !client.may_ask(&device.asked.details.purpose, &app.catalogue) {
            return Err(AuthorizeError::Page("question-ended", "the purpose was taken from the client"));
        }
        match once::standing(tx, Kind::UserCode, &device.user_code, app.now()).await? {
            Standing::Open(found) => {
                let sealed = found.state.ok_or(Fault::Stored("a user code without its letters"))?;
                let code = app.custody.open_state("user_code", device.user_code.as_str(), &sealed)?;
                let code = String::from_utf8_lossy(&code).into_owned();
                Ok(Self::Open(Box::new(Open { device, client, code, opened_at })))
            }
            Standing::Expired(_) => Ok(Self::Not(Step::Expired)),
            Standing::Used(_) | Standing::Unknown => Ok(Self::Not(Step::Enter)),
        }
    }
}

impl Open {
    /// As [`Loaded::of`], for the resident who answers.
    pub(super) async fn of(
        tx: &mut Tx, app: &App, id: &AuthorizationId, browser: &Digest, session: &Session,
    ) -> Result<Self, AuthorizeError> {
        if !resident::session_is_open(tx, session).await? {
            return Err(AuthorizeError::Page("session-ended", "the session was ended meanwhile"));
        }
        match Loaded::of(tx, app, id, browser).await? {
            Loaded::Open(open) if open.accepts(session, app.now()) => Ok(*open),
            Loaded::Open(_) => Err(AuthorizeError::Page("not-fresh", "the question wants a newer sign-in")),
            Loaded::Not(Step::Answered { .. }) => Err(AuthorizeError::Page("question-gone", "answered before")),
            Loaded::Not(_) => Err(AuthorizeError::Page("question-ended", "no open question of this browser")),
        }
    }

    /// Whether a session serves this question. Where values are to be given, the passkey was shown within five
    /// minutes, or for this very question: a phone that lies about unlocked must not be enough (case 93).
    fn accepts(&self, session: &Session, now: Timestamp) -> bool {
        let for_this = session.signed_in_at >= self.opened_at;
        self.device.asked.details.claims.is_empty() || for_this || session.is_fresh(now)
    }
}
