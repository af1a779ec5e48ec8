//! SQL of asking who somebody is.

use crate::clock::Timestamp;
use crate::db::{Tx, execute, fetch};
use crate::fault::Fault;
use crate::ids::{IdentifyId, PersonId};

/// A request as it lies in the table.
#[derive(sqlx::FromRow)]
pub(in crate::reviews) struct NameRow {
    pub id: String,
    pub asked_by: String,
    pub asked_at: i64,
    pub asked: Vec<u8>,
    pub approval: Option<Vec<u8>>,
    pub outcome: Option<String>,
}

pub(in crate::reviews) async fn insert_name(
    tx: &mut Tx, id: &IdentifyId, by: &PersonId, asked: &[u8], now: Timestamp,
) -> Result<(), Fault> {
    execute!(
        tx,
        sqlx::query("INSERT INTO review_name (id, asked_by, asked_at, asked) VALUES ($1, $2, $3, $4)")
            .bind(id.as_str())
            .bind(by.as_str())
            .bind(now.seconds())
            .bind(asked)
    )?;
    Ok(())
}

pub(in crate::reviews) async fn name(tx: &mut Tx, id: &IdentifyId) -> Result<Option<NameRow>, Fault> {
    Ok(fetch!(
        tx,
        fetch_optional,
        sqlx::query_as(
            "SELECT id, asked_by, asked_at, asked, approval, outcome
               FROM review_name WHERE id = $1",
        )
        .bind(id.as_str())
    )?)
}

/// The newest requests.
pub(in crate::reviews) async fn names(tx: &mut Tx) -> Result<Vec<NameRow>, Fault> {
    Ok(fetch!(
        tx,
        fetch_all,
        sqlx::query_as(
            "SELECT id, asked_by, asked_at, asked, approval, outcome
               FROM review_name ORDER BY asked_at DESC, id LIMIT 100",
        )
    )?)
}

/// `false`: it was approved before, or has ended.
pub(in crate::reviews) async fn approve_name(
    tx: &mut Tx, id: &IdentifyId, by: &PersonId, approval: &[u8], now: Timestamp,
) -> Result<bool, Fault> {
    let rows = execute!(
        tx,
        sqlx::query(
            "UPDATE review_name SET approved_by = $2, approved_at = $3, approval = $4
              WHERE id = $1 AND approved_at IS NULL AND ended_at IS NULL AND asked_by <> $2",
        )
        .bind(id.as_str())
        .bind(by.as_str())
        .bind(now.seconds())
        .bind(approval)
    )?;
    Ok(rows == 1)
}

/// Ends a request that has not ended: cancelled by anybody, opened by whoever asked. Whether it was approved is for what
/// was signed to say, not for a column. `false`: it could not be.
pub(in crate::reviews) async fn end_name(
    tx: &mut Tx, id: &IdentifyId, by: &PersonId, outcome: &'static str, now: Timestamp,
) -> Result<bool, Fault> {
    let rows = execute!(
        tx,
        sqlx::query(
            "UPDATE review_name SET ended_at = $3, ended_by = $2, outcome = $4
              WHERE id = $1 AND ended_at IS NULL
                AND ($4 = 'cancelled' OR (asked_by = $2 AND approved_at IS NOT NULL))",
        )
        .bind(id.as_str())
        .bind(by.as_str())
        .bind(now.seconds())
        .bind(outcome)
    )?;
    Ok(rows == 1)
}

/// Deletes requests that were made before a moment; the entries that tell of them stay.
pub(in crate::reviews) async fn forget_names(tx: &mut Tx, before: Timestamp) -> Result<u64, Fault> {
    Ok(execute!(tx, sqlx::query("DELETE FROM review_name WHERE asked_at < $1").bind(before.seconds()))?)
}
