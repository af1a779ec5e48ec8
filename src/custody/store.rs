//! SQL of residents' keys.

use std::collections::HashMap;

use super::NewResident;
use crate::db::{Tx, execute, fetch};
use crate::fault::Fault;
use crate::ids::ResidentId;

/// Bytes of a wrapped key: version, suite, epoch, nonce, key, tag.
const WRAPPED: usize = 1 + 1 + 4 + 12 + 32 + 16;

/// A resident's keys as they lie in the table.
#[derive(Debug, Clone)]
pub struct WrappedKeys {
    /// The data key's version.
    pub rk_version: u32,
    /// The data key; `None` once it was destroyed.
    pub wrapped_rk: Option<Vec<u8>>,
    /// The log key.
    pub wrapped_lk: Vec<u8>,
    /// How many entries there are about the resident.
    pub counter: u64,
}

#[derive(sqlx::FromRow)]
struct Row {
    resident: String,
    rk_version: i64,
    wrapped_rk: Option<Vec<u8>>,
    wrapped_lk: Vec<u8>,
    counter: i64,
}

impl From<Row> for (ResidentId, WrappedKeys) {
    fn from(row: Row) -> Self {
        let keys = WrappedKeys {
            rk_version: u32::try_from(row.rk_version).unwrap_or_default(),
            wrapped_rk: row.wrapped_rk,
            wrapped_lk: row.wrapped_lk,
            counter: row.counter.cast_unsigned(),
        };
        (ResidentId::stored(row.resident), keys)
    }
}

/// Stores the keys of new residents, in one statement.
///
/// # Errors
/// When the database fails, or one of them has keys already.
pub async fn insert_keys(tx: &mut Tx, residents: &[(&ResidentId, &NewResident)]) -> Result<(), Fault> {
    let row = |(resident, keys): &(&ResidentId, &NewResident)| {
        serde_json::json!([resident.as_str(), hex::encode(&keys.wrapped_rk), hex::encode(&keys.wrapped_lk)])
    };
    let rows = serde_json::Value::Array(residents.iter().map(row).collect()).to_string();
    match tx {
        Tx::Sqlite(tx) => {
            sqlx::query(
                "INSERT INTO resident_key (resident, rk_version, wrapped_rk, wrapped_lk, counter)
                 SELECT value ->> 0, 1, unhex(value ->> 1), unhex(value ->> 2), 0 FROM json_each($1)",
            )
            .bind(rows)
            .execute(&mut **tx)
            .await?;
        }
        Tx::Postgres(tx) => {
            sqlx::query(
                "INSERT INTO resident_key (resident, rk_version, wrapped_rk, wrapped_lk, counter)
                 SELECT value ->> 0, 1, decode(value ->> 1, 'hex'), decode(value ->> 2, 'hex'), 0
                   FROM json_array_elements($1::json)",
            )
            .bind(rows)
            .execute(&mut **tx)
            .await?;
        }
    }
    Ok(())
}

/// The keys of a resident, if there is such a resident.
///
/// # Errors
/// When the database fails.
pub async fn wrapped_keys(tx: &mut Tx, resident: &ResidentId) -> Result<Option<WrappedKeys>, Fault> {
    let row: Option<Row> = fetch!(
        tx,
        fetch_optional,
        sqlx::query_as(
            "SELECT resident, rk_version, wrapped_rk, wrapped_lk, counter FROM resident_key WHERE resident = $1",
        )
        .bind(resident.as_str())
    )?;
    Ok(row.map(|row| <(ResidentId, WrappedKeys)>::from(row).1))
}

/// The keys of many residents in one statement.
///
/// # Errors
/// When the database fails.
pub async fn many_wrapped_keys(
    tx: &mut Tx, residents: &[&ResidentId],
) -> Result<HashMap<ResidentId, WrappedKeys>, Fault> {
    if residents.is_empty() {
        return Ok(HashMap::new());
    }
    let list: Vec<&str> = residents.iter().map(|resident| resident.as_str()).collect();
    let list = serde_json::json!(list).to_string();
    let rows: Vec<Row> = match tx {
        Tx::Sqlite(tx) => {
            sqlx::query_as(
                "SELECT resident, rk_version, wrapped_rk, wrapped_lk, counter FROM resident_key
                  WHERE resident IN (SELECT value FROM json_each($1))",
            )
            .bind(list)
            .fetch_all(&mut **tx)
            .await?
        }
        Tx::Postgres(tx) => {
            sqlx::query_as(
                "SELECT resident, rk_version, wrapped_rk, wrapped_lk, counter FROM resident_key
                  WHERE resident IN (SELECT json_array_elements_text($1::json))",
            )
            .bind(list)
            .fetch_all(&mut **tx)
            .await?
        }
    };
    Ok(rows.into_iter().map(Into::into).collect())
}

