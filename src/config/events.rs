//! `[events]`: how clients are told of what happens elsewhere.

use serde::Deserialize;

/// `[events]`
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Events {
    /// After so many hours of failed attempts an event is given up.
    pub give_up_hours: u32,
    /// Delivered events are kept for so many days; what nobody fetched is given up after as many.
    pub keep_days: u32,
    /// How long a client that fetches may wait for an event, in seconds.
    pub long_poll_seconds: u32,
}

impl Default for Events {
    fn default() -> Self {
        Self { give_up_hours: 24, keep_days: 14, long_poll_seconds: 15 }
    }
}
