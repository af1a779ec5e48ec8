//! SQL of noes.

use super::{How, No};
use crate::clock::Timestamp;
use crate::db::{Tx, execute, fetch};
use crate::fault::Fault;
use crate::ids::{ClientId, ResidentId};

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    client: String,
    purpose: String,
    kind: String,
    claims: String,
    at: i64,
}

impl TryFrom<Row> for No {
    type Error = Fault;

    fn try_from(row: Row) -> Result<Self, Fault> {
        Ok(Self {
            id: row.id,
            client: ClientId::stored(row.client),
            purpose: row.purpose,
            how: How::of(&row.kind).ok_or(Fault::Stored("the kind of a no"))?,
            claims: serde_json::from_str(&row.claims).map_err(|_| Fault::Stored("claims of a no"))?,
            at: row.at,
        })
    }
}

pub async fn insert(tx: &mut Tx, resident: &ResidentId, no: &No, position: Option<u64>) -> Result<(), Fault> {
    execute!(
        tx,
        sqlx::query(
            "INSERT INTO consent_no (id, resident, client, purpose, kind, claims, at, position)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(no.id.as_str())
        .bind(resident.as_str())
        .bind(no.client.as_str())
        .bind(no.purpose.as_str())
        .bind(no.how.as_str())
        .bind(serde_json::json!(no.claims).to_string())
        .bind(no.at)
        .bind(position.map(u64::cast_signed))
    )?;
    Ok(())
}

/// Since `since` and not lifted.
pub async fn of_question(
    tx: &mut Tx, resident: &ResidentId, client: &ClientId, purpose: &str, since: Timestamp,
) -> Result<Vec<No>, Fault> {
    let rows: Vec<Row> = fetch!(
        tx,
        fetch_all,
        sqlx::query_as(
            "SELECT id, client, purpose, kind, claims, at FROM consent_no
              WHERE resident = $1 AND client = $2 AND purpose = $3 AND at > $4 AND lifted_at IS NULL
              ORDER BY at DESC, id",
        )
        .bind(resident.as_str())
        .bind(client.as_str())
        .bind(purpose)
        .bind(since.seconds())
    )?;
    rows.into_iter().map(No::try_from).collect()
}

/// The newest of each client and purpose since `since`, not lifted, with no consent given after it.
pub async fn unanswered(tx: &mut Tx, resident: &ResidentId, since: Timestamp) -> Result<Vec<No>, Fault> {
    let rows: Vec<Row> = fetch!(
        tx,
        fetch_all,
        sqlx::query_as(
            "SELECT id, client, purpose, kind, claims, at FROM consent_no AS said
              WHERE resident = $1 AND at > $2 AND lifted_at IS NULL AND kind <> 'left_out'
                AND NOT EXISTS (SELECT 1 FROM consent_no AS later
                                 WHERE later.resident = said.resident AND later.client = said.client
                                   AND later.purpose = said.purpose AND later.kind <> 'left_out'
                                   AND (later.at > said.at OR (later.at = said.at AND later.id > said.id)))
                AND NOT EXISTS (SELECT 1 FROM consent_current AS given
                                 WHERE given.resident = said.resident AND given.client = said.client
                                   AND given.purpose = said.purpose AND given.given_at >= said.at)
              ORDER BY at DESC, id",
        )
        .bind(resident.as_str())
        .bind(since.seconds())
    )?;
    rows.into_iter().map(No::try_from).collect()
}

/// `whole`: only what was said to all of it. `false`: there was nothing to lift.
pub async fn lift(
    tx: &mut Tx, resident: &ResidentId, client: &ClientId, purpose: &str, now: Timestamp, whole: bool,
) -> Result<bool, Fault> {
    let changed = execute!(
        tx,
        sqlx::query(
            "UPDATE consent_no SET lifted_at = $4
              WHERE resident = $1 AND client = $2 AND purpose = $3 AND lifted_at IS NULL AND (kind <> 'left_out' OR $5 = 0)",
        )
        .bind(resident.as_str())
        .bind(client.as_str())
        .bind(purpose)
        .bind(now.seconds())
        .bind(i64::from(whole))
    )?;
    Ok(changed > 0)
}
