//! SQL of deletion orders.

use super::receipt::Said;
use super::{Order, Reason, Standing};
use crate::clock::Timestamp;
use crate::db::{Tx, execute, fetch};
use crate::fault::Fault;
use crate::ids::{ClientId, ConsentId, OrderId, ResidentId};

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    record: String,
    client: String,
    resident: Option<String>,
    purpose: String,
    claims: String,
    reason: String,
    made_at: i64,
    due_at: i64,
    outcome: Option<String>,
    answered_at: Option<i64>,
    kept: Option<String>,
    law: Option<String>,
    kept_until: Option<i64>,
    silent_at: Option<i64>,
}

impl TryFrom<Row> for Order {
    type Error = Fault;

    fn try_from(row: Row) -> Result<Self, Fault> {
        let claims = |text: &str| serde_json::from_str(text).map_err(|_| Fault::Stored("claims of a deletion order"));
        let at = row.answered_at.unwrap_or(row.made_at);
        let standing = match row.outcome.as_deref() {
            None if row.silent_at.is_some() => Standing::Silent,
            None => Standing::Open,
            Some("deleted") => Standing::Deleted(at),
            Some("lifted") => Standing::Lifted,
            Some(_) => Standing::Kept {
                at,
                claims: claims(row.kept.as_deref().unwrap_or("[]"))?,
                law: row.law.unwrap_or_default(),
                until: row.kept_until,
            },
        };
        Ok(Self {
            id: OrderId::stored(row.id),
            record: ConsentId::stored(row.record),
            client: ClientId::stored(row.client),
            resident: row.resident.map(ResidentId::stored),
            purpose: row.purpose,
            claims: claims(&row.claims)?,
            reason: Reason::of(&row.reason).ok_or(Fault::Stored("reason of a deletion order"))?,
            made_at: row.made_at,
            due_at: row.due_at,
            standing,
            was_silent: row.silent_at.is_some(),
        })
    }
}

fn all(rows: Vec<Row>) -> Result<Vec<Order>, Fault> {
    rows.into_iter().map(Order::try_from).collect()
}

