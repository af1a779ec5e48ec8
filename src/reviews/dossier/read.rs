//! Reading files: what the table keeps, held against what the ledger tells of it.

use super::history::{self, History};
use super::{Dossier, Note, Whole, find, note_at, read};
use crate::app::App;
use crate::crypto::hash;
use crate::db::Tx;
use crate::fault::Fault;
use crate::ids::{DossierId, RequestId};
use crate::people::Session;
use crate::reviews::look;
use crate::reviews::search::enter;
use crate::reviews::{Opens, Refusal, opens, store};

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
        rows.push(look::at(&mut tx, &app.custody, position).await?.1);
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
