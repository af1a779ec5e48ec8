//! What staff does with a case besides answering it.

use super::enter::{Act, Hand, step};
use super::{Case, Refusal, Step, body, store};
use crate::app::App;
use crate::db::Tx;
use crate::fault::Fault;
use crate::ids::{CaseId, PersonId, RequestId};
use crate::ledger::{self, By, Head};

/// A member of staff takes a case over.
///
/// # Errors
/// `Unknown`, or `NotNow` when it is over.
pub async fn assign(app: &App, id: &CaseId, person: &PersonId, request: &RequestId) -> Result<Case, Refusal> {
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    let case = store::find(&mut tx, id).await?.ok_or(Refusal::Unknown)?;
    let taken = Case { owner: Some(person.clone()), seq: case.seq + 1, ..case.clone() };
    if case.is_over() || !store::change(&mut tx, &case, &taken).await? {
        return Err(Refusal::NotNow);
    }
    let by = By::Staff(person.clone());
    let act =
        Act { word: "assigned", reason: "case_assigned", hand: Hand::Of(&by), request: Some(request), body: None };
    step(&mut tx, app, &mut head, &taken, act).await?;
    head.commit(tx).await?;
    Ok(taken)
}

/// A member of staff reads what the resident wrote: an entry in her book, at the held head, before it is opened.
///
/// # Errors
/// When the database fails, or the case has moved on at the same moment.
pub async fn note_read(
    tx: &mut Tx, app: &App, head: &mut Head, case: &Case, person: &PersonId, request: &RequestId,
) -> Result<(), Fault> {
    let read = Case { seq: case.seq + 1, ..case.clone() };
    if !store::change(tx, case, &read).await? {
        return Err(Fault::Stored("a case that changes under the ledger's head"));
    }
    let by = By::Staff(person.clone());
    let act = Act { word: "read", reason: "case_read", hand: Hand::Of(&by), request: Some(request), body: None };
    step(tx, app, head, &read, act).await?;
    Ok(())
}

/// A member of staff reads a case: the steps with their words, once that stands in the resident's book.
///
/// # Errors
/// `Unknown`, also when she is erased meanwhile, or when it could not be made durable; then nothing was opened.
pub async fn read(
    app: &App, id: &CaseId, person: &PersonId, request: &RequestId,
) -> Result<(Case, Vec<Step>), Refusal> {
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    let case = store::find(&mut tx, id).await?.ok_or(Refusal::Unknown)?;
    note_read(&mut tx, app, &mut head, &case, person, request).await?;
    head.commit(tx).await?;
    let mut tx = app.db.read().await?;
    let case = store::find(&mut tx, id).await?.ok_or(Refusal::Unknown)?;
    let steps = body::history(&mut tx, app, &case).await?;
    Ok((case, steps))
}
