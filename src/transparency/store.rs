//! SQL of the public figures.

use std::collections::HashMap;

use super::tally::Row;
use crate::clock::Timestamp;
use crate::db::{Tx, execute, fetch};
use crate::fault::Fault;
use crate::ids::ClientId;

/// How far it has counted.
#[derive(Debug, Clone, Copy)]
pub struct Progress {
    /// The next position.
    pub position: u64,
    /// Entries before it that were missing or did not read.
    pub unread: u64,
}

pub async fn progress(tx: &mut Tx) -> Result<Progress, Fault> {
    let (position, unread): (i64, i64) =
        fetch!(tx, fetch_one, sqlx::query_as("SELECT position, unread FROM transparency_progress WHERE only_one = 1"))?;
    Ok(Progress { position: position.cast_unsigned(), unread: unread.cast_unsigned() })
}

/// `false`: another node has counted these.
pub async fn advance(tx: &mut Tx, from: u64, to: u64, unread: u64) -> Result<bool, Fault> {
    let changed = execute!(
        tx,
        sqlx::query(
            "UPDATE transparency_progress SET position = $2, unread = unread + $3
              WHERE only_one = 1 AND position = $1",
        )
        .bind(from.cast_signed())
        .bind(to.cast_signed())
        .bind(unread.cast_signed())
    )?;
    Ok(changed == 1)
}

pub async fn add(tx: &mut Tx, (month, kind, client): &Row, count: u64) -> Result<(), Fault> {
    execute!(
        tx,
        sqlx::query(
            "INSERT INTO transparency_tally (month, kind, client, count) VALUES ($1, $2, $3, $4)
             ON CONFLICT (month, kind, client) DO UPDATE SET count = transparency_tally.count + $4",
        )
        .bind(month)
        .bind(i64::from(*kind))
        .bind(client)
        .bind(count.cast_signed())
    )?;
    Ok(())
}

/// All counts of a client (or of all, ''), by month and kind.
pub async fn counts(tx: &mut Tx, client: &str) -> Result<HashMap<(String, u8), u64>, Fault> {
    let rows: Vec<(String, i64, i64)> = fetch!(
        tx,
        fetch_all,
        sqlx::query_as("SELECT month, kind, count FROM transparency_tally WHERE client = $1").bind(client)
    )?;
    let row =
        |(month, kind, count): (String, i64, i64)| Some(((month, u8::try_from(kind).ok()?), count.cast_unsigned()));
    Ok(rows.into_iter().filter_map(row).collect())
}

/// The first month of which anything was counted.
pub async fn first_month(tx: &mut Tx) -> Result<Option<String>, Fault> {
    Ok(fetch!(tx, fetch_one, sqlx::query_scalar("SELECT min(month) FROM transparency_tally"))?)
}

/// Emergencies without a review, past their day.
pub async fn reviews_overdue(tx: &mut Tx, now: Timestamp) -> Result<u64, Fault> {
    let (count,): (i64,) = fetch!(
        tx,
        fetch_one,
        sqlx::query_as(
            "SELECT count(*) FROM emergency
              WHERE approved_at IS NOT NULL AND reviewed_at IS NULL AND review_due <= $1",
        )
        .bind(now.seconds())
    )?;
    Ok(count.cast_unsigned())
}

/// Orders that had no answer at this moment, and cases that have none, each past its day then.
pub async fn overdue(tx: &mut Tx, at: Timestamp) -> Result<(u64, u64), Fault> {
    let (deletions, answers): (i64, i64) = fetch!(
        tx,
        fetch_one,
        sqlx::query_as(
            "SELECT (SELECT count(*) FROM deletion_order
                      WHERE due_at <= $1 AND (outcome IS NULL OR answered_at >= $1)),
                    (SELECT count(*) FROM case_current
                      WHERE state IN ('with_client', 'with_staff') AND due_at < $1)",
        )
        .bind(at.seconds())
    )?;
    Ok((deletions.cast_unsigned(), answers.cast_unsigned()))
}

/// When emergencies were approved.
pub async fn emergencies(tx: &mut Tx, since: Timestamp) -> Result<Vec<i64>, Fault> {
    moments(tx, "SELECT approved_at FROM emergency WHERE approved_at >= $1", since).await
}

