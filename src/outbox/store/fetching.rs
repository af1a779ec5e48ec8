//! Messages that clients fetch.

use super::all;
use crate::clock::Timestamp;
use crate::db::{Tx, execute, fetch};
use crate::fault::Fault;
use crate::ids::ClientId;
use crate::outbox::Message;

/// What waits for a client that fetches, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn waiting(tx: &mut Tx, client: &ClientId, limit: i64) -> Result<Vec<Message>, Fault> {
    all(fetch!(
        tx,
        fetch_all,
        sqlx::query_as(
            "SELECT * FROM outbox WHERE client = $1 AND way = 'poll' AND done_at IS NULL AND dead_at IS NULL
              ORDER BY made_at, jti LIMIT $2",
        )
        .bind(client.as_str())
        .bind(limit)
    )?)
}

/// A client that fetches has a message. `false`: it is not one of its own, or it had it before.
///
/// # Errors
/// When the database fails.
pub async fn acknowledge(tx: &mut Tx, client: &ClientId, jti: &str, now: Timestamp) -> Result<bool, Fault> {
    let changed = execute!(
        tx,
        sqlx::query(
            "UPDATE outbox SET done_at = $3, resident = NULL, failed = NULL
              WHERE jti = $1 AND client = $2 AND way = 'poll' AND done_at IS NULL",
        )
        .bind(jti)
        .bind(client.as_str())
        .bind(now.seconds())
    )?;
    Ok(changed == 1)
}

/// A client that fetches could not take a message.
///
/// # Errors
/// When the database fails.
pub async fn refused(tx: &mut Tx, client: &ClientId, jti: &str, why: &str, now: Timestamp) -> Result<bool, Fault> {
    let changed = execute!(
        tx,
        sqlx::query(
            "UPDATE outbox SET dead_at = $4, failed = $3, tries = tries + 1
              WHERE jti = $1 AND client = $2 AND way = 'poll' AND done_at IS NULL AND dead_at IS NULL",
        )
        .bind(jti)
        .bind(client.as_str())
        .bind(why)
        .bind(now.seconds())
    )?;
    Ok(changed == 1)
}
