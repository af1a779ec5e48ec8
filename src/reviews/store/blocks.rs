//! SQL of what was counted.

use std::collections::HashSet;

use crate::clock::Timestamp;
use crate::db::{Tx, execute, fetch};
use crate::fault::Fault;

/// What was counted of a block, sealed.
pub(in crate::reviews) async fn block(tx: &mut Tx, block: u64) -> Result<Option<Vec<u8>>, Fault> {
    Ok(fetch!(
        tx,
        fetch_optional,
        sqlx::query_scalar("SELECT sealed FROM review_block WHERE block = $1").bind(block.cast_signed())
    )?)
}

/// Which blocks were counted.
pub(in crate::reviews) async fn blocks(tx: &mut Tx) -> Result<HashSet<u64>, Fault> {
    let all: Vec<i64> = fetch!(tx, fetch_all, sqlx::query_scalar("SELECT block FROM review_block"))?;
    Ok(all.into_iter().map(i64::cast_unsigned).collect())
}

/// What residents agree to at this moment: client, purpose, and the names of claims as JSON.
pub(in crate::reviews) async fn agreed(tx: &mut Tx, now: Timestamp) -> Result<Vec<(String, String, String)>, Fault> {
    Ok(fetch!(
        tx,
        fetch_all,
        sqlx::query_as(
            "SELECT DISTINCT client, purpose, claims FROM consent_current
              WHERE state = 'given' AND ended_at IS NULL AND paused_at IS NULL AND valid_until > $1",
        )
        .bind(now.seconds())
    )?)
}

/// Keeps it; whoever counted the same meanwhile was as right, and what does not open any more is replaced.
pub(in crate::reviews) async fn keep_block(tx: &mut Tx, block: u64, sealed: &[u8]) -> Result<(), Fault> {
    execute!(
        tx,
        sqlx::query("INSERT INTO review_block (block, sealed) VALUES ($1, $2) ON CONFLICT (block) DO UPDATE SET sealed = excluded.sealed")
            .bind(block.cast_signed())
            .bind(sealed)
    )?;
    Ok(())
}
