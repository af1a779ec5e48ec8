//! SQL of recoveries.

use crate::clock::Timestamp;
use crate::custody::Custody;
use crate::db::{Tx, execute, fetch};
use crate::desk::recovery::Recovery;
use crate::desk::sitting::Label;
use crate::fault::Fault;
use crate::ids::{PersonId, RecoveryId, ResidentId};

/// `false`: one of the same resident is under way.
pub async fn insert_recovery(tx: &mut Tx, recovery: &Recovery, label: &[u8]) -> Result<bool, Fault> {
    let inserted = execute!(
        tx,
        sqlx::query(
            "INSERT INTO desk_recovery (id, resident, label, begun_by, begun_at) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT DO NOTHING",
        )
        .bind(recovery.id.as_str())
        .bind(recovery.resident.as_str())
        .bind(label)
        .bind(recovery.begun_by.as_str())
        .bind(recovery.begun_at.seconds())
    )?;
    Ok(inserted == 1)
}

type Row = (String, String, Vec<u8>, String, i64, Option<String>, Option<i64>);

fn read(custody: &Custody, row: Row) -> Result<Recovery, Fault> {
    let (id, resident, label, begun_by, begun_at, seconded_by, ready_at) = row;
    Ok(Recovery {
        label: Label::unseal(custody, &id, &label)?,
        id: RecoveryId::stored(id),
        resident: ResidentId::stored(resident),
        begun_by: PersonId::stored(begun_by),
        begun_at: Timestamp::from_seconds(begun_at),
        seconded_by: seconded_by.map(PersonId::stored),
        ready_at: ready_at.map(Timestamp::from_seconds),
    })
}

/// One that is under way and was begun after `since`.
pub async fn recovery(
    tx: &mut Tx, custody: &Custody, id: &RecoveryId, since: Timestamp,
) -> Result<Option<Recovery>, Fault> {
    let row: Option<Row> = fetch!(
        tx,
        fetch_optional,
        sqlx::query_as(
            "SELECT id, resident, label, begun_by, begun_at, seconded_by, ready_at
               FROM desk_recovery WHERE id = $1 AND ended_at IS NULL AND begun_at > $2",
        )
        .bind(id.as_str())
        .bind(since.seconds())
    )?;
    row.map(|row| read(custody, row)).transpose()
}

pub async fn open_recoveries(tx: &mut Tx, custody: &Custody, since: Timestamp) -> Result<Vec<Recovery>, Fault> {
    let rows: Vec<Row> = fetch!(
        tx,
        fetch_all,
        sqlx::query_as(
            "SELECT id, resident, label, begun_by, begun_at, seconded_by, ready_at
               FROM desk_recovery WHERE ended_at IS NULL AND begun_at > $1 ORDER BY begun_at, id",
        )
        .bind(since.seconds())
    )?;
    rows.into_iter().map(|row| read(custody, row)).collect()
}

/// Ends the one of a resident whose wait is over, if it was begun after `since`. `false`: there is none.
pub async fn complete_recovery(
    tx: &mut Tx, resident: &ResidentId, since: Timestamp, now: Timestamp,
) -> Result<bool, Fault> {
    let changed = execute!(
        tx,
        sqlx::query(
            "UPDATE desk_recovery SET ended_at = $3, outcome = 'done'
              WHERE resident = $1 AND begun_at > $2 AND ready_at <= $3 AND ended_at IS NULL",
        )
        .bind(resident.as_str())
        .bind(since.seconds())
        .bind(now.seconds())
    )?;
    Ok(changed == 1)
}

/// `false`: seconded before, or ended.
pub async fn second_recovery(
    tx: &mut Tx, id: &RecoveryId, person: &PersonId, ready: Timestamp, now: Timestamp,
) -> Result<bool, Fault> {
    let changed = execute!(
        tx,
        sqlx::query(
            "UPDATE desk_recovery SET seconded_by = $2, seconded_at = $3, ready_at = $4
              WHERE id = $1 AND seconded_by IS NULL AND begun_by <> $2 AND ended_at IS NULL",
        )
        .bind(id.as_str())
        .bind(person.as_str())
        .bind(now.seconds())
        .bind(ready.seconds())
    )?;
    Ok(changed == 1)
}

/// `false`: ended before.
pub async fn end_recovery(tx: &mut Tx, id: &RecoveryId, outcome: &'static str, now: Timestamp) -> Result<bool, Fault> {
    let changed = execute!(
        tx,
        sqlx::query(
            "UPDATE desk_recovery SET ended_at = $2, outcome = $3, label = '' WHERE id = $1 AND ended_at IS NULL"
        )
        .bind(id.as_str())
        .bind(now.seconds())
        .bind(outcome)
    )?;
    Ok(changed == 1)
}

/// Ends those that were begun before `before`.
pub async fn lapse_recoveries(tx: &mut Tx, before: Timestamp, now: Timestamp) -> Result<(), Fault> {
    execute!(
        tx,
        sqlx::query(
            "UPDATE desk_recovery SET ended_at = $2, outcome = 'lapsed', label = ''
              WHERE begun_at <= $1 AND ended_at IS NULL",
        )
        .bind(before.seconds())
        .bind(now.seconds())
    )?;
    Ok(())
}
