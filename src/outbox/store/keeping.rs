//! Messages that the operator looks after, and how long they are kept.

use super::all;
use crate::clock::Timestamp;
use crate::db::{Tx, execute, fetch};
use crate::fault::Fault;
use crate::ids::ResidentId;
use crate::outbox::{Counts, Message};

/// Messages that are not delivered, or only those that were given up; oldest first.
///
/// # Errors
/// When the database fails.
pub async fn list(tx: &mut Tx, dead_only: bool, limit: i64) -> Result<Vec<Message>, Fault> {
    all(fetch!(
        tx,
        fetch_all,
        sqlx::query_as(
            "SELECT * FROM outbox WHERE done_at IS NULL AND (dead_at IS NOT NULL OR $1 = 0)
              ORDER BY made_at, jti LIMIT $2",
        )
        .bind(i64::from(dead_only))
        .bind(limit)
    )?)
}

/// How many are not delivered, and how many were given up.
///
/// # Errors
/// When the database fails.
pub async fn counts(tx: &mut Tx) -> Result<Counts, Fault> {
    let (open, dead): (i64, i64) = fetch!(
        tx,
        fetch_one,
        sqlx::query_as("SELECT COUNT(*) - COUNT(dead_at), COUNT(dead_at) FROM outbox WHERE done_at IS NULL")
    )?;
    Ok(Counts { open, dead })
}

/// Has what was given up tried again: one message, or all of them; how many that were.
///
/// # Errors
/// When the database fails.
pub async fn retry(tx: &mut Tx, jti: Option<&str>, now: Timestamp) -> Result<u64, Fault> {
    Ok(execute!(
        tx,
        sqlx::query(
            "UPDATE outbox SET dead_at = NULL, tries = 0, due_at = $2, retried_at = $2, way = NULL
              WHERE dead_at IS NOT NULL AND done_at IS NULL AND ($1 = '' OR jti = $1)",
        )
        .bind(jti.unwrap_or_default())
        .bind(now.seconds())
    )?)
}

/// Takes what was given up out: one message, or all of them; how many that were.
///
/// # Errors
/// When the database fails.
pub async fn drop_dead(tx: &mut Tx, jti: Option<&str>) -> Result<u64, Fault> {
    Ok(execute!(
        tx,
        sqlx::query("DELETE FROM outbox WHERE dead_at IS NOT NULL AND done_at IS NULL AND ($1 = '' OR jti = $1)")
            .bind(jti.unwrap_or_default())
    )?)
}

/// Gives up what waits for a client that fetches since before `before`; how many that were.
///
/// # Errors
/// When the database fails.
pub async fn never_fetched(tx: &mut Tx, before: Timestamp, now: Timestamp) -> Result<u64, Fault> {
    Ok(execute!(
        tx,
        sqlx::query(
            "UPDATE outbox SET dead_at = $2, failed = 'never_fetched'
              WHERE way = 'poll' AND done_at IS NULL AND dead_at IS NULL AND COALESCE(retried_at, made_at) < $1",
        )
        .bind(before.seconds())
        .bind(now.seconds())
    )?)
}

/// Forgets what was delivered before `before`.
///
/// # Errors
/// When the database fails.
pub async fn sweep(tx: &mut Tx, before: Timestamp) -> Result<u64, Fault> {
    Ok(execute!(tx, sqlx::query("DELETE FROM outbox WHERE done_at < $1").bind(before.seconds()))?)
}

/// Takes the resident out of every message that says already what its client calls her.
///
/// # Errors
/// When the database fails.
pub async fn forget_resident(tx: &mut Tx, resident: &ResidentId) -> Result<u64, Fault> {
    Ok(execute!(
        tx,
        sqlx::query("UPDATE outbox SET resident = NULL WHERE resident = $1 AND subject IS NOT NULL")
            .bind(resident.as_str())
    )?)
}
