//! SQL of the inbox.

use super::{Message, Tell, Word};
use crate::clock::Timestamp;
use crate::db::{Tx, execute, fetch};
use crate::fault::Fault;
use crate::ids::{ClientId, MessageId, ResidentId};

pub(super) async fn insert(tx: &mut Tx, id: &MessageId, tell: &Tell<'_>, now: Timestamp) -> Result<(), Fault> {
    execute!(
        tx,
        sqlx::query(
            "INSERT INTO inbox_message (id, resident, word, client, about, at, due_at) VALUES ($1, $2, $3, $4, $5, $6, $6)",
        )
        .bind(id.as_str())
        .bind(tell.resident.as_str())
        .bind(tell.word.as_str())
        .bind(tell.client.map(ClientId::as_str))
        .bind(tell.about)
        .bind(now.seconds())
    )?;
    Ok(())
}

/// The same for many, in one statement.
pub(super) async fn insert_all(tx: &mut Tx, ids: &[MessageId], all: &[Tell<'_>], now: Timestamp) -> Result<(), Fault> {
    let row = |(id, tell): (&MessageId, &Tell<'_>)| {
        let client = tell.client.map(ClientId::as_str);
        serde_json::json!([id.as_str(), tell.resident.as_str(), tell.word.as_str(), client, tell.about])
    };
    let rows = serde_json::Value::Array(ids.iter().zip(all).map(row).collect()).to_string();
    match tx {
        Tx::Sqlite(tx) => {
            sqlx::query(
                "INSERT INTO inbox_message (id, resident, word, client, about, at, due_at)
                 SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, $2, $2 FROM json_each($1)",
            )
            .bind(rows)
            .bind(now.seconds())
            .execute(&mut **tx)
            .await?;
        }
        Tx::Postgres(tx) => {
            sqlx::query(
                "INSERT INTO inbox_message (id, resident, word, client, about, at, due_at)
                 SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, $2, $2
                   FROM json_array_elements($1::json)",
            )
            .bind(rows)
            .bind(now.seconds())
            .execute(&mut **tx)
            .await?;
        }
    }
    Ok(())
}

/// The newest messages of a resident, at most so many.
///
/// # Errors
/// When the database fails.
pub async fn latest(tx: &mut Tx, resident: &ResidentId, limit: u32) -> Result<Vec<Message>, Fault> {
    type Row = (String, String, Option<String>, Option<String>, i64, Option<i64>);
    let rows: Vec<Row> = fetch!(
        tx,
        fetch_all,
        sqlx::query_as(
            "SELECT id, word, client, about, at, read_at FROM inbox_message WHERE resident = $1
              ORDER BY at DESC, id LIMIT $2",
        )
        .bind(resident.as_str())
        .bind(i64::from(limit))
    )?;
    let message = |(id, word, client, about, at, read_at): Row| Message {
        id: MessageId::stored(id),
        word: Word::of(&word),
        client: client.map(ClientId::stored),
        about,
        at,
        is_read: read_at.is_some(),
    };
    Ok(rows.into_iter().map(message).collect())
}

/// How many messages a resident has not seen.
///
/// # Errors
/// When the database fails.
pub async fn count_unread(tx: &mut Tx, resident: &ResidentId) -> Result<u64, Fault> {
    let (count,): (i64,) = fetch!(
        tx,
        fetch_one,
        sqlx::query_as("SELECT count(*) FROM inbox_message WHERE resident = $1 AND read_at IS NULL")
            .bind(resident.as_str())
    )?;
    Ok(count.cast_unsigned())
}

/// She has opened her inbox: what came up to now is read.
///
/// # Errors
/// When the database fails.
pub async fn read_all(tx: &mut Tx, resident: &ResidentId, now: Timestamp) -> Result<(), Fault> {
    execute!(
        tx,
        sqlx::query("UPDATE inbox_message SET read_at = $2 WHERE resident = $1 AND read_at IS NULL AND at <= $2")
            .bind(resident.as_str())
            .bind(now.seconds())
    )?;
    Ok(())
}
