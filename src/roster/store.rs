//! SQL of the import: the blind indexes by which somebody is known again.

use std::collections::HashSet;

use crate::db::{Tx, fetch};
use crate::fault::Fault;
use crate::ids::ResidentId;

/// A row of a blind index, about to be written.
pub struct Mark {
    /// Which index.
    pub field: &'static str,
    /// The blind value.
    pub digest: String,
    /// Whose.
    pub resident: String,
}

/// Those of the digests that somebody in the community has.
pub async fn known(tx: &mut Tx, field: &'static str, digests: &[&str]) -> Result<HashSet<String>, Fault> {
    if digests.is_empty() {
        return Ok(HashSet::new());
    }
    let list = serde_json::json!(digests).to_string();
    let rows: Vec<(String,)> = match tx {
        Tx::Sqlite(tx) => {
            sqlx::query_as(
                "SELECT DISTINCT digest FROM resident_index
                  WHERE field = $1 AND digest IN (SELECT value FROM json_each($2))",
            )
            .bind(field)
            .bind(list)
            .fetch_all(&mut **tx)
            .await?
        }
        Tx::Postgres(tx) => {
            sqlx::query_as(
                "SELECT DISTINCT digest FROM resident_index
                  WHERE field = $1 AND digest IN (SELECT json_array_elements_text($2::json))",
            )
            .bind(field)
            .bind(list)
            .fetch_all(&mut **tx)
            .await?
        }
    };
    Ok(rows.into_iter().map(|(digest,)| digest).collect())
}

/// Writes marks in one statement; how many were new. A unique one that somebody has already stays theirs.
pub async fn insert_marks(tx: &mut Tx, marks: &[Mark]) -> Result<u64, Fault> {
    let row = |mark: &Mark| serde_json::json!([mark.field, mark.digest, mark.resident]);
    let rows = serde_json::Value::Array(marks.iter().map(row).collect()).to_string();
    Ok(match tx {
        Tx::Sqlite(tx) => sqlx::query(
            "INSERT INTO resident_index (field, digest, resident)
             SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each($1) WHERE 1 ON CONFLICT DO NOTHING",
        )
        .bind(rows)
        .execute(&mut **tx)
        .await?
        .rows_affected(),
        Tx::Postgres(tx) => sqlx::query(
            "INSERT INTO resident_index (field, digest, resident)
             SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_array_elements($1::json) ON CONFLICT DO NOTHING",
        )
        .bind(rows)
        .execute(&mut **tx)
        .await?
        .rows_affected(),
    })
}

/// Everybody who came in with a document number.
pub async fn with_document(tx: &mut Tx) -> Result<HashSet<String>, Fault> {
    let rows: Vec<(String,)> =
        fetch!(tx, fetch_all, sqlx::query_as("SELECT resident FROM resident_index WHERE field = 'document'"))?;
    Ok(rows.into_iter().map(|(resident,)| resident).collect())
}

/// Whose a digest is; nobody's when two share it.
pub async fn of_digest(tx: &mut Tx, field: &'static str, digest: &str) -> Result<Option<ResidentId>, Fault> {
    let rows: Vec<(String,)> = fetch!(
        tx,
        fetch_all,
        sqlx::query_as(
            "SELECT resident FROM resident_index WHERE field = $1 AND digest = $2 ORDER BY resident LIMIT 2"
        )
        .bind(field)
        .bind(digest)
    )?;
    Ok(match rows.as_slice() {
        [(one,)] => Some(ResidentId::stored(one.clone())),
        _ => None,
    })
}
