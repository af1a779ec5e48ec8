//! Case files of the auditors: a title, notes with author and time, and entries that belong to it.
//!
//! Any auditor may write in any open file. What was written stays; each step is an entry of the ledger that names the step
//! before it, and a file is read along them ([`history`]): a note that was changed, taken out or given to somebody else in
//! the table is noticed, and so is a file that was put back.

mod history;
mod read;

pub use read::{all, list, whole};

use super::look::Row;
use super::search::{entry, still_auditor};
use super::{Refusal, store};
use crate::app::App;
use crate::crypto::{hash, random};
use crate::custody::{self, Desk};
use crate::db::Tx;
use crate::fault::Fault;
use crate::ids::{DossierId, PersonId, RequestId};
use crate::ledger::{self, Head};
use crate::people::Session;

/// A title has at most so many characters, a note so many.
pub const TITLE: usize = 120;
/// As above.
pub const NOTE: usize = 4_000;
/// A file has at most so many entries.
const ENTRIES: usize = 1_000;

/// A file, as the list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dossier {
    /// Its id, in addresses.
    pub id: DossierId,
    /// What it is about.
    pub title: String,
    /// Who opened it.
    pub opened_by: PersonId,
    /// When, Unix seconds.
    pub opened_at: i64,
    /// Who closed it.
    pub closed_by: Option<PersonId>,
    /// When.
    pub closed_at: Option<i64>,
    /// How many notes it has.
    pub notes: i64,
    /// How many entries.
    pub entries: i64,
    /// Where its newest step stands in the ledger.
    pub last: Option<u64>,
}

/// A note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The entry of the ledger that tells of it.
    pub position: u64,
    /// Who wrote it.
    pub author: PersonId,
    /// When, Unix seconds.
    pub at: i64,
    /// What.
    pub words: String,
}

/// All of a file.
#[derive(Debug, Clone)]
pub struct Whole {
    /// Its head.
    pub dossier: Dossier,
    /// Its notes, the oldest first.
    pub notes: Vec<Note>,
    /// Its entries, the oldest first.
    pub rows: Vec<Row>,
    /// Whether nothing is missing, as far as the ledger tells: `false` for a file from before steps named each other, and
    /// for one whose last step is so long ago that not all since was looked through.
    pub complete: bool,
}

fn title_at(id: &DossierId) -> Desk<'_> {
    Desk { table: "review_dossier", field: "title", id: id.as_str(), version: 1 }
}

fn note_at(id: &DossierId, position: u64) -> Desk<'_> {
    Desk { table: "review_dossier_note", field: "body", id: id.as_str(), version: position }
}

fn words(text: &str, most: usize) -> Result<&str, Refusal> {
    let text = text.trim();
    let fits = !text.is_empty() && text.chars().count() <= most && !text.contains('\0');
    fits.then_some(text).ok_or(Refusal::Unreadable("no words, or too many"))
}

/// Opens a file under this title.
///
/// # Errors
/// `Unreadable` for a title that is empty or too long, `NotAnAuditor`.
pub async fn begin(app: &App, session: &Session, title: &str, request: &RequestId) -> Result<DossierId, Refusal> {
    let title = words(title, TITLE)?;
    let id: DossierId = random::id()?;
    let sealed = app.custody.seal_for_auditors(title_at(&id), title.as_bytes())?;
    let (mut tx, mut head) = start(app, session).await?;
    store::insert_dossier(&mut tx, &id, &sealed, &session.person.id, app.now()).await?;
    step(&mut tx, app, &mut head, session, ("dossier_opened", &id, &[]), request).await?;
    head.commit(tx).await?;
    Ok(id)
}

/// Writes a note.
///
/// # Errors
/// `NotFound`, `Over` when the file is closed, `Unreadable`, `NotAnAuditor`.
pub async fn note(
    app: &App, session: &Session, id: &DossierId, text: &str, request: &RequestId,
) -> Result<(), Refusal> {
    let text = words(text, NOTE)?;
    let (mut tx, mut head) = start(app, session).await?;
    open_one(&mut tx, app, id).await?;
    let position = head.next();
    let sealed = app.custody.seal_for_auditors(note_at(id, position), text.as_bytes())?;
    let digest = hex::encode(hash::sha256(&sealed));
    store::insert_note(&mut tx, id, position, &session.person.id, &sealed, app.now()).await?;
    step(&mut tx, app, &mut head, session, ("dossier_noted", id, &[("sha256", digest)]), request).await?;
    head.commit(tx).await?;
    Ok(())
}

