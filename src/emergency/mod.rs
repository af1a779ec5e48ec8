//! Break-glass: in an emergency two members of staff may see a few things of a resident without her consent (PIPL 13(1)
//! item 4: to protect life, health and property).
//!
//! 1. One of them says whom it is about, why, under which case number, and which claims ([`Wanted`]), and signs that with
//!    the passkey ([`ask()`]). One resident, found in a sitting, or everybody in a building who agreed beforehand
//!    ([`listed`]).
//! 2. Another one reads it from the signed bytes and signs them in turn, within fifteen minutes ([`approve()`]). At that
//!    moment the resident is told, before anybody has seen anything.
//! 3. For thirty minutes either of the two may open the claims, at most twenty times, each time through the gate: the
//!    entry (kind 14) is durable before a byte is opened ([`read()`]).
//! 4. Within 72 hours a third person says whether it was justified ([`review()`]), an auditor where there is one. If
//!    nobody does, no emergency can be asked for or approved, by anybody, until it is done ([`is_blocked`]).
//!
//! Parameters are never taken from a column or a form once they were signed: they are read from the signed bytes.

mod approve;
mod ask;
mod end;
pub mod listed;
mod read;
mod refusal;
mod review;
mod seen;
mod store;
mod wanted;

pub use approve::{APPROVE, approve};
pub use ask::ask;
pub use end::end;
pub use read::{Opened, Read, read};
pub use refusal::Refusal;
pub use review::{AUDITORS_FIRST, Finding, is_for as is_for_review, review, to_review};
pub use seen::{Emergency, Outcome, State, Use, Waiting, find, of_resident, recent, waiting};
pub use store::count_listed;
pub use wanted::{MOST_CLAIMS, REASONS, Target, Wanted};

use std::time::Duration;

use crate::app::App;
use crate::clock::Timestamp;
use crate::custody;
use crate::db::Tx;
use crate::fault::Fault;
use crate::ids::{EmergencyId, RequestId, ResidentId};
use crate::ledger::{self, By, Entry, Extra, Head, Kind};

/// How long it may be read once it was approved.
pub const OPEN: Duration = Duration::from_secs(30 * 60);
/// By when a third person has to have looked at it.
pub const REVIEW: Duration = Duration::from_secs(72 * 60 * 60);

/// For so long after its review, or after it came to nothing, what was written in an emergency is kept. That there was one,
/// whose hands it was in and what came of it stays, and so do the entries.
pub const KEPT: Duration = Duration::from_secs(180 * 24 * 60 * 60);

/// Deletes what was written in emergencies whose time is over; how many there were.
///
/// # Errors
/// When the database fails.
pub async fn sweep(tx: &mut Tx, now: Timestamp) -> Result<u64, Fault> {
    store::forget(tx, now.minus(KEPT), now).await
}

/// Whether a review is overdue: then nobody may ask or approve.
///
/// # Errors
/// When the database fails.
pub async fn is_blocked(tx: &mut Tx, app: &App) -> Result<bool, Fault> {
    store::is_overdue(tx, app.now()).await
}

/// A step, in the book of each resident it is about (kind 14); about nobody where it is about none yet.
async fn enter(tx: &mut Tx, app: &App, head: &mut Head, step: &Step<'_>, about: &[ResidentId]) -> Result<(), Fault> {
    let entry = |resident: Option<&ResidentId>| {
        let entry = match resident {
            Some(resident) => Entry::about(Kind::BreakGlass, resident, app.now()),
            None => Entry::about_nobody(Kind::BreakGlass, app.now()),
        };
        let mut notes = vec![("emergency", step.id.to_string())];
        notes.extend(step.notes.iter().cloned());
        let request = Some(step.request.clone());
        let outcome = if step.is_refused { ledger::Outcome::Refused } else { entry.outcome };
        Entry { reason: step.reason, request, outcome, extra: Extra::Notes(notes), ..entry }.by(step.by)
    };
    let entries = match about {
        [] => vec![entry(None)],
        about => about.iter().map(|resident| entry(Some(resident))).collect(),
    };
    let _pending = custody::enter_all(tx, &app.custody, head, entries).await?;
    Ok(())
}

/// What an entry says of a step.
struct Step<'a> {
    id: &'a EmergencyId,
    reason: &'static str,
    is_refused: bool,
    by: &'a By,
    notes: Vec<(&'static str, String)>,
    request: &'a RequestId,
}
