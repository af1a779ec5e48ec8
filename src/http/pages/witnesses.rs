//! What residents' pages say when too few witnesses see the ledger, or nobody signs it.

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
        self.say(chrome, |(short, _)| short)
    }

    /// What it means.
    #[must_use]
    pub fn more(&self, chrome: &Chrome) -> String {
        self.say(chrome, |(_, more)| more)
    }

    fn say(self, chrome: &Chrome, which: fn((&'static str, &'static str)) -> &'static str) -> String {
        let (keys, since) = match self.0 {
            Warning::Disputed => return chrome.words.say(which(("witness-disputed", "witness-disputed-more"))),
            Warning::Missing(since) => (("witness-missing", "witness-missing-more"), since),
            Warning::Stopped(since) => (("witness-stopped", "witness-stopped-more"), since),
            Warning::Contradicted(since) => (("ledger-contradicted", "ledger-contradicted-more"), since),
            Warning::Unsigned(since) => (("ledger-unsigned", "ledger-unsigned-more"), since),
            Warning::UnsignedStopped(since) => (("ledger-unsigned-stopped", "ledger-unsigned-stopped-more"), since),
        };
        chrome.words.fill(which(keys), "moment", chrome.calendar.moment(since.seconds()))
    }
}
