//! SQL of residents, sessions and subjects.

use super::session::{Life, Session, Wishes};
use crate::clock::Timestamp;
use crate::crypto::token::Digest;
use crate::db::{Tx, execute, fetch};
use crate::fault::Fault;
use crate::ids::{PasskeyId, ResidentId, SessionId};
use crate::ledger::By;

/// Ids and user handles of new residents, in one statement.
pub async fn insert_residents(tx: &mut Tx, rows: &[(String, [u8; 16])], now: Timestamp) -> Result<(), Fault> {
    let rows: Vec<_> = rows.iter().map(|(id, handle)| (id, hex::encode(handle))).collect();
    let rows = serde_json::json!(rows).to_string();
    match tx {
        Tx::Sqlite(tx) => {
            sqlx::query(
                "INSERT INTO resident (id, handle, created_at)
                 SELECT value ->> 0, unhex(value ->> 1), $2 FROM json_each($1)",
            )
            .bind(rows)
            .bind(now.seconds())
            .execute(&mut **tx)
            .await?;
        }
        Tx::Postgres(tx) => {
            sqlx::query(
                "INSERT INTO resident (id, handle, created_at)
                 SELECT value ->> 0, decode(value ->> 1, 'hex'), $2 FROM json_array_elements($1::json)",
            )
            .bind(rows)
            .bind(now.seconds())
            .execute(&mut **tx)
            .await?;
        }
    }
    Ok(())
}

/// Residents without a passkey, neither locked nor erased.
pub async fn without_passkey(tx: &mut Tx) -> Result<Vec<ResidentId>, Fault> {
    let rows: Vec<(String,)> = fetch!(
        tx,
        fetch_all,
        sqlx::query_as(
            "SELECT r.id FROM resident r
              WHERE r.locked_at IS NULL AND r.erased_at IS NULL AND NOT EXISTS
                    (SELECT 1 FROM resident_passkey p WHERE p.resident = r.id AND p.removed_at IS NULL)
              ORDER BY r.created_at, r.id",
        )
    )?;
    Ok(rows.into_iter().map(|(id,)| ResidentId::stored(id)).collect())
}

pub async fn subject(tx: &mut Tx, resident: &ResidentId, sector: &str) -> Result<Option<String>, Fault> {
    Ok(fetch!(
        tx,
        fetch_optional,
        sqlx::query_scalar("SELECT subject FROM resident_subject WHERE resident = $1 AND sector = $2")
            .bind(resident.as_str())
            .bind(sector)
    )?)
}

pub async fn insert_subject(tx: &mut Tx, resident: &ResidentId, sector: &str, subject: &str) -> Result<(), Fault> {
    execute!(
        tx,
        sqlx::query(
            "INSERT INTO resident_subject (resident, sector, subject) VALUES ($1, $2, $3)
             ON CONFLICT (resident, sector) DO NOTHING",
        )
        .bind(resident.as_str())
        .bind(sector)
        .bind(subject)
    )?;
    Ok(())
}

/// The open session of a cookie, and when it was last used.
pub async fn session_is_open(tx: &mut Tx, session: &SessionId) -> Result<bool, Fault> {
    let row: Option<(String,)> = fetch!(
        tx,
        fetch_optional,
        sqlx::query_as(
            "SELECT s.id
               FROM resident_session s
               JOIN resident r ON r.id = s.resident
               JOIN resident_passkey p ON p.id = s.passkey
              WHERE s.id = $1 AND s.ended_at IS NULL
                AND r.locked_at IS NULL AND r.erased_at IS NULL AND p.removed_at IS NULL",
        )
        .bind(session.as_str())
    )?;
    Ok(row.is_some())
}

