//! SQL of mandates.

mod about;

pub use about::{consents_of, is_shielded, shielded, sweep};
pub(super) use about::{forget_request, insert_consent, keep_request, of_request, shield, unshield};

use super::kind::Kind;
use super::record::{EndedBy, Mandate};
use super::right::Right;
use crate::clock::Timestamp;
use crate::db::{Tx, execute, fetch};
use crate::fault::Fault;
use crate::ids::{MandateId, ResidentId};

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    kind: String,
    principal: String,
    delegate: Option<String>,
    relation: String,
    rights: String,
    hidden: String,
    conflicts: String,
    made_at: i64,
    until: i64,
    begun_at: Option<i64>,
    ended_at: Option<i64>,
    ended_by: Option<String>,
    quiet_at: Option<i64>,
}

impl TryFrom<Row> for Mandate {
    type Error = Fault;

    fn try_from(row: Row) -> Result<Self, Fault> {
        let list = |text: &str| -> Result<Vec<String>, Fault> {
            serde_json::from_str(text).map_err(|_| Fault::Stored("a list of a mandate"))
        };
        let ended_by = row.ended_by.as_deref().and_then(EndedBy::of);
        Ok(Self {
            kind: Kind::of(&row.kind).ok_or(Fault::Stored("kind of a mandate"))?,
            rights: list(&row.rights)?.iter().filter_map(|word| Right::of(word)).collect(),
            hidden: list(&row.hidden)?,
            conflicts: list(&row.conflicts)?,
            id: MandateId::stored(row.id),
            principal: ResidentId::stored(row.principal),
            delegate: row.delegate.map(ResidentId::stored),
            relation: row.relation,
            made_at: row.made_at,
            until: row.until,
            begun_at: row.begun_at,
            ended: row.ended_at.zip(ended_by),
            quiet: row.quiet_at.is_some(),
        })
    }
}

fn all(rows: Vec<Row>) -> Result<Vec<Mandate>, Fault> {
    rows.into_iter().map(Mandate::try_from).collect()
}

fn json<T: AsRef<str>>(list: &[T]) -> String {
    serde_json::json!(list.iter().map(AsRef::as_ref).collect::<Vec<&str>>()).to_string()
}

/// A mandate, however it stands.
///
/// # Errors
/// When the database fails.
pub async fn mandate(tx: &mut Tx, id: &MandateId) -> Result<Option<Mandate>, Fault> {
    let row: Option<Row> =
        fetch!(tx, fetch_optional, sqlx::query_as("SELECT * FROM mandate WHERE id = $1").bind(id.as_str()))?;
    row.map(Mandate::try_from).transpose()
}

/// The mandate, if its delegate may act by it at this moment: begun, not ended, its day not come, neither of the two
/// locked or erased, and the principal's erasure not waiting for its day: until then nobody reads anything of hers.
///
/// # Errors
/// When the database fails.
pub async fn in_force(tx: &mut Tx, id: &MandateId, now: Timestamp) -> Result<Option<Mandate>, Fault> {
    let row: Option<Row> = fetch!(
        tx,
        fetch_optional,
        sqlx::query_as(
            "SELECT m.* FROM mandate m
               JOIN resident p ON p.id = m.principal AND p.locked_at IS NULL AND p.erased_at IS NULL
                              AND p.erases_at IS NULL
               JOIN resident d ON d.id = m.delegate AND d.locked_at IS NULL AND d.erased_at IS NULL
              WHERE m.id = $1 AND m.begun_at IS NOT NULL AND m.ended_at IS NULL AND m.until > $2",
        )
        .bind(id.as_str())
        .bind(now.seconds())
    )?;
    row.map(Mandate::try_from).transpose()
}

/// Who may act, was offered to, or acted for a resident; the newest first.
///
/// # Errors
/// When the database fails.
pub async fn of_principal(tx: &mut Tx, resident: &ResidentId) -> Result<Vec<Mandate>, Fault> {
    let rows: Vec<Row> = fetch!(
        tx,
        fetch_all,
        sqlx::query_as("SELECT * FROM mandate WHERE principal = $1 ORDER BY made_at DESC, id").bind(resident.as_str())
    )?;
    all(rows)
}

