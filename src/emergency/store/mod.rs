//! SQL of emergencies. What was signed lies sealed; columns hold only how it stands.

mod listed;

pub use listed::count_listed;
pub(super) use listed::{list, listed, listed_version, unlist};

use super::{Emergency, Finding, Outcome, Wanted};
use crate::app::App;
use crate::clock::Timestamp;
use crate::db::{Tx, execute, fetch};
use crate::fault::Fault;
use crate::ids::{EmergencyId, PersonId, ResidentId};
use crate::people::{Proof, Recorded};

const ASKED: &str = "emergency_asked";
const APPROVED: &str = "emergency_approved";
const REVIEW: &str = "emergency_review";

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    asked: Vec<u8>,
    asked_by: String,
    asked_at: i64,
    until: i64,
    approved_by: Option<String>,
    approved_at: Option<i64>,
    ends_at: Option<i64>,
    review_due: Option<i64>,
    outcome: Option<String>,
    ended_at: Option<i64>,
    reviewed_by: Option<String>,
    reviewed_at: Option<i64>,
    finding: Option<String>,
    review: Option<Vec<u8>>,
}

const COLUMNS_OF_ONE: &str =
    "SELECT id, asked, asked_by, asked_at, until, approved_by, approved_at, ends_at, review_due, outcome, ended_at,
                reviewed_by, reviewed_at, finding, review
           FROM emergency WHERE id = $1";

fn seal(app: &App, what: &str, id: &EmergencyId, proof: &Proof) -> Result<Vec<u8>, Fault> {
    let proof = serde_json::to_vec(proof).map_err(|_| Fault::Internal("a confirmation does not serialise"))?;
    app.custody.seal_state(what, id.as_str(), &proof)
}

fn read(app: &App, row: Row) -> Result<Emergency, Fault> {
    // Emptied when the resident it was about was erased.
    let asked: Option<Proof> = match row.asked.as_slice() {
        [] => None,
        sealed => {
            let opened = app.custody.open_state(ASKED, &row.id, sealed)?;
            Some(serde_json::from_slice(&opened).map_err(|_| Fault::Stored("a confirmation does not read"))?)
        }
    };
    let signed: Option<Recorded> = asked.as_ref().map(|proof| proof.recorded(app)).transpose()?;
    let wanted = signed.as_ref().map(|signed| Wanted::read(signed).ok_or(Fault::Stored("another act was signed")));
    let reviewed = match (row.reviewed_by, row.reviewed_at, row.finding.as_deref().and_then(Finding::of)) {
        (Some(by), Some(at), Some(finding)) => {
            let words = match &row.review {
                Some(sealed) => String::from_utf8(app.custody.open_state(REVIEW, &row.id, sealed)?.to_vec())
                    .map_err(|_| Fault::Stored("a review does not read"))?,
                None => String::new(),
            };
            Some((PersonId::stored(by), Timestamp::from_seconds(at), finding, words))
        }
        _ => None,
    };
    let ended = row.outcome.as_deref().and_then(Outcome::of).zip(row.ended_at.map(Timestamp::from_seconds));
    let approved = row.approved_by.map(PersonId::stored).zip(row.approved_at.map(Timestamp::from_seconds));
    Ok(Emergency {
        id: EmergencyId::stored(row.id),
        wanted: wanted.transpose()?,
        asked,
        asked_by: PersonId::stored(row.asked_by),
        asked_at: Timestamp::from_seconds(row.asked_at),
        until: Timestamp::from_seconds(row.until),
        approved,
        ends_at: row.ends_at.map(Timestamp::from_seconds),
        review_due: row.review_due.map(Timestamp::from_seconds),
        ended,
        reviewed,
    })
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
    row.map(|row| read(app, row)).transpose()
}

pub(super) async fn recent(tx: &mut Tx, app: &App) -> Result<Vec<Emergency>, Fault> {
    let rows: Vec<Row> = fetch!(
        tx,
        fetch_all,
        sqlx::query_as(
            "SELECT id, asked, asked_by, asked_at, until, approved_by, approved_at, ends_at, review_due, outcome, ended_at,
                    reviewed_by, reviewed_at, finding, review
               FROM emergency ORDER BY asked_at DESC, id LIMIT 100",
        )
    )?;
    rows.into_iter().map(|row| read(app, row)).collect()
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
