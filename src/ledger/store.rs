//! SQL of the ledger.

use std::collections::HashMap;

use tlog_tiles::tlog::Hash;

use super::append::Prepared;
use crate::clock::Timestamp;
use crate::db::{Tx, execute, fetch};
use crate::fault::Fault;

/// An entry as it lies in the table.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Stored {
    /// Its position; signed because the columns are.
    pub position: i64,
    /// The encoded leaf.
    pub leaf: Vec<u8>,
    /// The tag, as the leaf repeats it.
    pub tag: Vec<u8>,
    /// blind ‖ detail, sealed.
    pub detail: Vec<u8>,
    /// blind ‖ review, sealed.
    pub review: Vec<u8>,
}

/// A checkpoint as it lies in the table.
pub type StoredCheckpoint = (i64, Vec<u8>, String);

pub async fn hold_head(tx: &mut Tx) -> Result<u64, Fault> {
    let (size,): (i64,) =
        fetch!(tx, fetch_one, sqlx::query_as("UPDATE ledger_head SET size = size WHERE only_one = 1 RETURNING size"))?;
    Ok(size.cast_unsigned())
}

pub async fn move_head(tx: &mut Tx, size: u64) -> Result<(), Fault> {
    execute!(tx, sqlx::query("UPDATE ledger_head SET size = $1 WHERE only_one = 1").bind(size.cast_signed()))?;
    Ok(())
}

/// How many entries are committed.
///
/// # Errors
/// When the database fails.
pub async fn size(tx: &mut Tx) -> Result<u64, Fault> {
    let (size,): (i64,) = fetch!(tx, fetch_one, sqlx::query_as("SELECT size FROM ledger_head WHERE only_one = 1"))?;
    Ok(size.cast_unsigned())
}

// One statement a batch: a statement per row costs five times as much.
pub async fn insert(tx: &mut Tx, first: u64, entries: &[Prepared]) -> Result<(), Fault> {
    let positions = first..;
    match tx {
        Tx::Sqlite(tx) => {
            let rows: Vec<_> = positions
                .zip(entries)
                .map(|(position, entry)| {
                    let [leaf, tag, detail, review] =
                        [entry.leaf.as_slice(), &entry.tag, &entry.detail, &entry.review].map(hex::encode);
                    serde_json::json!([position, leaf, tag, detail, review])
                })
                .collect();
            sqlx::query(
                "INSERT INTO ledger_entry (position, leaf, tag, detail, review)
                 SELECT value ->> 0, unhex(value ->> 1), unhex(value ->> 2), unhex(value ->> 3), unhex(value ->> 4)
                   FROM json_each($1)",
            )
            .bind(serde_json::Value::Array(rows).to_string())
            .execute(&mut **tx)
            .await?;
        }
        Tx::Postgres(tx) => {
            let column = |of: fn(&Prepared) -> &[u8]| entries.iter().map(of).collect::<Vec<_>>();
            let positions: Vec<i64> = positions.zip(entries).map(|(position, _)| position.cast_signed()).collect();
            sqlx::query(
                "INSERT INTO ledger_entry (position, leaf, tag, detail, review)
                 SELECT * FROM unnest($1::bigint[], $2::bytea[], $3::bytea[], $4::bytea[], $5::bytea[])",
            )
            .bind(positions)
            .bind(column(|entry| &entry.leaf))
            .bind(column(|entry| &entry.tag))
            .bind(column(|entry| &entry.detail))
            .bind(column(|entry| &entry.review))
            .execute(&mut **tx)
            .await?;
        }
    }
    Ok(())
}

/// Up to `limit` entries from a position on, in order.
///
/// # Errors
/// When the database fails.
pub async fn entries_from(tx: &mut Tx, position: u64, limit: u32) -> Result<Vec<Stored>, Fault> {
    Ok(fetch!(
        tx,
        fetch_all,
        sqlx::query_as(
            "SELECT position, leaf, tag, detail, review FROM ledger_entry
              WHERE position >= $1 ORDER BY position LIMIT $2",
        )
        .bind(position.cast_signed())
        .bind(i64::from(limit))
    )?)
}

/// Up to `limit` entries before a position, the newest first.
///
/// # Errors
/// When the database fails.
pub async fn entries_before(tx: &mut Tx, position: u64, limit: u32) -> Result<Vec<Stored>, Fault> {
    Ok(fetch!(
        tx,
        fetch_all,
        sqlx::query_as(
            "SELECT position, leaf, tag, detail, review FROM ledger_entry
              WHERE position < $1 ORDER BY position DESC LIMIT $2",
        )
        .bind(position.cast_signed())
        .bind(i64::from(limit))
    )?)
}

/// The entry at a position.
///
/// # Errors
/// When there is none, or the database fails.
pub async fn entry_at(tx: &mut Tx, position: u64) -> Result<Stored, Fault> {
    let here = entries_from(tx, position, 1).await?.into_iter().next();
    here.filter(|entry| entry.position.cast_unsigned() == position).ok_or(Fault::Ledger("an entry is missing"))
}

/// Encoded leaves from a position on, in order.
///
/// # Errors
/// When the database fails.
pub async fn leaves(tx: &mut Tx, first: u64, count: u64) -> Result<Vec<Vec<u8>>, Fault> {
    let rows: Vec<(Vec<u8>,)> = fetch!(
        tx,
        fetch_all,
        sqlx::query_as("SELECT leaf FROM ledger_entry WHERE position >= $1 AND position < $2 ORDER BY position",)
            .bind(first.cast_signed())
            .bind(first.saturating_add(count).cast_signed())
    )?;
    Ok(rows.into_iter().map(|(leaf,)| leaf).collect())
}

