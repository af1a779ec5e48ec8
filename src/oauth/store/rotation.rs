//! Refresh tokens, as they are held and exchanged.

use super::tokens::{Row, Stored};
use crate::clock::Timestamp;
use crate::crypto::token::Digest;
use crate::db::{Tx, execute, fetch};
use crate::fault::Fault;

/// The refresh token of this digest, its row locked until the transaction ends: SQLite and PostgreSQL both take an
/// UPDATE for that, and both hand out the row as it is once whoever had it before has committed.
pub async fn hold_refresh_token(tx: &mut Tx, digest: &Digest) -> Result<Option<Stored>, Fault> {
    let row: Option<Row> = fetch!(
        tx,
        fetch_optional,
        sqlx::query_as(
            "UPDATE oauth_token SET kind = kind WHERE digest = $1 AND kind = 'refresh'
          RETURNING kind, digest, grant_id, scope, jkt, x5t, resource, issued_at, expires_at, ended_at",
        )
        .bind(digest.as_str())
    )?;
    Ok(row.map(Stored::from))
}

/// Ends a refresh token that was exchanged; its row is kept until `until`.
pub async fn retire(tx: &mut Tx, digest: &Digest, now: Timestamp, until: Timestamp) -> Result<(), Fault> {
    execute!(
        tx,
        sqlx::query("UPDATE oauth_token SET ended_at = $2, expires_at = $3 WHERE digest = $1 AND ended_at IS NULL")
            .bind(digest.as_str())
            .bind(now.seconds())
            .bind(until.seconds())
    )?;
    Ok(())
}
