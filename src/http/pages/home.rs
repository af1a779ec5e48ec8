//! `/me`: the answer in one sentence, then who sees what, then the week.

use askama::Template;

use super::{AppRow, Chart, Chrome, Mode};

/// The latest disclosure, for one sentence.
#[derive(Clone, Debug)]
pub struct LastAccess {
    /// The app's name.
    pub client: String,
    /// When it read.
    pub at: i64,
    /// What it read.
    pub claims: Vec<String>,
}

/// `GET /me`
#[derive(Debug, Template)]
#[template(path = "pages/home.html")]
pub struct HomePage {
    /// Around the page.
    pub chrome: Chrome,
    /// Consents in force, the newest first.
    pub apps: Vec<AppRow>,
    /// The latest disclosure, if there ever was one.
    pub last: Option<LastAccess>,
    /// How many messages she has not seen.
    pub unread: u64,
    /// Reads and refused reads of the last seven days.
    pub week: Chart,
}

impl HomePage {
    fn last_sentence(&self) -> String {
        let words = self.chrome.words;
        let Some(last) = &self.last else { return words.say("home-last-none") };
        let claims: Vec<String> = last.claims.iter().map(|claim| words.claim(claim)).collect();
        let (moment, seen) = (self.chrome.calendar.moment(last.at), claims.join(&words.say("list-comma")));
        words.fill_all("home-last", &[("client", &last.client), ("moment", &moment), ("claims", &seen)])
    }

    fn large(&self) -> bool {
        self.chrome.mode == Mode::Large
    }
}
