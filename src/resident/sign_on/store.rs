//! SQL of sign-ons.

use super::Ended;
use crate::clock::Timestamp;
use crate::db::{Tx, execute, fetch};
use crate::fault::Fault;
use crate::ids::{ClientId, PasskeyId, ResidentId, SessionId};
use crate::resident::Session;

#[derive(sqlx::FromRow)]
struct Row {
    sid: String,
    client: String,
    resident: String,
    told_at: Option<i64>,
}

impl From<Row> for Ended {
    fn from(row: Row) -> Self {
        Self {
            sid: row.sid,
            client: ClientId::stored(row.client),
            resident: ResidentId::stored(row.resident),
            told: row.told_at.is_some(),
        }
    }
}

pub async fn insert(tx: &mut Tx, sid: &str, session: &Session, client: &ClientId, now: Timestamp) -> Result<(), Fault> {
    execute!(
        tx,
        sqlx::query(
            "INSERT INTO resident_sign_on (sid, session, resident, client, made_at) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (session, client) DO NOTHING",
        )
        .bind(sid)
        .bind(session.id.as_str())
        .bind(session.resident.as_str())
        .bind(client.as_str())
        .bind(now.seconds())
    )?;
    Ok(())
}

pub async fn sid(tx: &mut Tx, session: &SessionId, client: &ClientId) -> Result<Option<String>, Fault> {
    Ok(fetch!(
        tx,
        fetch_optional,
        sqlx::query_scalar("SELECT sid FROM resident_sign_on WHERE session = $1 AND client = $2")
            .bind(session.as_str())
            .bind(client.as_str())
    )?)
}

/// `false`: the client knew it before.
pub async fn tell(tx: &mut Tx, sid: &str, now: Timestamp) -> Result<bool, Fault> {
    let changed = execute!(
        tx,
        sqlx::query("UPDATE resident_sign_on SET told_at = $2 WHERE sid = $1 AND told_at IS NULL")
            .bind(sid)
            .bind(now.seconds())
    )?;
    Ok(changed == 1)
}

/// The sign-on, if it has ended.
pub async fn ended(tx: &mut Tx, sid: &str) -> Result<Option<Ended>, Fault> {
    let row: Option<Row> = fetch!(
        tx,
        fetch_optional,
        sqlx::query_as(
            "SELECT sid, client, resident, told_at FROM resident_sign_on WHERE sid = $1 AND ended_at IS NOT NULL",
        )
        .bind(sid)
    )?;
    Ok(row.map(Ended::from))
}

pub async fn end(tx: &mut Tx, session: &SessionId, now: Timestamp) -> Result<Vec<Ended>, Fault> {
    let rows: Vec<Row> = fetch!(
        tx,
        fetch_all,
        sqlx::query_as(
            "UPDATE resident_sign_on SET ended_at = $2 WHERE session = $1 AND ended_at IS NULL
             RETURNING sid, client, resident, told_at",
        )
        .bind(session.as_str())
        .bind(now.seconds())
    )?;
    Ok(rows.into_iter().map(Ended::from).collect())
}

pub async fn end_all(
    tx: &mut Tx, resident: &ResidentId, except: Option<&SessionId>, now: Timestamp,
) -> Result<Vec<Ended>, Fault> {
    let rows: Vec<Row> = fetch!(
        tx,
        fetch_all,
        sqlx::query_as(
            "UPDATE resident_sign_on SET ended_at = $3 WHERE resident = $1 AND session <> $2 AND ended_at IS NULL
             RETURNING sid, client, resident, told_at",
        )
        .bind(resident.as_str())
        .bind(except.map_or("", SessionId::as_str))
        .bind(now.seconds())
    )?;
    Ok(rows.into_iter().map(Ended::from).collect())
}

pub async fn end_of_passkey(tx: &mut Tx, passkey: &PasskeyId, now: Timestamp) -> Result<Vec<Ended>, Fault> {
    let rows: Vec<Row> = fetch!(
        tx,
        fetch_all,
        sqlx::query_as(
            "UPDATE resident_sign_on SET ended_at = $2
              WHERE session IN (SELECT id FROM resident_session WHERE passkey = $1) AND ended_at IS NULL
             RETURNING sid, client, resident, told_at",
        )
        .bind(passkey.as_str())
        .bind(now.seconds())
    )?;
    Ok(rows.into_iter().map(Ended::from).collect())
}

pub async fn hand_on(tx: &mut Tx, before: &SessionId, after: &Session) -> Result<(), Fault> {
    execute!(
        tx,
        sqlx::query(
            "UPDATE resident_sign_on SET session = $2 WHERE session = $1 AND resident = $3 AND ended_at IS NULL",
        )
        .bind(before.as_str())
        .bind(after.id.as_str())
        .bind(after.resident.as_str())
    )?;
    Ok(())
}

/// Forgets sign-ons of sessions that are forgotten.
///
/// # Errors
/// When the database fails.
pub async fn sweep(tx: &mut Tx) -> Result<u64, Fault> {
    Ok(execute!(
        tx,
        sqlx::query("DELETE FROM resident_sign_on WHERE session NOT IN (SELECT id FROM resident_session)")
    )?)
}
