//! SQL of what hangs from mandates: consents given under one, questions answered by one, and the shield.

use std::collections::HashSet;

use crate::clock::Timestamp;
use crate::db::{Tx, execute, fetch};
use crate::fault::Fault;
use crate::ids::{AuthorizationId, ConsentId, MandateId, ResidentId};

/// Remembers under which mandate a consent was given.
pub async fn insert_consent(tx: &mut Tx, record: &ConsentId, mandate: &MandateId) -> Result<(), Fault> {
    execute!(
        tx,
        sqlx::query("INSERT INTO mandate_consent (record, mandate) VALUES ($1, $2)")
            .bind(record.as_str())
            .bind(mandate.as_str())
    )?;
    Ok(())
}

/// The consents that were given under a mandate.
///
/// # Errors
/// When the database fails.
pub async fn consents_of(tx: &mut Tx, mandate: &MandateId) -> Result<Vec<ConsentId>, Fault> {
    let rows: Vec<(String,)> = fetch!(
        tx,
        fetch_all,
        sqlx::query_as("SELECT record FROM mandate_consent WHERE mandate = $1 ORDER BY record").bind(mandate.as_str())
    )?;
    Ok(rows.into_iter().map(|(record,)| ConsentId::stored(record)).collect())
}

/// Shields a resident from those who share her address; again changes nothing.
pub async fn shield(tx: &mut Tx, resident: &ResidentId, now: Timestamp) -> Result<(), Fault> {
    execute!(
        tx,
        sqlx::query("INSERT INTO resident_shielded (resident, since) VALUES ($1, $2) ON CONFLICT DO NOTHING")
            .bind(resident.as_str())
            .bind(now.seconds())
    )?;
    Ok(())
}

/// The shield is taken off.
pub async fn unshield(tx: &mut Tx, resident: &ResidentId) -> Result<bool, Fault> {
    let changed =
        execute!(tx, sqlx::query("DELETE FROM resident_shielded WHERE resident = $1").bind(resident.as_str()))?;
    Ok(changed == 1)
}

/// Whether nobody of her household is to learn anything of her: no answer to who looks for her by the address they
/// share, nothing sent or printed to where others open it.
///
/// # Errors
/// When the database fails.
pub async fn is_shielded(tx: &mut Tx, resident: &ResidentId) -> Result<bool, Fault> {
    let row: Option<(String,)> = fetch!(
        tx,
        fetch_optional,
        sqlx::query_as("SELECT resident FROM resident_shielded WHERE resident = $1").bind(resident.as_str())
    )?;
    Ok(row.is_some())
}

/// Everybody who is shielded: for what is printed for many.
///
/// # Errors
/// When the database fails.
pub async fn shielded(tx: &mut Tx) -> Result<HashSet<ResidentId>, Fault> {
    let rows: Vec<(String,)> = fetch!(tx, fetch_all, sqlx::query_as("SELECT resident FROM resident_shielded"))?;
    Ok(rows.into_iter().map(|(id,)| ResidentId::stored(id)).collect())
}

/// For whom a question is answered; the last word counts.
pub async fn keep_request(
    tx: &mut Tx, request: &AuthorizationId, mandate: &MandateId, now: Timestamp,
) -> Result<(), Fault> {
    execute!(
        tx,
        sqlx::query(
            "INSERT INTO mandate_request (request, mandate, at) VALUES ($1, $2, $3)
             ON CONFLICT (request) DO UPDATE SET mandate = excluded.mandate, at = excluded.at",
        )
        .bind(request.as_str())
        .bind(mandate.as_str())
        .bind(now.seconds())
    )?;
    Ok(())
}

/// A question is answered for oneself again.
pub async fn forget_request(tx: &mut Tx, request: &AuthorizationId) -> Result<(), Fault> {
    execute!(tx, sqlx::query("DELETE FROM mandate_request WHERE request = $1").bind(request.as_str()))?;
    Ok(())
}

pub async fn of_request(tx: &mut Tx, request: &AuthorizationId) -> Result<Option<MandateId>, Fault> {
    let row: Option<(String,)> = fetch!(
        tx,
        fetch_optional,
        sqlx::query_as("SELECT mandate FROM mandate_request WHERE request = $1").bind(request.as_str())
    )?;
    Ok(row.map(|(id,)| MandateId::stored(id)))
}

/// Forgets for whom questions were answered that were chosen before `before`: the questions are over.
///
/// # Errors
/// When the database fails.
pub async fn sweep(tx: &mut Tx, before: Timestamp) -> Result<u64, Fault> {
    Ok(execute!(tx, sqlx::query("DELETE FROM mandate_request WHERE at < $1").bind(before.seconds()))?)
}
