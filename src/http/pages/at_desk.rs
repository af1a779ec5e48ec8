//! The desk, seen by the resident: what she is asked to confirm on her own phone, and what was done with her there.

use askama::Template;

use super::Chrome;
use super::desk::Doing;

/// `GET /at-desk/{token}`: what staff prepared, on her own phone. Opening it changes nothing.
#[derive(Debug, Template)]
#[template(path = "pages/at_desk.html")]
pub struct AtDeskPage {
    /// Around the page.
    pub chrome: Chrome,
    /// What.
    pub doing: Doing,
    /// Each claim with the value that would go out.
    pub values: Vec<(String, String)>,
    /// Who prepared it.
    pub staff: String,
    /// `/at-desk/{token}`
    pub action: String,
    /// `/at-desk/{token}/begin`
    pub begin: String,
}

/// After the answer.
#[derive(Debug, Template)]
#[template(path = "pages/at_desk_done.html")]
pub struct AtDeskDonePage {
    /// Around the page.
    pub chrome: Chrome,
    /// Whether she agreed.
    pub agreed: bool,
}

/// One thing that was done.
#[derive(Clone, Debug)]
pub struct DeskRow {
    /// What.
    pub doing: Doing,
    /// When.
    pub at: i64,
    /// Who helped.
    pub staff: String,
    /// Whether it may be undone.
    pub may_undo: bool,
}

/// A recovery under way.
#[derive(Clone, Debug)]
pub struct UnderWay {
    /// Its id.
    pub id: String,
    /// When it was begun.
    pub at: i64,
    /// When the new passkey may be made; none before a second member of staff put a name to it.
    pub ready_at: Option<i64>,
}

/// `GET /me/desk`
#[derive(Debug, Template)]
#[template(path = "pages/my_desk.html")]
pub struct MyDeskPage {
    /// Around the page.
    pub chrome: Chrome,
    /// What was done, the newest first.
    pub rows: Vec<DeskRow>,
    /// Somebody recovers her access.
    pub recovery: Option<UnderWay>,
}

/// `GET /regain/{token}`: a new passkey, after the wait.
#[derive(Debug, Template)]
#[template(path = "pages/regain.html")]
pub struct RegainPage {
    /// Around the page.
    pub chrome: Chrome,
    /// "王*".
    pub name: String,
    /// `/regain/{token}/begin`
    pub begin: String,
    /// `/regain/{token}/finish`
    pub finish: String,
}