/// All residents that have keys, in order, after `after`; at most `limit`.
pub async fn residents_after(tx: &mut Tx, after: &str, limit: i64) -> Result<Vec<(ResidentId, WrappedKeys)>, Fault> {
    let rows: Vec<Row> = fetch!(
        tx,
        fetch_all,
        sqlx::query_as(
            "SELECT resident, rk_version, wrapped_rk, wrapped_lk, counter FROM resident_key
              WHERE resident > $1 ORDER BY resident LIMIT $2",
        )
        .bind(after)
        .bind(limit)
    )?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// Raises the counters, each by its count, in one statement; what the rows are afterwards.
pub async fn take_numbers(
    tx: &mut Tx, counts: &HashMap<&ResidentId, u64>,
) -> Result<Vec<(ResidentId, WrappedKeys)>, Fault> {
    if counts.is_empty() {
        return Ok(Vec::new());
    }
    let list: Vec<(&str, u64)> = counts.iter().map(|(resident, count)| (resident.as_str(), *count)).collect();
    let list = serde_json::json!(list).to_string();
    let rows: Vec<Row> = match tx {
        Tx::Sqlite(tx) => {
            sqlx::query_as(
                "UPDATE resident_key SET counter = counter + more.n
                   FROM (SELECT value ->> 0 AS id, value ->> 1 AS n FROM json_each($1)) AS more
                  WHERE resident = more.id
              RETURNING resident, rk_version, wrapped_rk, wrapped_lk, counter",
            )
            .bind(list)
            .fetch_all(&mut **tx)
            .await?
        }
        Tx::Postgres(tx) => {
            sqlx::query_as(
                "UPDATE resident_key SET counter = counter + (more.value ->> 1)::bigint
                   FROM json_array_elements($1::json) AS more
                  WHERE resident = more.value ->> 0
              RETURNING resident, rk_version, wrapped_rk, wrapped_lk, counter",
            )
            .bind(list)
            .fetch_all(&mut **tx)
            .await?
        }
    };
    Ok(rows.into_iter().map(Into::into).collect())
}

/// Destroys the data key of a resident: its bytes are overwritten where they lie, then the row says that there is none.
/// `false`: there was none.
pub async fn destroy_data_key(tx: &mut Tx, resident: &ResidentId) -> Result<bool, Fault> {
    let overwritten = execute!(
        tx,
        sqlx::query("UPDATE resident_key SET wrapped_rk = $2 WHERE resident = $1 AND wrapped_rk IS NOT NULL")
            .bind(resident.as_str())
            .bind(&[0_u8; WRAPPED][..])
    )?;
    execute!(tx, sqlx::query("UPDATE resident_key SET wrapped_rk = NULL WHERE resident = $1").bind(resident.as_str()))?;
    Ok(overwritten == 1)
}

/// Destroys the log key of a resident whose data key is gone, and with it the row: nothing finds her entries any more.
pub async fn destroy_log_key(tx: &mut Tx, resident: &ResidentId) -> Result<(), Fault> {
    execute!(
        tx,
        sqlx::query("UPDATE resident_key SET wrapped_lk = $2 WHERE resident = $1 AND wrapped_rk IS NULL")
            .bind(resident.as_str())
            .bind(&[0_u8; WRAPPED][..])
    )?;
    execute!(
        tx,
        sqlx::query("DELETE FROM resident_key WHERE resident = $1 AND wrapped_rk IS NULL").bind(resident.as_str())
    )?;
    Ok(())
}

/// The id of the installation that this database belongs to: `ours` when it is new.
pub async fn installation(tx: &mut Tx, ours: &[u8; 16], now: i64) -> Result<Vec<u8>, Fault> {
    execute!(
        tx,
        sqlx::query("INSERT INTO installation (only_one, id, created_at) VALUES (1, $1, $2) ON CONFLICT DO NOTHING")
            .bind(ours.as_slice())
            .bind(now)
    )?;
    let (id,): (Vec<u8>,) = fetch!(tx, fetch_one, sqlx::query_as("SELECT id FROM installation WHERE only_one = 1"))?;
    Ok(id)
}
