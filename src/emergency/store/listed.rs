//! SQL of the lists of buildings.

use crate::clock::Timestamp;
use crate::db::{Tx, execute, fetch};
use crate::fault::Fault;
use crate::ids::ResidentId;

/// The version of the address that she meant.
pub async fn listed_version(tx: &mut Tx, resident: &ResidentId) -> Result<Option<i64>, Fault> {
    Ok(fetch!(
        tx,
        fetch_optional,
        sqlx::query_scalar("SELECT version FROM emergency_listed WHERE resident = $1").bind(resident.as_str())
    )?)
}

pub async fn list(
    tx: &mut Tx, resident: &ResidentId, building: &str, version: i64, now: Timestamp,
) -> Result<(), Fault> {
    execute!(
        tx,
        sqlx::query(
            "INSERT INTO emergency_listed (resident, building, version, at) VALUES ($1, $2, $3, $4)
             ON CONFLICT (resident) DO UPDATE SET building = $2, version = $3, at = $4",
        )
        .bind(resident.as_str())
        .bind(building)
        .bind(version)
        .bind(now.seconds())
    )?;
    Ok(())
}

pub async fn unlist(tx: &mut Tx, resident: &ResidentId) -> Result<(), Fault> {
    execute!(tx, sqlx::query("DELETE FROM emergency_listed WHERE resident = $1").bind(resident.as_str()))?;
    Ok(())
}

/// Who is on the list of a building, with an address that was not changed since, and a record that may be opened.
pub async fn listed(tx: &mut Tx, building: &str) -> Result<Vec<ResidentId>, Fault> {
    let rows: Vec<(String,)> = fetch!(
        tx,
        fetch_all,
        sqlx::query_as(
            "SELECT l.resident FROM emergency_listed l
               JOIN vault_field f ON f.resident = l.resident AND f.field = 'building' AND f.version = l.version
               JOIN resident r ON r.id = l.resident
              WHERE l.building = $1 AND r.sealed_at IS NULL AND r.erased_at IS NULL ORDER BY l.resident",
        )
        .bind(building)
    )?;
    Ok(rows.into_iter().map(|(id,)| ResidentId::stored(id)).collect())
}

/// How many residents are on a list at all.
///
/// # Errors
/// When the database fails.
pub async fn count_listed(tx: &mut Tx) -> Result<u64, Fault> {
    let (count,): (i64,) = fetch!(tx, fetch_one, sqlx::query_as("SELECT count(*) FROM emergency_listed"))?;
    Ok(count.cast_unsigned())
}
