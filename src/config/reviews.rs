//! `[reviews]`: what is a lot, to an auditor.

use std::collections::BTreeMap;

use serde::Deserialize;

/// `[reviews]`
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Reviews {
    /// An app that reads the data of more residents than this within an hour is pointed out.
    pub residents_per_hour: u32,
    /// As above, for a purpose that needs more or fewer.
    pub purposes: BTreeMap<String, u32>,
    /// Blocks of 4,096 entries that one page of an auditor counts at most, where they have not been counted ahead.
    pub fresh_blocks: u32,
}

impl Default for Reviews {
    fn default() -> Self {
        let purposes = [("notice.deliver", 500), ("elder.care", 20)];
        Self {
            residents_per_hour: 30,
            fresh_blocks: 24,
            purposes: purposes.map(|(code, most)| (code.to_owned(), most)).into(),
        }
    }
}

impl Reviews {
    /// How many residents an hour a purpose needs.
    #[must_use]
    pub fn need(&self, purpose: &str) -> u32 {
        self.purposes.get(purpose).copied().unwrap_or(self.residents_per_hour)
    }
}
