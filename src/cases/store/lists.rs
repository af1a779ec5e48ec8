//! Lists of cases: for the staff, for auditors, for a client, and what is to be marked.

use super::all;
use crate::cases::Case;
use crate::clock::Timestamp;
use crate::db::{Tx, execute, fetch};
use crate::fault::Fault;
use crate::ids::{ClientId, PersonId, ResidentId};

/// Which cases a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Filter<'a> {
    /// Those that are not over, the one that is due first, first.
    Open,
    /// Those that wait for the staff, and those that a client let lie past their day.
    ForStaff,
    /// Those that wait for an answer past their day.
    Overdue,
    /// Those that are not over and that this member of staff looks after.
    Of(&'a PersonId),
    /// Those that are over, the latest first.
    Over,
}

impl Filter<'_> {
    /// Word and person for the statement.
    fn parts(&self) -> (&'static str, &str) {
        match self {
            Self::Open => ("open", ""),
            Self::ForStaff => ("for_staff", ""),
            Self::Overdue => ("overdue", ""),
            Self::Of(person) => ("of", person.as_str()),
            Self::Over => ("over", ""),
        }
    }
}

/// How many cases there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// Not over.
    pub open: i64,
    /// Waiting for an answer past their day.
    pub overdue: i64,
    /// Ever found to have no answer by their day.
    pub ever_overdue: i64,
}

/// Cases of everybody who is not erased, for the consoles. No words of anybody are in them.
///
/// # Errors
/// When the database fails.
pub async fn list(tx: &mut Tx, filter: Filter<'_>, now: Timestamp, limit: i64) -> Result<Vec<Case>, Fault> {
    let (word, person) = filter.parts();
    all(fetch!(
        tx,
        fetch_all,
        sqlx::query_as(
            "SELECT * FROM case_current
              WHERE ($1 = 'over') = (closed_at IS NOT NULL)
                AND ($1 <> 'of' OR owner = $2)
                AND ($1 <> 'for_staff' OR state = 'with_staff' OR (state = 'with_client' AND due_at < $3))
                AND ($1 <> 'overdue' OR (state IN ('with_client', 'with_staff') AND due_at < $3))
                AND resident NOT IN (SELECT id FROM resident WHERE erased_at IS NOT NULL)
              ORDER BY CASE WHEN closed_at IS NULL THEN due_at ELSE -closed_at END, id LIMIT $4",
        )
        .bind(word)
        .bind(person)
        .bind(now.seconds())
        .bind(limit)
    )?)
}

type Three = (i64, i64, i64);

fn counts((open, overdue, ever_overdue): Three) -> Counts {
    Counts { open, overdue, ever_overdue }
}

/// How many cases there are.
///
/// # Errors
/// When the database fails.
pub async fn count(tx: &mut Tx, now: Timestamp) -> Result<Counts, Fault> {
    let row: Three = fetch!(
        tx,
        fetch_one,
        sqlx::query_as(
            "SELECT COUNT(*) - COUNT(closed_at),
                    COUNT(CASE WHEN state IN ('with_client', 'with_staff') AND due_at < $1 THEN 1 END),
                    COUNT(overdue_at)
               FROM case_current",
        )
        .bind(now.seconds())
    )?;
    Ok(counts(row))
}

/// As [`count`], of those about one client: how it stands by its answers.
///
/// # Errors
/// When the database fails.
pub async fn counts_of_client(tx: &mut Tx, client: &ClientId, now: Timestamp) -> Result<Counts, Fault> {
    let row: Three = fetch!(
        tx,
        fetch_one,
        sqlx::query_as(
            "SELECT COUNT(*) - COUNT(closed_at),
                    COUNT(CASE WHEN state IN ('with_client', 'with_staff') AND due_at < $2 THEN 1 END),
                    COUNT(overdue_at)
               FROM case_current WHERE client = $1",
        )
        .bind(client.as_str())
        .bind(now.seconds())
    )?;
    Ok(counts(row))
}

/// The member of staff with the fewest cases that are not over; `None`: nobody works here yet.
///
/// # Errors
/// When the database fails.
pub async fn least_busy(tx: &mut Tx) -> Result<Option<PersonId>, Fault> {
    let id: Option<String> = fetch!(
        tx,
        fetch_optional,
        sqlx::query_scalar(
            "SELECT p.id FROM person AS p WHERE p.role = 'staff' AND p.disabled_at IS NULL
              ORDER BY (SELECT COUNT(*) FROM case_current AS c WHERE c.owner = p.id AND c.closed_at IS NULL),
                       p.created_at, p.id
              LIMIT 1",
        )
    )?;
    Ok(id.map(PersonId::stored))
}

/// The record of a resident is erased: nothing of hers waits for an answer any more.
///
/// # Errors
/// When the database fails.
pub async fn erased(tx: &mut Tx, resident: &ResidentId, now: Timestamp) -> Result<u64, Fault> {
    Ok(execute!(
        tx,
        sqlx::query(
            "UPDATE case_current SET state = 'taken_back', closed_at = $2 WHERE resident = $1 AND closed_at IS NULL"
        )
        .bind(resident.as_str())
        .bind(now.seconds())
    )?)
}

/// What waits for a client, the one that is due first, first.
pub(in crate::cases) async fn waiting_for(tx: &mut Tx, client: &ClientId, limit: i64) -> Result<Vec<Case>, Fault> {
    all(fetch!(
        tx,
        fetch_all,
        sqlx::query_as(
            "SELECT * FROM case_current WHERE client = $1 AND state = 'with_client' ORDER BY due_at, id LIMIT $2",
        )
        .bind(client.as_str())
        .bind(limit)
    )?)
}

/// What is overdue and was not marked so for this day.
pub(in crate::cases) async fn unmarked(tx: &mut Tx, now: Timestamp, limit: i64) -> Result<Vec<Case>, Fault> {
    all(fetch!(
        tx,
        fetch_all,
        sqlx::query_as(
            "SELECT * FROM case_current
              WHERE closed_at IS NULL AND state IN ('with_client', 'with_staff') AND due_at < $1
                AND (overdue_at IS NULL OR overdue_at <= due_at)
              ORDER BY due_at, id LIMIT $2",
        )
        .bind(now.seconds())
        .bind(limit)
    )?)
}
