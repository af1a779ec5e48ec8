//! Steps 4 and 5: a mandate ends, by a word of either of the two, or by itself.

use super::record::{EndedBy, Mandate};
use super::{Refusal, enter, store, tell};
use crate::app::App;
use crate::db::Tx;
use crate::fault::Fault;
use crate::ids::{MandateId, RequestId, ResidentId};
use crate::inbox::Word;
use crate::ledger::{self, By, Head};
use crate::once;

/// Ends a mandate by the word of one of the two. `quietly`, which only the principal can: the other is told nothing,
/// neither in the inbox nor in the book; she finds that she may not act any more when she tries.
///
/// # Errors
/// `NotFound`, or `Over`: it had ended before.
pub async fn end(
    app: &App, who: &ResidentId, id: &MandateId, quietly: bool, request: &RequestId,
) -> Result<Mandate, Refusal> {
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    let mandate = store::mandate(&mut tx, id).await?.ok_or(Refusal::NotFound)?;
    let (by, hand) = if mandate.principal == *who {
        (EndedBy::Principal, By::Resident)
    } else if mandate.delegate.as_ref() == Some(who) {
        (EndedBy::Delegate, mandate.by())
    } else {
        return Err(Refusal::NotFound);
    };
    let quietly = quietly && by == EndedBy::Principal;
    if !end_one(&mut tx, app, &mut head, &mandate, (by, &hand, quietly), Some(request)).await? {
        return Err(Refusal::Over);
    }
    head.commit(tx).await?;
    Ok(mandate)
}

/// Ends one mandate at the held head: row, open link, both books, both inboxes. `false`: it had ended before.
///
/// # Errors
/// When the database fails.
pub async fn end_one(
    tx: &mut Tx, app: &App, head: &mut Head, mandate: &Mandate, (by, hand, quietly): (EndedBy, &By, bool),
    request: Option<&RequestId>,
) -> Result<bool, Fault> {
    let now = app.now();
    if !store::end(tx, &mandate.id, by, quietly, now).await? {
        return Ok(false);
    }
    once::end_all(tx, once::Kind::Mandate, mandate.id.as_str(), now).await?;
    let reason = if quietly { "mandate_ended_quietly" } else { "mandate_ended" };
    enter(tx, app, head, &mandate.principal, mandate, (reason, hand), request).await?;
    let word = if by == EndedBy::Age { Word::CameOfAge } else { Word::MandateEnded };
    if mandate.begun_at.is_some() && by != EndedBy::Principal {
        tell(tx, &mandate.principal, mandate, word, now).await?;
    }
    let Some(delegate) = mandate.delegate.as_ref().filter(|_| mandate.begun_at.is_some() && !quietly) else {
        return Ok(true);
    };
    let hand = if by == EndedBy::Delegate { By::Resident } else { hand.clone() };
    enter(tx, app, head, delegate, mandate, ("mandate_ended", &hand), request).await?;
    if by != EndedBy::Delegate {
        tell(tx, delegate, mandate, Word::MandateEnded, now).await?;
    }
    Ok(true)
}

/// Ends, at the held head, every mandate that a resident gave or holds: she is erased, or has moved away.
///
/// The caller commits.
///
/// # Errors
/// When the database fails.
pub async fn end_all(
    tx: &mut Tx, app: &App, head: &mut Head, resident: &ResidentId, hand: &By, request: Option<&RequestId>,
) -> Result<(), Fault> {
    let mut all = store::of_principal(tx, resident).await?;
    all.extend(store::of_delegate(tx, resident).await?);
    for mandate in all.iter().filter(|mandate| mandate.ended.is_none()) {
        let by = if mandate.principal == *resident { EndedBy::Principal } else { EndedBy::Delegate };
        // In the other's book it is the act of whoever held the mandate, not the other's own.
        let of_delegate = by == EndedBy::Delegate && *hand == By::Resident;
        let hand = if of_delegate { mandate.by() } else { hand.clone() };
        end_one(tx, app, head, mandate, (by, &hand, false), request).await?;
    }
    Ok(())
}
