//! SQL of consent.

use std::collections::{BTreeMap, HashMap};

mod pausing;

pub use pausing::{last_actor, pause, resume};

use super::record::{Record, State, Turn};
use crate::clock::Timestamp;
use crate::db::{Tx, execute, fetch};
use crate::fault::Fault;
use crate::ids::{ClientId, ConsentId, ResidentId};

#[derive(sqlx::FromRow)]
struct Row {
    record: String,
    resident: String,
    client: String,
    purpose: String,
    claims: String,
    state: String,
    given_at: i64,
    valid_until: i64,
    ended_at: Option<i64>,
    seq: i64,
    paused_at: Option<i64>,
    lowered: Option<String>,
    terms: Option<String>,
}

impl TryFrom<Row> for Record {
    type Error = Fault;

    fn try_from(row: Row) -> Result<Self, Fault> {
        Ok(Self {
            id: ConsentId::stored(row.record),
            resident: ResidentId::stored(row.resident),
            client: ClientId::stored(row.client),
            purpose: row.purpose,
            claims: serde_json::from_str(&row.claims).map_err(|_| Fault::Stored("claims of a consent record"))?,
            state: State::of(&row.state).ok_or(Fault::Stored("state of a consent record"))?,
            given_at: row.given_at,
            valid_until: row.valid_until,
            ended_at: row.ended_at,
            seq: row.seq,
            paused_at: row.paused_at,
            terms: row.terms,
            lowered: match &row.lowered {
                None => BTreeMap::new(),
                Some(text) => {
                    serde_json::from_str(text).map_err(|_| Fault::Stored("lowered claims of a consent record"))?
                }
            },
        })
    }
}

fn all(rows: Vec<Row>) -> Result<Vec<Record>, Fault> {
    rows.into_iter().map(Record::try_from).collect()
}

/// An event about to be appended.
pub struct Event<'a> {
    /// The record after the event.
    pub record: &'a Record,
    /// What became of it.
    pub turn: Turn,
    /// When, Unix seconds.
    pub at: i64,
    /// Who acted.
    pub actor: &'a str,
    /// By which way: `web`, `sweeper`.
    pub channel: &'a str,
    /// The ledger position of the entry of the same transaction.
    pub position: u64,
    /// Hash of the event before, or nothing.
    pub previous: Vec<u8>,
    /// Hash of this event.
    pub hash: [u8; 32],
    /// Sealed body.
    pub body: Option<Vec<u8>>,
}

/// The record, whoever's it is.
///
/// # Errors
/// When the database fails.
pub async fn current(tx: &mut Tx, id: &ConsentId) -> Result<Option<Record>, Fault> {
    let row: Option<Row> = fetch!(
        tx,
        fetch_optional,
        sqlx::query_as("SELECT * FROM consent_current WHERE record = $1").bind(id.as_str())
    )?;
    row.map(Record::try_from).transpose()
}

/// Many records in one statement.
///
/// # Errors
/// When the database fails.
pub async fn records(tx: &mut Tx, ids: &[&ConsentId]) -> Result<HashMap<ConsentId, Record>, Fault> {
    let list: Vec<&str> = ids.iter().map(|id| id.as_str()).collect();
    let list = serde_json::json!(list).to_string();
    let rows: Vec<Row> = match tx {
        Tx::Sqlite(tx) => {
            sqlx::query_as("SELECT * FROM consent_current WHERE record IN (SELECT value FROM json_each($1))")
                .bind(list)
                .fetch_all(&mut **tx)
                .await?
        }
        Tx::Postgres(tx) => {
            sqlx::query_as("SELECT * FROM consent_current WHERE record IN (SELECT json_array_elements_text($1::json))")
                .bind(list)
                .fetch_all(&mut **tx)
                .await?
        }
    };
    Ok(all(rows)?.into_iter().map(|record| (record.id.clone(), record)).collect())
}

/// The record in force for a resident, a recipient and a purpose, if there is one.
///
/// # Errors
/// When the database fails.
pub async fn in_force(
    tx: &mut Tx, resident: &ResidentId, client: &ClientId, purpose: &str, now: Timestamp,
) -> Result<Option<Record>, Fault> {
    Ok(open(tx, resident, client, purpose).await?.into_iter().rfind(|record| record.in_force(now).is_ok()))
}

/// The records that were not ended yet, oldest first; some may have run out.
pub async fn open(tx: &mut Tx, resident: &ResidentId, client: &ClientId, purpose: &str) -> Result<Vec<Record>, Fault> {
    let rows: Vec<Row> = fetch!(
        tx,
        fetch_all,
        sqlx::query_as(
            "SELECT * FROM consent_current
              WHERE resident = $1 AND client = $2 AND purpose = $3 AND ended_at IS NULL
              ORDER BY given_at, record",
        )
        .bind(resident.as_str())
        .bind(client.as_str())
        .bind(purpose)
    )?;
    all(rows)
}

/// All records of a resident, newest first.
///
/// # Errors
/// When the database fails.
pub async fn of_resident(tx: &mut Tx, resident: &ResidentId) -> Result<Vec<Record>, Fault> {
    let rows: Vec<Row> = fetch!(
        tx,
        fetch_all,
        sqlx::query_as("SELECT * FROM consent_current WHERE resident = $1 ORDER BY given_at DESC, record")
            .bind(resident.as_str())
    )?;
    all(rows)
}

