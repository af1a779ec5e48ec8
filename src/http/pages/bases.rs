//! What is done without asking: rows on the page of apps, and a page for each.

use askama::Template;

use super::Chrome;

/// One thing that is done without asking.
#[derive(Clone, Debug)]
pub struct BasisRow {
    /// Its code, in `/me/bases/{code}`.
    pub code: String,
    /// Which kind of body does it; `service` is this service.
    pub who: String,
    /// The code of the law.
    pub law: String,
}

/// An objection that is open.
#[derive(Clone, Debug)]
pub struct Objected {
    /// The case, in `/me/cases/{case}`.
    pub case: String,
    /// By when it is answered.
    pub due: i64,
}

/// `GET /me/bases/{code}`. Posts to `/object` below it: `words`, which may be nothing.
#[derive(Debug, Template)]
#[template(path = "pages/basis.html")]
pub struct BasisPage {
    /// Around the page.
    pub chrome: Chrome,
    /// Its code.
    pub code: String,
    /// Which kind of body does it.
    pub who: String,
    /// The code of the law.
    pub law: String,
    /// Which fields of the record are used.
    pub fields: Vec<String>,
    /// Her objection, if one is open.
    pub objected: Option<Objected>,
}
