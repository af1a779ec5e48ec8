//! Pausing: nothing may be read for a while, and nothing is given up. One press each way.

use super::give::{Act, Happened, append_event, enter};
use super::record::{Record, Turn};
use super::{store, tell};
use crate::app::App;
use crate::db::Tx;
use crate::fault::Fault;
use crate::ids::{ConsentId, RequestId, ResidentId};
use crate::ledger::{self, Actor, By, Head, Kind};
use crate::mandate;

/// What came of a press on "pause" or "resume".
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pausing {
    /// It is done, and holds from now on. With the record as it is, and the entry's position.
    Done(Record, u64),
    /// It was so before, or the record had ended; nothing changed.
    WasSo(Record),
    /// The resident paused it with her own hand: a delegate does not open it again.
    HersAlone,
    /// The mandate by which somebody presses for her has ended meanwhile.
    MandateOver,
    /// The resident has no such record.
    Unknown,
}

/// Pauses a resident's own consent: reads that start from now on are refused (`consent_paused`), its tokens stay.
///
/// # Errors
/// When the database fails; then nothing is acknowledged.
pub async fn pause(
    app: &App, resident: &ResidentId, id: &ConsentId, by: &By, request: &RequestId,
) -> Result<Pausing, Fault> {
    turn(app, resident, id, Turn::Paused, by, request).await
}

/// Resumes a consent that was paused: for what it was given, and until when, is as it was.
///
/// # Errors
/// When the database fails; then nothing is acknowledged.
pub async fn resume(
    app: &App, resident: &ResidentId, id: &ConsentId, by: &By, request: &RequestId,
) -> Result<Pausing, Fault> {
    turn(app, resident, id, Turn::Resumed, by, request).await
}

async fn turn(
    app: &App, resident: &ResidentId, id: &ConsentId, turn: Turn, by: &By, request: &RequestId,
) -> Result<Pausing, Fault> {
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    let Some(record) = store::current(&mut tx, id).await?.filter(|record| record.resident == *resident) else {
        return Ok(Pausing::Unknown);
    };
    if !mandate::may_stop(&mut tx, by, resident, app.now()).await? {
        return Ok(Pausing::MandateOver);
    }
    if turn == Turn::Resumed && is_hers_alone(&mut tx, id, by).await? {
        return Ok(Pausing::HersAlone);
    }
    let now = app.now();
    let (changed, paused_at) = match turn {
        Turn::Resumed => (store::resume(&mut tx, id, now).await?, None),
        _ => (store::pause(&mut tx, id, now).await?, Some(now.seconds())),
    };
    if !changed {
        return Ok(Pausing::WasSo(record));
    }
    let record = Record { paused_at, seq: record.seq + 1, ..record };
    let position = write(&mut tx, app, &mut head, &Change { record: &record, turn, by, request }).await?;
    tell::paused(&mut tx, &record, request, now).await?;
    mandate::acted(&mut tx, resident, by, now).await?;
    head.commit(tx).await?;
    Ok(Pausing::Done(record, position))
}

struct Change<'a> {
    record: &'a Record,
    turn: Turn,
    by: &'a By,
    request: &'a RequestId,
}

/// Entry and event; where the entry stands.
async fn write(tx: &mut Tx, app: &App, head: &mut Head, change: &Change<'_>) -> Result<u64, Fault> {
    let Change { record, turn, by, request } = *change;
    let act = Act { kind: Kind::ConsentChanged, reason: turn.as_str(), by, request: Some(request) };
    let position = enter(tx, app, head, act, record).await?;
    let previous = store::last_hash(tx, &record.id).await?;
    append_event(tx, &Happened { record, turn, by, position }, app.now(), previous, None).await?;
    Ok(position)
}

/// A delegate or guardian takes back what such a hand did, and never what she did herself.
async fn is_hers_alone(tx: &mut Tx, id: &ConsentId, by: &By) -> Result<bool, Fault> {
    let last = store::last_actor(tx, id).await?;
    Ok(by.mandate().is_some() && last.as_deref() == Some(Actor::Resident.as_str()))
}