/// When those were approved that a third person found unjustified.
pub async fn unjustified(tx: &mut Tx, since: Timestamp) -> Result<Vec<i64>, Fault> {
    moments(tx, "SELECT approved_at FROM emergency WHERE approved_at >= $1 AND finding = 'unjustified'", since).await
}

/// When records were sealed.
pub async fn sealings(tx: &mut Tx, since: Timestamp) -> Result<Vec<i64>, Fault> {
    moments(tx, "SELECT sealed_at FROM sealing WHERE sealed_at >= $1", since).await
}

async fn moments(tx: &mut Tx, sql: &'static str, since: Timestamp) -> Result<Vec<i64>, Fault> {
    Ok(fetch!(tx, fetch_all, sqlx::query_scalar(sql).bind(since.seconds()))?)
}

/// Of a client: orders to delete whose day was in a span, and those of them that were late.
pub async fn deletions_of(
    tx: &mut Tx, client: &ClientId, (begin, end): (Timestamp, Timestamp),
) -> Result<(u64, u64), Fault> {
    let (due, late): (i64, i64) = fetch!(
        tx,
        fetch_one,
        sqlx::query_as(
            "SELECT count(*), count(CASE WHEN outcome IS NULL OR answered_at >= due_at THEN 1 END)
               FROM deletion_order
              WHERE client = $1 AND due_at >= $2 AND due_at < $3 AND (outcome IS NULL OR outcome <> 'lifted')",
        )
        .bind(client.as_str())
        .bind(begin.seconds())
        .bind(end.seconds())
    )?;
    Ok((due.cast_unsigned(), late.cast_unsigned()))
}

/// Of a client: cases whose day was in a span, and those of them that were late. One that was found late is given another
/// day, and counts for the one that it missed as well.
pub async fn answers_of(
    tx: &mut Tx, client: &ClientId, (begin, end): (Timestamp, Timestamp),
) -> Result<(u64, u64), Fault> {
    let (due, late): (i64, i64) = fetch!(
        tx,
        fetch_one,
        sqlx::query_as(
            "SELECT count(*),
                    count(CASE WHEN (overdue_at >= $2 AND overdue_at < $3)
                                 OR (answered_at IS NULL AND state = 'with_client') THEN 1 END)
               FROM case_current
              WHERE client = $1 AND state <> 'taken_back'
                AND ((due_at >= $2 AND due_at < $3) OR (overdue_at >= $2 AND overdue_at < $3))",
        )
        .bind(client.as_str())
        .bind(begin.seconds())
        .bind(end.seconds())
    )?;
    Ok((due.cast_unsigned(), late.cast_unsigned()))
}

/// Keeps what is told of a month; once, whoever was there first.
pub async fn close(tx: &mut Tx, month: &str, closed_at: i64, body: &str) -> Result<(), Fault> {
    execute!(
        tx,
        sqlx::query(
            "INSERT INTO transparency_month (month, closed_at, body) VALUES ($1, $2, $3) ON CONFLICT (month) DO NOTHING",
        )
        .bind(month)
        .bind(closed_at)
        .bind(body)
    )?;
    Ok(())
}

/// The months that were closed, and what is told of them.
pub async fn closed(tx: &mut Tx) -> Result<Vec<(String, String)>, Fault> {
    Ok(fetch!(tx, fetch_all, sqlx::query_as("SELECT month, body FROM transparency_month ORDER BY month"))?)
}

pub async fn keep(tx: &mut Tx, made_at: i64, body: &str) -> Result<(), Fault> {
    execute!(
        tx,
        sqlx::query(
            "INSERT INTO transparency_figures (only_one, made_at, body) VALUES (1, $1, $2)
             ON CONFLICT (only_one) DO UPDATE SET made_at = $1, body = $2",
        )
        .bind(made_at)
        .bind(body)
    )?;
    Ok(())
}

pub async fn kept(tx: &mut Tx) -> Result<Option<String>, Fault> {
    Ok(fetch!(tx, fetch_optional, sqlx::query_scalar("SELECT body FROM transparency_figures WHERE only_one = 1"))?)
}
