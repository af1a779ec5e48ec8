//! Case files, and who an alias is.

use askama::Template;

use super::super::Frame;
use super::ReviewRow;

/// Where entries of a page may go.
#[derive(Clone, Debug, Default)]
pub struct Into {
    /// Open files: id and title.
    pub dossiers: Vec<(String, String)>,
    /// Positions of the entries.
    pub entries: Vec<u64>,
}

/// A case file's head.
#[derive(Clone, Debug)]
pub struct DossierRow {
    /// Its id.
    pub id: String,
    /// What it is about.
    pub title: String,
    /// Who opened it, and when.
    pub opened_by: String,
    /// As above.
    pub opened_at: i64,
    /// Who closed it, and when.
    pub closed: Option<(String, i64)>,
    /// How many notes.
    pub notes: i64,
    /// How many entries.
    pub entries: i64,
}

/// `GET /desk/reviews/dossiers`
#[derive(Debug, Template)]
#[template(path = "desk/reviews/dossiers.html")]
pub struct DossiersPage {
    /// Around the page.
    pub frame: Frame,
    /// How many are open.
    pub open: usize,
    /// Open ones first.
    pub rows: Vec<DossierRow>,
    /// How many more there are that cannot be read any more.
    pub unread: usize,
}

/// A note.
#[derive(Clone, Debug)]
pub struct NoteRow {
    /// The entry that tells of it.
    pub position: u64,
    /// Who wrote it.
    pub author: String,
    /// When.
    pub at: i64,
    /// What.
    pub words: String,
}

/// `GET /desk/reviews/dossiers/{id}`
#[derive(Debug, Template)]
#[template(path = "desk/reviews/dossier.html")]
pub struct DossierPage {
    /// Around the page.
    pub frame: Frame,
    /// Its head.
    pub head: DossierRow,
    /// Its notes, the oldest first.
    pub notes: Vec<NoteRow>,
    /// Its entries, the oldest first.
    pub rows: Vec<ReviewRow>,
    /// Whether the ledger was looked through to its end for steps that are missing here.
    pub complete: bool,
}

/// A request for a name.
#[derive(Clone, Debug)]
pub struct NameRow {
    /// Its id.
    pub id: String,
    /// Whose, by alias.
    pub alias: String,
    /// Why, as it was signed.
    pub reason: String,
    /// Who asked.
    pub asked_by: String,
    /// When.
    pub asked_at: i64,
    /// Who approved.
    pub approved_by: Option<String>,
    /// `waiting`, `approved`, `opened`, `cancelled` or `lapsed`.
    pub state: &'static str,
    /// Until when, while it waits for somebody.
    pub until: Option<i64>,
    /// Whether whoever reads this asked.
    pub own: bool,
}

impl NameRow {
    fn state_key(&self) -> String {
        format!("name-state-{}", self.state)
    }

    fn is(&self, state: &str) -> bool {
        self.state == state
    }
}

/// `GET /desk/reviews/names`
#[derive(Debug, Template)]
#[template(path = "desk/reviews/names.html")]
pub struct NamesPage {
    /// Around the page.
    pub frame: Frame,
    /// How many wait for whoever reads this.
    pub waiting: usize,
    /// The newest first.
    pub rows: Vec<NameRow>,
    /// How many more there are that cannot be read any more.
    pub unread: usize,
}

/// The answer that holds a name, once.
#[derive(Debug, Template)]
#[template(path = "desk/reviews/name.html")]
pub struct NamePage {
    /// Around the page.
    pub frame: Frame,
    /// What was asked.
    pub row: NameRow,
    /// The name.
    pub name: String,
}
