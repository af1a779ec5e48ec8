//! SQL of erasures.

use super::certificate::Counts;
use crate::clock::Timestamp;
use crate::crypto::token::Digest;
use crate::db::{Tx, execute, fetch};
use crate::fault::Fault;
use crate::ids::{ErasureId, ResidentId};

mod rows;
mod scrub;
mod tables;

pub use rows::{Done, Open, Row, by_link, details_due, due, of_locked, open, uncertified};
pub use scrub::scrub;
pub use tables::{TABLES, When, counts, forget};

/// An erasure about to be begun.
pub struct Begun<'a> {
    pub id: &'a ErasureId,
    pub resident: &'a ResidentId,
    pub now: Timestamp,
    pub due_at: Timestamp,
    pub link: &'a Digest,
    pub sealed: &'a [u8],
}

/// `false`: one is open already.
pub async fn insert(tx: &mut Tx, begun: &Begun<'_>) -> Result<bool, Fault> {
    let inserted = execute!(
        tx,
        sqlx::query(
            "INSERT INTO erasure (id, resident, begun_at, due_at, link, sealed_link) VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT DO NOTHING",
        )
        .bind(begun.id.as_str())
        .bind(begun.resident.as_str())
        .bind(begun.now.seconds())
        .bind(begun.due_at.seconds())
        .bind(begun.link.as_str())
        .bind(begun.sealed)
    )?;
    Ok(inserted == 1)
}

/// Until then nobody reads anything of hers (`None`: they may again).
pub async fn mark(tx: &mut Tx, resident: &ResidentId, due_at: Option<Timestamp>) -> Result<(), Fault> {
    execute!(
        tx,
        sqlx::query("UPDATE resident SET erases_at = $2 WHERE id = $1 AND erased_at IS NULL")
            .bind(resident.as_str())
            .bind(due_at.map(Timestamp::seconds))
    )?;
    Ok(())
}

/// `false`: it is done, or was undone before.
pub async fn undo(tx: &mut Tx, id: &ErasureId, now: Timestamp) -> Result<bool, Fault> {
    let changed = execute!(
        tx,
        sqlx::query(
            "UPDATE erasure SET undone_at = $2, sealed_link = NULL
              WHERE id = $1 AND undone_at IS NULL AND erased_at IS NULL",
        )
        .bind(id.as_str())
        .bind(now.seconds())
    )?;
    Ok(changed == 1)
}

/// The row that stays of a resident: a random id, and that she was erased. Her authenticators' handle goes. `false`:
/// she is locked, was erased before, or it is not this erasure that is due now: it was undone since it was found, or
/// undone and asked for anew.
pub async fn erase_resident(tx: &mut Tx, due: &Open, handle: &[u8; 16], now: Timestamp) -> Result<bool, Fault> {
    let changed = execute!(
        tx,
        sqlx::query(
            "UPDATE resident SET erased_at = $2, handle = $3, sheet_made_at = NULL
              WHERE id = $1 AND erases_at IS NOT NULL AND erased_at IS NULL
                AND (locked_at IS NULL OR sealed_at IS NOT NULL)
                AND EXISTS (SELECT 1 FROM erasure
                             WHERE id = $4 AND resident = $1 AND undone_at IS NULL AND erased_at IS NULL
                               AND due_at <= $2)",
        )
        .bind(due.resident.as_str())
        .bind(now.seconds())
        .bind(handle.as_slice())
        .bind(due.id.as_str())
    )?;
    Ok(changed == 1)
}

/// As [`erase_resident`], of somebody whose key was destroyed before.
pub async fn erase_anyway(tx: &mut Tx, resident: &ResidentId, handle: &[u8; 16], now: Timestamp) -> Result<(), Fault> {
    execute!(
        tx,
        sqlx::query(
            "UPDATE resident SET erased_at = COALESCE(erased_at, $2), handle = $3, sheet_made_at = NULL WHERE id = $1"
        )
        .bind(resident.as_str())
        .bind(now.seconds())
        .bind(handle.as_slice())
    )?;
    Ok(())
}

/// It is done. `false`: it was undone, or done before.
pub async fn finish(
    tx: &mut Tx, id: &ErasureId, now: Timestamp, details_until: Timestamp, position: u64, counts: &Counts,
) -> Result<bool, Fault> {
    let counts = serde_json::to_string(counts).map_err(|_| Fault::Internal("counts do not serialise"))?;
    let changed = execute!(
        tx,
        sqlx::query(
            "UPDATE erasure SET erased_at = $2, details_until = $3, position = $4, counts = $5, sealed_link = NULL
              WHERE id = $1 AND undone_at IS NULL AND erased_at IS NULL AND due_at <= $2",
        )
        .bind(id.as_str())
        .bind(now.seconds())
        .bind(details_until.seconds())
        .bind(position.cast_signed())
        .bind(counts)
    )?;
    Ok(changed == 1)
}

/// An older database was put back: whatever it says of the erasure of a resident whose key is gone, is over. Its own
/// certificate was handed out by the database that is lost.
pub async fn finish_anyway(tx: &mut Tx, resident: &ResidentId, now: Timestamp) -> Result<(), Fault> {
    execute!(
        tx,
        sqlx::query(
            "UPDATE erasure SET undone_at = $2, sealed_link = NULL
              WHERE resident = $1 AND undone_at IS NULL AND erased_at IS NULL",
        )
        .bind(resident.as_str())
        .bind(now.seconds())
    )?;
    Ok(())
}

/// The last key that led to her is gone.
pub async fn details_gone(tx: &mut Tx, id: &ErasureId, now: Timestamp) -> Result<(), Fault> {
    execute!(
        tx,
        sqlx::query(
            "UPDATE erasure SET details_gone_at = $2, resident = NULL WHERE id = $1 AND details_gone_at IS NULL"
        )
        .bind(id.as_str())
        .bind(now.seconds())
    )?;
    Ok(())
}

/// Keeps the certificate; the first one stays.
pub async fn certify(tx: &mut Tx, id: &str, certificate: &str, now: Timestamp) -> Result<(), Fault> {
    execute!(
        tx,
        sqlx::query("UPDATE erasure SET certificate = $2, scrubbed_at = $3 WHERE id = $1 AND certificate IS NULL")
            .bind(id)
            .bind(certificate)
            .bind(now.seconds())
    )?;
    Ok(())
}

/// The leaf at a position.
pub async fn leaf(tx: &mut Tx, position: u64) -> Result<Vec<u8>, Fault> {
    let (leaf,): (Vec<u8>,) = fetch!(
        tx,
        fetch_one,
        sqlx::query_as("SELECT leaf FROM ledger_entry WHERE position = $1").bind(position.cast_signed())
    )?;
    Ok(leaf)
}
