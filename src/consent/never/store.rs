//! SQL of standing preferences.

use std::collections::HashMap;

use super::Never;
use crate::clock::Timestamp;
use crate::db::{Tx, execute, fetch};
use crate::fault::Fault;
use crate::ids::ResidentId;

type Row = (String, String, String, i64);

/// `false`: it was so before.
pub(super) async fn insert(
    tx: &mut Tx, resident: &ResidentId, claim: &str, party: &str, now: Timestamp,
) -> Result<bool, Fault> {
    let inserted = execute!(
        tx,
        sqlx::query(
            "INSERT INTO resident_preference (resident, claim, party, made_at) VALUES ($1, $2, $3, $4)
             ON CONFLICT DO NOTHING",
        )
        .bind(resident.as_str())
        .bind(claim)
        .bind(party)
        .bind(now.seconds())
    )?;
    Ok(inserted == 1)
}

/// `false`: there was none.
pub(super) async fn remove(tx: &mut Tx, resident: &ResidentId, claim: &str, party: &str) -> Result<bool, Fault> {
    let removed = execute!(
        tx,
        sqlx::query("DELETE FROM resident_preference WHERE resident = $1 AND claim = $2 AND party = $3")
            .bind(resident.as_str())
            .bind(claim)
            .bind(party)
    )?;
    Ok(removed == 1)
}

pub(super) async fn forget(tx: &mut Tx, resident: &ResidentId) -> Result<(), Fault> {
    execute!(tx, sqlx::query("DELETE FROM resident_preference WHERE resident = $1").bind(resident.as_str()))?;
    Ok(())
}

fn never((_, claim, party, since): Row) -> Never {
    Never { claim, party, since }
}

/// What a resident keeps back, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn of_resident(tx: &mut Tx, resident: &ResidentId) -> Result<Vec<Never>, Fault> {
    let rows: Vec<Row> = fetch!(
        tx,
        fetch_all,
        sqlx::query_as(
            "SELECT resident, claim, party, made_at FROM resident_preference WHERE resident = $1
              ORDER BY made_at, claim, party",
        )
        .bind(resident.as_str())
    )?;
    Ok(rows.into_iter().map(never).collect())
}

/// The same for many residents, in one statement: for the gate.
///
/// # Errors
/// When the database fails.
pub async fn of_residents(tx: &mut Tx, residents: &[&ResidentId]) -> Result<HashMap<ResidentId, Vec<Never>>, Fault> {
    let list: Vec<&str> = residents.iter().map(|resident| resident.as_str()).collect();
    let list = serde_json::json!(list).to_string();
    let rows: Vec<Row> = match tx {
        Tx::Sqlite(tx) => {
            sqlx::query_as(
                "SELECT resident, claim, party, made_at FROM resident_preference
                  WHERE resident IN (SELECT value FROM json_each($1))",
            )
            .bind(list)
            .fetch_all(&mut **tx)
            .await?
        }
        Tx::Postgres(tx) => {
            sqlx::query_as(
                "SELECT resident, claim, party, made_at FROM resident_preference
                  WHERE resident IN (SELECT json_array_elements_text($1::json))",
            )
            .bind(list)
            .fetch_all(&mut **tx)
            .await?
        }
    };
    let mut all: HashMap<ResidentId, Vec<Never>> = HashMap::new();
    for row in rows {
        all.entry(ResidentId::stored(row.0.clone())).or_default().push(never(row));
    }
    Ok(all)
}