/// Attaches entries; how many of them were not there before. When there are none, nothing is entered.
///
/// # Errors
/// `NotFound` when there is no such file or entry, `Over` when the file is closed or full, `NotAnAuditor`.
pub async fn attach(
    app: &App, session: &Session, id: &DossierId, positions: &[u64], request: &RequestId,
) -> Result<usize, Refusal> {
    let (mut tx, mut head) = start(app, session).await?;
    let dossier = open_one(&mut tx, app, id).await?;
    if positions.iter().any(|position| *position >= head.next()) {
        return Err(Refusal::NotFound);
    }
    if usize::try_from(dossier.entries).unwrap_or(usize::MAX).saturating_add(positions.len()) > ENTRIES {
        return Err(Refusal::Over("a file with as many entries as it may have"));
    }
    let mut fresh = Vec::new();
    for position in positions {
        if store::attach(&mut tx, id, *position, &session.person.id, app.now()).await? {
            fresh.push(position.to_string());
        }
    }
    if fresh.is_empty() {
        return Ok(0);
    }
    let notes = [("entries", fresh.join(" "))];
    step(&mut tx, app, &mut head, session, ("dossier_attached", id, &notes), request).await?;
    head.commit(tx).await?;
    Ok(fresh.len())
}

/// Closes a file, or opens it again.
///
/// # Errors
/// `NotFound`, `Over` when it was so before, `NotAnAuditor`.
pub async fn close(
    app: &App, session: &Session, id: &DossierId, closed: bool, request: &RequestId,
) -> Result<(), Refusal> {
    let (mut tx, mut head) = start(app, session).await?;
    find(&mut tx, app, id).await?;
    let (changed, reason) = if closed {
        (store::set_closed(&mut tx, id, &session.person.id, app.now()).await?, "dossier_closed")
    } else {
        (store::set_reopened(&mut tx, id).await?, "dossier_reopened")
    };
    if !changed {
        return Err(Refusal::Over("closed, or open, before"));
    }
    step(&mut tx, app, &mut head, session, (reason, id, &[]), request).await?;
    head.commit(tx).await?;
    Ok(())
}

async fn start(app: &App, session: &Session) -> Result<(Tx, Head), Refusal> {
    let mut tx = app.db.begin().await?;
    let head = ledger::hold(&mut tx).await?;
    still_auditor(&mut tx, session).await?;
    Ok((tx, head))
}

async fn find(tx: &mut Tx, app: &App, id: &DossierId) -> Result<Dossier, Refusal> {
    let row = store::dossier(tx, id).await?.ok_or(Refusal::NotFound)?;
    Ok(read(app, row)?)
}

async fn open_one(tx: &mut Tx, app: &App, id: &DossierId) -> Result<Dossier, Refusal> {
    let dossier = find(tx, app, id).await?;
    if dossier.closed_at.is_none() { Ok(dossier) } else { Err(Refusal::Over("a closed file")) }
}

fn read(app: &App, row: store::DossierRow) -> Result<Dossier, Fault> {
    let id = DossierId::stored(row.id);
    let title = app.custody.open_for_auditors(title_at(&id), &row.title)?;
    let title = String::from_utf8(title.to_vec()).map_err(|_| Fault::Stored("a title is no text"))?;
    Ok(Dossier {
        id,
        title,
        opened_by: PersonId::stored(row.opened_by),
        opened_at: row.opened_at,
        closed_by: row.closed_by.map(PersonId::stored),
        closed_at: row.closed_at,
        notes: row.notes,
        entries: row.entries,
        last: row.last.map(i64::cast_unsigned),
    })
}

/// Enters a step of a file, after the one before it.
async fn step(
    tx: &mut Tx, app: &App, head: &mut Head, session: &Session,
    (reason, id, more): (&'static str, &DossierId, &[(&'static str, String)]), request: &RequestId,
) -> Result<(), Fault> {
    let last = store::last_step(tx, id).await?;
    let mut notes = vec![("dossier", id.to_string())];
    notes.extend(last.map(|last| ("after", last.to_string())));
    notes.extend_from_slice(more);
    let pending = custody::enter(tx, &app.custody, head, entry(app, session, reason, notes, request)).await?;
    // A file from before its steps named each other cannot begin to.
    if last.is_some() || reason == "dossier_opened" {
        store::set_last_step(tx, id, pending.position()).await?;
    }
    Ok(())
}