pub(super) async fn insert(tx: &mut Tx, order: &Order) -> Result<(), Fault> {
    execute!(
        tx,
        sqlx::query(
            "INSERT INTO deletion_order (id, record, client, resident, purpose, claims, reason, made_at, due_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        )
        .bind(order.id.as_str())
        .bind(order.record.as_str())
        .bind(order.client.as_str())
        .bind(order.resident.as_ref().map(ResidentId::as_str))
        .bind(order.purpose.as_str())
        .bind(serde_json::json!(order.claims).to_string())
        .bind(order.reason.as_str())
        .bind(order.made_at)
        .bind(order.due_at)
    )?;
    Ok(())
}

pub(super) async fn order(tx: &mut Tx, id: &OrderId) -> Result<Option<Order>, Fault> {
    let row: Option<Row> =
        fetch!(tx, fetch_optional, sqlx::query_as("SELECT * FROM deletion_order WHERE id = $1").bind(id.as_str()))?;
    row.map(Order::try_from).transpose()
}

/// The order about a consent record, if there is one.
///
/// # Errors
/// When the database fails.
pub async fn of_record(tx: &mut Tx, record: &ConsentId) -> Result<Option<Order>, Fault> {
    let row: Option<Row> = fetch!(
        tx,
        fetch_optional,
        sqlx::query_as("SELECT * FROM deletion_order WHERE record = $1").bind(record.as_str())
    )?;
    row.map(Order::try_from).transpose()
}

/// All orders about a resident's information, newest first.
///
/// # Errors
/// When the database fails.
pub async fn of_resident(tx: &mut Tx, resident: &ResidentId) -> Result<Vec<Order>, Fault> {
    all(fetch!(
        tx,
        fetch_all,
        sqlx::query_as("SELECT * FROM deletion_order WHERE resident = $1 ORDER BY made_at DESC, id")
            .bind(resident.as_str())
    )?)
}

/// The newest orders to a client.
///
/// # Errors
/// When the database fails.
pub async fn of_client(tx: &mut Tx, client: &ClientId, limit: u32) -> Result<Vec<Order>, Fault> {
    all(fetch!(
        tx,
        fetch_all,
        sqlx::query_as("SELECT * FROM deletion_order WHERE client = $1 ORDER BY made_at DESC, id LIMIT $2")
            .bind(client.as_str())
            .bind(i64::from(limit))
    )?)
}

/// Orders whose day is over without an answer, that nobody has found yet.
pub(super) async fn overdue(tx: &mut Tx, now: Timestamp, limit: i64) -> Result<Vec<Order>, Fault> {
    all(fetch!(
        tx,
        fetch_all,
        sqlx::query_as(
            "SELECT * FROM deletion_order WHERE outcome IS NULL AND silent_at IS NULL AND due_at <= $1
              ORDER BY due_at, id LIMIT $2",
        )
        .bind(now.seconds())
        .bind(limit)
    )?)
}

/// Says that there was no answer by the day. `false`: somebody else has, or there is one.
pub(super) async fn mark_silent(tx: &mut Tx, id: &OrderId, now: Timestamp) -> Result<bool, Fault> {
    let changed = execute!(
        tx,
        sqlx::query(
            "UPDATE deletion_order SET silent_at = $2 WHERE id = $1 AND outcome IS NULL AND silent_at IS NULL",
        )
        .bind(id.as_str())
        .bind(now.seconds())
    )?;
    Ok(changed == 1)
}

/// Writes a client's answer. `false`: it said so before, or what it deleted is deleted. Lifted orders are answered, too:
/// what is gone is gone.
pub(super) async fn answer(tx: &mut Tx, id: &OrderId, said: &Said, now: Timestamp) -> Result<bool, Fault> {
    let (outcome, kept, law, until) = match said {
        Said::Deleted => ("deleted", None, None, None),
        Said::Kept { claims, law, until } => {
            ("kept", Some(serde_json::json!(claims).to_string()), Some(law.as_str()), *until)
        }
    };
    let changed = execute!(
        tx,
        sqlx::query(
            "UPDATE deletion_order SET outcome = $2, kept = $3, law = $4, kept_until = $5, answered_at = $6
              WHERE id = $1 AND (outcome IS NULL OR (outcome <> 'deleted' AND outcome <> $2))",
        )
        .bind(id.as_str())
        .bind(outcome)
        .bind(kept)
        .bind(law)
        .bind(until)
        .bind(now.seconds())
    )?;
    Ok(changed == 1)
}

/// Lifts an order that has no answer.
pub(super) async fn lift(tx: &mut Tx, id: &OrderId, now: Timestamp) -> Result<(), Fault> {
    execute!(
        tx,
        sqlx::query(
            "UPDATE deletion_order SET outcome = 'lifted', answered_at = $2 WHERE id = $1 AND outcome IS NULL",
        )
        .bind(id.as_str())
        .bind(now.seconds())
    )?;
    Ok(())
}

/// She is erased: the orders stand, and lead to nobody.
///
/// # Errors
/// When the database fails.
pub async fn forget_resident(tx: &mut Tx, resident: &ResidentId) -> Result<(), Fault> {
    execute!(tx, sqlx::query("UPDATE deletion_order SET resident = NULL WHERE resident = $1").bind(resident.as_str()))?;
    Ok(())
}

/// How a client stands to its orders.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::FromRow)]
pub struct Tally {
    /// All it was ever given, but for those that were lifted.
    pub all: i64,
    /// It says that it deleted.
    pub deleted: i64,
    /// It says that a law makes it keep something.
    pub kept: i64,
    /// No answer yet, and there is time.
    pub open: i64,
    /// No answer, though the day is over.
    pub silent: i64,
    /// An answer came, and it came late.
    pub late: i64,
}

/// Counts a client's orders.
///
/// # Errors
/// When the database fails.
pub async fn tally(tx: &mut Tx, client: &ClientId, now: Timestamp) -> Result<Tally, Fault> {
    Ok(fetch!(
        tx,
        fetch_one,
        sqlx::query_as(
            "SELECT COUNT(*) AS \"all\",
                    COUNT(CASE WHEN outcome = 'deleted' THEN 1 END) AS deleted,
                    COUNT(CASE WHEN outcome = 'kept' THEN 1 END) AS kept,
                    COUNT(CASE WHEN outcome IS NULL AND due_at > $2 THEN 1 END) AS open,
                    COUNT(CASE WHEN outcome IS NULL AND due_at <= $2 THEN 1 END) AS silent,
                    COUNT(CASE WHEN outcome IS NOT NULL AND answered_at >= due_at THEN 1 END) AS late
               FROM deletion_order WHERE client = $1 AND (outcome IS NULL OR outcome <> 'lifted')",
        )
        .bind(client.as_str())
        .bind(now.seconds())
    )?)
}
