//! After a death: what a resident arranges, what a relative asks, and the copy she is granted.

use askama::Template;

use super::Chrome;
use super::data::DataGroup;

/// `GET /me/rights/after`
#[derive(Debug, Template)]
#[template(path = "pages/after.html")]
pub struct AfterPage {
    /// Around the page.
    pub chrome: Chrome,
    /// What is arranged: `law`, `nobody` or `named`.
    pub choice: &'static str,
    /// The one person who may ask, if one was named.
    pub named: String,
}

impl AfterPage {
    fn is(&self, choice: &str) -> bool {
        self.choice == choice
    }
}

/// `GET /me/rights/relative`
#[derive(Debug, Template)]
#[template(path = "pages/relative.html")]
pub struct RelativePage {
    /// Around the page.
    pub chrome: Chrome,
    /// What she may have been to whoever died.
    pub relations: [&'static str; 5],
    /// The last day of an answer, Unix seconds.
    pub due: i64,
}

/// `GET /me/rights/relative/{case}`: the record of somebody who died, for the relative who was granted it.
#[derive(Debug, Template)]
#[template(path = "pages/relative_copy.html")]
pub struct RelativeCopyPage {
    /// Around the page.
    pub chrome: Chrome,
    /// The case that granted it.
    pub case: String,
    /// The record, unmasked, in groups.
    pub groups: Vec<DataGroup>,
    /// When it was opened.
    pub made_at: i64,
}

/// `GET /still-here`: her record is sealed; she says that she is alive.
#[derive(Debug, Template)]
#[template(path = "pages/still_here.html")]
pub struct StillHerePage {
    /// Around the page.
    pub chrome: Chrome,
}
