//! SQL of the vault.

use std::collections::HashMap;

use crate::claims::release::LEAST_FLATS;
use crate::clock::Timestamp;
use crate::db::{Tx, execute, fetch};
use crate::fault::Fault;
use crate::ids::ResidentId;

/// A sealed field, bound to its resident and place.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct SealedField {
    /// Whose.
    pub resident: String,
    /// Which.
    pub field: String,
    /// Which writing of it.
    pub version: i64,
    /// The sealed bytes.
    pub sealed: Vec<u8>,
    /// The entry that wrote it.
    pub position: i64,
}

// One statement a batch: an import writes thousands.
pub async fn insert(tx: &mut Tx, fields: &[SealedField], now: Timestamp) -> Result<(), Fault> {
    match tx {
        Tx::Sqlite(tx) => {
            let row = |field: &SealedField| {
                serde_json::json!([
                    field.resident,
                    field.field,
                    field.version,
                    hex::encode(&field.sealed),
                    field.position
                ])
            };
            let rows: Vec<_> = fields.iter().map(row).collect();
            sqlx::query(
                "INSERT INTO vault_field (resident, field, version, sealed, position, written_at)
                 SELECT value ->> 0, value ->> 1, value ->> 2, unhex(value ->> 3), value ->> 4, $2 FROM json_each($1)",
            )
            .bind(serde_json::Value::Array(rows).to_string())
            .bind(now.seconds())
            .execute(&mut **tx)
            .await?;
        }
        Tx::Postgres(tx) => {
            sqlx::query(
                "INSERT INTO vault_field (resident, field, version, sealed, position, written_at)
                 SELECT *, $6 FROM unnest($1::text[], $2::text[], $3::bigint[], $4::bytea[], $5::bigint[])",
            )
            .bind(fields.iter().map(|field| field.resident.as_str()).collect::<Vec<_>>())
            .bind(fields.iter().map(|field| field.field.as_str()).collect::<Vec<_>>())
            .bind(fields.iter().map(|field| field.version).collect::<Vec<_>>())
            .bind(fields.iter().map(|field| field.sealed.as_slice()).collect::<Vec<_>>())
            .bind(fields.iter().map(|field| field.position).collect::<Vec<_>>())
            .bind(now.seconds())
            .execute(&mut **tx)
            .await?;
        }
    }
    Ok(())
}

pub async fn of_resident(tx: &mut Tx, resident: &ResidentId) -> Result<Vec<SealedField>, Fault> {
    Ok(fetch!(
        tx,
        fetch_all,
        sqlx::query_as(
            "SELECT resident, field, version, sealed, position FROM vault_field WHERE resident = $1 ORDER BY field",
        )
        .bind(resident.as_str())
    )?)
}

/// The version of each field of a resident.
///
/// # Errors
/// When the database fails.
pub async fn versions(tx: &mut Tx, resident: &ResidentId) -> Result<HashMap<String, i64>, Fault> {
    let rows: Vec<(String, i64)> = fetch!(
        tx,
        fetch_all,
        sqlx::query_as("SELECT field, version FROM vault_field WHERE resident = $1").bind(resident.as_str())
    )?;
    Ok(rows.into_iter().collect())
}

/// Puts the next version of a field in the place of the one before. Whoever else wrote it meanwhile did not hold the
/// ledger's head.
pub async fn put(tx: &mut Tx, field: &SealedField, source: &str, now: Timestamp) -> Result<(), Fault> {
    let rows = execute!(
        tx,
        sqlx::query(
            "INSERT INTO vault_field (resident, field, version, sealed, position, written_at, source)
             VALUES ($1, $2, $3, $4, $5, $6, $7)
             ON CONFLICT (resident, field) DO UPDATE
                SET version = $3, sealed = $4, position = $5, written_at = $6, source = $7
              WHERE vault_field.version = $3 - 1",
        )
        .bind(&field.resident)
        .bind(&field.field)
        .bind(field.version)
        .bind(&field.sealed)
        .bind(field.position)
        .bind(now.seconds())
        .bind(source)
    )?;
    if rows == 1 { Ok(()) } else { Err(Fault::Stored("a field changed while it was written")) }
}