/// For whom a resident may act, or acted; the newest first.
///
/// # Errors
/// When the database fails.
pub async fn of_delegate(tx: &mut Tx, resident: &ResidentId) -> Result<Vec<Mandate>, Fault> {
    let rows: Vec<Row> = fetch!(
        tx,
        fetch_all,
        sqlx::query_as("SELECT * FROM mandate WHERE delegate = $1 ORDER BY made_at DESC, id").bind(resident.as_str())
    )?;
    all(rows)
}

pub(super) async fn insert(tx: &mut Tx, mandate: &Mandate) -> Result<(), Fault> {
    let rights: Vec<&str> = mandate.rights.iter().map(|right| right.as_str()).collect();
    execute!(
        tx,
        sqlx::query(
            "INSERT INTO mandate (id, kind, principal, delegate, relation, rights, hidden, conflicts, made_at, until)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        )
        .bind(mandate.id.as_str())
        .bind(mandate.kind.as_str())
        .bind(mandate.principal.as_str())
        .bind(mandate.delegate.as_ref().map(ResidentId::as_str))
        .bind(mandate.relation.as_str())
        .bind(json(&rights))
        .bind(json(&mandate.hidden))
        .bind(json(&mandate.conflicts))
        .bind(mandate.made_at)
        .bind(mandate.until)
    )?;
    Ok(())
}

/// Begins an offered mandate with its delegate. `false`: somebody else was faster, or it ended meanwhile.
pub(super) async fn begin(
    tx: &mut Tx, id: &MandateId, delegate: &ResidentId, conflicts: &[String], now: Timestamp,
) -> Result<bool, Fault> {
    let changed = execute!(
        tx,
        sqlx::query(
            "UPDATE mandate SET delegate = $2, conflicts = $3, begun_at = $4
              WHERE id = $1 AND begun_at IS NULL AND ended_at IS NULL AND until > $4
                AND (delegate IS NULL OR delegate = $2)",
        )
        .bind(id.as_str())
        .bind(delegate.as_str())
        .bind(json(conflicts))
        .bind(now.seconds())
    )?;
    Ok(changed == 1)
}

/// Ends a mandate. `false`: it had ended before.
pub(super) async fn end(tx: &mut Tx, id: &MandateId, by: EndedBy, quiet: bool, now: Timestamp) -> Result<bool, Fault> {
    let changed = execute!(
        tx,
        sqlx::query(
            "UPDATE mandate SET ended_at = $2, ended_by = $3, quiet_at = $4 WHERE id = $1 AND ended_at IS NULL",
        )
        .bind(id.as_str())
        .bind(now.seconds())
        .bind(by.as_str())
        .bind(quiet.then(|| now.seconds()))
    )?;
    Ok(changed == 1)
}

/// Mandates whose day has come and that were not ended yet.
///
/// # Errors
/// When the database fails.
pub async fn run_out(tx: &mut Tx, now: Timestamp, limit: i64) -> Result<Vec<Mandate>, Fault> {
    let rows: Vec<Row> = fetch!(
        tx,
        fetch_all,
        sqlx::query_as("SELECT * FROM mandate WHERE ended_at IS NULL AND until <= $1 ORDER BY until, id LIMIT $2")
            .bind(now.seconds())
            .bind(limit)
    )?;
    all(rows)
}

/// Begins what a guardian asked for. `false`: it ended or began meanwhile.
pub(super) async fn confirm(tx: &mut Tx, id: &MandateId, by: &str, paper: &str, now: Timestamp) -> Result<bool, Fault> {
    let changed = execute!(
        tx,
        sqlx::query(
            "UPDATE mandate SET begun_at = $2, confirmed_by = $3, paper = $4
              WHERE id = $1 AND kind = 'guardian' AND begun_at IS NULL AND ended_at IS NULL AND until > $2",
        )
        .bind(id.as_str())
        .bind(now.seconds())
        .bind(by)
        .bind(paper)
    )?;
    Ok(changed == 1)
}

/// What guardians ask for and nobody has confirmed.
pub(super) async fn guardians_waiting(tx: &mut Tx) -> Result<Vec<Mandate>, Fault> {
    let rows: Vec<Row> = fetch!(
        tx,
        fetch_all,
        sqlx::query_as(
            "SELECT * FROM mandate WHERE kind = 'guardian' AND begun_at IS NULL AND ended_at IS NULL
              ORDER BY made_at, id",
        )
    )?;
    all(rows)
}
