//! Rows that are paused and resumed.

use crate::clock::Timestamp;
use crate::db::{Tx, execute, fetch};
use crate::fault::Fault;
use crate::ids::ConsentId;

/// Pauses a record that stands. `false`: it has ended or run out, or was paused before.
pub async fn pause(tx: &mut Tx, id: &ConsentId, now: Timestamp) -> Result<bool, Fault> {
    let changed = execute!(
        tx,
        sqlx::query(
            "UPDATE consent_current SET paused_at = $2, seq = seq + 1
              WHERE record = $1 AND ended_at IS NULL AND paused_at IS NULL AND valid_until > $2",
        )
        .bind(id.as_str())
        .bind(now.seconds())
    )?;
    Ok(changed == 1)
}

/// Resumes a record that is paused and stands. `false`: it does not, or is not.
pub async fn resume(tx: &mut Tx, id: &ConsentId, now: Timestamp) -> Result<bool, Fault> {
    let changed = execute!(
        tx,
        sqlx::query(
            "UPDATE consent_current SET paused_at = NULL, seq = seq + 1
              WHERE record = $1 AND ended_at IS NULL AND paused_at IS NOT NULL AND valid_until > $2",
        )
        .bind(id.as_str())
        .bind(now.seconds())
    )?;
    Ok(changed == 1)
}

/// Who did the last thing with a record: the word of an actor.
pub async fn last_actor(tx: &mut Tx, id: &ConsentId) -> Result<Option<String>, Fault> {
    let row: Option<(String,)> = fetch!(
        tx,
        fetch_optional,
        sqlx::query_as("SELECT actor FROM consent_event WHERE record = $1 ORDER BY seq DESC LIMIT 1").bind(id.as_str())
    )?;
    Ok(row.map(|(actor,)| actor))
}
