//! SQL of what was arranged for after a death, and of what relatives were granted.

use crate::clock::Timestamp;
use crate::custody::Custody;
use crate::db::{Tx, execute, fetch};
use crate::fault::Fault;
use crate::ids::{CaseId, PersonId, ResidentId};
use crate::sealing::Arrangement;

/// What the sealed name of an arrangement is called.
pub const ARRANGEMENT: &str = "after_death";

/// Keeps the last word; "as the law says" leaves no row.
pub async fn arrange(
    tx: &mut Tx, resident: &ResidentId, word: &Arrangement, named: Option<&[u8]>, now: Timestamp,
) -> Result<(), Fault> {
    if *word == Arrangement::AsTheLaw {
        execute!(tx, sqlx::query("DELETE FROM resident_arrangement WHERE resident = $1").bind(resident.as_str()))?;
        return Ok(());
    }
    execute!(
        tx,
        sqlx::query(
            "INSERT INTO resident_arrangement (resident, choice, named, at) VALUES ($1, $2, $3, $4)
             ON CONFLICT (resident) DO UPDATE SET choice = excluded.choice, named = excluded.named, at = excluded.at",
        )
        .bind(resident.as_str())
        .bind(word.as_str())
        .bind(named)
        .bind(now.seconds())
    )?;
    Ok(())
}

pub async fn arrangement(tx: &mut Tx, custody: &Custody, resident: &ResidentId) -> Result<Arrangement, Fault> {
    let row: Option<(String, Option<Vec<u8>>)> = fetch!(
        tx,
        fetch_optional,
        sqlx::query_as("SELECT choice, named FROM resident_arrangement WHERE resident = $1").bind(resident.as_str())
    )?;
    let Some((choice, named)) = row else { return Ok(Arrangement::AsTheLaw) };
    if choice == "nobody" {
        return Ok(Arrangement::Nobody);
    }
    let named = named.ok_or(Fault::Stored("an arrangement without its name"))?;
    let named = custody.open_state(ARRANGEMENT, resident.as_str(), &named)?;
    let named = String::from_utf8(named.to_vec()).map_err(|_| Fault::Stored("the name of an arrangement"))?;
    Ok(Arrangement::Named(named))
}

/// What a relative was granted.
#[derive(Debug, Clone)]
pub struct Grant {
    /// Whose record.
    pub resident: ResidentId,
    /// Which member of staff granted it.
    pub person: PersonId,
    /// Until when it may be read.
    pub until: Timestamp,
}

pub async fn grant(
    tx: &mut Tx, case: &CaseId, relative: &ResidentId, grant: &Grant, now: Timestamp,
) -> Result<(), Fault> {
    execute!(
        tx,
        sqlx::query(
            "INSERT INTO relative_grant (case_id, resident, relative, person, granted_at, until)
             VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(case.as_str())
        .bind(grant.resident.as_str())
        .bind(relative.as_str())
        .bind(grant.person.as_str())
        .bind(now.seconds())
        .bind(grant.until.seconds())
    )?;
    Ok(())
}

/// What was granted by a case to this relative, while it lasts and the record is sealed.
///
/// # Errors
/// When the database fails.
pub async fn grant_of(
    tx: &mut Tx, case: &CaseId, relative: &ResidentId, now: Timestamp,
) -> Result<Option<Grant>, Fault> {
    let row: Option<(String, String, i64)> = fetch!(
        tx,
        fetch_optional,
        sqlx::query_as(
            "SELECT g.resident, g.person, g.until FROM relative_grant g JOIN resident r ON r.id = g.resident
              WHERE g.case_id = $1 AND g.relative = $2 AND g.until > $3
                AND r.sealed_at IS NOT NULL AND r.erased_at IS NULL",
        )
        .bind(case.as_str())
        .bind(relative.as_str())
        .bind(now.seconds())
    )?;
    Ok(row.map(|(resident, person, until)| Grant {
        resident: ResidentId::stored(resident),
        person: PersonId::stored(person),
        until: Timestamp::from_seconds(until),
    }))
}

/// Whatever was granted about a record ends: it is open again.
pub async fn end_grants(tx: &mut Tx, resident: &ResidentId, now: Timestamp) -> Result<(), Fault> {
    execute!(
        tx,
        sqlx::query("UPDATE relative_grant SET until = $2 WHERE resident = $1 AND until > $2")
            .bind(resident.as_str())
            .bind(now.seconds())
    )?;
    Ok(())
}
