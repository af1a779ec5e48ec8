//! When the phone is lost: a recovery code, then a new passkey.

use askama::Template;

use super::Chrome;

/// `GET /recover`; posts `code` to the same path.
#[derive(Debug, Template)]
#[template(path = "pages/recover.html")]
pub struct RecoverPage {
    /// Around the page.
    pub chrome: Chrome,
    /// Whether a code was entered that is unknown, used or replaced.
    pub wrong: bool,
}

/// After a good code: the new passkey. The code is used up when the passkey is made, not before.
#[derive(Debug, Template)]
#[template(path = "pages/recover_key.html")]
pub struct RecoverKeyPage {
    /// Around the page.
    pub chrome: Chrome,
    /// `/recover/begin`
    pub begin: String,
    /// `/recover/finish`
    pub finish: String,
}