/// Records that ran out and were not ended yet.
pub async fn run_out(tx: &mut Tx, now: Timestamp, limit: i64) -> Result<Vec<Record>, Fault> {
    let rows: Vec<Row> = fetch!(
        tx,
        fetch_all,
        sqlx::query_as(
            "SELECT * FROM consent_current WHERE ended_at IS NULL AND valid_until <= $1 ORDER BY valid_until LIMIT $2",
        )
        .bind(now.seconds())
        .bind(limit)
    )?;
    all(rows)
}

pub async fn insert_current(tx: &mut Tx, record: &Record) -> Result<(), Fault> {
    execute!(
        tx,
        sqlx::query(
            "INSERT INTO consent_current
                    (record, resident, client, purpose, claims, state, given_at, valid_until, ended_at, seq, lowered,
                     terms)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, NULL, $9, $10, $11)",
        )
        .bind(record.id.as_str())
        .bind(record.resident.as_str())
        .bind(record.client.as_str())
        .bind(record.purpose.as_str())
        .bind(claims_text(record))
        .bind(record.state.as_str())
        .bind(record.given_at)
        .bind(record.valid_until)
        .bind(record.seq)
        .bind(lowered_text(record))
        .bind(record.terms.as_deref())
    )?;
    Ok(())
}

/// Ends a record that is open. `false`: somebody ended it before.
pub async fn end(tx: &mut Tx, id: &ConsentId, state: State, now: Timestamp) -> Result<bool, Fault> {
    let changed = execute!(
        tx,
        sqlx::query(
            "UPDATE consent_current SET state = $2, ended_at = $3, seq = seq + 1, paused_at = NULL
              WHERE record = $1 AND ended_at IS NULL",
        )
        .bind(id.as_str())
        .bind(state.as_str())
        .bind(now.seconds())
    )?;
    Ok(changed == 1)
}

pub async fn insert_event(tx: &mut Tx, event: Event<'_>) -> Result<(), Fault> {
    let record = event.record;
    execute!(
        tx,
        sqlx::query(
            "INSERT INTO consent_event (record, seq, type, at, actor, channel, resident, client, purpose, claims,
                                        valid_until, position, previous, hash, body, lowered,
                                        terms)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)",
        )
        .bind(record.id.as_str())
        .bind(record.seq)
        .bind(event.turn.as_str())
        .bind(event.at)
        .bind(event.actor)
        .bind(event.channel)
        .bind(record.resident.as_str())
        .bind(record.client.as_str())
        .bind(record.purpose.as_str())
        .bind(claims_text(record))
        .bind(record.valid_until)
        .bind(event.position.cast_signed())
        .bind(event.previous.as_slice())
        .bind(event.hash.as_slice())
        .bind(event.body.as_deref())
        .bind(lowered_text(record))
        .bind(record.terms.as_deref())
    )?;
    Ok(())
}

/// The hash of a record's last event.
pub async fn last_hash(tx: &mut Tx, id: &ConsentId) -> Result<Vec<u8>, Fault> {
    let row: Option<(Vec<u8>,)> = fetch!(
        tx,
        fetch_optional,
        sqlx::query_as("SELECT hash FROM consent_event WHERE record = $1 ORDER BY seq DESC LIMIT 1").bind(id.as_str())
    )?;
    row.map(|(hash,)| hash).ok_or(Fault::Stored("a consent record without events"))
}

/// The sealed body of the event that gave a consent.
pub async fn body(tx: &mut Tx, id: &ConsentId) -> Result<Option<Vec<u8>>, Fault> {
    let row: Option<(Option<Vec<u8>>,)> = fetch!(
        tx,
        fetch_optional,
        sqlx::query_as("SELECT body FROM consent_event WHERE record = $1 AND seq = 1").bind(id.as_str())
    )?;
    Ok(row.and_then(|(body,)| body))
}

/// The current rows as the events alone give them: what `consent_current` must be.
///
/// # Errors
/// When the database fails.
pub async fn rebuilt(tx: &mut Tx) -> Result<Vec<Record>, Fault> {
    let rows: Vec<Row> = fetch!(
        tx,
        fetch_all,
        sqlx::query_as(
            "SELECT last.record, last.resident, last.client, last.purpose, first.claims,
                    CASE WHEN last.type IN ('paused', 'resumed') THEN first.type ELSE last.type END AS state,
                    first.at AS given_at, first.valid_until,
                    CASE WHEN last.seq > 1 AND last.type NOT IN ('paused', 'resumed') THEN last.at END AS ended_at,
                    last.seq, CASE WHEN last.type = 'paused' THEN last.at END AS paused_at, first.lowered, first.terms
               FROM consent_event AS last
               JOIN consent_event AS first ON first.record = last.record AND first.seq = 1
              WHERE last.seq = (SELECT MAX(seq) FROM consent_event AS any_of WHERE any_of.record = last.record)
              ORDER BY last.record",
        )
    )?;
    all(rows)
}

fn lowered_text(record: &Record) -> Option<String> {
    (!record.lowered.is_empty()).then(|| serde_json::json!(record.lowered).to_string())
}

fn claims_text(record: &Record) -> String {
    serde_json::json!(record.claims).to_string()
}
