//! `[witnesses]`: who watches the ledger from outside.

use std::path::PathBuf;

use serde::Deserialize;

/// `[witnesses]`. There is no switch for what happens when they are missing: that is the same everywhere.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Witnesses {
    /// The file of the policy (C2SP tlog-policy): witnesses with their addresses, and the quorum. Empty: nobody watches.
    pub policy: PathBuf,
}
