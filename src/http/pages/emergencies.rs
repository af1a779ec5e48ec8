//! `/me/emergencies`: what the service centre saw of a resident in an emergency, and whether she is on her building's list.

use askama::Template;

use super::Chrome;

/// One time.
#[derive(Clone, Debug)]
pub struct MyEmergency {
    /// When it was approved.
    pub at: i64,
    /// Who asked, and who approved.
    pub hands: (String, String),
    /// Why, as a code.
    pub reason: String,
    /// Where it is filed.
    pub case: String,
    /// What could be seen.
    pub claims: Vec<String>,
    /// How often it was opened.
    pub reads: u64,
    /// Whether it was about the building's list.
    pub by_list: bool,
    /// What came of the review: `justified`, `unjustified`; `None`: it is still to come.
    pub finding: Option<&'static str>,
}

/// `GET /me/emergencies`
#[derive(Debug, Template)]
#[template(path = "pages/emergencies.html")]
pub struct MyEmergenciesPage {
    /// Around the page.
    pub chrome: Chrome,
    /// Whether she is on the list; `None`: her address was corrected since she said so.
    pub listed: Option<bool>,
    /// What could be seen in an emergency.
    pub claims: Vec<String>,
    /// The newest first.
    pub rows: Vec<MyEmergency>,
}

impl MyEmergenciesPage {
    fn is_on(&self) -> bool {
        self.listed == Some(true)
    }

    fn answer(&self) -> String {
        self.chrome.words.fill("my-emergencies-answer", "count", self.rows.len())
    }
}
