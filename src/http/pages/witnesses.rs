//! What residents' pages say when too few witnesses see the ledger.

use super::Chrome;
use crate::cosigning::Warning;

/// The warning, as a page says it.
#[derive(Debug, Clone, Copy)]
pub struct WitnessWarning(pub Warning);

impl WitnessWarning {
    /// The sentence.
    #[must_use]
    pub fn sentence(&self, chrome: &Chrome) -> String {
        let since = |key, since: crate::clock::Timestamp| {
            chrome.words.fill(key, "moment", chrome.calendar.moment(since.seconds()))
        };
        match self.0 {
            Warning::Disputed => chrome.words.say("witness-disputed"),
            Warning::Missing(at) => since("witness-missing", at),
            Warning::Stopped(at) => since("witness-stopped", at),
        }
    }
}
