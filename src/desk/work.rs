//! What an act at the desk does when it is confirmed. It lies sealed in the act until then.

use serde::{Deserialize, Serialize};

/// What a resident can confirm with.
#[derive(Debug, Clone, Copy)]
pub struct Has {
    /// A passkey.
    pub passkey: bool,
    /// A card in force.
    pub card: bool,
}

impl Has {
    /// Whether she has any of it.
    #[must_use]
    pub const fn anything(self) -> bool {
        self.passkey || self.card
    }
}

/// What is prepared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Work {
    /// A first passkey, on the resident's own phone.
    Enrol,
    /// A card with a secret number.
    Card,
    /// A consent.
    Consent(Box<Agreement>),
    /// Taking an earlier act back: its id.
    Undo(String),
    /// Taking back the erasure of everything, within its seven days.
    Keep,
}

/// A consent as it was read to her.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreement {
    /// The client's id.
    pub client: String,
    /// Its name, as it was read.
    pub name: String,
    /// The purpose's code.
    pub purpose: String,
    /// Exactly which claims.
    pub claims: Vec<String>,
    /// Which she was offered and left out.
    pub refused: Vec<String>,
    /// For how long: a code of the purpose's lengths.
    pub length: String,
    /// `zh-Hans` or `en`.
    pub language: String,
    /// The notice as it was read.
    pub notice: String,
    /// Who is responsible, as it was read.
    pub controller: String,
    /// How to reach them, as it was read.
    pub contact: String,
}

impl Work {
    /// The word in the table and in entries.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Enrol => "enrol",
            Self::Card => "card",
            Self::Consent(_) => "consent",
            Self::Undo(_) | Self::Keep => "undo",
        }
    }

    /// Whether a second member of staff may confirm it in the stead of a resident who stands so, because she has nothing
    /// yet to confirm it with. Never a consent: that is hers alone.
    #[must_use]
    pub const fn takes_a_witness(&self, has: Has) -> bool {
        match self {
            Self::Enrol => !has.passkey,
            Self::Card => !has.passkey && !has.card,
            Self::Consent(_) | Self::Undo(_) | Self::Keep => false,
        }
    }
}
