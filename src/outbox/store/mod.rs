//! SQL of the outbox.

use super::{Event, Message, News, Standing, Way};
use crate::clock::Timestamp;
use crate::db::{Tx, execute, fetch};
use crate::fault::Fault;
use crate::ids::{ClientId, ResidentId};

mod fetching;
mod keeping;
mod sending;

pub use fetching::{acknowledge, refused, waiting};
pub use keeping::{counts, drop_dead, forget_resident, list, never_fetched, retry, sweep};
pub use sending::{claim, delivered, died, due, due_channels, failed, settle};

#[derive(sqlx::FromRow)]
struct Row {
    jti: String,
    client: String,
    event: String,
    resident: Option<String>,
    subject: Option<String>,
    facts: String,
    txn: Option<String>,
    made_at: i64,
    retried_at: Option<i64>,
    way: Option<String>,
    tries: i64,
    failed: Option<String>,
    done_at: Option<i64>,
    dead_at: Option<i64>,
}

impl TryFrom<Row> for Message {
    type Error = Fault;

    fn try_from(row: Row) -> Result<Self, Fault> {
        Ok(Self {
            jti: row.jti,
            client: ClientId::stored(row.client),
            event: Event::of(&row.event).ok_or(Fault::Stored("kind of an event"))?,
            resident: row.resident.map(ResidentId::stored),
            subject: row.subject,
            facts: serde_json::from_str(&row.facts).map_err(|_| Fault::Stored("facts of an event"))?,
            txn: row.txn,
            made_at: Timestamp::from_seconds(row.made_at),
            since: Timestamp::from_seconds(row.retried_at.unwrap_or(row.made_at)),
            way: row.way.as_deref().and_then(Way::of),
            tries: row.tries,
            failed: row.failed,
            standing: match (row.done_at, row.dead_at) {
                (Some(_), _) => Standing::Done,
                (None, Some(_)) => Standing::Dead,
                (None, None) => Standing::Open,
            },
        })
    }
}

fn all(rows: Vec<Row>) -> Result<Vec<Message>, Fault> {
    rows.into_iter().map(Message::try_from).collect()
}

pub(super) async fn insert(tx: &mut Tx, jti: &str, news: &News<'_>, now: Timestamp) -> Result<(), Fault> {
    execute!(
        tx,
        sqlx::query(
            "INSERT INTO outbox (jti, client, event, resident, facts, txn, made_at, due_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $7)",
        )
        .bind(jti)
        .bind(news.client.as_str())
        .bind(news.event.word())
        .bind(news.resident.as_str())
        .bind(serde_json::json!(news.facts).to_string())
        .bind(news.request.map(|request| request.as_str()))
        .bind(now.seconds())
    )?;
    Ok(())
}

/// Messages at whose way nobody has looked yet, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn unsorted(tx: &mut Tx, limit: i64) -> Result<Vec<Message>, Fault> {
    all(fetch!(
        tx,
        fetch_all,
        sqlx::query_as(
            "SELECT * FROM outbox WHERE way IS NULL AND done_at IS NULL AND dead_at IS NULL
              ORDER BY made_at, jti LIMIT $1",
        )
        .bind(limit)
    )?)
}

/// As [`unsorted`], all that are about one resident.
///
/// # Errors
/// When the database fails.
pub async fn unsorted_of(tx: &mut Tx, resident: &ResidentId) -> Result<Vec<Message>, Fault> {
    all(fetch!(
        tx,
        fetch_all,
        sqlx::query_as("SELECT * FROM outbox WHERE resident = $1 AND subject IS NULL ORDER BY made_at, jti")
            .bind(resident.as_str())
    )?)
}

/// Says how a message goes; the message as it stands now. `None`: somebody else has said so, or taken it out.
///
/// # Errors
/// When the database fails.
pub async fn sort(tx: &mut Tx, jti: &str, way: Way) -> Result<Option<Message>, Fault> {
    let row: Option<Row> = fetch!(
        tx,
        fetch_optional,
        sqlx::query_as(
            "UPDATE outbox SET way = $2
              WHERE jti = $1 AND way IS NULL AND done_at IS NULL AND dead_at IS NULL RETURNING *",
        )
        .bind(jti)
        .bind(way.word())
    )?;
    row.map(Message::try_from).transpose()
}

/// Says what the client of a message calls the resident.
///
/// # Errors
/// When the database fails.
pub async fn call(tx: &mut Tx, jti: &str, subject: &str) -> Result<(), Fault> {
    execute!(
        tx,
        sqlx::query("UPDATE outbox SET subject = $2 WHERE jti = $1 AND subject IS NULL").bind(jti).bind(subject)
    )?;
    Ok(())
}

/// A client was registered anew: how it wants to be told is looked up again.
///
/// # Errors
/// When the database fails.
pub async fn route(tx: &mut Tx, client: &ClientId) -> Result<(), Fault> {
    execute!(
        tx,
        sqlx::query("UPDATE outbox SET way = NULL WHERE client = $1 AND done_at IS NULL AND dead_at IS NULL")
            .bind(client.as_str())
    )?;
    Ok(())
}

/// Takes a new message out, for which there is nobody to tell, or in whose place others come. `false`: somebody else
/// has, or has sorted it.
///
/// # Errors
/// When the database fails.
pub async fn remove_unsorted(tx: &mut Tx, jti: &str) -> Result<bool, Fault> {
    let removed = execute!(
        tx,
        sqlx::query("DELETE FROM outbox WHERE jti = $1 AND way IS NULL AND done_at IS NULL AND dead_at IS NULL")
            .bind(jti)
    )?;
    Ok(removed == 1)
}
