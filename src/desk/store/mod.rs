//! SQL of the desk.

mod acts;
mod cards;
mod recoveries;

pub(super) use acts::{
    Settled, act, acts_of, acts_since, insert_act, open_acts, set_record, set_undone, settle, stop_acts,
};
pub(super) use cards::{card, card_count, clear_tries, count_try, end_cards, insert_card, tries};
pub(super) use recoveries::{
    complete_recovery, end_recovery, insert_recovery, lapse_recoveries, open_recoveries, recovery, second_recovery,
};

use super::sitting::Sitting;
use crate::clock::Timestamp;
use crate::crypto::random;
use crate::db::{Tx, execute, fetch};
use crate::fault::Fault;
use crate::ids::{PersonId, ResidentId, SittingId};

/// How many residents share a value at most: a family its telephone.
const MOST: i64 = 8;

pub(super) async fn with_index(tx: &mut Tx, field: &str, digest: &str) -> Result<Vec<ResidentId>, Fault> {
    let rows: Vec<(String,)> = fetch!(
        tx,
        fetch_all,
        sqlx::query_as(
            "SELECT i.resident FROM resident_index i JOIN resident r ON r.id = i.resident
              WHERE i.field = $1 AND i.digest = $2 AND r.erased_at IS NULL AND r.locked_at IS NULL
                AND (i.field = 'document_number'
                     OR NOT EXISTS (SELECT 1 FROM resident_shielded s WHERE s.resident = i.resident)
                     OR (i.field <> 'phone' AND NOT EXISTS (
                           SELECT 1 FROM resident_index d WHERE d.resident = i.resident AND d.field = 'document_number')))
              ORDER BY i.resident LIMIT $3",
        )
        .bind(field)
        .bind(digest)
        .bind(MOST)
    )?;
    Ok(rows.into_iter().map(|(id,)| ResidentId::stored(id)).collect())
}

pub(super) async fn looks_since(tx: &mut Tx, person: &PersonId, since: Timestamp) -> Result<i64, Fault> {
    Ok(fetch!(
        tx,
        fetch_one,
        sqlx::query_scalar("SELECT count(*) FROM desk_look WHERE person = $1 AND at > $2 AND refused = 0")
            .bind(person.as_str())
            .bind(since.seconds())
    )?)
}

pub(super) async fn insert_look(tx: &mut Tx, person: &PersonId, refused: bool, now: Timestamp) -> Result<(), Fault> {
    let id: SittingId = random::id()?;
    execute!(
        tx,
        sqlx::query("INSERT INTO desk_look (id, person, at, refused) VALUES ($1, $2, $3, $4)")
            .bind(id.as_str())
            .bind(person.as_str())
            .bind(now.seconds())
            .bind(i64::from(refused))
    )?;
    Ok(())
}

pub(super) async fn insert_sitting(
    tx: &mut Tx, sitting: &Sitting, person: &PersonId, label: &[u8], now: Timestamp,
) -> Result<(), Fault> {
    execute!(
        tx,
        sqlx::query(
            "INSERT INTO desk_sitting (id, person, resident, label, opened_at, ends_at) VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(sitting.id.as_str())
        .bind(person.as_str())
        .bind(sitting.resident.as_str())
        .bind(label)
        .bind(now.seconds())
        .bind(sitting.ends_at.seconds())
    )?;
    Ok(())
}

/// The resident, the sealed label, and the end of an open sitting of this person.
pub(super) async fn sitting(
    tx: &mut Tx, id: &SittingId, person: &PersonId, now: Timestamp,
) -> Result<Option<(ResidentId, Vec<u8>, Timestamp)>, Fault> {
    let row: Option<(String, Vec<u8>, i64)> = fetch!(
        tx,
        fetch_optional,
        sqlx::query_as(
            "SELECT resident, label, ends_at FROM desk_sitting
              WHERE id = $1 AND person = $2 AND ended_at IS NULL AND ends_at > $3",
        )
        .bind(id.as_str())
        .bind(person.as_str())
        .bind(now.seconds())
    )?;
    Ok(row.map(|(resident, label, end)| (ResidentId::stored(resident), label, Timestamp::from_seconds(end))))
}

pub(super) async fn end_sitting(
    tx: &mut Tx, id: &SittingId, person: &PersonId, pressed: bool, now: Timestamp,
) -> Result<bool, Fault> {
    let changed = execute!(
        tx,
        sqlx::query(
            "UPDATE desk_sitting SET ended_at = $3, pressed = $4 WHERE id = $1 AND person = $2 AND ended_at IS NULL",
        )
        .bind(id.as_str())
        .bind(person.as_str())
        .bind(now.seconds())
        .bind(i64::from(pressed))
    )?;
    Ok(changed == 1)
}

/// What somebody did at the desk, in numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    /// Who.
    pub person: PersonId,
    /// The name.
    pub name: String,
    /// Searches.
    pub looks: i64,
    /// Searches that were too many.
    pub looks_refused: i64,
    /// Acts prepared.
    pub acts: i64,
    /// Acts that the resident refused.
    pub refused: i64,
    /// Sittings that this person stopped, and acts of which a resident said that they were not her own will.
    pub pressed: i64,
}

/// What everybody on the staff did since a moment.
///
/// # Errors
/// When the database fails.
pub async fn tallies(tx: &mut Tx, since: Timestamp) -> Result<Vec<Tally>, Fault> {
    type Row = (String, String, i64, i64, i64, i64, i64);
    let rows: Vec<Row> = fetch!(
        tx,
        fetch_all,
        sqlx::query_as(
            "SELECT p.id, p.name,
                    (SELECT count(*) FROM desk_look l WHERE l.person = p.id AND l.at >= $1 AND l.refused = 0),
                    (SELECT count(*) FROM desk_look l WHERE l.person = p.id AND l.at >= $1 AND l.refused = 1),
                    (SELECT count(*) FROM desk_act a WHERE a.person = p.id AND a.asked_at >= $1),
                    (SELECT count(*) FROM desk_act a
                      WHERE a.person = p.id AND a.asked_at >= $1 AND a.outcome = 'refused'),
                    (SELECT count(*) FROM desk_sitting s
                      WHERE s.person = p.id AND s.opened_at >= $1 AND s.pressed = 1)
                  + (SELECT count(*) FROM desk_act a WHERE a.person = p.id AND a.asked_at >= $1 AND a.pressed = 1)
               FROM person p WHERE p.role = 'staff' ORDER BY p.name, p.id",
        )
        .bind(since.seconds())
    )?;
    let tally = |(person, name, looks, looks_refused, acts, refused, pressed): Row| Tally {
        person: PersonId::stored(person),
        name,
        looks,
        looks_refused,
        acts,
        refused,
        pressed,
    };
    Ok(rows.into_iter().map(tally).collect())
}

/// Forgets sittings that ended before `before`: the labels sealed in them with them.
///
/// # Errors
/// When the database fails.
pub async fn sweep(tx: &mut Tx, before: Timestamp) -> Result<u64, Fault> {
    Ok(execute!(tx, sqlx::query("DELETE FROM desk_sitting WHERE ends_at < $1 AND pressed = 0").bind(before.seconds()))?)
}
