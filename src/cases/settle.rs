//! The resident's own word on an answer: settled, not settled, or taken back.

use super::body::Body;
use super::enter::{Act, Hand, step};
use super::open::{due, tell};
use super::{Case, Refusal, Said, State, store};
use crate::app::App;
use crate::db::Tx;
use crate::ids::{CaseId, RequestId, ResidentId};
use crate::ledger::{self, By, Head};
use crate::outbox::Event;

/// The answer settles it.
///
/// # Errors
/// `Unknown`, or `NotNow` when there is no answer to accept.
pub async fn settle(
    app: &App, resident: &ResidentId, id: &CaseId, by: &By, request: &RequestId,
) -> Result<Case, Refusal> {
    let (mut tx, mut head, case) = begin(app, resident, id).await?;
    let closed_at = Some(app.now().seconds());
    let closed = Case { state: State::Closed, closed_at, seq: case.seq + 1, ..case.clone() };
    if case.state != State::Answered || !store::change(&mut tx, &case, &closed).await? {
        return Err(Refusal::NotNow);
    }
    let hand = Hand::Of(by);
    let act = Act { word: "settled", reason: "case_settled", hand, request: Some(request), body: None };
    step(&mut tx, app, &mut head, &closed, act).await?;
    tell(&mut tx, app, &closed, Event::CaseClosed, Some(request)).await?;
    head.commit(tx).await?;
    Ok(closed)
}

/// The client's answer does not settle it: the staff decides, within as many days again.
///
/// # Errors
/// `Unknown`, or `NotNow` when there is no answer of a client.
pub async fn dispute(
    app: &App, resident: &ResidentId, id: &CaseId, words: &Said, by: &By, request: &RequestId,
) -> Result<Case, Refusal> {
    let (mut tx, mut head, case) = begin(app, resident, id).await?;
    let due_at = due(app).seconds();
    let disputed = Case { state: State::WithStaff, due_at, seq: case.seq + 1, ..case.clone() };
    if case.state != State::Answered || !store::change(&mut tx, &case, &disputed).await? {
        return Err(Refusal::NotNow);
    }
    let body = Some(Body { words: words.as_str().to_owned(), ..Body::default() });
    let act = Act { word: "disputed", reason: "case_disputed", hand: Hand::Of(by), request: Some(request), body };
    step(&mut tx, app, &mut head, &disputed, act).await?;
    head.commit(tx).await?;
    Ok(disputed)
}

/// She takes it back; what was said stays in her book.
///
/// # Errors
/// `Unknown`, or `NotNow` when it is over.
pub async fn take_back(
    app: &App, resident: &ResidentId, id: &CaseId, by: &By, request: &RequestId,
) -> Result<Case, Refusal> {
    let (mut tx, mut head, case) = begin(app, resident, id).await?;
    let closed_at = Some(app.now().seconds());
    let ended = Case { state: State::TakenBack, closed_at, seq: case.seq + 1, ..case.clone() };
    if case.is_over() || !store::change(&mut tx, &case, &ended).await? {
        return Err(Refusal::NotNow);
    }
    let hand = Hand::Of(by);
    let act = Act { word: "taken_back", reason: "case_taken_back", hand, request: Some(request), body: None };
    step(&mut tx, app, &mut head, &ended, act).await?;
    if ended.is_for_clients() {
        tell(&mut tx, app, &ended, Event::CaseClosed, Some(request)).await?;
    }
    head.commit(tx).await?;
    Ok(ended)
}

async fn begin(app: &App, resident: &ResidentId, id: &CaseId) -> Result<(Tx, Head, Case), Refusal> {
    let mut tx = app.db.begin().await?;
    let head = ledger::hold(&mut tx).await?;
    let case = store::own(&mut tx, resident, id).await?.ok_or(Refusal::Unknown)?;
    Ok((tx, head, case))
}