pub async fn session(tx: &mut Tx, digest: &Digest, life: &Life) -> Result<Option<(Session, Timestamp)>, Fault> {
    type Row = (String, String, String, i64, i64, Option<i64>, Option<String>, Option<String>);
    let row: Option<Row> = fetch!(
        tx,
        fetch_optional,
        sqlx::query_as(
            "SELECT s.id, s.resident, s.passkey, s.signed_in_at, s.last_seen_at, r.erases_at, r.language, r.mode
               FROM resident_session s
               JOIN resident r ON r.id = s.resident
               JOIN resident_passkey p ON p.id = s.passkey
              WHERE s.digest = $1 AND s.ended_at IS NULL AND s.last_seen_at > $2 AND s.signed_in_at > $3
                AND r.locked_at IS NULL AND r.erased_at IS NULL AND p.removed_at IS NULL",
        )
        .bind(digest.as_str())
        .bind(life.idle_since.seconds())
        .bind(life.begun_since.seconds())
    )?;
    Ok(row.map(|(id, resident, passkey, signed_in_at, seen, erases_at, language, mode)| {
        let session = Session {
            id: SessionId::stored(id),
            holder: ResidentId::stored(resident.clone()),
            resident: ResidentId::stored(resident),
            passkey: PasskeyId::stored(passkey),
            signed_in_at: Timestamp::from_seconds(signed_in_at),
            by: By::Resident,
            erases_at: erases_at.map(Timestamp::from_seconds),
            wishes: Wishes { language, mode },
        };
        (session, Timestamp::from_seconds(seen))
    }))
}

/// How a resident wants her pages; whether that is other than before.
pub async fn wish(tx: &mut Tx, resident: &ResidentId, wishes: &Wishes) -> Result<bool, Fault> {
    let rows = execute!(
        tx,
        sqlx::query(
            "UPDATE resident SET language = COALESCE($2, language), mode = COALESCE($3, mode)
              WHERE id = $1 AND (COALESCE($2, language, '') <> COALESCE(language, '')
                                 OR COALESCE($3, mode, '') <> COALESCE(mode, ''))",
        )
        .bind(resident.as_str())
        .bind(wishes.language.as_deref())
        .bind(wishes.mode.as_deref())
    )?;
    Ok(rows == 1)
}

pub async fn insert_session(tx: &mut Tx, session: &Session, digest: &Digest) -> Result<(), Fault> {
    execute!(
        tx,
        sqlx::query(
            "INSERT INTO resident_session (id, digest, resident, passkey, signed_in_at, last_seen_at)
             VALUES ($1, $2, $3, $4, $5, $5)",
        )
        .bind(session.id.as_str())
        .bind(digest.as_str())
        .bind(session.resident.as_str())
        .bind(session.passkey.as_str())
        .bind(session.signed_in_at.seconds())
    )?;
    Ok(())
}

pub async fn touch_session(tx: &mut Tx, session: &SessionId, now: Timestamp) -> Result<(), Fault> {
    execute!(
        tx,
        sqlx::query("UPDATE resident_session SET last_seen_at = $2 WHERE id = $1 AND last_seen_at < $2")
            .bind(session.as_str())
            .bind(now.seconds())
    )?;
    Ok(())
}

pub async fn end_session(tx: &mut Tx, session: &SessionId, now: Timestamp) -> Result<(), Fault> {
    execute!(
        tx,
        sqlx::query("UPDATE resident_session SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL")
            .bind(session.as_str())
            .bind(now.seconds())
    )?;
    Ok(())
}

/// Ends the sessions of a resident, but for `except`; how many that were.
pub async fn end_sessions(
    tx: &mut Tx, resident: &ResidentId, except: Option<&SessionId>, now: Timestamp,
) -> Result<u64, Fault> {
    Ok(execute!(
        tx,
        sqlx::query("UPDATE resident_session SET ended_at = $3 WHERE resident = $1 AND id <> $2 AND ended_at IS NULL")
            .bind(resident.as_str())
            .bind(except.map_or("", SessionId::as_str))
            .bind(now.seconds())
    )?)
}

/// Ends the sessions that a passkey opened.
pub async fn end_sessions_of_passkey(tx: &mut Tx, passkey: &PasskeyId, now: Timestamp) -> Result<(), Fault> {
    execute!(
        tx,
        sqlx::query("UPDATE resident_session SET ended_at = $2 WHERE passkey = $1 AND ended_at IS NULL")
            .bind(passkey.as_str())
            .bind(now.seconds())
    )?;
    Ok(())
}

