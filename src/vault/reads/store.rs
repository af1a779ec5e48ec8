//! SQL of the counted reads.

use super::unusual::Day;
use crate::clock::Timestamp;
use crate::db::{Tx, execute, fetch};
use crate::fault::Fault;
use crate::ids::ConsentId;

/// Adds reads to a day, for many consents in one statement; how each day stands now.
pub(super) async fn add(
    tx: &mut Tx, rows: &[(&str, i64)], day: i64, is_night: bool,
) -> Result<Vec<(String, Day)>, Fault> {
    let night = i64::from(is_night);
    let found: Vec<(String, i64, i64)> = match tx {
        Tx::Sqlite(tx) => {
            sqlx::query_as(
                "INSERT INTO vault_reads (consent, day, reads, night)
                 SELECT value ->> 0, $2, value ->> 1, $3 * (value ->> 1) FROM json_each($1) WHERE true
                 ON CONFLICT (consent, day) DO UPDATE
                    SET reads = vault_reads.reads + excluded.reads, night = vault_reads.night + excluded.night
                 RETURNING consent, reads, night",
            )
            .bind(serde_json::json!(rows).to_string())
            .bind(day)
            .bind(night)
            .fetch_all(&mut **tx)
            .await?
        }
        Tx::Postgres(tx) => {
            sqlx::query_as(
                "INSERT INTO vault_reads (consent, day, reads, night)
                 SELECT consent, $3, reads, $4 * reads FROM unnest($1::text[], $2::bigint[]) AS given (consent, reads)
                 ON CONFLICT (consent, day) DO UPDATE
                    SET reads = vault_reads.reads + excluded.reads, night = vault_reads.night + excluded.night
                 RETURNING consent, reads, night",
            )
            .bind(rows.iter().map(|(consent, _)| *consent).collect::<Vec<_>>())
            .bind(rows.iter().map(|(_, reads)| *reads).collect::<Vec<_>>())
            .bind(day)
            .bind(night)
            .fetch_all(&mut **tx)
            .await?
        }
    };
    Ok(found.into_iter().map(|(consent, reads, night)| (consent, Day { reads, night })).collect())
}

/// The days with reads from `since` on, before `day`.
pub(super) async fn history(tx: &mut Tx, consent: &ConsentId, since: i64, day: i64) -> Result<Vec<Day>, Fault> {
    let rows: Vec<(i64, i64)> = fetch!(
        tx,
        fetch_all,
        sqlx::query_as(
            "SELECT reads, night FROM vault_reads WHERE consent = $1 AND day >= $2 AND day < $3 ORDER BY day"
        )
        .bind(consent.as_str())
        .bind(since)
        .bind(day)
    )?;
    Ok(rows.into_iter().map(|(reads, night)| Day { reads, night }).collect())
}

/// Whether anything was read on any day before.
pub(super) async fn read_before(tx: &mut Tx, consent: &ConsentId, day: i64) -> Result<bool, Fault> {
    let row: Option<(i64,)> = fetch!(
        tx,
        fetch_optional,
        sqlx::query_as("SELECT day FROM vault_reads WHERE consent = $1 AND day < $2 LIMIT 1")
            .bind(consent.as_str())
            .bind(day)
    )?;
    Ok(row.is_some())
}

/// Whether she has not been told of this day yet; from now on she has.
pub(super) async fn tell_once(tx: &mut Tx, consent: &ConsentId, day: i64, now: Timestamp) -> Result<bool, Fault> {
    let changed = execute!(
        tx,
        sqlx::query("UPDATE vault_reads SET told_at = $3 WHERE consent = $1 AND day = $2 AND told_at IS NULL")
            .bind(consent.as_str())
            .bind(day)
            .bind(now.seconds())
    )?;
    Ok(changed == 1)
}

pub(super) async fn sweep(tx: &mut Tx, before: i64) -> Result<(), Fault> {
    execute!(
        tx,
        sqlx::query(
            "DELETE FROM vault_reads WHERE day < $1 AND EXISTS
                (SELECT 1 FROM vault_reads AS later
                  WHERE later.consent = vault_reads.consent AND later.day > vault_reads.day)",
        )
        .bind(before)
    )?;
    Ok(())
}
