//! The page for a no of either kind: what happened, what to do, and the number to name at the counter.

use askama::Template;

use super::Chrome;
use crate::text::Words;

/// An error in words. `code` is the tail of the keys `error-CODE`, `error-CODE-say`, `error-CODE-do`.
#[derive(Debug, Template)]
#[template(path = "pages/error.html")]
pub struct ErrorPage {
    /// Around the page.
    pub chrome: Chrome,
    /// One of [`ErrorPage::CODES`]; any other is shown as `fault`.
    pub code: &'static str,
    /// The number of the request, as in the process log.
    pub request_id: String,
    /// After how many seconds the same request may pass, where that is known.
    pub retry_after: Option<u32>,
}

impl ErrorPage {
    /// The errors that have words.
    pub const CODES: &'static [&'static str] = &[
        "fault",
        "not-found",
        "bad-request",
        "too-large",
        "too-many",
        "method",
        "csrf",
        "session-ended",
        "not-fresh",
        "paused-by-herself",
        "invitation-used",
        "invitation-ended",
        "invitation-unknown",
        "passkey-unknown",
        "passkey-refused",
        "passkey-last",
        "ceremony-ended",
        "recovery-wrong",
        "mail-letter",
        "question-gone",
        "question-ended",
        "client-unknown",
        "client-disabled",
        "redirect-unknown",
        "not-yet",
        "nothing-to-undo",
        "device-guesses",
        "mandate-over",
        "mandate-scope",
        "console-invitation",
        "review-altered",
        "review-over",
        "review-hand",
        "mandate-gone",
        "mandate-own",
        "mandate-unfit",
        "mandate-many",
        "case-over",
        "cases-many",
        "case-nothing",
        "case-long",
        "document-taken",
        "record-erased",
        "moved-before",
        "desk-over",
        "desk-unfit",
        "desk-same-hand",
        "approval-late",
        "emergency-blocked",
        "emergency-over",
        "emergency-unfit",
        "emergency-hand",
        "emergency-refused",
        "desk-early",
        "mandate-conflict",
        "mandate-no-child",
        "child-tries",
        "kept-back",
    ];

    /// Title and sentence of an error, for the problem+json that a ceremony shows.
    #[must_use]
    pub fn words(words: Words, code: &str) -> (String, String) {
        let code = Self::known(code);
        (words.say(format!("error-{code}")), words.say(format!("error-{code}-say")))
    }

    fn known(code: &str) -> &str {
        if Self::CODES.contains(&code) { code } else { "fault" }
    }

    /// As much of the number as one says over the telephone; enough to find it in the log.
    fn number(&self) -> &str {
        self.request_id.get(..8).unwrap_or(&self.request_id)
    }

    fn title(&self) -> String {
        Self::words(self.chrome.words, self.code).0
    }

    fn sentence(&self) -> String {
        Self::words(self.chrome.words, self.code).1
    }

    fn advice(&self) -> String {
        match self.retry_after {
            Some(seconds) => self.chrome.words.fill("error-wait", "seconds", seconds),
            None => self.chrome.words.say(format!("error-{}-do", Self::known(self.code))),
        }
    }
}
