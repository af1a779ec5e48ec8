//! The console's lists of cases, and one case.

use askama::Template;

use super::Frame;
use crate::http::pages::CaseStep;

/// One case, as people of the service centre see it: nobody's name, nobody's words.
#[derive(Clone, Debug)]
pub struct ConsoleCaseRow {
    /// The case, in `/desk/cases/{id}`.
    pub id: String,
    /// `objection`, `correction` …
    pub kind: &'static str,
    /// `with_client`, `with_staff`, `answered`, `closed` or `taken_back`.
    pub state: &'static str,
    /// The app it is about, if one.
    pub client: Option<String>,
    /// The number of the entry it is about.
    pub entry: Option<u64>,
    /// The code of the purpose.
    pub purpose: Option<String>,
    /// Claims or fields.
    pub claims: Vec<String>,
    /// Who looks after it.
    pub owner: Option<String>,
    /// Whether that is whoever reads this.
    pub mine: bool,
    /// When it was opened.
    pub opened_at: i64,
    /// The last second in which an answer is in time.
    pub due_at: i64,
    /// Whether it waits past that.
    pub overdue: bool,
    /// Whether it ever did.
    pub was_overdue: bool,
    /// Whether it is over.
    pub over: bool,
}

impl ConsoleCaseRow {
    /// Claims, or the fields of a correction, by their names.
    fn items(&self, frame: &Frame) -> Vec<String> {
        let words = frame.chrome.words;
        let name = |code: &String| if self.kind == "correction" { words.field(code) } else { words.claim(code) };
        self.claims.iter().map(name).collect()
    }

    fn kind_key(&self) -> String {
        format!("case-kind-{}", self.kind)
    }

    fn state_key(&self) -> String {
        format!("console-case-state-{}", self.state)
    }
}

/// `GET /desk/cases`
#[derive(Debug, Template)]
#[template(path = "desk/cases.html")]
pub struct ConsoleCasesPage {
    /// Around the page.
    pub frame: Frame,
    /// Which list: `staff`, `mine`, `overdue`, `open`, `over`.
    pub show: &'static str,
    /// Whether staff looks, or an auditor.
    pub is_staff: bool,
    /// How many cases are not over.
    pub open: i64,
    /// How many of them wait past their day.
    pub overdue: i64,
    /// The list, the one that is due first, first.
    pub rows: Vec<ConsoleCaseRow>,
}

impl ConsoleCasesPage {
    fn lists(&self) -> &'static [&'static str] {
        if self.is_staff { &["staff", "mine", "overdue", "open", "over"] } else { &["overdue", "open", "over"] }
    }

    fn is_shown(&self, list: &str) -> bool {
        self.show == list
    }
}

/// `GET /desk/cases/{case}`. Posts to `…/read`, `…/take` and `…/answer`.
#[derive(Debug, Template)]
#[template(path = "desk/case.html")]
pub struct ConsoleCasePage {
    /// Around the page.
    pub frame: Frame,
    /// The case.
    pub case: ConsoleCaseRow,
    /// Whether the resident may be said to be right here; a correction is, where it is checked.
    pub may_agree: bool,
    /// Whether staff looks, or an auditor.
    pub is_staff: bool,
    /// Whether a field of the resident's is to be corrected.
    pub is_correction: bool,
    /// Which field, and what is to stand there; shown with the words.
    pub proposed: Option<(String, String)>,
    /// What a near relative of somebody who died asks; shown with the words.
    pub relative: Option<RelativeWish>,
    /// What was written, once somebody has asked for it.
    pub steps: Option<Vec<CaseStep>>,
}

/// A near relative's wish, and the records it may be about.
#[derive(Clone, Debug)]
pub struct RelativeWish {
    /// Who died, as she wrote it.
    pub deceased: String,
    /// What she was to whoever died.
    pub relation: String,
    /// `copy` or `erase`.
    pub asks: &'static str,
    /// Sealed records whose seven days are over: id, and how the desk calls whose it is.
    pub records: Vec<(String, String)>,
}
