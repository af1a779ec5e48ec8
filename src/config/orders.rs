//! `[orders]`: what a client is given time for when a consent ends.

use serde::Deserialize;

/// `[orders]`
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Orders {
    /// Days after which a client must have said that it deleted what it had; silence is told from then on.
    pub due_days: u32,
}

impl Default for Orders {
    fn default() -> Self {
        Self { due_days: 15 }
    }
}
