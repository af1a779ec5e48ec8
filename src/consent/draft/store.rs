//! SQL of answers under way.

use crate::clock::Timestamp;
use crate::db::{Tx, execute, fetch};
use crate::fault::Fault;
use crate::ids::{AuthorizationId, ResidentId};

pub async fn put(
    tx: &mut Tx, request: &AuthorizationId, resident: &ResidentId, answer: &[u8], now: Timestamp,
) -> Result<(), Fault> {
    execute!(
        tx,
        sqlx::query(
            "INSERT INTO consent_draft (request, resident, answer, turn, made_at) VALUES ($1, $2, $3, 0, $4)
             ON CONFLICT (request) DO UPDATE SET resident = $2, answer = $3, turn = consent_draft.turn + 1,
                                                 made_at = $4",
        )
        .bind(request.as_str())
        .bind(resident.as_str())
        .bind(answer)
        .bind(now.seconds())
    )?;
    Ok(())
}

pub async fn find(
    tx: &mut Tx, request: &AuthorizationId, resident: &ResidentId,
) -> Result<Option<(Vec<u8>, i64)>, Fault> {
    Ok(fetch!(
        tx,
        fetch_optional,
        sqlx::query_as("SELECT answer, turn FROM consent_draft WHERE request = $1 AND resident = $2")
            .bind(request.as_str())
            .bind(resident.as_str())
    )?)
}

/// `false`: it was changed meanwhile.
pub async fn change(tx: &mut Tx, request: &AuthorizationId, answer: &[u8], turn: i64) -> Result<bool, Fault> {
    let changed = execute!(
        tx,
        sqlx::query("UPDATE consent_draft SET answer = $2, turn = turn + 1 WHERE request = $1 AND turn = $3")
            .bind(request.as_str())
            .bind(answer)
            .bind(turn)
    )?;
    Ok(changed == 1)
}

pub async fn end(tx: &mut Tx, request: &AuthorizationId) -> Result<(), Fault> {
    execute!(tx, sqlx::query("DELETE FROM consent_draft WHERE request = $1").bind(request.as_str()))?;
    Ok(())
}

/// Forgets answers that were begun before `before` and never finished.
///
/// # Errors
/// When the database fails.
pub async fn sweep(tx: &mut Tx, before: Timestamp) -> Result<u64, Fault> {
    Ok(execute!(tx, sqlx::query("DELETE FROM consent_draft WHERE made_at < $1").bind(before.seconds()))?)
}
