//! `/me/mine`: the way to data, passkeys, language and the exit.

use askama::Template;

use super::Chrome;

/// `GET /me/mine`
#[derive(Debug, Template)]
#[template(path = "pages/mine.html")]
pub struct MinePage {
    /// Around the page.
    pub chrome: Chrome,
    /// The resident's name as `name_masked` gives it; `None` leaves it out.
    pub name: Option<String>,
    /// How many messages she has not seen.
    pub unread: u64,
    /// How many passkeys there are.
    pub passkeys: u32,
}
