//! `[outgoing]`: how the service reaches others.

use std::path::PathBuf;

use serde::Deserialize;

use super::Network;

/// `[outgoing]`: what the service fetches (keys of clients) and pushes (events to partners).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Outgoing {
    /// Networks that are reached although they are not of the public internet: the community's own.
    pub allow: Vec<Network>,
    /// Certificates (PEM) of authorities that are trusted besides those of the system; empty: none.
    pub roots: PathBuf,
    /// How long a connection may take to be made.
    pub connect_milliseconds: u32,
    /// How long an exchange may take in all.
    pub whole_milliseconds: u32,
}

impl Default for Outgoing {
    fn default() -> Self {
        Self { allow: Vec::new(), roots: PathBuf::new(), connect_milliseconds: 3_000, whole_milliseconds: 10_000 }
    }
}
