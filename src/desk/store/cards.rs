//! SQL of cards.

use crate::clock::Timestamp;
use crate::crypto::token::Digest;
use crate::db::{Tx, execute, fetch};
use crate::fault::Fault;
use crate::ids::{CardId, ResidentId};

pub async fn card_count(tx: &mut Tx, resident: &ResidentId) -> Result<i64, Fault> {
    Ok(fetch!(
        tx,
        fetch_one,
        sqlx::query_scalar("SELECT count(*) FROM desk_card WHERE resident = $1 AND ended_at IS NULL")
            .bind(resident.as_str())
    )?)
}

pub async fn insert_card(
    tx: &mut Tx, id: &CardId, resident: &ResidentId, code: &Digest, secret: &[u8], now: Timestamp,
) -> Result<(), Fault> {
    execute!(
        tx,
        sqlx::query("INSERT INTO desk_card (id, resident, code, secret, issued_at) VALUES ($1, $2, $3, $4, $5)")
            .bind(id.as_str())
            .bind(resident.as_str())
            .bind(code.as_str())
            .bind(secret)
            .bind(now.seconds())
    )?;
    Ok(())
}

pub async fn end_cards(tx: &mut Tx, resident: &ResidentId, now: Timestamp) -> Result<(), Fault> {
    execute!(
        tx,
        sqlx::query("UPDATE desk_card SET ended_at = $2, secret = $3 WHERE resident = $1 AND ended_at IS NULL")
            .bind(resident.as_str())
            .bind(now.seconds())
            .bind(Vec::<u8>::new())
    )?;
    Ok(())
}

/// A card of this resident in force, and its sealed secret.
pub async fn card(tx: &mut Tx, resident: &ResidentId, code: &Digest) -> Result<Option<(CardId, Vec<u8>)>, Fault> {
    let row: Option<(String, Vec<u8>)> = fetch!(
        tx,
        fetch_optional,
        sqlx::query_as("SELECT id, secret FROM desk_card WHERE resident = $1 AND code = $2 AND ended_at IS NULL")
            .bind(resident.as_str())
            .bind(code.as_str())
    )?;
    Ok(row.map(|(id, secret)| (CardId::stored(id), secret)))
}

/// `false`: as many as there may be.
pub async fn count_try(tx: &mut Tx, id: &CardId, most: i64) -> Result<bool, Fault> {
    let changed = execute!(
        tx,
        sqlx::query("UPDATE desk_card SET tries = tries + 1 WHERE id = $1 AND tries < $2 AND ended_at IS NULL")
            .bind(id.as_str())
            .bind(most)
    )?;
    Ok(changed == 1)
}

pub async fn tries(tx: &mut Tx, id: &CardId) -> Result<i64, Fault> {
    let tries: Option<i64> =
        fetch!(tx, fetch_optional, sqlx::query_scalar("SELECT tries FROM desk_card WHERE id = $1").bind(id.as_str()))?;
    Ok(tries.unwrap_or_default())
}

/// `false`: the card has ended meanwhile.
pub async fn clear_tries(tx: &mut Tx, id: &CardId) -> Result<bool, Fault> {
    let changed = execute!(
        tx,
        sqlx::query("UPDATE desk_card SET tries = 0 WHERE id = $1 AND ended_at IS NULL").bind(id.as_str())
    )?;
    Ok(changed == 1)
}
