//! SQL of sealed records.

use crate::clock::Timestamp;
use crate::db::{Tx, execute, fetch};
use crate::fault::Fault;
use crate::ids::ResidentId;

/// The operator's lock of a resident who is here and not sealed.
pub async fn locked_at(tx: &mut Tx, resident: &ResidentId) -> Result<Option<Option<Timestamp>>, Fault> {
    let row: Option<(Option<i64>,)> = fetch!(
        tx,
        fetch_optional,
        sqlx::query_as("SELECT locked_at FROM resident WHERE id = $1 AND erased_at IS NULL AND sealed_at IS NULL")
            .bind(resident.as_str())
    )?;
    Ok(row.map(|(at,)| at.map(Timestamp::from_seconds)))
}

/// `false`: sealed before, or erased.
pub async fn seal(tx: &mut Tx, resident: &ResidentId, final_at: Timestamp, now: Timestamp) -> Result<bool, Fault> {
    let changed = execute!(
        tx,
        sqlx::query(
            "UPDATE resident SET sealed_at = $2, seal_final_at = $3, locked_at = COALESCE(locked_at, $2)
              WHERE id = $1 AND erased_at IS NULL AND sealed_at IS NULL",
        )
        .bind(resident.as_str())
        .bind(now.seconds())
        .bind(final_at.seconds())
    )?;
    Ok(changed == 1)
}

/// `false`: not sealed, or erased.
pub async fn unseal(tx: &mut Tx, resident: &ResidentId, locked_before: Option<Timestamp>) -> Result<bool, Fault> {
    let changed = execute!(
        tx,
        sqlx::query(
            "UPDATE resident SET sealed_at = NULL, seal_final_at = NULL, locked_at = $2
              WHERE id = $1 AND erased_at IS NULL AND sealed_at IS NOT NULL",
        )
        .bind(resident.as_str())
        .bind(locked_before.map(Timestamp::seconds))
    )?;
    Ok(changed == 1)
}

/// Until when whoever a sealed record is about may open it herself.
pub async fn final_at(tx: &mut Tx, resident: &ResidentId) -> Result<Option<Timestamp>, Fault> {
    let row: Option<(i64,)> = fetch!(
        tx,
        fetch_optional,
        sqlx::query_as(
            "SELECT seal_final_at FROM resident
              WHERE id = $1 AND erased_at IS NULL AND sealed_at IS NOT NULL AND seal_final_at IS NOT NULL",
        )
        .bind(resident.as_str())
    )?;
    Ok(row.map(|(at,)| Timestamp::from_seconds(at)))
}

/// Whether a record is sealed.
///
/// # Errors
/// When the database fails.
pub async fn is_sealed(tx: &mut Tx, resident: &ResidentId) -> Result<bool, Fault> {
    Ok(final_at(tx, resident).await?.is_some())
}

/// Whether a resident used a browser of hers since a moment.
///
/// # Errors
/// When the database fails.
pub async fn seen_since(tx: &mut Tx, resident: &ResidentId, moment: Timestamp) -> Result<bool, Fault> {
    let (count,): (i64,) = fetch!(
        tx,
        fetch_one,
        sqlx::query_as(
            "SELECT count(*) FROM resident_session
              WHERE resident = $1 AND (signed_in_at > $2 OR last_seen_at > $2)",
        )
        .bind(resident.as_str())
        .bind(moment.seconds())
    )?;
    Ok(count > 0)
}
