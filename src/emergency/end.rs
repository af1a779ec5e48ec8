//! An emergency ends before its time: nothing more is opened.

use super::{Outcome, Refusal, State, Step, Target, enter, find, store};
use crate::app::App;
use crate::ids::{EmergencyId, RequestId};
use crate::ledger::{self, By};
use crate::people::{self, Session};
use crate::vault;

/// Ends it: whoever asked takes it back, a colleague declines it, and once it is open any member of staff closes it.
///
/// # Errors
/// `Over` when it has ended.
pub async fn end(app: &App, session: &Session, id: &EmergencyId, request: &RequestId) -> Result<(), Refusal> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    let emergency = find(&mut tx, app, id).await?.ok_or(Refusal::NotFound)?;
    if !people::session_is_open(&mut tx, session).await? {
        return Err(people::Refusal::CeremonyEnded("the session ended").into());
    }
    let (outcome, reason) = match emergency.state(now) {
        State::Asked if emergency.asked_by == session.person.id => (Outcome::Cancelled, "emergency_cancelled"),
        State::Asked => (Outcome::Declined, "emergency_declined"),
        State::Open => (Outcome::Closed, "emergency_closed"),
        State::Nothing | State::ToReview | State::Reviewed => return Err(Refusal::Over("it has ended")),
    };
    if !store::end(&mut tx, id, outcome, &session.person.id, now).await? {
        return Err(Refusal::Over("it has ended"));
    }
    let about = if outcome == Outcome::Closed {
        vault::break_glass::close(&mut tx, id, now).await?;
        vault::break_glass::residents(&mut tx, id).await?
    } else {
        match emergency.wanted.map(|wanted| wanted.target) {
            Some(Target::Resident(resident, _)) => vec![resident],
            _ => Vec::new(),
        }
    };
    let by = By::Staff(session.person.id.clone());
    let step = Step { id, reason, is_refused: false, by: &by, notes: Vec::new(), request };
    enter(&mut tx, app, &mut head, &step, &about).await?;
    head.commit(tx).await?;
    Ok(())
}
