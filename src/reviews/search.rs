//! A search, and one entry looked at: entered first, then done.

use super::look::{self, Found, Row, Through};
use super::{Cursor, Filter, Refusal};
use crate::app::App;
use crate::custody;
use crate::ids::RequestId;
use crate::ledger::{self, By, Detail, Entry, Extra, Kind};
use crate::people::{self, Role, Session};

/// A page of a search: at most so many rows, and so much work.
const PAGE: Through = Through { rows: 50, opened: 4_000, leaves: 40_000 };

/// A page of what was found.
#[derive(Debug)]
pub struct Page {
    /// What was found.
    pub found: Found,
    /// Where the next page goes on.
    pub older: Option<Cursor>,
    /// Where this search stands in the ledger.
    pub entered: u64,
}

/// One entry, looked at.
#[derive(Debug)]
pub struct Seen {
    /// The entry.
    pub row: Row,
    /// What an act of people about no resident says besides: for example what an auditor sought.
    pub notes: Option<Detail>,
}

/// Enters what an auditor does (kind 12), in a transaction of its own; the position.
///
/// # Errors
/// `NotAnAuditor` when the session has ended meanwhile or is somebody else's.
pub(super) async fn enter(
    app: &App, session: &Session, reason: &'static str, notes: Vec<(&'static str, String)>, request: &RequestId,
) -> Result<u64, Refusal> {
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    still_auditor(&mut tx, session).await?;
    let entry = entry(app, session, reason, notes, request);
    let pending = custody::enter(&mut tx, &app.custody, &mut head, entry).await?;
    let position = pending.position();
    head.commit(tx).await?;
    Ok(position)
}

/// An act of an auditor about nobody.
pub(super) fn entry(
    app: &App, session: &Session, reason: &'static str, notes: Vec<(&'static str, String)>, request: &RequestId,
) -> Entry {
    let by = By::Auditor(session.person.id.clone());
    let extra = if notes.is_empty() { Extra::Nothing } else { Extra::Notes(notes) };
    Entry { reason, request: Some(request.clone()), extra, ..Entry::about_nobody(Kind::Staff, app.now()) }.by(&by)
}

/// Whoever is not an auditor any more, or was signed out meanwhile, does nothing here.
pub(super) async fn still_auditor(tx: &mut crate::db::Tx, session: &Session) -> Result<(), Refusal> {
    let open = session.person.role == Role::Auditor && people::session_is_open(tx, session).await?;
    if open { Ok(()) } else { Err(Refusal::NotAnAuditor) }
}

/// Searches: enters who seeks what, then looks through what stood in the ledger before that.
///
/// # Errors
/// `Unreadable` for a cursor of another search, `NotAnAuditor`.
pub async fn search(
    app: &App, session: &Session, filter: &Filter, cursor: Option<Cursor>, request: &RequestId,
) -> Result<Page, Refusal> {
    let query = filter.query();
    let from = cursor.map(|cursor| cursor.of(&query)).transpose();
    let from = from.map_err(|_| Refusal::Unreadable("a cursor of another search"))?;
    let mut notes = vec![("search", query.clone())];
    notes.extend(from.map(|from| ("before", from.to_string())));
    let entered = enter(app, session, "review_search", notes, request).await?;
    let found = look::look(app, filter, from.unwrap_or(entered).min(entered), PAGE).await?;
    let older = found.older.map(|before| Cursor::before(before, &query));
    Ok(Page { found, older, entered })
}

/// Looks at one entry.
///
/// # Errors
/// `NotFound` when the ledger is not so long, `NotAnAuditor`; a fault when it is gone or not what was entered.
pub async fn one(app: &App, session: &Session, position: u64, request: &RequestId) -> Result<Seen, Refusal> {
    if ledger::size(&mut app.db.read().await?).await? <= position {
        return Err(Refusal::NotFound);
    }
    enter(app, session, "review_read", vec![("entry", position.to_string())], request).await?;
    let (stored, row) = look::at(&mut app.db.read().await?, &app.custody, position).await?;
    // What is about a resident is hers to read; what is about nobody is sealed for auditors.
    let notes = if row.review.resident.is_none() { app.custody.open_nobodys(&stored)? } else { None };
    Ok(Seen { row, notes })
}