/// The encoded leaf of an entry.
///
/// # Errors
/// When the database fails or the entry is missing.
pub async fn leaf(tx: &mut Tx, position: u64) -> Result<Vec<u8>, Fault> {
    let leaf: Option<Vec<u8>> = fetch!(
        tx,
        fetch_optional,
        sqlx::query_scalar("SELECT leaf FROM ledger_entry WHERE position = $1").bind(position.cast_signed())
    )?;
    leaf.ok_or(Fault::Ledger("an entry is missing"))
}

/// The entries with these tags, in no order.
///
/// # Errors
/// When the database fails.
pub async fn by_tags(tx: &mut Tx, tags: &[[u8; 32]]) -> Result<Vec<Stored>, Fault> {
    Ok(match tx {
        Tx::Sqlite(tx) => {
            let list: Vec<String> = tags.iter().map(hex::encode).collect();
            sqlx::query_as(
                "SELECT position, leaf, tag, detail, review FROM ledger_entry
                  WHERE tag IN (SELECT unhex(value) FROM json_each($1))",
            )
            .bind(serde_json::json!(list).to_string())
            .fetch_all(&mut **tx)
            .await?
        }
        Tx::Postgres(tx) => {
            let list: Vec<&[u8]> = tags.iter().map(<[u8; 32]>::as_slice).collect();
            sqlx::query_as("SELECT position, leaf, tag, detail, review FROM ledger_entry WHERE tag = ANY($1::bytea[])")
                .bind(list)
                .fetch_all(&mut **tx)
                .await?
        }
    })
}

pub async fn hashes(tx: &mut Tx, at: &[u64]) -> Result<HashMap<u64, Hash>, Fault> {
    let list = serde_json::json!(at).to_string();
    let rows: Vec<(i64, Vec<u8>)> = match tx {
        Tx::Sqlite(tx) => {
            sqlx::query_as("SELECT at, hash FROM ledger_hash WHERE at IN (SELECT value FROM json_each($1))")
                .bind(list)
                .fetch_all(&mut **tx)
                .await?
        }
        Tx::Postgres(tx) => {
            let list: Vec<i64> = at.iter().map(|at| at.cast_signed()).collect();
            sqlx::query_as("SELECT at, hash FROM ledger_hash WHERE at = ANY($1)")
                .bind(list)
                .fetch_all(&mut **tx)
                .await?
        }
    };
    let hash = |bytes: Vec<u8>| bytes.try_into().map(Hash).map_err(|_| Fault::Stored("a tree hash of another length"));
    rows.into_iter().map(|(at, bytes)| Ok((at.cast_unsigned(), hash(bytes)?))).collect()
}

/// Stores hashes of the tree, from a storage index on.
///
/// # Errors
/// When the database fails.
pub async fn insert_hashes(tx: &mut Tx, first: u64, hashes: &[Hash]) -> Result<(), Fault> {
    match tx {
        Tx::Sqlite(tx) => {
            let rows: Vec<_> = (first..).zip(hashes).map(|(at, hash)| (at, hex::encode(hash.0))).collect();
            sqlx::query("INSERT INTO ledger_hash (at, hash) SELECT value ->> 0, unhex(value ->> 1) FROM json_each($1)")
                .bind(serde_json::json!(rows).to_string())
                .execute(&mut **tx)
                .await?;
        }
        Tx::Postgres(tx) => {
            let at: Vec<i64> = (first..).zip(hashes).map(|(at, _)| at.cast_signed()).collect();
            let hashes: Vec<&[u8]> = hashes.iter().map(|hash| hash.0.as_slice()).collect();
            sqlx::query("INSERT INTO ledger_hash (at, hash) SELECT * FROM unnest($1::bigint[], $2::bytea[])")
                .bind(at)
                .bind(hashes)
                .execute(&mut **tx)
                .await?;
        }
    }
    Ok(())
}

/// The largest checkpoint that was signed.
///
/// # Errors
/// When the database fails.
pub async fn last_checkpoint(tx: &mut Tx) -> Result<Option<StoredCheckpoint>, Fault> {
    Ok(fetch!(
        tx,
        fetch_optional,
        sqlx::query_as("SELECT size, root, note FROM ledger_checkpoint ORDER BY size DESC LIMIT 1")
    )?)
}

/// The note of the checkpoint of this size, if one was signed.
///
/// # Errors
/// When the database fails.
pub async fn checkpoint_of(tx: &mut Tx, size: u64) -> Result<Option<String>, Fault> {
    Ok(fetch!(
        tx,
        fetch_optional,
        sqlx::query_scalar("SELECT note FROM ledger_checkpoint WHERE size = $1").bind(size.cast_signed())
    )?)
}

/// All checkpoints ever signed, smallest first.
///
/// # Errors
/// When the database fails.
pub async fn checkpoints(tx: &mut Tx) -> Result<Vec<StoredCheckpoint>, Fault> {
    Ok(fetch!(tx, fetch_all, sqlx::query_as("SELECT size, root, note FROM ledger_checkpoint ORDER BY size"))?)
}

/// Stores a signed checkpoint; the same one twice is one.
///
/// # Errors
/// When the database fails.
pub async fn insert_checkpoint(tx: &mut Tx, size: u64, root: &Hash, note: &str, now: Timestamp) -> Result<(), Fault> {
    execute!(
        tx,
        sqlx::query(
            "INSERT INTO ledger_checkpoint (size, root, note, signed_at) VALUES ($1, $2, $3, $4)
             ON CONFLICT (size) DO NOTHING",
        )
        .bind(size.cast_signed())
        .bind(root.0.as_slice())
        .bind(note)
        .bind(now.seconds())
    )?;
    Ok(())
}
