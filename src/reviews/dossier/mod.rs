//! Case files of the auditors: a title, notes with author and time, and entries that belong to it.
//!
//! Any auditor may write in any open file. What was written stays; each step is an entry of the ledger that names the step
//! before it, and a file is read along them ([`history`]): a note that was changed, taken out or given to somebody else in
//! the table is noticed, and so is a file that was put back.

mod history;

use history::History;

use super::look::{self, Row};
use super::search::{enter, entry, still_auditor};
use super::{Opens, Refusal, opens, store};
use crate::app::App;
use crate::crypto::{hash, random};
use crate::custody::{self, Desk};
use crate::db::Tx;
use crate::fault::Fault;
use crate::ids::{DossierId, PersonId, RequestId};
use crate::ledger::{self, Head, Leaf};
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

/// Every file, open ones first, once it stands in the ledger who looks at them; and how many more there are that do not
/// read any more: one that was altered must not hide the others.
///
/// # Errors
/// `NotAnAuditor`.
pub async fn list(app: &App, session: &Session, request: &RequestId) -> Result<(Vec<Dossier>, usize), Refusal> {
    opens(app, session, &Opens::Dossiers, request).await?;
    Ok(all(app).await?)
}

/// The same, for a page whose opening was entered.
///
/// # Errors
/// When the database fails.
pub async fn all(app: &App) -> Result<(Vec<Dossier>, usize), Fault> {
    let rows = store::dossiers(&mut app.db.read().await?).await?;
    let all = rows.len();
    let read: Vec<Dossier> = rows.into_iter().filter_map(|row| read(app, row).ok()).collect();
    let unread = all - read.len();
    Ok((read, unread))
}

/// All of a file, once it stands in the ledger who reads it.
///
/// # Errors
/// `NotFound`, `NotAnAuditor`; a fault when a note is not what its entry says.
pub async fn whole(
    app: &App, session: &Session, id: &DossierId, reason: &'static str, request: &RequestId,
) -> Result<Whole, Refusal> {
    find(&mut app.db.read().await?, app, id).await?;
    enter(app, session, reason, vec![("dossier", id.to_string())], request).await?;
    let mut tx = app.db.read().await?;
    let mut dossier = find(&mut tx, app, id).await?;
    let told = told(&mut tx, app, id, &dossier).await?;
    if let Some((by, at)) = told.opened {
        (dossier.opened_by, dossier.opened_at) = (by, at);
        (dossier.closed_by, dossier.closed_at) = told.closed.unzip();
    }
    let stored = store::notes(&mut tx, id).await?;
    if stored.len() != told.notes.len() {
        return Err(Fault::Ledger("a case file with notes that its entries do not tell of, or without some").into());
    }
    let mut notes = Vec::new();
    for (row, told) in stored.into_iter().zip(told.notes) {
        if row.position.cast_unsigned() != told.position || hex::encode(hash::sha256(&row.body)) != told.sha256 {
            return Err(Fault::Ledger("a note of a case file is not what its entry says").into());
        }
        let words = app.custody.open_for_auditors(note_at(id, told.position), &row.body)?;
        let words = String::from_utf8(words.to_vec()).map_err(|_| Fault::Stored("a note is no text"))?;
        notes.push(Note { position: told.position, author: told.author, at: told.at, words });
    }
    let mut rows = Vec::new();
    for position in told.entries {
        let stored = ledger::entries_from(&mut tx, position, 1).await?;
        let stored = stored.first().ok_or(Fault::Ledger("an entry is missing"))?;
        let leaf = Leaf::decode(&stored.leaf).map_err(|_| Fault::Ledger("a leaf does not read"))?;
        rows.push(look::open(&app.custody, stored, leaf)?);
    }
    Ok(Whole { dossier, notes, rows, complete: told.complete })
}

/// What the ledger tells of a file; of one from before its steps named each other, what it tells of its notes.
async fn told(tx: &mut Tx, app: &App, id: &DossierId, dossier: &Dossier) -> Result<History, Fault> {
    if let Some(last) = dossier.last {
        let told = history::read(tx, app, id, last).await?;
        let attached: Vec<u64> = store::attached(tx, id).await?;
        if !told.entries.iter().eq(&attached) {
            return Err(Fault::Ledger("a case file with entries that nobody attached, or without some"));
        }
        return Ok(told);
    }
    let mut told = History { entries: store::attached(tx, id).await?.into_iter().collect(), ..History::default() };
    for row in store::notes(tx, id).await? {
        told.notes.push(history::note(tx, app, id, row.position.cast_unsigned()).await?);
    }
    Ok(told)
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
