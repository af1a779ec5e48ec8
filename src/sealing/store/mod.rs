//! SQL of sealed records.

mod after;

pub use after::{ARRANGEMENT, Grant, arrange, arrangement, end_grants, grant, grant_of};

use super::sealed::{Evidence, Sealing};
use crate::clock::Timestamp;
use crate::custody::Custody;
use crate::db::{Tx, execute, fetch};
use crate::desk::Label;
use crate::fault::Fault;
use crate::ids::{PersonId, ResidentId, SealingId};

/// `false`: somebody said so before.
pub async fn insert(tx: &mut Tx, sealing: &Sealing, label: &[u8]) -> Result<bool, Fault> {
    let inserted = execute!(
        tx,
        sqlx::query(
            "INSERT INTO sealing (id, resident, label, evidence, asked_by, asked_at) VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT DO NOTHING",
        )
        .bind(sealing.id.as_str())
        .bind(sealing.resident.as_str())
        .bind(label)
        .bind(sealing.evidence.as_str())
        .bind(sealing.asked_by.as_str())
        .bind(sealing.asked_at.seconds())
    )?;
    Ok(inserted == 1)
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    resident: String,
    label: Vec<u8>,
    evidence: String,
    asked_by: String,
    asked_at: i64,
    confirmed_by: Option<String>,
    sealed_at: Option<i64>,
    final_at: Option<i64>,
    locked_before: Option<i64>,
    lift_asked_by: Option<String>,
}

fn read(custody: &Custody, row: Row) -> Result<Sealing, Fault> {
    Ok(Sealing {
        label: Label::unseal(custody, &row.id, &row.label)?,
        id: SealingId::stored(row.id),
        resident: ResidentId::stored(row.resident),
        evidence: Evidence::of(&row.evidence).ok_or(Fault::Stored("evidence of a sealing"))?,
        asked_by: PersonId::stored(row.asked_by),
        asked_at: Timestamp::from_seconds(row.asked_at),
        confirmed_by: row.confirmed_by.map(PersonId::stored),
        sealed_at: row.sealed_at.map(Timestamp::from_seconds),
        final_at: row.final_at.map(Timestamp::from_seconds),
        locked_before: row.locked_before.map(Timestamp::from_seconds),
        lift_asked_by: row.lift_asked_by.map(PersonId::stored),
    })
}

/// One that has not ended.
pub async fn find(tx: &mut Tx, custody: &Custody, id: &SealingId) -> Result<Option<Sealing>, Fault> {
    let row: Option<Row> = fetch!(
        tx,
        fetch_optional,
        sqlx::query_as("SELECT * FROM sealing WHERE id = $1 AND ended_at IS NULL").bind(id.as_str())
    )?;
    row.map(|row| read(custody, row)).transpose()
}

/// The one of a resident that has not ended.
pub async fn of_resident(tx: &mut Tx, custody: &Custody, resident: &ResidentId) -> Result<Option<Sealing>, Fault> {
    let row: Option<Row> = fetch!(
        tx,
        fetch_optional,
        sqlx::query_as("SELECT * FROM sealing WHERE resident = $1 AND ended_at IS NULL").bind(resident.as_str())
    )?;
    row.map(|row| read(custody, row)).transpose()
}

/// Whether somebody of the staff said that a resident has died.
///
/// # Errors
/// When the database fails.
pub async fn is_said(tx: &mut Tx, custody: &Custody, resident: &ResidentId) -> Result<bool, Fault> {
    Ok(of_resident(tx, custody, resident).await?.is_some())
}

/// All that have not ended, the newest first: at most two hundred.
///
/// # Errors
/// When the database fails.
pub async fn all(tx: &mut Tx, custody: &Custody) -> Result<Vec<Sealing>, Fault> {
    let rows: Vec<Row> = fetch!(
        tx,
        fetch_all,
        sqlx::query_as("SELECT * FROM sealing WHERE ended_at IS NULL ORDER BY asked_at DESC, id LIMIT 200")
    )?;
    rows.into_iter().map(|row| read(custody, row)).collect()
}

/// Those whose seven days are over and of which nothing has ended yet.
pub async fn due(tx: &mut Tx, custody: &Custody, now: Timestamp) -> Result<Vec<Sealing>, Fault> {
    let rows: Vec<Row> = fetch!(
        tx,
        fetch_all,
        sqlx::query_as(
            "SELECT * FROM sealing WHERE finished_at IS NULL AND ended_at IS NULL AND final_at <= $1
              ORDER BY final_at LIMIT 50",
        )
        .bind(now.seconds())
    )?;
    rows.into_iter().map(|row| read(custody, row)).collect()
}

/// `false`: confirmed before, or ended.
pub async fn confirm(
    tx: &mut Tx, id: &SealingId, person: &PersonId, final_at: Timestamp, locked_before: Option<Timestamp>,
    now: Timestamp,
) -> Result<bool, Fault> {
    let changed = execute!(
        tx,
        sqlx::query(
            "UPDATE sealing SET confirmed_by = $2, sealed_at = $3, final_at = $4, locked_before = $5
              WHERE id = $1 AND confirmed_by IS NULL AND asked_by <> $2 AND ended_at IS NULL",
        )
        .bind(id.as_str())
        .bind(person.as_str())
        .bind(now.seconds())
        .bind(final_at.seconds())
        .bind(locked_before.map(Timestamp::seconds))
    )?;
    Ok(changed == 1)
}

/// `false`: done before, or ended.
pub async fn finish(tx: &mut Tx, id: &SealingId, now: Timestamp) -> Result<bool, Fault> {
    let changed = execute!(
        tx,
        sqlx::query(
            "UPDATE sealing SET finished_at = $2
              WHERE id = $1 AND finished_at IS NULL AND ended_at IS NULL AND final_at <= $2",
        )
        .bind(id.as_str())
        .bind(now.seconds())
    )?;
    Ok(changed == 1)
}

/// `false`: not sealed, asked before, or ended.
pub async fn ask_lift(tx: &mut Tx, id: &SealingId, person: &PersonId, now: Timestamp) -> Result<bool, Fault> {
    let changed = execute!(
        tx,
        sqlx::query(
            "UPDATE sealing SET lift_asked_by = $2, lift_asked_at = $3
              WHERE id = $1 AND sealed_at IS NOT NULL AND lift_asked_by IS NULL AND ended_at IS NULL",
        )
        .bind(id.as_str())
        .bind(person.as_str())
        .bind(now.seconds())
    )?;
    Ok(changed == 1)
}

/// `false`: ended before.
pub async fn end(tx: &mut Tx, id: &SealingId, outcome: &'static str, now: Timestamp) -> Result<bool, Fault> {
    let changed = execute!(
        tx,
        sqlx::query("UPDATE sealing SET ended_at = $2, outcome = $3 WHERE id = $1 AND ended_at IS NULL")
            .bind(id.as_str())
            .bind(now.seconds())
            .bind(outcome)
    )?;
    Ok(changed == 1)
}
