//! SQL of locks and stamps.

use crate::clock::Timestamp;
use crate::db::{Tx, execute, fetch};
use crate::fault::Fault;
use crate::ids::ResidentId;

/// Puts out all that was let in for a resident: grants made under the stamp before, which is given back, are dead.
pub async fn put_out(tx: &mut Tx, resident: &ResidentId) -> Result<i64, Fault> {
    Ok(fetch!(
        tx,
        fetch_one,
        sqlx::query_scalar("UPDATE resident SET stamp = stamp + 1 WHERE id = $1 RETURNING stamp - 1")
            .bind(resident.as_str())
    )?)
}

/// Whether there is such a resident, locked or not.
pub async fn exists(tx: &mut Tx, resident: &ResidentId) -> Result<bool, Fault> {
    let row: Option<(String,)> = fetch!(
        tx,
        fetch_optional,
        sqlx::query_as("SELECT id FROM resident WHERE id = $1 AND erased_at IS NULL").bind(resident.as_str())
    )?;
    Ok(row.is_some())
}

/// Locks a resident (`Some`: when), or unlocks her. `false`: she was so before, or is not here.
pub async fn set_locked(tx: &mut Tx, resident: &ResidentId, locked_at: Option<Timestamp>) -> Result<bool, Fault> {
    let changed = execute!(
        tx,
        sqlx::query(
            "UPDATE resident SET locked_at = $2
              WHERE id = $1 AND erased_at IS NULL AND sealed_at IS NULL AND (locked_at IS NULL) = ($3 = 1)",
        )
        .bind(resident.as_str())
        .bind(locked_at.map(Timestamp::seconds))
        .bind(i64::from(locked_at.is_some()))
    )?;
    Ok(changed == 1)
}

/// Whether she is locked, or asked to be erased: nobody reads anything of hers then, not even her name.
///
/// # Errors
/// When the database fails.
pub async fn is_out_of_sight(tx: &mut Tx, resident: &ResidentId) -> Result<bool, Fault> {
    let row: Option<(String,)> = fetch!(
        tx,
        fetch_optional,
        sqlx::query_as(
            "SELECT id FROM resident
              WHERE id = $1 AND (locked_at IS NOT NULL OR erases_at IS NOT NULL OR erased_at IS NOT NULL)",
        )
        .bind(resident.as_str())
    )?;
    Ok(row.is_some())
}
