//! Emergencies: what was asked for, by whom, and who has looked at it since.

use askama::Template;

use super::Frame;

/// One emergency, as a list has it.
#[derive(Clone, Debug)]
pub struct EmergencyRow {
    /// Its id, in addresses.
    pub id: String,
    /// Whom it is about, for those of the staff who have to do with it; empty for all others, and once she was erased.
    pub who: String,
    /// The building, when it is about everybody in one who agreed.
    pub building: Option<String>,
    /// Why, as a code; `erased`, `gone` or `unread` when nobody can say it any more.
    pub reason: String,
    /// Where it is filed.
    pub case: String,
    /// Who asked, and when.
    pub asked_by: String,
    /// As above.
    pub asked_at: i64,
    /// `asked`, `nothing`, `open`, `to-review`, `reviewed`.
    pub state: &'static str,
    /// By when it has to be reviewed.
    pub review_due: Option<i64>,
    /// Whether that is past.
    pub overdue: bool,
    /// Whether it was altered in the database, or does not read.
    pub altered: bool,
}

impl EmergencyRow {
    /// Whom it is about, in words.
    #[must_use]
    pub fn about(&self, frame: &Frame) -> String {
        let words = frame.chrome.words;
        match &self.building {
            Some(building) => words.fill("emergency-of-building", "building", building),
            None if self.who.is_empty() => words.say("emergency-of-one"),
            None => self.who.clone(),
        }
    }

    fn why(&self, frame: &Frame) -> String {
        frame.chrome.words.say(format!("emergency-reason-{}", self.reason))
    }

    fn standing(&self, frame: &Frame) -> String {
        let key = match self.state {
            "reviewed" => "reviewed",
            _ if self.overdue => "overdue",
            _ if self.altered => "altered",
            known => known,
        };
        frame.chrome.words.say(format!("emergency-state-{key}"))
    }
}

/// `GET /desk/emergencies`
#[derive(Debug, Template)]
#[template(path = "desk/emergencies.html")]
pub struct EmergenciesPage {
    /// Around the page.
    pub frame: Frame,
    /// Whether a review is overdue: nobody may ask or approve.
    pub blocked: bool,
    /// Whether it is read by staff, who may ask.
    pub is_staff: bool,
    /// The newest first.
    pub rows: Vec<EmergencyRow>,
}

/// The form with which somebody asks.
#[derive(Debug, Template)]
#[template(path = "desk/emergency_ask.html")]
pub struct EmergencyAskPage {
    /// Around the page.
    pub frame: Frame,
    /// Where it posts to; the confirmation begins at the same with `/begin`.
    pub action: String,
    /// Where one came from.
    pub back: String,
    /// Whom it is about; `None`: a building, to be named.
    pub who: Option<String>,
    /// Whether a review is overdue.
    pub blocked: bool,
    /// The reasons, as codes.
    pub reasons: Vec<&'static str>,
    /// The claims there are to choose from.
    pub claims: Vec<String>,
}

/// `GET /desk/emergencies/{id}`
#[derive(Debug, Template)]
#[template(path = "desk/emergency.html")]
pub struct EmergencyPage {
    /// Around the page.
    pub frame: Frame,
    /// What a list says of it.
    pub row: EmergencyRow,
    /// In the words of whoever asked, read from the signed bytes, like the rest; empty for those who have nothing to do
    /// with it.
    pub words: String,
    /// The claims.
    pub claims: Vec<String>,
    /// Until when it may be approved.
    pub until: i64,
    /// Who approved it, and when.
    pub approved: Option<(String, i64)>,
    /// Until when it may be read.
    pub ends_at: Option<i64>,
    /// Of how many people something was read, and how often in all.
    pub reads: (u64, u64),
    /// Who reviewed it, when, the finding's code, and the words.
    pub reviewed: Option<(String, i64, &'static str, String)>,
    /// Whether whoever reads this asked for it.
    pub own: bool,
    /// Whether whoever reads this may approve it.
    pub may_approve: bool,
    /// … may end it.
    pub may_end: bool,
    /// … may open what was approved.
    pub may_read: bool,
    /// … may review it.
    pub may_review: bool,
}

/// `POST /desk/emergencies/{id}/read`: what was opened.
#[derive(Debug, Template)]
#[template(path = "desk/emergency_read.html")]
pub struct EmergencyReadPage {
    /// Around the page.
    pub frame: Frame,
    /// Its id.
    pub id: String,
    /// Whom it is about, in words.
    pub about: String,
    /// Each person's entry, and claims with values.
    pub people: Vec<(u64, Vec<(String, String)>)>,
    /// Of how many more nothing could be opened.
    pub missing: usize,
    /// Until when it may be read again.
    pub ends_at: i64,
}
