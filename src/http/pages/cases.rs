//! `/me/cases`: what the resident asked of people, and what they answered.

use askama::Template;

use super::{BookLine, Chrome};

/// One case in a list, and at the head of its own page.
#[derive(Clone, Debug)]
pub struct CaseRow {
    /// The case, in `/me/cases/{id}`.
    pub id: String,
    /// `objection`, `correction` …
    pub kind: &'static str,
    /// `with_client`, `with_staff`, `answered`, `closed` or `taken_back`.
    pub state: &'static str,
    /// The app it is about, if one.
    pub client: Option<String>,
    /// The number of the entry it is about.
    pub entry: Option<u64>,
    /// When it was opened.
    pub opened_at: i64,
    /// The last second in which an answer is in time.
    pub due_at: i64,
    /// Whether that has passed without one.
    pub overdue: bool,
    /// Whether somebody has to answer.
    pub waits: bool,
    /// `agreed` or `declined`.
    pub outcome: Option<&'static str>,
}

impl CaseRow {
    fn is(&self, state: &str) -> bool {
        self.state == state
    }

    /// "对“甲停车”的异议"
    fn title(&self, chrome: &Chrome) -> String {
        let words = chrome.words;
        match &self.client {
            Some(client) => words.fill(&format!("case-about-{}", self.kind), "client", client),
            None => words.say(format!("case-kind-{}", self.kind)),
        }
    }

    /// Where it stands, in one sentence.
    fn says(&self, chrome: &Chrome) -> String {
        let words = chrome.words;
        let someone = words.say("book-someone");
        let client = self.client.as_deref().unwrap_or(&someone);
        let day = chrome.calendar.date(self.due_at);
        match (self.state, self.overdue) {
            ("with_client", false) => words.fill2("case-waits-client", "client", client, "day", day),
            ("with_client", true) => words.fill2("case-late-client", "client", client, "day", day),
            ("with_staff", false) => words.fill("case-waits-staff", "day", day),
            ("with_staff", true) => words.fill("case-late-staff", "day", day),
            ("answered", _) => words.fill("case-answered", "client", client),
            ("taken_back", _) => words.say("case-taken-back"),
            _ => words.say("case-closed"),
        }
    }
}

/// One step of a case.
#[derive(Clone, Debug)]
pub struct CaseStep {
    /// `opened`, `client_answered` …
    pub word: String,
    /// When.
    pub at: i64,
    /// Who acted: `resident`, `client`, `staff` …
    pub actor: String,
    /// What was written; may be empty.
    pub words: String,
    /// Whether the app may read them.
    pub shared: bool,
    /// `agreed` or `declined`, of an answer.
    pub outcome: Option<&'static str>,
}

impl CaseStep {
    /// "您提出了异议" and so on; `client` is what the app is called.
    fn says(&self, chrome: &Chrome, client: Option<&str>) -> String {
        let someone = chrome.words.say("book-someone");
        chrome.words.fill(&format!("case-step-{}", self.word), "client", client.unwrap_or(&someone))
    }
}

/// `GET /me/cases`
#[derive(Debug, Template)]
#[template(path = "pages/cases.html")]
pub struct CasesPage {
    /// Around the page.
    pub chrome: Chrome,
    /// Those that are not over, the newest first.
    pub open: Vec<CaseRow>,
    /// Those that are.
    pub over: Vec<CaseRow>,
}

impl CasesPage {
    fn waiting(&self) -> usize {
        self.open.iter().filter(|case| case.waits).count()
    }
}

/// `GET /me/cases/{case}`. Posts to `…/settle`, `…/dispute` and `…/take-back`.
#[derive(Debug, Template)]
#[template(path = "pages/case.html")]
pub struct CasePage {
    /// Around the page.
    pub chrome: Chrome,
    /// The case.
    pub case: CaseRow,
    /// When the access was that it is about.
    pub read_at: Option<i64>,
    /// The code of the purpose.
    pub purpose: Option<String>,
    /// The claims or fields it is about.
    pub claims: Vec<String>,
    /// What happened, the first step first.
    pub steps: Vec<CaseStep>,
    /// Who looks after it, by name; `None`: the service desk as a whole.
    pub owner: Option<String>,
    /// Until when the copy may be fetched that was granted of the record of somebody who died.
    pub copy_until: Option<i64>,
}

/// `GET /me/cases/new`. Posts to `/me/cases`.
#[derive(Debug, Template)]
#[template(path = "pages/case_new.html")]
pub struct NewCasePage {
    /// Around the page.
    pub chrome: Chrome,
    /// The number of the entry it is about.
    pub entry: Option<u64>,
    /// The client it is about, where no entry says so.
    pub client_id: Option<String>,
    /// What that app is called.
    pub client: Option<String>,
    /// When the access was.
    pub at: Option<i64>,
    /// The line of the book.
    pub line: Option<BookLine>,
    /// Until when there is an answer.
    pub due_at: i64,
}
