//! SQL of emergencies, as the gate reads them.

use super::{Approved, Opened, READS, signed};
use crate::clock::Timestamp;
use crate::custody::Custody;
use crate::db::{Tx, execute, fetch};
use crate::fault::Fault;
use crate::ids::{EmergencyId, ResidentId};

/// Opens an emergency about these residents, in the transaction of its approval.
///
/// # Errors
/// When the database fails.
pub async fn open(tx: &mut Tx, custody: &Custody, opened: &Opened, residents: &[ResidentId]) -> Result<(), Fault> {
    let sealed = signed::seal(custody, opened, residents)?;
    execute!(
        tx,
        sqlx::query(
            "INSERT INTO vault_emergency (id, asked_by, approved_by, claims, until, opened)
             VALUES ($1, $2, $3, $4, $5, $6)"
        )
        .bind(opened.id.as_str())
        .bind(opened.asked_by.as_str())
        .bind(opened.approved_by.as_str())
        .bind(serde_json::json!(opened.claims).to_string())
        .bind(opened.until.seconds())
        .bind(sealed)
    )?;
    let list = serde_json::json!(residents.iter().map(ResidentId::as_str).collect::<Vec<_>>()).to_string();
    match tx {
        Tx::Sqlite(tx) => {
            sqlx::query(
                "INSERT INTO vault_emergency_resident (emergency, resident, reads_left)
                 SELECT $1, value, $2 FROM json_each($3)",
            )
            .bind(opened.id.as_str())
            .bind(i64::from(READS))
            .bind(list)
            .execute(&mut **tx)
            .await?;
        }
        Tx::Postgres(tx) => {
            sqlx::query(
                "INSERT INTO vault_emergency_resident (emergency, resident, reads_left)
                 SELECT $1, value, $2 FROM json_array_elements_text($3::json)",
            )
            .bind(opened.id.as_str())
            .bind(i64::from(READS))
            .bind(list)
            .execute(&mut **tx)
            .await?;
        }
    }
    Ok(())
}

/// Closes one before its time. `false`: closed before.
///
/// # Errors
/// When the database fails.
pub async fn close(tx: &mut Tx, id: &EmergencyId, now: Timestamp) -> Result<bool, Fault> {
    let changed = execute!(
        tx,
        sqlx::query("UPDATE vault_emergency SET closed_at = $2 WHERE id = $1 AND closed_at IS NULL")
            .bind(id.as_str())
            .bind(now.seconds())
    )?;
    Ok(changed == 1)
}

/// Takes one of the reads that are left of a resident. `false`: there is none.
///
/// # Errors
/// When the database fails.
pub async fn take(tx: &mut Tx, id: &EmergencyId, resident: &ResidentId) -> Result<bool, Fault> {
    let changed = execute!(
        tx,
        sqlx::query(
            "UPDATE vault_emergency_resident SET reads_left = reads_left - 1
              WHERE emergency = $1 AND resident = $2 AND reads_left > 0",
        )
        .bind(id.as_str())
        .bind(resident.as_str())
    )?;
    Ok(changed == 1)
}

