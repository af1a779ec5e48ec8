//! `/me/apps`, `/me/apps/{record}`, and what is said when an app has been stopped.

use askama::Template;

use super::{BasisRow, Chrome, Deletion};

/// One claim that an app may see, with the value it would get if the page opened it.
#[derive(Clone, Debug)]
pub struct Fact {
    /// The claim's name, e.g. `plate_masked`.
    pub claim: String,
    /// The released value, if the page opened it; otherwise the claim's label stands for it.
    pub value: Option<String>,
}

impl Fact {
    /// "皖A·**123" or, without the value, "车牌号（打码）".
    pub(super) fn shown(&self, chrome: &Chrome) -> String {
        match &self.value {
            Some(value) => chrome.words.fact(&self.claim, value),
            None => chrome.words.claim(&self.claim),
        }
    }
}

/// One app that may see something now.
#[derive(Clone, Debug)]
pub struct AppRow {
    /// The consent record, in `/me/apps/{record}`.
    pub record: String,
    /// The app's name.
    pub name: String,
    /// The code of the purpose.
    pub purpose: String,
    /// What it may see.
    pub facts: Vec<Fact>,
    /// When the consent ends by itself.
    pub until: i64,
}

/// One consent that is paused.
#[derive(Clone, Debug)]
pub struct PausedRow {
    /// The consent record, in `/me/apps/{record}`.
    pub record: String,
    /// The app's name.
    pub name: String,
    /// The code of the purpose.
    pub purpose: String,
    /// Since when.
    pub since: i64,
    /// When the consent ends by itself, paused or not.
    pub until: i64,
}

/// Something she said no or "not now" to.
#[derive(Clone, Debug)]
pub struct NoRow {
    /// The client's id.
    pub client: String,
    /// The app's name.
    pub name: String,
    /// The code of the purpose.
    pub purpose: String,
    /// When she said it.
    pub at: i64,
    /// Until when she is not asked again; `None`: "not now".
    pub quiet_until: Option<i64>,
}

/// One consent that has ended.
#[derive(Clone, Debug)]
pub struct EndedRow {
    /// The consent record, in `/me/apps/{record}`.
    pub record: String,
    /// The app's name.
    pub name: String,
    /// The code of the purpose.
    pub purpose: String,
    /// How it ended.
    pub state: RecordState,
    /// What became of the order to delete.
    pub deletion: Option<Deletion>,
}

/// Where a consent record stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordState {
    /// In force until then.
    InForce(i64),
    /// Paused by the resident at that time: nothing may be read until she resumes it.
    Paused(i64),
    /// Ended for another reason than her word, at that time.
    Revoked(i64),
    /// Given by a guardian, and waiting for her own word since that time.
    Deferred(i64),
    /// Stopped by the resident at that time.
    Withdrawn(i64),
    /// Ended by itself at that time.
    Expired(i64),
}

impl RecordState {
    pub(super) fn says(self, chrome: &Chrome) -> String {
        match self {
            Self::InForce(until) => chrome.calendar.until(until),
            Self::Paused(at) => chrome.words.fill("apps-paused-since", "moment", chrome.calendar.moment(at)),
            Self::Revoked(at) => chrome.words.fill("apps-revoked", "day", chrome.calendar.day(at)),
            Self::Deferred(at) => chrome.words.fill("apps-deferred", "day", chrome.calendar.day(at)),
            Self::Withdrawn(at) => chrome.words.fill("apps-withdrawn", "moment", chrome.calendar.moment(at)),
            Self::Expired(at) => chrome.words.fill("apps-expired", "day", chrome.calendar.day(at)),
        }
    }

    const fn in_force(self) -> bool {
        matches!(self, Self::InForce(_))
    }

    const fn paused(self) -> bool {
        matches!(self, Self::Paused(_))
    }
}

/// `GET /me/apps`: who may see what, and who no longer may.
#[derive(Debug, Template)]
#[template(path = "pages/apps.html")]
pub struct AppsPage {
    /// Around the page.
    pub chrome: Chrome,
    /// Consents in force, the newest first.
    pub apps: Vec<AppRow>,
    /// Consents that are paused, the newest first.
    pub paused: Vec<PausedRow>,
    /// What she said no or "not now" to, the latest first.
    pub noes: Vec<NoRow>,
    /// Consents that ended, the latest first.
    pub ended: Vec<EndedRow>,
    /// What is done without asking.
    pub bases: Vec<BasisRow>,
}

/// `GET /me/apps/{record}`: one consent and its receipt.
#[derive(Debug, Template)]
#[template(path = "pages/app.html")]
pub struct AppPage {
    /// Around the page.
    pub chrome: Chrome,
    /// The consent record.
    pub record: String,
    /// The app's name.
    pub name: String,
    /// The body behind it, by its code (`property`, `company` …).
    pub party: String,
    /// Who answers for the data.
    pub controller: String,
    /// How to reach them.
    pub contact: String,
    /// The code of the purpose.
    pub purpose: String,
    /// What was agreed to.
    pub facts: Vec<Fact>,
    /// Claims that were asked for and not given.
    pub refused: Vec<String>,
    /// When the resident said yes.
    pub given_at: i64,
    /// In force, or how it ended.
    pub state: RecordState,
    /// What became of the order to delete, once it has ended.
    pub deletion: Option<Deletion>,
    /// How often the app has read under this consent.
    pub reads: u64,
    /// When it last read.
    pub last_read: Option<i64>,
    /// The signed receipt, a compact JWS. Also to be had at `/me/apps/{record}/receipt`.
    pub receipt: String,
}

/// After `POST /me/apps/{record}/stop`.
#[derive(Debug, Template)]
#[template(path = "pages/stopped.html")]
pub struct StoppedPage {
    /// Around the page.
    pub chrome: Chrome,
    /// The consent record.
    pub record: String,
    /// The app that was stopped.
    pub name: String,
    /// The number of the withdrawal in the visitors' book.
    pub entry: u64,
    /// By when the app has to have deleted what it had.
    pub delete_by: Option<i64>,
}
