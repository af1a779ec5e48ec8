//! The words of an entry: what kind of event, and what came of it.

/// What kind of event. The numbers stand in leaves for ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Kind {
    /// An empty entry that hides how much happened.
    Padding = 0,
    /// Claims left the vault for a client.
    Disclosure = 1,
    /// Claims were asked for and refused.
    Refusal = 2,
    /// Consent given.
    ConsentGiven = 3,
    /// Consent changed: superseded by a newer record.
    ConsentChanged = 4,
    /// Consent withdrawn by the resident.
    ConsentWithdrawn = 5,
    /// Consent ran out.
    ConsentExpired = 6,
    /// Sealed fields were written (import, edit).
    Write = 7,
    /// The resident looked at her own data.
    SelfView = 8,
    /// A passkey or recovery code was made, used or removed.
    Credential = 9,
    /// A mandate for family or guardian.
    Mandate = 10,
    /// A step of an erasure.
    Erasure = 11,
    /// An act of staff or auditor.
    Staff = 12,
    /// An act of the operator.
    Operator = 13,
    /// Access without consent in an emergency.
    BreakGlass = 14,
    /// Statistics were released.
    Statistics = 15,
    /// A step of a resident's case: an objection, a correction, an answer.
    Case = 16,
}

impl Kind {
    /// All of them, by their numbers.
    pub const ALL: [Self; 17] = [
        Self::Padding,
        Self::Disclosure,
        Self::Refusal,
        Self::ConsentGiven,
        Self::ConsentChanged,
        Self::ConsentWithdrawn,
        Self::ConsentExpired,
        Self::Write,
        Self::SelfView,
        Self::Credential,
        Self::Mandate,
        Self::Erasure,
        Self::Staff,
        Self::Operator,
        Self::BreakGlass,
        Self::Statistics,
        Self::Case,
    ];

    /// The word in copies, exports and filters.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Padding => "padding",
            Self::Disclosure => "disclosure",
            Self::Refusal => "refusal",
            Self::ConsentGiven => "consent_given",
            Self::ConsentChanged => "consent_changed",
            Self::ConsentWithdrawn => "consent_withdrawn",
            Self::ConsentExpired => "consent_expired",
            Self::Write => "write",
            Self::SelfView => "self_view",
            Self::Credential => "credential",
            Self::Mandate => "mandate",
            Self::Erasure => "erasure",
            Self::Staff => "staff",
            Self::Operator => "operator",
            Self::BreakGlass => "break_glass",
            Self::Statistics => "statistics",
            Self::Case => "case",
        }
    }

    /// The kind of this word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }

    /// The number in leaves.
    #[must_use]
    pub fn number(self) -> u8 {
        self as u8
    }

    /// The kind with this number.
    #[must_use]
    pub fn of_number(number: u8) -> Option<Self> {
        Self::ALL.get(usize::from(number)).copied()
    }
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It may go on; released or attempted.
    Allowed,
    /// It was refused; nothing left.
    Refused,
}

impl Outcome {
    /// The word in details and reviews.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Allowed => "allowed",
            Self::Refused => "refused",
        }
    }
}