/// How an emergency stands with some of its residents: by what was sealed when the second hand signed, opened once for all of
/// them. The columns can end it sooner, or take something out; they cannot let anybody in.
pub(in crate::vault) async fn approved(
    tx: &mut Tx, custody: &Custody, id: &EmergencyId, residents: &[&ResidentId],
) -> Result<Vec<(ResidentId, Approved)>, Fault> {
    type Row = (Option<Vec<u8>>, String, i64, Option<i64>);
    let row: Option<Row> = fetch!(
        tx,
        fetch_optional,
        sqlx::query_as("SELECT opened, claims, until, closed_at FROM vault_emergency WHERE id = $1").bind(id.as_str())
    )?;
    let Some((Some(sealed), claims, until, closed)) = row else { return Ok(Vec::new()) };
    let Some(signed) = signed::open(custody, id, &sealed) else { return Ok(Vec::new()) };
    // What does not read allows nothing.
    let left: Vec<String> = serde_json::from_str(&claims).unwrap_or_default();
    let (here,): (i64,) = fetch!(
        tx,
        fetch_one,
        sqlx::query_as("SELECT count(*) FROM person WHERE id IN ($1, $2) AND disabled_at IS NULL")
            .bind(signed.asked_by.as_str())
            .bind(signed.approved_by.as_str())
    )?;
    let approved = Approved {
        claims: signed.claims.iter().filter(|claim| left.contains(claim)).cloned().collect(),
        hands: [signed.asked_by.clone(), signed.approved_by.clone()],
        both_are_here: here == 2,
        until: Timestamp::from_seconds(signed.until.min(until)),
        is_closed: closed.is_some(),
        is_sealed: false,
    };
    let mut all = Vec::with_capacity(residents.len());
    for resident in residents.iter().filter(|resident| signed.is_about(id, resident)) {
        if let Some(sealed) = sealed_at(tx, id, resident).await? {
            all.push(((*resident).clone(), Approved { is_sealed: sealed.is_some(), ..approved.clone() }));
        }
    }
    Ok(all)
}

/// When her record was sealed. `None`: a column says that it is not about her.
async fn sealed_at(tx: &mut Tx, id: &EmergencyId, resident: &ResidentId) -> Result<Option<Option<i64>>, Fault> {
    let row: Option<(Option<i64>,)> = fetch!(
        tx,
        fetch_optional,
        sqlx::query_as(
            "SELECT r.sealed_at FROM vault_emergency_resident v JOIN resident r ON r.id = v.resident
              WHERE v.emergency = $1 AND v.resident = $2",
        )
        .bind(id.as_str())
        .bind(resident.as_str())
    )?;
    Ok(row.map(|(sealed,)| sealed))
}

/// Whom an emergency is about, in an order that says nothing.
///
/// # Errors
/// When the database fails.
pub async fn residents(tx: &mut Tx, id: &EmergencyId) -> Result<Vec<ResidentId>, Fault> {
    let rows: Vec<(String,)> = fetch!(
        tx,
        fetch_all,
        sqlx::query_as("SELECT resident FROM vault_emergency_resident WHERE emergency = $1 ORDER BY resident")
            .bind(id.as_str())
    )?;
    Ok(rows.into_iter().map(|(id,)| ResidentId::stored(id)).collect())
}

/// How many were read of, and how often in all.
///
/// # Errors
/// When the database fails.
pub async fn reads(tx: &mut Tx, id: &EmergencyId) -> Result<(u64, u64), Fault> {
    let (of, all): (i64, i64) = fetch!(
        tx,
        fetch_one,
        sqlx::query_as(
            "SELECT count(CASE WHEN reads_left < $2 THEN 1 END),
                    CAST(COALESCE(SUM($2 - reads_left), 0) AS BIGINT)
               FROM vault_emergency_resident WHERE emergency = $1",
        )
        .bind(id.as_str())
        .bind(i64::from(READS))
    )?;
    Ok((of.cast_unsigned(), all.cast_unsigned()))
}

/// The emergencies a resident was part of, the newest first, each with how often she was read.
///
/// # Errors
/// When the database fails.
pub async fn of_resident(tx: &mut Tx, resident: &ResidentId) -> Result<Vec<(EmergencyId, u64)>, Fault> {
    let rows: Vec<(String, i64)> = fetch!(
        tx,
        fetch_all,
        sqlx::query_as(
            "SELECT v.emergency, $2 - v.reads_left FROM vault_emergency_resident v
               JOIN emergency e ON e.id = v.emergency
              WHERE v.resident = $1 ORDER BY e.asked_at DESC, e.id LIMIT 100",
        )
        .bind(resident.as_str())
        .bind(i64::from(READS))
    )?;
    Ok(rows.into_iter().map(|(id, reads)| (EmergencyId::stored(id), reads.cast_unsigned())).collect())
}
