//! SQL of the courier.

use super::Due;
use super::ways::{Standing, Way};
use crate::clock::Timestamp;
use crate::db::{Tx, execute, fetch};
use crate::fault::Fault;
use crate::ids::ResidentId;
use crate::inbox::Word;

/// The messages that are due, those that wait longest first.
pub(super) async fn due(tx: &mut Tx, now: Timestamp, limit: i64) -> Result<Vec<String>, Fault> {
    Ok(fetch!(
        tx,
        fetch_all,
        sqlx::query_scalar(
            "SELECT id FROM inbox_message WHERE due_at IS NOT NULL AND due_at <= $1 ORDER BY due_at, id LIMIT $2",
        )
        .bind(now.seconds())
        .bind(limit)
    )?)
}

/// Claims a message until `until`, and reads it as it stands. `None`: another node has it.
pub(super) async fn claim(tx: &mut Tx, id: &str, now: Timestamp, until: Timestamp) -> Result<Option<Due>, Fault> {
    type Row = (String, String, String, i64, i64, Option<i64>, Option<i64>);
    let row: Option<Row> = fetch!(
        tx,
        fetch_optional,
        sqlx::query_as(
            "UPDATE inbox_message SET due_at = $3, tries = tries + 1
              WHERE id = $1 AND due_at IS NOT NULL AND due_at <= $2
          RETURNING id, resident, word, at, tries, mailed_at, texted_at",
        )
        .bind(id)
        .bind(now.seconds())
        .bind(until.seconds())
    )?;
    let due = |(id, resident, word, at, tries, mailed, texted): Row| Due {
        id,
        resident: ResidentId::stored(resident),
        word: Word::of(&word),
        at,
        // Those before this one.
        tries: tries - 1,
        is_mailed: mailed.is_some(),
        is_texted: texted.is_some(),
    };
    Ok(row.map(due))
}

pub(super) async fn carried(tx: &mut Tx, id: &str, way: Way, now: Timestamp) -> Result<(), Fault> {
    execute!(
        tx,
        sqlx::query(
            "UPDATE inbox_message SET mailed_at = CASE WHEN $2 = 'mail' THEN $3 ELSE mailed_at END,
                    texted_at = CASE WHEN $2 = 'phone' THEN $3 ELSE texted_at END
              WHERE id = $1",
        )
        .bind(id)
        .bind(way.as_str())
        .bind(now.seconds())
    )?;
    Ok(())
}

pub(super) async fn done(tx: &mut Tx, id: &str) -> Result<(), Fault> {
    execute!(tx, sqlx::query("UPDATE inbox_message SET due_at = NULL WHERE id = $1").bind(id))?;
    Ok(())
}

pub(super) async fn later(tx: &mut Tx, id: &str, due_at: Timestamp) -> Result<(), Fault> {
    execute!(
        tx,
        sqlx::query("UPDATE inbox_message SET due_at = $2 WHERE id = $1 AND due_at IS NOT NULL")
            .bind(id)
            .bind(due_at.seconds())
    )?;
    Ok(())
}

/// No way is configured: what waits, waits for nobody.
pub(super) async fn nobody_to_carry(tx: &mut Tx) -> Result<(), Fault> {
    execute!(tx, sqlx::query("UPDATE inbox_message SET due_at = NULL WHERE due_at IS NOT NULL"))?;
    Ok(())
}

pub(super) async fn standing(tx: &mut Tx, resident: &ResidentId, way: Way) -> Result<Standing, Fault> {
    let row: Option<(Option<i64>, Option<i64>)> = fetch!(
        tx,
        fetch_optional,
        sqlx::query_as("SELECT off_at, confirmed FROM courier_way WHERE resident = $1 AND way = $2")
            .bind(resident.as_str())
            .bind(way.as_str())
    )?;
    let (off_at, confirmed) = row.unwrap_or_default();
    Ok(Standing { is_off: off_at.is_some(), confirmed })
}

pub(super) async fn switch(
    tx: &mut Tx, resident: &ResidentId, way: Way, off_at: Option<Timestamp>,
) -> Result<(), Fault> {
    execute!(
        tx,
        sqlx::query(
            "INSERT INTO courier_way (resident, way, off_at) VALUES ($1, $2, $3)
             ON CONFLICT (resident, way) DO UPDATE SET off_at = $3",
        )
        .bind(resident.as_str())
        .bind(way.as_str())
        .bind(off_at.map(Timestamp::seconds))
    )?;
    Ok(())
}

/// Somebody who reads the mail of this version of the address confirmed it.
pub(super) async fn confirm(tx: &mut Tx, resident: &ResidentId, version: i64) -> Result<(), Fault> {
    execute!(
        tx,
        sqlx::query(
            "INSERT INTO courier_way (resident, way, confirmed) VALUES ($1, 'mail', $2)
             ON CONFLICT (resident, way) DO UPDATE SET confirmed = $2, off_at = NULL",
        )
        .bind(resident.as_str())
        .bind(version)
    )?;
    Ok(())
}
