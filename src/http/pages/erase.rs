//! Erasure: what goes and what a law keeps, the seven days, and the certificate that stays.

use askama::Template;

use super::Chrome;
use crate::text::Fill;

/// `GET /me/erasure`, before anything was asked for.
#[derive(Debug, Template)]
#[template(path = "pages/erase.html")]
pub struct ErasePage {
    /// Around the page.
    pub chrome: Chrome,
    /// When it would be done, if she said yes now.
    pub due_at: i64,
    /// The codes of her fields.
    pub fields: Vec<String>,
    /// How many passkeys she has.
    pub passkeys: u32,
    /// The apps that may see something.
    pub apps: Vec<String>,
    /// Until when the details of the access log would be kept, sealed.
    pub details_until: i64,
    /// Until when backups might hold a copy.
    pub copies_until: i64,
}

/// `GET /me/erasure`, once it was asked for.
#[derive(Debug, Template)]
#[template(path = "pages/erasing.html")]
pub struct ErasingPage {
    /// Around the page.
    pub chrome: Chrome,
    /// When it was asked for.
    pub begun_at: i64,
    /// When it will be done.
    pub due_at: i64,
    /// The address of the certificate, to be kept.
    pub address: String,
    /// The same, as a picture.
    pub qr: String,
}

/// How an erasure stands, for whoever has its address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErasedStanding {
    /// Not done yet.
    Pending,
    /// It was undone.
    Undone,
    /// It is done.
    Erased,
}

/// `GET /erased/{token}`: what the certificate says.
#[derive(Debug, Template)]
#[template(path = "pages/erased.html")]
pub struct ErasedPage {
    /// Around the page.
    pub chrome: Chrome,
    /// How it stands.
    pub standing: ErasedStanding,
    /// When: due, undone or done.
    pub at: i64,
    /// How many fields, passkeys and consents went.
    pub fields: u64,
    /// As above.
    pub passkeys: u64,
    /// As above.
    pub consents: u64,
    /// Until when the details of the access log are kept.
    pub details_until: i64,
    /// When they went.
    pub details_gone_at: Option<i64>,
    /// Until when backups may hold a copy.
    pub copies_until: i64,
    /// The number of the entry in the ledger.
    pub entry: u64,
    /// The certificate, a JWS; none for the first minutes.
    pub certificate: Option<String>,
    /// Where it can be fetched.
    pub download: String,
}

impl ErasedPage {
    /// How much of what went.
    fn went(&self) -> String {
        let counts: [(&'static str, &dyn Fill); 3] =
            [("fields", &self.fields), ("passkeys", &self.passkeys), ("consents", &self.consents)];
        self.chrome.words.fill_all("erased-counts", &counts)
    }
}
