//! What becomes of consents when the mandate ends under which they were given: a guardian's word holds until the young
//! person may speak for herself (fourteen, eighteen), and then waits for hers; the word of a guardian who was none
//! never held.

use super::end::end_one;
use super::record::State;
use super::store;
use crate::app::App;
use crate::db::Tx;
use crate::fault::Fault;
use crate::ids::{MandateId, RequestId};
use crate::ledger::{self, By, Head};
use crate::mandate::{self, EndedBy, Kind, Mandate};

/// Ends the mandates whose day has come, at the held head. The gate refuses by the clock what rests on them: a consent
/// of a guardian ends with the guardianship, and here it gets its name, *deferred*.
pub(super) async fn end_mandates(tx: &mut Tx, app: &App, head: &mut Head) -> Result<(), Fault> {
    for mandate in mandate::run_out(tx, app.now(), 100).await? {
        let guarded = mandate.kind == Kind::Guardian && mandate.begun_at.is_some();
        if guarded {
            end_given(tx, app, head, &mandate, (State::Deferred, &By::Service), None).await?;
        }
        let by = if guarded { EndedBy::Age } else { EndedBy::Time };
        mandate::end_one(tx, app, head, &mandate, (by, &By::Service, false), None).await?;
    }
    Ok(())
}

/// Ends what stands of the consents that were given under a mandate.
async fn end_given(
    tx: &mut Tx, app: &App, head: &mut Head, mandate: &Mandate, (state, by): (State, &By), request: Option<&RequestId>,
) -> Result<(), Fault> {
    for id in mandate::consents_of(tx, &mandate.id).await? {
        if let Some(record) = store::current(tx, &id).await? {
            end_one(tx, app, head, &record, state, by, request).await?;
        }
    }
    Ok(())
}

/// A guardianship that should never have been: it ends, and with it everything that was agreed under it, as never
/// valid. Only for staff and the operator.
///
/// # Errors
/// `NotFound` when there is no such guardianship, or it ended before.
pub async fn void_guardianship(
    app: &App, id: &MandateId, by: &By, request: Option<&RequestId>,
) -> Result<(), mandate::Refusal> {
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    let found = mandate::mandate(&mut tx, id).await?.filter(|one| one.kind == Kind::Guardian);
    let mandate = found.ok_or(mandate::Refusal::NotFound)?;
    if !mandate::end_one(&mut tx, app, &mut head, &mandate, (EndedBy::Void, by, false), request).await? {
        return Err(mandate::Refusal::NotFound);
    }
    end_given(&mut tx, app, &mut head, &mandate, (State::Invalidated, by), request).await?;
    head.commit(tx).await?;
    Ok(())
}
