//! SQL of cases.

use super::{Case, Kind, Outcome, State};
use crate::db::{Tx, execute, fetch};
use crate::fault::Fault;
use crate::ids::{CaseId, ClientId, ConsentId, PersonId, ResidentId};

mod lists;

pub use lists::{Counts, Filter, count, counts_of_client, erased, least_busy, list};
pub(super) use lists::{unmarked, waiting_for};

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    resident: String,
    kind: String,
    client: Option<String>,
    state: String,
    entry: Option<i64>,
    consent: Option<String>,
    purpose: Option<String>,
    claims: String,
    owner: Option<String>,
    opened_at: i64,
    due_at: i64,
    overdue_at: Option<i64>,
    answered_at: Option<i64>,
    closed_at: Option<i64>,
    outcome: Option<String>,
    seq: i64,
}

impl TryFrom<Row> for Case {
    type Error = Fault;

    fn try_from(row: Row) -> Result<Self, Fault> {
        Ok(Self {
            id: CaseId::stored(row.id),
            resident: ResidentId::stored(row.resident),
            kind: Kind::of(&row.kind).ok_or(Fault::Stored("kind of a case"))?,
            client: row.client.map(ClientId::stored),
            state: State::of(&row.state).ok_or(Fault::Stored("state of a case"))?,
            entry: row.entry.map(i64::cast_unsigned),
            consent: row.consent.map(ConsentId::stored),
            purpose: row.purpose,
            claims: serde_json::from_str(&row.claims).map_err(|_| Fault::Stored("claims of a case"))?,
            owner: row.owner.map(PersonId::stored),
            opened_at: row.opened_at,
            due_at: row.due_at,
            overdue_at: row.overdue_at,
            answered_at: row.answered_at,
            closed_at: row.closed_at,
            outcome: row.outcome.as_deref().and_then(Outcome::of),
            seq: row.seq,
        })
    }
}

fn all(rows: Vec<Row>) -> Result<Vec<Case>, Fault> {
    rows.into_iter().map(Case::try_from).collect()
}

/// An event about to be appended.
pub(super) struct Event<'a> {
    /// The case after the event.
    pub case: &'a Case,
    /// What happened.
    pub word: &'static str,
    /// When, Unix seconds.
    pub at: i64,
    /// Who acted.
    pub actor: &'static str,
    /// The member of staff, where one did.
    pub person: Option<&'a PersonId>,
    /// The entry of the same transaction.
    pub position: Option<u64>,
    /// Sealed words.
    pub body: Option<Vec<u8>>,
}

/// An event as it lies in the table.
#[derive(sqlx::FromRow)]
pub(super) struct Stored {
    pub seq: i64,
    #[sqlx(rename = "type")]
    pub word: String,
    pub at: i64,
    pub actor: String,
    pub person: Option<String>,
    pub position: Option<i64>,
    pub body: Option<Vec<u8>>,
}

/// Stores a new case. `false`: there is an open one of the same kind about the same entry.
pub(super) async fn insert(tx: &mut Tx, case: &Case) -> Result<bool, Fault> {
    let inserted = execute!(
        tx,
        sqlx::query(
            "INSERT INTO case_current (id, resident, kind, client, state, entry, consent, purpose, claims, owner,
                                       opened_at, due_at, seq)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT DO NOTHING",
        )
        .bind(case.id.as_str())
        .bind(case.resident.as_str())
        .bind(case.kind.as_str())
        .bind(case.client.as_ref().map(ClientId::as_str))
        .bind(case.state.as_str())
        .bind(case.entry.map(u64::cast_signed))
        .bind(case.consent.as_ref().map(ConsentId::as_str))
        .bind(case.purpose.as_deref())
        .bind(serde_json::json!(case.claims).to_string())
        .bind(case.owner.as_ref().map(PersonId::as_str))
        .bind(case.opened_at)
        .bind(case.due_at)
        .bind(case.seq)
    )?;
    Ok(inserted == 1)
}

/// The open case of the same kind about the same entry.
pub(super) async fn open_about(tx: &mut Tx, case: &Case) -> Result<Option<CaseId>, Fault> {
    let row: Option<(String,)> = fetch!(
        tx,
        fetch_optional,
        sqlx::query_as(
            "SELECT id FROM case_current WHERE resident = $1 AND kind = $2 AND entry = $3 AND closed_at IS NULL",
        )
        .bind(case.resident.as_str())
        .bind(case.kind.as_str())
        .bind(case.entry.map(u64::cast_signed))
    )?;
    Ok(row.map(|(id,)| CaseId::stored(id)))
}

