//! Messages that are posted: claimed, tried, and what came of it.

use super::all;
use crate::clock::Timestamp;
use crate::db::{Tx, execute, fetch};
use crate::fault::Fault;
use crate::ids::ClientId;
use crate::outbox::{Channel, Lease, Message, Way};

/// Endpoints for which something is due, and to which nobody is sending.
///
/// # Errors
/// When the database fails.
pub async fn due_channels(tx: &mut Tx, now: Timestamp, limit: i64) -> Result<Vec<Channel>, Fault> {
    let rows: Vec<(String, String)> = fetch!(
        tx,
        fetch_all,
        sqlx::query_as(
            "SELECT client, way FROM outbox
              WHERE done_at IS NULL AND dead_at IS NULL AND way IN ('push', 'logout')
              GROUP BY client, way
             HAVING MIN(due_at) <= $1 AND MAX(COALESCE(leased_until, 0)) <= $1
              ORDER BY MIN(due_at) LIMIT $2",
        )
        .bind(now.seconds())
        .bind(limit)
    )?;
    let channel = |(client, way): (String, String)| {
        let way = Way::of(&way).ok_or(Fault::Stored("way of an event"))?;
        Ok(Channel { client: ClientId::stored(client), way })
    };
    rows.into_iter().map(channel).collect()
}

/// What is due at an endpoint, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn due(tx: &mut Tx, channel: &Channel, now: Timestamp, limit: i64) -> Result<Vec<Message>, Fault> {
    all(fetch!(
        tx,
        fetch_all,
        sqlx::query_as(
            "SELECT * FROM outbox
              WHERE client = $1 AND way = $2 AND due_at <= $3 AND done_at IS NULL AND dead_at IS NULL
              ORDER BY made_at, jti LIMIT $4",
        )
        .bind(channel.client.as_str())
        .bind(channel.way.word())
        .bind(now.seconds())
        .bind(limit)
    )?)
}

/// Claims a message for this node. `false`: another one has it, or has delivered it.
///
/// # Errors
/// When the database fails.
pub async fn claim(tx: &mut Tx, jti: &str, lease: &Lease, now: Timestamp) -> Result<bool, Fault> {
    let changed = execute!(
        tx,
        sqlx::query(
            "UPDATE outbox SET lease = $2, leased_until = $3
              WHERE jti = $1 AND done_at IS NULL AND dead_at IS NULL AND due_at <= $4
                AND (leased_until IS NULL OR leased_until <= $4)",
        )
        .bind(jti)
        .bind(lease.name.as_str())
        .bind(lease.until.seconds())
        .bind(now.seconds())
    )?;
    Ok(changed == 1)
}

/// It was delivered: nothing leads from it to the resident any more.
///
/// # Errors
/// When the database fails.
pub async fn delivered(tx: &mut Tx, jti: &str, lease: &str, now: Timestamp) -> Result<(), Fault> {
    execute!(
        tx,
        sqlx::query(
            "UPDATE outbox SET done_at = $3, resident = NULL, failed = NULL, lease = NULL, leased_until = NULL
              WHERE jti = $1 AND lease = $2",
        )
        .bind(jti)
        .bind(lease)
        .bind(now.seconds())
    )?;
    Ok(())
}

/// An attempt failed: the message is due again later.
///
/// # Errors
/// When the database fails.
pub async fn failed(tx: &mut Tx, jti: &str, lease: &str, why: &str, due_at: Timestamp) -> Result<(), Fault> {
    execute!(
        tx,
        sqlx::query(
            "UPDATE outbox SET tries = tries + 1, failed = $3, due_at = $4, lease = NULL, leased_until = NULL
              WHERE jti = $1 AND lease = $2",
        )
        .bind(jti)
        .bind(lease)
        .bind(why)
        .bind(due_at.seconds())
    )?;
    Ok(())
}

/// The endpoint does not answer: whatever else stands in line there waits as long, without an attempt.
///
/// # Errors
/// When the database fails.
pub async fn settle(tx: &mut Tx, channel: &Channel, lease: &str, due_at: Timestamp) -> Result<(), Fault> {
    execute!(
        tx,
        sqlx::query(
            "UPDATE outbox SET due_at = $4, lease = NULL, leased_until = NULL
              WHERE client = $1 AND way = $2 AND done_at IS NULL AND dead_at IS NULL
                AND (lease = $3 OR (lease IS NULL AND due_at < $4))",
        )
        .bind(channel.client.as_str())
        .bind(channel.way.word())
        .bind(lease)
        .bind(due_at.seconds())
    )?;
    Ok(())
}

/// Given up: the operator sees it.
///
/// # Errors
/// When the database fails.
pub async fn died(tx: &mut Tx, jti: &str, lease: &str, why: &str, now: Timestamp) -> Result<(), Fault> {
    execute!(
        tx,
        sqlx::query(
            "UPDATE outbox SET tries = tries + 1, failed = $3, dead_at = $4, lease = NULL, leased_until = NULL
              WHERE jti = $1 AND lease = $2",
        )
        .bind(jti)
        .bind(lease)
        .bind(why)
        .bind(now.seconds())
    )?;
    Ok(())
}
