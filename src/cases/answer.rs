//! Answers: the client's, which the resident may accept or not; the staff's, which closes the case.

use super::body::Body;
use super::enter::{Act, Hand, step};
use super::open::tell;
use super::reply::Reply;
use super::{Case, Outcome, Refusal, Said, State, body, store};
use crate::app::App;
use crate::db::Tx;
use crate::fault::Fault;
use crate::ids::{CaseId, ClientId, PersonId, RequestId};
use crate::inbox::{self, Tell, Word};
use crate::ledger::{self, By, Head};
use crate::outbox::Event;

/// The client of a case answers it; the case afterwards. The same answer once more is taken as the one that is there, so
/// that a client that did not hear us may ask again.
///
/// # Errors
/// `Unknown` for a case of others, `NotNow` when it is over or was answered otherwise.
pub async fn answer_by_client(
    app: &App, client: &ClientId, id: &CaseId, reply: &Reply, request: &RequestId,
) -> Result<Case, Refusal> {
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    let case = store::find(&mut tx, id).await?.filter(|case| case.client.as_ref() == Some(client));
    let case = case.filter(Case::is_for_clients).ok_or(Refusal::Unknown)?;
    if !case.waits() {
        return if answered_so(&mut tx, app, &case, reply).await? { Ok(case) } else { Err(Refusal::NotNow) };
    }
    // A case that the staff has taken over stays with the staff; the answer stands in it all the same.
    let state = if case.state == State::WithClient { State::Answered } else { case.state };
    let answered = Case { outcome: Some(reply.outcome), ..advanced(app, &case, state) };
    if !store::change(&mut tx, &case, &answered).await? {
        return Err(Refusal::NotNow);
    }
    let body = written(&reply.words, reply.outcome);
    let act = Act {
        word: "client_answered",
        reason: "case_client_answered",
        hand: Hand::Client,
        request: Some(request),
        body: Some(body),
    };
    step(&mut tx, app, &mut head, &answered, act).await?;
    tell_resident(&mut tx, app, &answered).await?;
    head.commit(tx).await?;
    Ok(answered)
}

impl Case {
    /// Whether the client it names may see it: what it was asked itself.
    pub(super) fn is_for_clients(&self) -> bool {
        matches!(self.kind, super::Kind::Objection | super::Kind::Explanation)
    }
}

async fn answered_so(tx: &mut Tx, app: &App, case: &Case, reply: &Reply) -> Result<bool, Fault> {
    let steps = body::history(tx, app, case).await?;
    let last = steps.iter().rfind(|step| step.word == "client_answered");
    Ok(last.is_some_and(|step| step.words == reply.words.as_str() && step.outcome == Some(reply.outcome)))
}

/// An answer of the staff.
#[derive(Debug)]
pub struct StaffAnswer<'a> {
    /// Who answers.
    pub person: &'a PersonId,
    /// What it comes to.
    pub outcome: Outcome,
    /// What the resident is told.
    pub words: &'a Said,
    /// The HTTP request.
    pub request: Option<&'a RequestId>,
}

/// The staff answers a case, at the held head, and closes it. The caller commits, together with whatever was agreed to
/// (a correction is written in the same transaction).
///
/// # Errors
/// `Unknown`, or `NotNow` when it is over.
pub async fn answer_by_staff(
    tx: &mut Tx, app: &App, head: &mut Head, id: &CaseId, answer: StaffAnswer<'_>,
) -> Result<Case, Refusal> {
    let case = store::find(tx, id).await?.ok_or(Refusal::Unknown)?;
    let mut answered = advanced(app, &case, State::Closed);
    answered.closed_at = answered.answered_at;
    answered.outcome = Some(answer.outcome);
    answered.owner = Some(case.owner.clone().unwrap_or_else(|| answer.person.clone()));
    if case.is_over() || !store::change(tx, &case, &answered).await? {
        return Err(Refusal::NotNow);
    }
    let by = By::Staff(answer.person.clone());
    let body = written(answer.words, answer.outcome);
    let act = Act {
        word: "staff_answered",
        reason: "case_staff_answered",
        hand: Hand::Of(&by),
        request: answer.request,
        body: Some(body),
    };
    step(tx, app, head, &answered, act).await?;
    tell_resident(tx, app, &answered).await?;
    if answered.is_for_clients() {
        tell(tx, app, &answered, Event::CaseClosed, answer.request).await?;
    }
    Ok(answered)
}

fn written(words: &Said, outcome: Outcome) -> Body {
    Body { words: words.as_str().to_owned(), outcome: Some(outcome.as_str().to_owned()), ..Body::default() }
}

/// The case after its next event, answered now.
fn advanced(app: &App, case: &Case, state: State) -> Case {
    Case { state, answered_at: Some(app.now().seconds()), seq: case.seq + 1, ..case.clone() }
}

async fn tell_resident(tx: &mut Tx, app: &App, case: &Case) -> Result<(), Fault> {
    let word = Word::CaseAnswered;
    let tell = Tell { resident: &case.resident, word, client: case.client.as_ref(), about: Some(case.id.as_str()) };
    inbox::put(tx, &tell, app.now()).await
}