/// Brings a case from one event to the next. `false`: it has moved on since it was read.
pub(super) async fn change(tx: &mut Tx, before: &Case, after: &Case) -> Result<bool, Fault> {
    let changed = execute!(
        tx,
        sqlx::query(
            "UPDATE case_current
                SET state = $3, owner = $4, due_at = $5, overdue_at = $6, answered_at = $7, closed_at = $8, outcome = $9,
                    seq = $10
              WHERE id = $1 AND seq = $2",
        )
        .bind(before.id.as_str())
        .bind(before.seq)
        .bind(after.state.as_str())
        .bind(after.owner.as_ref().map(PersonId::as_str))
        .bind(after.due_at)
        .bind(after.overdue_at)
        .bind(after.answered_at)
        .bind(after.closed_at)
        .bind(after.outcome.map(Outcome::as_str))
        .bind(after.seq)
    )?;
    Ok(changed == 1)
}

pub(super) async fn insert_event(tx: &mut Tx, event: &Event<'_>) -> Result<(), Fault> {
    execute!(
        tx,
        sqlx::query(
            "INSERT INTO case_event (id, seq, type, at, actor, person, position, body)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(event.case.id.as_str())
        .bind(event.case.seq)
        .bind(event.word)
        .bind(event.at)
        .bind(event.actor)
        .bind(event.person.map(PersonId::as_str))
        .bind(event.position.map(u64::cast_signed))
        .bind(event.body.as_deref())
    )?;
    Ok(())
}

pub(super) async fn events(tx: &mut Tx, id: &CaseId) -> Result<Vec<Stored>, Fault> {
    Ok(fetch!(
        tx,
        fetch_all,
        sqlx::query_as(
            "SELECT seq, type, at, actor, person, position, body FROM case_event WHERE id = $1 ORDER BY seq",
        )
        .bind(id.as_str())
    )?)
}

/// Whether a member of staff has read what was written in a case.
///
/// # Errors
/// When the database fails.
pub async fn was_read_by(tx: &mut Tx, id: &CaseId, person: &PersonId) -> Result<bool, Fault> {
    let count: i64 = fetch!(
        tx,
        fetch_one,
        sqlx::query_scalar("SELECT COUNT(*) FROM case_event WHERE id = $1 AND person = $2 AND type = 'read'")
            .bind(id.as_str())
            .bind(person.as_str())
    )?;
    Ok(count > 0)
}

/// A case, whoever's it is. There is none any more once its resident is erased, for whoever asks.
///
/// # Errors
/// When the database fails.
pub async fn find(tx: &mut Tx, id: &CaseId) -> Result<Option<Case>, Fault> {
    let row: Option<Row> = fetch!(
        tx,
        fetch_optional,
        sqlx::query_as(
            "SELECT c.* FROM case_current AS c
              WHERE c.id = $1
                AND NOT EXISTS (SELECT 1 FROM resident AS r WHERE r.id = c.resident AND r.erased_at IS NOT NULL)",
        )
        .bind(id.as_str())
    )?;
    row.map(Case::try_from).transpose()
}

/// A case of this resident; another's is none.
///
/// # Errors
/// When the database fails.
pub async fn own(tx: &mut Tx, resident: &ResidentId, id: &CaseId) -> Result<Option<Case>, Fault> {
    Ok(find(tx, id).await?.filter(|case| case.resident == *resident))
}

/// All cases of a resident, the newest first.
///
/// # Errors
/// When the database fails.
pub async fn of_resident(tx: &mut Tx, resident: &ResidentId) -> Result<Vec<Case>, Fault> {
    all(fetch!(
        tx,
        fetch_all,
        sqlx::query_as("SELECT * FROM case_current WHERE resident = $1 ORDER BY opened_at DESC, id")
            .bind(resident.as_str())
    )?)
}

/// How many cases of a resident are not over.
pub(super) async fn count_open_of(tx: &mut Tx, resident: &ResidentId) -> Result<i64, Fault> {
    let (count,): (i64,) = fetch!(
        tx,
        fetch_one,
        sqlx::query_as("SELECT COUNT(*) FROM case_current WHERE resident = $1 AND closed_at IS NULL")
            .bind(resident.as_str())
    )?;
    Ok(count)
}
