//! SQL of emergencies. What was signed lies sealed; columns hold only how it stands.

mod listed;
mod row;

pub use listed::count_listed;
pub(super) use listed::{list, listed, listed_version, unlist};

use row::{Row, read};

use super::{Emergency, Finding, Outcome};
use crate::app::App;
use crate::clock::Timestamp;
use crate::db::{Tx, execute, fetch};
use crate::fault::Fault;
use crate::ids::{EmergencyId, PersonId, ResidentId};
use crate::people::{Proof, Recorded};

const ASKED: &str = "emergency_asked";
const APPROVED: &str = "emergency_approved";
const REVIEW: &str = "emergency_review";

const COLUMNS_OF_ONE: &str =
    "SELECT id, asked, asked_by, asked_at, until, approved, approved_by, approved_at, ends_at, review_due, outcome, ended_at,
                reviewed_by, reviewed_at, finding, review, words_gone_at
           FROM emergency WHERE id = $1";

fn seal(app: &App, what: &str, id: &EmergencyId, proof: &Proof) -> Result<Vec<u8>, Fault> {
    let proof = serde_json::to_vec(proof).map_err(|_| Fault::Internal("a confirmation does not serialise"))?;
    app.custody.seal_state(what, id.as_str(), &proof)
}

pub(super) async fn insert(
    tx: &mut Tx, app: &App, id: &EmergencyId, resident: Option<&ResidentId>, proof: &Proof, signed: &Recorded,
) -> Result<(), Fault> {
    execute!(
        tx,
        sqlx::query(
            "INSERT INTO emergency (id, resident, asked, asked_by, asked_at, until) VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(id.as_str())
        .bind(resident.map(ResidentId::as_str))
        .bind(seal(app, ASKED, id, proof)?)
        .bind(signed.person.as_str())
        .bind(signed.at.seconds())
        .bind(signed.until.seconds())
    )?;
    Ok(())
}

pub(super) async fn find(tx: &mut Tx, app: &App, id: &EmergencyId) -> Result<Option<Emergency>, Fault> {
    let row: Option<Row> = fetch!(tx, fetch_optional, sqlx::query_as(COLUMNS_OF_ONE).bind(id.as_str()))?;
    Ok(row.map(|row| read(app, row)))
}

pub(super) async fn recent(tx: &mut Tx, app: &App) -> Result<Vec<Emergency>, Fault> {
    let rows: Vec<Row> = fetch!(
        tx,
        fetch_all,
        sqlx::query_as(
            "SELECT id, asked, asked_by, asked_at, until, approved, approved_by, approved_at, ends_at, review_due, outcome, ended_at,
                    reviewed_by, reviewed_at, finding, review, words_gone_at
               FROM emergency ORDER BY asked_at DESC, id LIMIT 100",
        )
    )?;
    Ok(rows.into_iter().map(|row| read(app, row)).collect())
}

/// What is written when somebody approves.
pub(super) struct Approved<'a> {
    pub by: &'a PersonId,
    pub proof: &'a Proof,
    pub ends_at: Timestamp,
    pub due: Timestamp,
}

/// `false`: approved or ended before, too late, or by whoever asked.
pub(super) async fn approve(tx: &mut Tx, app: &App, id: &EmergencyId, approved: &Approved<'_>) -> Result<bool, Fault> {
    let changed = execute!(
        tx,
        sqlx::query(
            "UPDATE emergency SET approved = $2, approved_by = $3, approved_at = $4, ends_at = $5, review_due = $6
              WHERE id = $1 AND approved_at IS NULL AND ended_at IS NULL AND until > $4 AND asked_by <> $3",
        )
        .bind(id.as_str())
        .bind(seal(app, APPROVED, id, approved.proof)?)
        .bind(approved.by.as_str())
        .bind(app.now().seconds())
        .bind(approved.ends_at.seconds())
        .bind(approved.due.seconds())
    )?;
    Ok(changed == 1)
}

/// `false`: ended before.
pub(super) async fn end(
    tx: &mut Tx, id: &EmergencyId, outcome: Outcome, by: &PersonId, now: Timestamp,
) -> Result<bool, Fault> {
    let changed = execute!(
        tx,
        sqlx::query(
            "UPDATE emergency SET outcome = $2, ended_at = $3, ended_by = $4 WHERE id = $1 AND ended_at IS NULL"
        )
        .bind(id.as_str())
        .bind(outcome.as_str())
        .bind(now.seconds())
        .bind(by.as_str())
    )?;
    Ok(changed == 1)
}

/// `false`: reviewed before, never approved, or by one of the two.
pub(super) async fn review(
    tx: &mut Tx, app: &App, id: &EmergencyId, by: &PersonId, (finding, words): (Finding, &str),
) -> Result<bool, Fault> {
    let sealed = app.custody.seal_state(REVIEW, id.as_str(), words.as_bytes())?;
    let changed = execute!(
        tx,
        sqlx::query(
            "UPDATE emergency SET reviewed_by = $2, reviewed_at = $3, finding = $4, review = $5
              WHERE id = $1 AND reviewed_at IS NULL AND approved_at IS NOT NULL
                AND asked_by <> $2 AND approved_by <> $2",
        )
        .bind(id.as_str())
        .bind(by.as_str())
        .bind(app.now().seconds())
        .bind(finding.as_str())
        .bind(sealed)
    )?;
    Ok(changed == 1)
}

/// How many wait for a second hand, how many for a review, and how many of these for too long.
pub(super) async fn waiting(tx: &mut Tx, now: Timestamp) -> Result<(u64, u64, u64), Fault> {
    let (asked, to_review, overdue): (i64, i64, i64) = fetch!(
        tx,
        fetch_one,
        sqlx::query_as(
            "SELECT count(CASE WHEN approved_at IS NULL AND ended_at IS NULL AND until > $1 THEN 1 END),
                    count(CASE WHEN approved_at IS NOT NULL AND reviewed_at IS NULL
                                AND (ends_at <= $1 OR ended_at IS NOT NULL) THEN 1 END),
                    count(CASE WHEN approved_at IS NOT NULL AND reviewed_at IS NULL AND review_due <= $1 THEN 1 END)
               FROM emergency WHERE reviewed_at IS NULL",
        )
        .bind(now.seconds())
    )?;
    Ok((asked.cast_unsigned(), to_review.cast_unsigned(), overdue.cast_unsigned()))
}

/// Whether a review was not made by its time.
pub(super) async fn is_overdue(tx: &mut Tx, now: Timestamp) -> Result<bool, Fault> {
    let row: Option<(String,)> = fetch!(
        tx,
        fetch_optional,
        sqlx::query_as(
            "SELECT id FROM emergency WHERE approved_at IS NOT NULL AND reviewed_at IS NULL AND review_due <= $1 LIMIT 1",
        )
        .bind(now.seconds())
    )?;
    Ok(row.is_some())
}

/// Empties what was written in those that were reviewed, or came to nothing, before a moment.
pub(super) async fn forget(tx: &mut Tx, before: Timestamp, now: Timestamp) -> Result<u64, Fault> {
    Ok(execute!(
        tx,
        sqlx::query(
            "UPDATE emergency SET asked = '', approved = NULL, review = NULL, words_gone_at = $2
              WHERE words_gone_at IS NULL AND (reviewed_at < $1 OR (approved_at IS NULL AND until < $1))",
        )
        .bind(before.seconds())
        .bind(now.seconds())
    )?)
}
