//! `/me/inbox`: what the resident is told.

use askama::Template;

use super::Chrome;

/// One message.
#[derive(Clone, Debug)]
pub struct InboxRow {
    /// Its word: the sentence is `tell-WORD`.
    pub word: String,
    /// The app it is about; empty when it is about none.
    pub client: String,
    /// When.
    pub at: i64,
    /// Whether she has seen it.
    pub is_read: bool,
    /// Where it leads to.
    pub to: String,
}

/// `GET /me/inbox`. Posts to `/me/inbox/seen`.
#[derive(Debug, Template)]
#[template(path = "pages/inbox.html")]
pub struct InboxPage {
    /// Around the page.
    pub chrome: Chrome,
    /// The newest first.
    pub rows: Vec<InboxRow>,
}

impl InboxPage {
    fn unread(&self) -> usize {
        self.rows.iter().filter(|row| !row.is_read).count()
    }

    fn sentence(&self, row: &InboxRow) -> String {
        let words = self.chrome.words;
        words.fill(&format!("tell-{}", row.word), "client", words.fill("inbox-app", "client", &row.client))
    }
}