/// How many sessions of a resident are open, but for `except`.
pub async fn session_count(tx: &mut Tx, resident: &ResidentId, except: &SessionId, life: &Life) -> Result<i64, Fault> {
    Ok(fetch!(
        tx,
        fetch_one,
        sqlx::query_scalar(
            "SELECT count(*) FROM resident_session s JOIN resident_passkey p ON p.id = s.passkey
              WHERE s.resident = $1 AND s.id <> $2 AND s.ended_at IS NULL AND s.last_seen_at > $3
                AND s.signed_in_at > $4 AND p.removed_at IS NULL",
        )
        .bind(resident.as_str())
        .bind(except.as_str())
        .bind(life.idle_since.seconds())
        .bind(life.begun_since.seconds())
    )?)
}

/// The user handle for authenticators; none for a resident who is locked or erased.
pub async fn handle(tx: &mut Tx, resident: &ResidentId) -> Result<Option<[u8; 16]>, Fault> {
    let handle: Option<Vec<u8>> = fetch!(
        tx,
        fetch_optional,
        sqlx::query_scalar("SELECT handle FROM resident WHERE id = $1 AND locked_at IS NULL AND erased_at IS NULL")
            .bind(resident.as_str())
    )?;
    handle.map(|bytes| bytes.try_into().map_err(|_| Fault::Stored("a user handle of another length"))).transpose()
}

/// Whether the resident is there, not locked and not erased.
///
/// # Errors
/// When the database fails.
pub async fn is_open(tx: &mut Tx, resident: &ResidentId) -> Result<bool, Fault> {
    Ok(handle(tx, resident).await?.is_some())
}

/// Whether anybody may read what she agreed to: she is there, and is not about to be erased.
///
/// # Errors
/// When the database fails.
pub async fn is_read(tx: &mut Tx, resident: &ResidentId) -> Result<bool, Fault> {
    let row: Option<(String,)> = fetch!(
        tx,
        fetch_optional,
        sqlx::query_as(
            "SELECT id FROM resident
              WHERE id = $1 AND locked_at IS NULL AND erased_at IS NULL AND erases_at IS NULL",
        )
        .bind(resident.as_str())
    )?;
    Ok(row.is_some())
}

/// How many passkeys a resident has.
pub async fn key_count(tx: &mut Tx, resident: &ResidentId) -> Result<i64, Fault> {
    Ok(fetch!(
        tx,
        fetch_one,
        sqlx::query_scalar("SELECT count(*) FROM resident_passkey WHERE resident = $1 AND removed_at IS NULL")
            .bind(resident.as_str())
    )?)
}

/// When the sheet of recovery codes in force was made.
pub async fn sheet_made_at(tx: &mut Tx, resident: &ResidentId) -> Result<Option<Timestamp>, Fault> {
    let at: Option<Option<i64>> = fetch!(
        tx,
        fetch_optional,
        sqlx::query_scalar("SELECT sheet_made_at FROM resident WHERE id = $1").bind(resident.as_str())
    )?;
    Ok(at.flatten().map(Timestamp::from_seconds))
}

pub async fn set_sheet_made_at(tx: &mut Tx, resident: &ResidentId, at: Option<Timestamp>) -> Result<(), Fault> {
    execute!(
        tx,
        sqlx::query("UPDATE resident SET sheet_made_at = $2 WHERE id = $1")
            .bind(resident.as_str())
            .bind(at.map(Timestamp::seconds))
    )?;
    Ok(())
}

pub async fn sweep_sessions(tx: &mut Tx, before: Timestamp) -> Result<u64, Fault> {
    Ok(execute!(
        tx,
        sqlx::query("DELETE FROM resident_session WHERE ended_at < $1 OR last_seen_at < $1").bind(before.seconds())
    )?)
}
