//! The auditors' pages: search and one entry.

use askama::Template;

mod charts;
mod files;

pub use charts::{AnomaliesPage, AnomalyCard, Chart, ChartsPage};
pub use files::{DossierPage, DossierRow, DossiersPage, Into, NamePage, NameRow, NamesPage, NoteRow};

use super::Frame;
use crate::ledger::Kind;
use crate::reviews::Altered;
use crate::text::Words;

/// Says what cannot be shown, and where it stands: counted from one, as every page counts entries.
#[must_use]
pub fn altered(words: &Words, altered: &Altered) -> Option<String> {
    if altered.is_empty() {
        return None;
    }
    let named: Vec<String> = altered.positions.iter().rev().map(|position| (position + 1).to_string()).collect();
    let more = altered.count.saturating_sub(u64::try_from(named.len()).unwrap_or_default());
    let positions = named.join(&words.say("list-comma"));
    Some(words.fill_all("reviews-altered", &[("count", &altered.count), ("positions", &positions), ("more", &more)]))
}

/// An entry, as an auditor sees it: codes have names, residents have aliases.
#[derive(Clone, Debug)]
pub struct ReviewRow {
    /// Where it stands in the ledger.
    pub position: u64,
    /// When, Unix seconds.
    pub at: i64,
    /// What kind of event: `disclosure` …
    pub kind: &'static str,
    /// Whether it was refused.
    pub refused: bool,
    /// The app: id and name.
    pub client: Option<(String, String)>,
    /// The purpose's code.
    pub purpose: Option<String>,
    /// Claims or fields.
    pub claims: Vec<String>,
    /// Whether those are fields of the record.
    pub is_write: bool,
    /// Who acted: `resident`, `client`, `staff` …
    pub role: String,
    /// Which person, where it was one of the service centre: id and name.
    pub person: Option<(String, String)>,
    /// The resident's alias, in full.
    pub alias: Option<String>,
    /// The consent record's alias, in full.
    pub consent: Option<String>,
    /// Why, as a code.
    pub reason: String,
}

impl ReviewRow {
    /// So much of an alias is shown.
    #[must_use]
    pub fn short(alias: &str) -> String {
        let (front, back) = (alias.get(..4).unwrap_or(alias), alias.get(4..8).unwrap_or_default());
        format!("{front}-{back}")
    }

    fn claims_say(&self, words: &Words) -> Vec<String> {
        self.claims.iter().map(|name| if self.is_write { words.field(name) } else { words.claim(name) }).collect()
    }

    fn kind_key(&self) -> String {
        format!("review-kind-{}", self.kind)
    }

    /// Who acted, in words.
    fn hand(&self, words: &Words) -> String {
        let role = words.say(format!("review-role-{}", self.role));
        match &self.person {
            Some((_, name)) => words.fill2("review-role-named", "role", role, "name", name),
            None => role,
        }
    }

    /// Why, in words where there are some; the code stands beside it.
    fn why(&self, words: &Words) -> Option<String> {
        let key = format!("review-why-{}", self.reason);
        words.has(&key).then(|| words.say(key))
    }
}

/// What may be sought, and what is.
#[derive(Clone, Debug, Default)]
pub struct ReviewFilter {
    /// Apps: id and name.
    pub apps: Vec<(String, String)>,
    /// People of the service centre: id and name.
    pub people: Vec<(String, String)>,
    /// Codes of purposes.
    pub purposes: Vec<String>,
    /// Names of claims.
    pub claims: Vec<String>,
    /// What is sought; empty: anything.
    pub app: String,
    /// As above.
    pub purpose: String,
    /// As above.
    pub claim: String,
    /// As above.
    pub outcome: String,
    /// As above.
    pub kind: String,
    /// As above.
    pub staff: String,
    /// As above.
    pub since: String,
    /// As above.
    pub until: String,
    /// As above.
    pub alias: String,
}

impl ReviewFilter {
    fn kinds(&self) -> Vec<&'static str> {
        Kind::ALL.into_iter().filter(|kind| *kind != Kind::Padding).map(Kind::as_str).collect()
    }

    /// A moment as people write it.
    fn said(&self, at: &str) -> String {
        at.replace('T', " ")
    }

    /// What is sought, in words.
    fn chips(&self, words: &Words) -> Vec<String> {
        let name = |all: &[(String, String)], id: &str| {
            all.iter().find(|(known, _)| known == id).map_or_else(|| id.to_owned(), |(_, name)| name.clone())
        };
        let said = |at: &str| self.said(at);
        let chip = |value: &str, say: &dyn Fn(&str) -> String| (!value.is_empty()).then(|| say(value));
        [
            chip(&self.app, &|id| name(&self.apps, id)),
            chip(&self.kind, &|kind| words.say(format!("review-kind-{kind}"))),
            chip(&self.outcome, &|outcome| words.say(format!("review-outcome-{outcome}"))),
            chip(&self.purpose, &|code| words.purpose(code)),
            chip(&self.claim, &|claim| words.claim(claim)),
            chip(&self.staff, &|id| name(&self.people, id)),
            chip(&self.since, &|at| words.fill("reviews-since", "moment", said(at))),
            chip(&self.until, &|at| words.fill("reviews-until", "moment", said(at))),
            chip(&self.alias, &|alias| words.fill("reviews-resident", "alias", ReviewRow::short(alias))),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

/// `GET /desk/reviews`
#[derive(Debug, Template)]
#[template(path = "desk/reviews/search.html")]
pub struct ReviewsPage {
    /// Around the page.
    pub frame: Frame,
    /// What was found, the newest first.
    pub rows: Vec<ReviewRow>,
    /// Where the next page is.
    pub older: Option<String>,
    /// How many entries were opened for it.
    pub opened: u64,
    /// How far back was looked, Unix seconds.
    pub back_to: Option<i64>,
    /// What could not be shown, said.
    pub altered: Option<String>,
    /// What may be sought.
    pub filter: ReviewFilter,
    /// What is sought, as a query.
    pub query: String,
    /// Where these entries may go.
    pub into: Into,
}

impl ReviewsPage {
    fn is_on(&self) -> bool {
        !self.query.is_empty()
    }
}

/// `GET /desk/reviews/entry/{position}`
#[derive(Debug, Template)]
#[template(path = "desk/reviews/entry.html")]
pub struct ReviewEntryPage {
    /// Around the page.
    pub frame: Frame,
    /// The entry.
    pub row: ReviewRow,
    /// The leaf's hash in the public tree, hexadecimal.
    pub leaf_hash: String,
    /// For an auditor's search: what was sought, as a query.
    pub sought: Option<String>,
    /// Where it may go.
    pub into: Into,
}
