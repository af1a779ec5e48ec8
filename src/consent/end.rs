//! Ending: withdrawn by the resident, superseded by a newer record, run out, or ended for another reason than her word.

use std::time::Duration;

use super::give::{Act, Happened, append_event, enter};
use super::record::{Record, State, Turn};
use super::{of_age, store, tell};
use crate::app::App;
use crate::db::Tx;
use crate::fault::Fault;
use crate::ids::{ConsentId, RequestId, ResidentId};
use crate::ledger::{self, By, Head, Kind};
use crate::mandate;
use crate::orders::{self, Ended, Order, Reason};

/// What came of a press on "stop".
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Withdrawal {
    /// It was in force and is not any more: reads that start from now on are refused. With the entry's position.
    Done(Record, u64),
    /// It had ended before; nothing changed.
    EndedBefore(Record),
    /// The mandate by which somebody presses for her has ended meanwhile.
    MandateOver,
    /// The resident has no such record.
    Unknown,
}

/// Withdraws a resident's own consent.
///
/// # Errors
/// When the database fails; then nothing is acknowledged.
pub async fn withdraw(
    app: &App, resident: &ResidentId, id: &ConsentId, by: &By, request: &RequestId,
) -> Result<Withdrawal, Fault> {
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    if !mandate::may_stop(&mut tx, by, resident, app.now()).await? {
        return Ok(Withdrawal::MandateOver);
    }
    let done = withdraw_in(&mut tx, app, &mut head, resident, id, by, request).await?;
    head.commit(tx).await?;
    Ok(done)
}

/// As [`withdraw`], at the held head; the caller commits.
///
/// # Errors
/// When the database fails.
pub async fn withdraw_in(
    tx: &mut Tx, app: &App, head: &mut Head, resident: &ResidentId, id: &ConsentId, by: &By, request: &RequestId,
) -> Result<Withdrawal, Fault> {
    let Some(record) = store::current(tx, id).await?.filter(|record| record.resident == *resident) else {
        return Ok(Withdrawal::Unknown);
    };
    let Some(position) = end_one(tx, app, head, &record, State::Withdrawn, by, Some(request)).await? else {
        return Ok(Withdrawal::EndedBefore(record));
    };
    mandate::acted(tx, resident, by, app.now()).await?;
    let ended = Record { state: State::Withdrawn, ended_at: Some(app.now().seconds()), paused_at: None, ..record };
    Ok(Withdrawal::Done(ended, position))
}

/// Ends one record if it is open: current row, entry and event; where the entry stands. `None`: ended before.
pub(super) async fn end_one(
    tx: &mut Tx, app: &App, head: &mut Head, record: &Record, state: State, by: &By, request: Option<&RequestId>,
) -> Result<Option<u64>, Fault> {
    let now = app.now();
    if !store::end(tx, &record.id, state, now).await? {
        return Ok(None);
    }
    let (kind, reason) = match state {
        State::Withdrawn => (Kind::ConsentWithdrawn, "withdrawn"),
        State::Expired => (Kind::ConsentExpired, "expired"),
        State::Revoked => (Kind::ConsentWithdrawn, "revoked"),
        State::Deferred => (Kind::ConsentChanged, "deferred"),
        State::Invalidated => (Kind::ConsentWithdrawn, "invalidated"),
        State::Superseded | State::Given => (Kind::ConsentChanged, "superseded"),
    };
    let ended = Record { state, ended_at: Some(now.seconds()), seq: record.seq + 1, paused_at: None, ..record.clone() };
    let position = enter(tx, app, head, Act { kind, reason, by, request }, &ended).await?;
    let previous = store::last_hash(tx, &record.id).await?;
    let happened = Happened { record: &ended, turn: Turn::To(state), by, position };
    append_event(tx, &happened, now, previous, None).await?;
    let order = order_deletion(tx, app, &ended).await?;
    tell::ended(tx, &ended, order.as_ref(), request, now).await?;
    Ok(Some(position))
}

/// Withdrawn means gone: what ends is to be deleted. What was superseded is told of, and ordered, by what took its place.
async fn order_deletion(tx: &mut Tx, app: &App, record: &Record) -> Result<Option<Order>, Fault> {
    let reason = match record.state {
        State::Withdrawn => Reason::Withdrawn,
        State::Expired => Reason::Expired,
        State::Revoked | State::Invalidated => Reason::Revoked,
        // What waits for her own word is not thrown away yet; when she says no, or nothing, it is ordered then.
        State::Superseded | State::Given | State::Deferred => return Ok(None),
    };
    if record.claims.is_empty() {
        return Ok(None);
    }
    orders::place(tx, app, &ended(record, &record.all_released(), reason)).await.map(Some)
}

/// What of a record is to be deleted.
pub(super) fn ended<'a>(record: &'a Record, claims: &'a [String], reason: Reason) -> Ended<'a> {
    let Record { id, resident, client, purpose, .. } = record;
    Ended { record: id, resident, client, purpose, claims, reason }
}

/// Ends all of a resident's consents that stand, at the held head; which those were. For acts that end them all: an
/// erasure ([`State::Withdrawn`], by her own word), a move ([`State::Revoked`]).
///
/// The caller commits.
///
/// # Errors
/// When the database fails.
pub async fn end_all(
    tx: &mut Tx, app: &App, head: &mut Head, resident: &ResidentId, state: State, by: &By, request: Option<&RequestId>,
) -> Result<Vec<Record>, Fault> {
    let records = store::of_resident(tx, resident).await?;
    let mut ended = Vec::new();
    for record in records.into_iter().filter(|record| record.state == State::Given) {
        if end_one(tx, app, head, &record, state, by, request).await?.is_some() {
            ended.push(record);
        }
    }
    Ok(ended)
}

/// Enters what ran out; how many that were.
///
/// # Errors
/// When the database fails; the gate refuses by the clock all the same.
pub async fn expire(app: &App) -> Result<usize, Fault> {
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    of_age::end_mandates(&mut tx, app, &mut head).await?;
    let records = store::run_out(&mut tx, app.now(), 100).await?;
    for record in &records {
        end_one(&mut tx, app, &mut head, record, State::Expired, &By::Service, None).await?;
    }
    head.commit(tx).await?;
    Ok(records.len())
}

/// Enters what ran out, every half minute, for ever.
pub async fn run_expiry(app: App) {
    loop {
        tokio::time::sleep(Duration::from_secs(30)).await;
        if let Err(fault) = expire(&app).await {
            tracing::error!(%fault, "expired consents were not entered");
        }
    }
}