/// Takes a resident out of a blind index.
pub async fn remove_mark(tx: &mut Tx, field: &str, resident: &ResidentId) -> Result<(), Fault> {
    execute!(
        tx,
        sqlx::query("DELETE FROM resident_index WHERE field = $1 AND resident = $2")
            .bind(field)
            .bind(resident.as_str())
    )?;
    Ok(())
}

/// Puts a resident into a blind index; `false`: somebody else has a value that only one may have.
pub async fn insert_mark(tx: &mut Tx, field: &str, digest: &str, resident: &ResidentId) -> Result<bool, Fault> {
    let rows = execute!(
        tx,
        sqlx::query("INSERT INTO resident_index (field, digest, resident) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",)
            .bind(field)
            .bind(digest)
            .bind(resident.as_str())
    )?;
    Ok(rows == 1)
}

/// When each field of a resident was last written, and by whose hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// Unix seconds.
    pub at: i64,
    /// The actor's word, as the entry has it: `operator`, `resident`, `staff` …
    pub source: String,
}

/// Where each field of a resident came from.
///
/// # Errors
/// When the database fails.
pub async fn origins(tx: &mut Tx, resident: &ResidentId) -> Result<HashMap<String, Origin>, Fault> {
    let rows: Vec<(String, i64, String)> = fetch!(
        tx,
        fetch_all,
        sqlx::query_as("SELECT field, written_at, source FROM vault_field WHERE resident = $1").bind(resident.as_str())
    )?;
    Ok(rows.into_iter().map(|(field, at, source)| (field, Origin { at, source })).collect())
}

/// Which writing of a field the record holds; `None`: it does not hold it.
///
/// # Errors
/// When the database fails.
pub async fn version_of(tx: &mut Tx, resident: &ResidentId, field: &str) -> Result<Option<i64>, Fault> {
    let row: Option<(i64,)> = fetch!(
        tx,
        fetch_optional,
        sqlx::query_as("SELECT version FROM vault_field WHERE resident = $1 AND field = $2")
            .bind(resident.as_str())
            .bind(field)
    )?;
    Ok(row.map(|(version,)| version))
}

/// All fields in order, after a resident and field; at most `limit`.
pub async fn after(tx: &mut Tx, resident: &str, field: &str, limit: i64) -> Result<Vec<SealedField>, Fault> {
    Ok(fetch!(
        tx,
        fetch_all,
        sqlx::query_as(
            "SELECT resident, field, version, sealed, position FROM vault_field
              WHERE resident > $1 OR (resident = $1 AND field > $2) ORDER BY resident, field LIMIT $3",
        )
        .bind(resident)
        .bind(field)
        .bind(limit)
    )?)
}

/// How many flats a building has, as far as imports counted them.
///
/// # Errors
/// When the database fails.
pub async fn flats_of(tx: &mut Tx, building: &str) -> Result<Option<i64>, Fault> {
    let row: Option<(i64,)> = fetch!(
        tx,
        fetch_optional,
        sqlx::query_as("SELECT flats FROM community_building WHERE building = $1").bind(building)
    )?;
    Ok(row.map(|(flats,)| flats))
}

/// As [`flats_of`], for what was agreed at a moment (Unix seconds): nothing, when there were too few then.
pub async fn flats_as_of(tx: &mut Tx, building: &str, agreed_at: i64) -> Result<Option<i64>, Fault> {
    let row: Option<(i64,)> = fetch!(
        tx,
        fetch_optional,
        sqlx::query_as("SELECT flats FROM community_building WHERE building = $1 AND enough_since <= $2")
            .bind(building)
            .bind(agreed_at)
    )?;
    Ok(row.map(|(flats,)| flats))
}

/// Raises a building's count of flats to what an import saw, if it saw more.
///
/// # Errors
/// When the database fails.
pub async fn raise_flats(tx: &mut Tx, building: &str, flats: i64, now: Timestamp) -> Result<(), Fault> {
    // From the next second on: within this one, somebody may have been shown the community.
    let enough_since = (flats >= LEAST_FLATS).then_some(now.seconds() + 1);
    execute!(
        tx,
        sqlx::query(
            "INSERT INTO community_building (building, flats, enough_since) VALUES ($1, $2, $3)
             ON CONFLICT (building) DO UPDATE
                SET flats = $2, enough_since = COALESCE(community_building.enough_since, $3)
              WHERE community_building.flats < $2",
        )
        .bind(building)
        .bind(flats)
        .bind(enough_since)
    )?;
    Ok(())
}
