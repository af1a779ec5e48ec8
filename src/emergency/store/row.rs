//! An emergency as it lies in the table, read: what was signed counts, and columns say only how it stands.

use super::{APPROVED, ASKED, REVIEW};
use crate::app::App;
use crate::clock::Timestamp;
use crate::emergency::{APPROVE, Emergency, Finding, Outcome, Wanted};
use crate::ids::{EmergencyId, PersonId};
use crate::people::{Proof, Recorded, Role};

#[derive(sqlx::FromRow)]
pub(super) struct Row {
    pub id: String,
    pub asked: Vec<u8>,
    pub asked_by: String,
    pub asked_at: i64,
    pub until: i64,
    pub approved: Option<Vec<u8>>,
    pub approved_by: Option<String>,
    pub approved_at: Option<i64>,
    pub ends_at: Option<i64>,
    pub review_due: Option<i64>,
    pub outcome: Option<String>,
    pub ended_at: Option<i64>,
    pub reviewed_by: Option<String>,
    pub reviewed_at: Option<i64>,
    pub finding: Option<String>,
    pub review: Option<Vec<u8>>,
    pub words_gone_at: Option<i64>,
}

/// Reads a row. One that somebody altered, or that does not open, is marked: a list that ended at it would hide the others,
/// and a review that could not be made would keep everybody from the next emergency for ever.
pub(super) fn read(app: &App, row: Row) -> Emergency {
    // Emptied when the resident it was about was erased, or half a year after its review.
    let is_empty = row.asked.is_empty();
    let asked = opened(app, ASKED, &row.id, &row.asked).filter(|(_, signed)| signed.person.as_str() == row.asked_by);
    let wanted = asked.as_ref().and_then(|(_, signed)| Wanted::read(signed));
    let second = match &row.approved_by {
        Some(by) => asked.as_ref().is_some_and(|asked| is_approved_by(app, &row, asked, by)),
        None => true,
    };
    let words = row.review.as_ref().map(|sealed| words(app, &row.id, sealed));
    let is_altered = words == Some(None) || (!is_empty && (wanted.is_none() || !second));
    let finding = row.finding.as_deref().and_then(Finding::of);
    let reviewed = match (row.reviewed_by, row.reviewed_at, finding) {
        (Some(by), Some(at), Some(finding)) => {
            Some((PersonId::stored(by), Timestamp::from_seconds(at), finding, words.flatten().unwrap_or_default()))
        }
        _ => None,
    };
    Emergency {
        id: EmergencyId::stored(row.id),
        asked: asked.map(|(proof, _)| proof),
        wanted,
        is_altered,
        words_are_gone: row.words_gone_at.is_some(),
        asked_by: PersonId::stored(row.asked_by),
        asked_at: Timestamp::from_seconds(row.asked_at),
        until: Timestamp::from_seconds(row.until),
        approved: row.approved_by.map(PersonId::stored).zip(row.approved_at.map(Timestamp::from_seconds)),
        ends_at: row.ends_at.map(Timestamp::from_seconds),
        review_due: row.review_due.map(Timestamp::from_seconds),
        ended: row.outcome.as_deref().and_then(Outcome::of).zip(row.ended_at.map(Timestamp::from_seconds)),
        reviewed,
    }
}

/// What was signed, and the same read.
fn opened(app: &App, what: &str, id: &str, sealed: &[u8]) -> Option<(Proof, Recorded)> {
    let opened = app.custody.open_state(what, id, sealed).ok()?;
    let proof: Proof = serde_json::from_slice(&opened).ok()?;
    let signed = proof.recorded(app).ok()?;
    Some((proof, signed))
}

/// Whether the approval is of another hand, over these very bytes, in time.
fn is_approved_by(app: &App, row: &Row, (asked, first): &(Proof, Recorded), by: &str) -> bool {
    let Some((_, second)) = row.approved.as_ref().and_then(|sealed| opened(app, APPROVED, &row.id, sealed)) else {
        return false;
    };
    let these = second.what == APPROVE && second.fact("asked") == Some(asked.record.as_str());
    let another = second.person != first.person && second.role == Role::Staff && second.person.as_str() == by;
    these && another && second.at < first.until
}

fn words(app: &App, id: &str, sealed: &[u8]) -> Option<String> {
    String::from_utf8(app.custody.open_state(REVIEW, id, sealed).ok()?.to_vec()).ok()
}
