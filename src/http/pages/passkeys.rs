//! The resident's passkeys, and the paper for the day when the phone is gone.

use askama::Template;

use super::{Chrome, Proof};

/// One passkey.
#[derive(Clone, Debug)]
pub struct PasskeyRow {
    /// In `/me/passkeys/{id}/remove`.
    pub id: String,
    /// When it was made.
    pub made_at: i64,
    /// When it last opened the door.
    pub used_at: Option<i64>,
    /// Whether this session was opened with it.
    pub here: bool,
    /// Whether the device says that it is copied to the resident's other devices.
    pub synced: bool,
}

/// `GET /me/passkeys`
#[derive(Debug, Template)]
#[template(path = "pages/passkeys.html")]
pub struct PasskeysPage {
    /// Around the page.
    pub chrome: Chrome,
    /// The passkeys, the newest first. The only one cannot be removed.
    pub passkeys: Vec<PasskeyRow>,
    /// Whether the passkey was shown within the last minutes: without that nothing is added.
    pub fresh: bool,
    /// `/me/passkeys/begin`, or where the passkey is shown again when it is not fresh.
    pub begin: String,
    /// `/me/passkeys/finish`, or the same.
    pub finish: String,
    /// In how many other browsers she is signed in.
    pub others: u32,
    /// How many codes of the last sheet may still be used.
    pub codes_left: u32,
    /// When that sheet was made.
    pub codes_made_at: Option<i64>,
}

/// After registration: the passkey is made, now the paper.
#[derive(Debug, Template)]
#[template(path = "pages/welcome.html")]
pub struct WelcomePage {
    /// Around the page.
    pub chrome: Chrome,
    /// Where the page leads when the resident wants no sheet now.
    pub next: String,
}

/// After `POST /me/recovery-codes`: the codes, once. On A4 they are a sheet to keep.
#[derive(Debug, Template)]
#[template(path = "pages/recovery_codes.html")]
pub struct RecoveryCodesPage {
    /// Around the page.
    pub chrome: Chrome,
    /// The codes as they are typed, e.g. `K7QM-2VXA-9RTD`.
    pub codes: Vec<String>,
    /// When they were made.
    pub made_at: i64,
    /// The address to go to when the phone is lost: issuer and `/recover`.
    pub recover_url: String,
    /// Where the page leads afterwards.
    pub next: String,
    /// What proves the sheet.
    pub proof: Proof,
}
