//! What residents' pages say when too few witnesses see the ledger.

use super::Chrome;
use crate::cosigning::Warning;

/// The warning, as a page says it: a line at its head, which opens to the rest. It must not push out of sight what a page is
/// for.
#[derive(Debug, Clone, Copy)]
pub struct WitnessWarning(pub Warning);

impl WitnessWarning {
    /// The line.
    #[must_use]
    pub fn short(&self, chrome: &Chrome) -> String {
        self.say(chrome, ["witness-disputed", "witness-missing", "witness-stopped"])
    }

    /// What it means.
    #[must_use]
    pub fn more(&self, chrome: &Chrome) -> String {
        self.say(chrome, ["witness-disputed-more", "witness-missing-more", "witness-stopped-more"])
    }

    fn say(self, chrome: &Chrome, [disputed, missing, stopped]: [&str; 3]) -> String {
        let (key, since) = match self.0 {
            Warning::Disputed => return chrome.words.say(disputed),
            Warning::Missing(since) => (missing, since),
            Warning::Stopped(since) => (stopped, since),
        };
        chrome.words.fill(key, "moment", chrome.calendar.moment(since.seconds()))
    }
}
