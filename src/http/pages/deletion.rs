//! What became of an order to delete, in one sentence.

use super::Chrome;

/// How a deletion order stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deletion {
    /// Ordered; the app has time until that day.
    Ordered(i64),
    /// The app says so, since that moment.
    Deleted(i64),
    /// The app says that a law makes it keep some of it.
    Kept {
        /// Which claims.
        claims: Vec<String>,
        /// The code of the law.
        law: String,
        /// Until when, if it said.
        until: Option<i64>,
    },
    /// No answer by that day.
    Silent(i64),
    /// Given again before there was an answer.
    Lifted,
}

impl Deletion {
    /// One sentence about it.
    pub(super) fn says(&self, chrome: &Chrome, name: &str) -> String {
        let words = chrome.words;
        match self {
            Self::Ordered(due) => words.fill2("deletion-ordered", "client", name, "date", chrome.calendar.date(*due)),
            Self::Deleted(at) => words.fill2("deletion-deleted", "client", name, "date", chrome.calendar.date(*at)),
            Self::Kept { claims, law, .. } => {
                let labels: Vec<String> = claims.iter().map(|claim| words.claim(claim)).collect();
                let (kept, law) = (labels.join(&words.say("list-comma")), words.law(law));
                words.fill_all("deletion-kept", &[("client", &name), ("claims", &kept), ("law", &law)])
            }
            Self::Silent(due) => words.fill2("deletion-silent", "client", name, "date", chrome.calendar.date(*due)),
            Self::Lifted => words.say("deletion-lifted"),
        }
    }

    /// What else there is to know.
    pub(super) fn note(&self, chrome: &Chrome) -> String {
        let words = chrome.words;
        match self {
            Self::Ordered(_) => words.say("deletion-ordered-note"),
            Self::Deleted(_) => words.say("deletion-deleted-note"),
            Self::Kept { until: Some(until), .. } => {
                words.fill("deletion-kept-until", "date", chrome.calendar.date(*until))
            }
            Self::Kept { until: None, .. } => words.say("deletion-kept-note"),
            Self::Silent(_) => words.say("deletion-silent-note"),
            Self::Lifted => String::new(),
        }
    }

    pub(super) const fn is_silent(&self) -> bool {
        matches!(self, Self::Silent(_))
    }
}
