//! `[cases]`: how long people may take to answer a resident.

use serde::Deserialize;

/// `[cases]`
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Cases {
    /// A case is answered by the end of the day that is so many days after it was opened.
    pub answer_days: u32,
}

impl Default for Cases {
    fn default() -> Self {
        Self { answer_days: 15 }
    }
}
