//! SQL of case files.

use crate::clock::Timestamp;
use crate::db::{Tx, execute, fetch};
use crate::fault::Fault;
use crate::ids::{DossierId, PersonId};

/// A file as it lies in the table.
#[derive(sqlx::FromRow)]
pub(in crate::reviews) struct DossierRow {
    pub id: String,
    pub title: Vec<u8>,
    pub opened_by: String,
    pub opened_at: i64,
    pub closed_by: Option<String>,
    pub closed_at: Option<i64>,
    pub last: Option<i64>,
    pub notes: i64,
    pub entries: i64,
}

/// A note as it lies in the table. Who wrote it, and when, is taken from its entry.
#[derive(sqlx::FromRow)]
pub(in crate::reviews) struct NoteRow {
    pub position: i64,
    pub body: Vec<u8>,
}

pub(in crate::reviews) async fn insert_dossier(
    tx: &mut Tx, id: &DossierId, title: &[u8], by: &PersonId, now: Timestamp,
) -> Result<(), Fault> {
    execute!(
        tx,
        sqlx::query("INSERT INTO review_dossier (id, title, opened_by, opened_at) VALUES ($1, $2, $3, $4)")
            .bind(id.as_str())
            .bind(title)
            .bind(by.as_str())
            .bind(now.seconds())
    )?;
    Ok(())
}

pub(in crate::reviews) async fn dossier(tx: &mut Tx, id: &DossierId) -> Result<Option<DossierRow>, Fault> {
    Ok(fetch!(
        tx,
        fetch_optional,
        sqlx::query_as(
            "SELECT d.id, d.title, d.opened_by, d.opened_at, d.closed_by, d.closed_at, d.last,
                    (SELECT count(*) FROM review_dossier_note n WHERE n.dossier = d.id) AS notes,
                    (SELECT count(*) FROM review_dossier_entry e WHERE e.dossier = d.id) AS entries
               FROM review_dossier d WHERE d.id = $1",
        )
        .bind(id.as_str())
    )?)
}

/// Every file, open ones first, the newest first.
pub(in crate::reviews) async fn dossiers(tx: &mut Tx) -> Result<Vec<DossierRow>, Fault> {
    Ok(fetch!(
        tx,
        fetch_all,
        sqlx::query_as(
            "SELECT d.id, d.title, d.opened_by, d.opened_at, d.closed_by, d.closed_at, d.last,
                    (SELECT count(*) FROM review_dossier_note n WHERE n.dossier = d.id) AS notes,
                    (SELECT count(*) FROM review_dossier_entry e WHERE e.dossier = d.id) AS entries
               FROM review_dossier d
              ORDER BY CASE WHEN d.closed_at IS NULL THEN 0 ELSE 1 END, d.opened_at DESC, d.id LIMIT 500",
        )
    )?)
}

pub(in crate::reviews) async fn insert_note(
    tx: &mut Tx, id: &DossierId, position: u64, author: &PersonId, body: &[u8], now: Timestamp,
) -> Result<(), Fault> {
    execute!(
        tx,
        sqlx::query(
            "INSERT INTO review_dossier_note (dossier, position, author, at, body) VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(id.as_str())
        .bind(position.cast_signed())
        .bind(author.as_str())
        .bind(now.seconds())
        .bind(body)
    )?;
    Ok(())
}

/// Notes, the oldest first.
pub(in crate::reviews) async fn notes(tx: &mut Tx, id: &DossierId) -> Result<Vec<NoteRow>, Fault> {
    Ok(fetch!(
        tx,
        fetch_all,
        sqlx::query_as("SELECT position, body FROM review_dossier_note WHERE dossier = $1 ORDER BY position",)
            .bind(id.as_str())
    )?)
}

/// `false`: it was attached before.
pub(in crate::reviews) async fn attach(
    tx: &mut Tx, id: &DossierId, position: u64, by: &PersonId, now: Timestamp,
) -> Result<bool, Fault> {
    let rows = execute!(
        tx,
        sqlx::query(
            "INSERT INTO review_dossier_entry (dossier, position, added_by, added_at) VALUES ($1, $2, $3, $4)
             ON CONFLICT (dossier, position) DO NOTHING",
        )
        .bind(id.as_str())
        .bind(position.cast_signed())
        .bind(by.as_str())
        .bind(now.seconds())
    )?;
    Ok(rows == 1)
}

/// Positions of the entries of a file, the oldest first.
pub(in crate::reviews) async fn attached(tx: &mut Tx, id: &DossierId) -> Result<Vec<u64>, Fault> {
    let rows: Vec<(i64,)> = fetch!(
        tx,
        fetch_all,
        sqlx::query_as("SELECT position FROM review_dossier_entry WHERE dossier = $1 ORDER BY position")
            .bind(id.as_str())
    )?;
    Ok(rows.into_iter().map(|(position,)| position.cast_unsigned()).collect())
}

/// `false`: it was closed before.
pub(in crate::reviews) async fn set_closed(
    tx: &mut Tx, id: &DossierId, by: &PersonId, now: Timestamp,
) -> Result<bool, Fault> {
    let rows = execute!(
        tx,
        sqlx::query("UPDATE review_dossier SET closed_by = $2, closed_at = $3 WHERE id = $1 AND closed_at IS NULL")
            .bind(id.as_str())
            .bind(by.as_str())
            .bind(now.seconds())
    )?;
    Ok(rows == 1)
}

/// `false`: it was open.
pub(in crate::reviews) async fn set_reopened(tx: &mut Tx, id: &DossierId) -> Result<bool, Fault> {
    let rows = execute!(
        tx,
        sqlx::query(
            "UPDATE review_dossier SET closed_by = NULL, closed_at = NULL WHERE id = $1 AND closed_at IS NOT NULL",
        )
        .bind(id.as_str())
    )?;
    Ok(rows == 1)
}

/// Where the newest step of a file stands in the ledger.
pub(in crate::reviews) async fn last_step(tx: &mut Tx, id: &DossierId) -> Result<Option<u64>, Fault> {
    let row: Option<(Option<i64>,)> =
        fetch!(tx, fetch_optional, sqlx::query_as("SELECT last FROM review_dossier WHERE id = $1").bind(id.as_str()))?;
    Ok(row.and_then(|(last,)| last).map(i64::cast_unsigned))
}

pub(in crate::reviews) async fn set_last_step(tx: &mut Tx, id: &DossierId, position: u64) -> Result<(), Fault> {
    execute!(
        tx,
        sqlx::query("UPDATE review_dossier SET last = $2 WHERE id = $1").bind(id.as_str()).bind(position.cast_signed())
    )?;
    Ok(())
}
