//! What the ledger tells of a case file. Each step's entry names the one before it, so the file is read along its entries:
//! who wrote what and when, and which entries belong to it, is taken from there; the table holds the words.

use std::collections::BTreeSet;

use crate::app::App;
use crate::db::Tx;
use crate::fault::Fault;
use crate::ids::{DossierId, PersonId};
use crate::ledger::{self, Detail, Kind, Leaf};

/// The steps of a file.
const STEPS: [&str; 5] = ["dossier_opened", "dossier_noted", "dossier_attached", "dossier_closed", "dossier_reopened"];
/// So many entries after the newest step that the table knows are looked through for a later one.
const TAIL: u64 = 20_000;
/// Entries fetched at a time.
const SOME: u32 = 500;

/// A note, as its entry tells of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Told {
    /// The entry.
    pub position: u64,
    /// Who wrote it.
    pub author: PersonId,
    /// When, Unix seconds.
    pub at: i64,
    /// The SHA-256 of what lies in the table, in hexadecimal digits.
    pub sha256: String,
}

/// All that the ledger tells of a file.
#[derive(Debug, Clone, Default)]
pub(super) struct History {
    /// Who opened it, and when, Unix seconds.
    pub opened: Option<(PersonId, i64)>,
    /// Who closed it, and when, if it was not opened again.
    pub closed: Option<(PersonId, i64)>,
    /// Its notes, the oldest first.
    pub notes: Vec<Told>,
    /// The positions of its entries.
    pub entries: BTreeSet<u64>,
    /// Whether every entry up to the newest one was looked through for a later step.
    pub complete: bool,
}

/// Reads a file along its entries, from the newest step that the table knows.
///
/// # Errors
/// When an entry is not a step of this file, or there is a later step than the table says.
pub(super) async fn read(tx: &mut Tx, app: &App, id: &DossierId, last: u64) -> Result<History, Fault> {
    let mut steps = Vec::new();
    let mut next = Some(last);
    while let Some(position) = next {
        let step = step(tx, app, id, position).await?;
        next = step.note("after").and_then(|text| text.parse().ok()).filter(|after| *after < position);
        steps.push((position, step));
    }
    let mut history = History::default();
    for (position, step) in steps.iter().rev() {
        history.take(*position, step)?;
    }
    if history.opened.is_none() {
        return Err(Fault::Ledger("a case file whose steps do not begin"));
    }
    history.complete = nothing_later(tx, app, id, last).await?;
    Ok(history)
}

/// One note of a file, as its entry tells of it.
///
/// # Errors
/// When there is no such entry.
pub(super) async fn note(tx: &mut Tx, app: &App, id: &DossierId, position: u64) -> Result<Told, Fault> {
    let step = step(tx, app, id, position).await?;
    let mut history = History::default();
    history.take(position, &step)?;
    history.notes.pop().ok_or(Fault::Ledger("a note of a case file without its entry"))
}

impl History {
    fn take(&mut self, position: u64, step: &Detail) -> Result<(), Fault> {
        let nobody = || Fault::Ledger("a step of a case file by nobody");
        let by = step.note("auditor").and_then(|id| PersonId::parse(id).ok()).ok_or_else(nobody)?;
        let at = step.at.div_euclid(1_000);
        match step.reason.as_str() {
            "dossier_opened" => self.opened = Some((by, at)),
            "dossier_closed" => self.closed = Some((by, at)),
            "dossier_reopened" => self.closed = None,
            "dossier_noted" => {
                let sha256 = step.note("sha256").unwrap_or_default().to_owned();
                self.notes.push(Told { position, author: by, at, sha256 });
            }
            _ => {
                let positions = step.note("entries").unwrap_or_default().split(' ');
                self.entries.extend(positions.filter_map(|text| text.parse::<u64>().ok()));
            }
        }
        Ok(())
    }
}

/// The step at a position.
async fn step(tx: &mut Tx, app: &App, id: &DossierId, position: u64) -> Result<Detail, Fault> {
    let told = app.custody.open_nobodys(&ledger::entry_at(tx, position).await?)?;
    told.filter(|step| is_step_of(step, id)).ok_or(Fault::Ledger("a step of a case file is not in the ledger"))
}

fn is_step_of(detail: &Detail, id: &DossierId) -> bool {
    detail.note("dossier") == Some(id.as_str()) && STEPS.contains(&detail.reason.as_str())
}

/// Whether the file was put back: the ledger tells of a step that the table knows nothing of. `false`: there was more to
/// look through than is looked through for one page.
async fn nothing_later(tx: &mut Tx, app: &App, id: &DossierId, last: u64) -> Result<bool, Fault> {
    let mut from = last + 1;
    while from <= last + TAIL {
        let some = ledger::entries_from(tx, from, SOME).await?;
        for entry in &some {
            let leaf = Leaf::decode(&entry.leaf).map_err(|_| Fault::Ledger("a leaf does not read"))?;
            if leaf.kind != Kind::Staff {
                continue;
            }
            if app.custody.open_nobodys(entry)?.is_some_and(|detail| is_step_of(&detail, id)) {
                return Err(Fault::Ledger("a case file was put back to an earlier state"));
            }
        }
        if some.len() < SOME as usize {
            return Ok(true);
        }
        from += u64::from(SOME);
    }
    Ok(false)
}
