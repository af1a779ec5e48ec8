//! `/desk/guardians`: who asks to be confirmed as a guardian.

use askama::Template;

use super::Frame;

/// One who asks.
#[derive(Clone, Debug)]
pub struct GuardianRow {
    /// In `/desk/guardians/{id}`.
    pub id: String,
    /// The child's masked name.
    pub child: String,
    /// The guardian's masked name.
    pub guardian: String,
    /// `mandate-relation-…`.
    pub relation: String,
    /// When it was asked.
    pub asked_at: i64,
    /// The birthday on which it would end.
    pub until: i64,
}

/// `GET /desk/guardians`. Posts `decision` and `paper`.
#[derive(Debug, Template)]
#[template(path = "desk/guardians.html")]
pub struct GuardiansPage {
    /// Around the page.
    pub frame: Frame,
    /// The oldest first.
    pub rows: Vec<GuardianRow>,
    /// Codes of the papers that may be seen: `guardians-paper-…`.
    pub papers: Vec<&'static str>,
}

impl GuardiansPage {
    fn code(&self, family: &str, code: &str) -> String {
        self.frame.chrome.words.say([family, code].concat())
    }
}
