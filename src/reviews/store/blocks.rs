//! SQL of what was counted.

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

/// Keeps it; whoever counted the same meanwhile was as right.
pub(in crate::reviews) async fn keep_block(tx: &mut Tx, block: u64, sealed: &[u8]) -> Result<(), Fault> {
    execute!(
        tx,
        sqlx::query("INSERT INTO review_block (block, sealed) VALUES ($1, $2) ON CONFLICT (block) DO NOTHING")
            .bind(block.cast_signed())
            .bind(sealed)
    )?;
    Ok(())
}
