//! `[desk]`: how much may be done at the service centre's desk, and how long one waits.

use serde::Deserialize;

/// `[desk]`
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Desk {
    /// Searches of one member of staff in an hour.
    pub looks_per_hour: u32,
    /// Acts that one member of staff may prepare in an hour.
    pub acts_per_hour: u32,
    /// Hours between the second signature under a recovery and the new passkey.
    pub recovery_hours: u32,
    /// Days in which a resident may undo what was done with her at the desk.
    pub undo_days: u32,
}

impl Default for Desk {
    fn default() -> Self {
        Self { looks_per_hour: 60, acts_per_hour: 30, recovery_hours: 72, undo_days: 7 }
    }
}
