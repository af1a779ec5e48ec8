//! The kinds of events. The words stand in tables and in the addresses of event types: they are never used again for
//! something else.

/// What a client is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// A session in which it got an ID token has ended.
    Logout,
    /// A resident gave it a consent, perhaps a wider one in place of an earlier one.
    ConsentGiven,
    /// A resident replaced a consent by a smaller one.
    ConsentNarrowed,
    /// A resident withdrew a consent.
    ConsentWithdrawn,
    /// A consent ran out.
    ConsentExpired,
    /// A resident paused a consent: nothing is read under it until she resumes it.
    ConsentPaused,
    /// A resident resumed a consent that she had paused.
    ConsentResumed,
    /// What it was granted was ended, its tokens with it; the consent may still stand.
    GrantRevoked,
    /// A resident does not live here any more.
    ResidentMovedOut,
    /// A resident's record was erased.
    ResidentErased,
    /// A resident objects to what it did, or wants it explained: it has until a day to answer.
    CaseOpened,
    /// Such a case is over.
    CaseClosed,
}

impl Event {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::Logout,
        Self::ConsentGiven,
        Self::ConsentNarrowed,
        Self::ConsentWithdrawn,
        Self::ConsentExpired,
        Self::ConsentPaused,
        Self::ConsentResumed,
        Self::GrantRevoked,
        Self::ResidentMovedOut,
        Self::ResidentErased,
        Self::CaseOpened,
        Self::CaseClosed,
    ];

    /// The word in tables.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Logout => "logout",
            Self::ConsentGiven => "consent-given",
            Self::ConsentNarrowed => "consent-narrowed",
            Self::ConsentWithdrawn => "consent-withdrawn",
            Self::ConsentExpired => "consent-expired",
            Self::ConsentPaused => "consent-paused",
            Self::ConsentResumed => "consent-resumed",
            Self::GrantRevoked => "grant-revoked",
            Self::ResidentMovedOut => "resident-moved-out",
            Self::ResidentErased => "resident-erased",
            Self::CaseOpened => "case-opened",
            Self::CaseClosed => "case-closed",
        }
    }

    /// The event of this word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|event| event.word() == word)
    }
}
