//! Digests of client secrets.

use crate::clock::Timestamp;
use crate::crypto::token::Digest;
use crate::db::{Tx, execute, fetch};
use crate::fault::Fault;
use crate::ids::ClientId;

/// Those that are in force: one, or two for a while after a rotation.
pub async fn secrets(tx: &mut Tx, client: &ClientId, now: Timestamp) -> Result<Vec<Digest>, Fault> {
    let rows: Vec<(String,)> = fetch!(
        tx,
        fetch_all,
        sqlx::query_as(
            "SELECT digest FROM oauth_client_secret
              WHERE client = $1 AND (expires_at IS NULL OR expires_at > $2)",
        )
        .bind(client.as_str())
        .bind(now.seconds())
    )?;
    Ok(rows.into_iter().map(|(digest,)| Digest::stored(digest)).collect())
}

/// Keeps a secret, unless the client has one. `false`: it has.
pub async fn insert_secret(tx: &mut Tx, client: &ClientId, digest: &Digest, now: Timestamp) -> Result<bool, Fault> {
    let changed = execute!(
        tx,
        sqlx::query(
            "INSERT INTO oauth_client_secret (client, digest, made_at) VALUES ($1, $2, $3)
             ON CONFLICT (client) WHERE expires_at IS NULL DO NOTHING",
        )
        .bind(client.as_str())
        .bind(digest.as_str())
        .bind(now.seconds())
    )?;
    Ok(changed == 1)
}

/// Lets the secret in force end at `until`; one that was ending already ends now, so that there are never three.
pub async fn end_secret(tx: &mut Tx, client: &ClientId, until: Timestamp) -> Result<(), Fault> {
    execute!(
        tx,
        sqlx::query("DELETE FROM oauth_client_secret WHERE client = $1 AND expires_at IS NOT NULL")
            .bind(client.as_str())
    )?;
    execute!(
        tx,
        sqlx::query("UPDATE oauth_client_secret SET expires_at = $2 WHERE client = $1")
            .bind(client.as_str())
            .bind(until.seconds())
    )?;
    Ok(())
}

/// Forgets all secrets of a client.
pub async fn forget_secrets(tx: &mut Tx, client: &ClientId) -> Result<(), Fault> {
    execute!(tx, sqlx::query("DELETE FROM oauth_client_secret WHERE client = $1").bind(client.as_str()))?;
    Ok(())
}
