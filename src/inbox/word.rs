//! The kinds of messages. The words stand in the table and lead to sentences in the locales (`tell-WORD`): they are
//! never used again for something else.

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident = $word:literal),+ $(,)?) => {
        /// What a resident is told.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Word {
            $($(#[$doc])* $name),+
        }

        impl Word {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The word in the table and in the locales.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $word),+ }
            }
        }
    };
}

words! {
    /// A passkey was made.
    NewPasskey = "new-passkey",
    /// Somebody began to recover her access.
    RecoveryBegun = "recovery-begun",
    /// Her access was recovered.
    Recovered = "recovered",
    /// An app read her information for the first time.
    FirstAccess = "first-access",
    /// An app reads otherwise than it did.
    BreakOfPattern = "break-of-pattern",
    /// Somebody may act for her from now on, or she for somebody.
    MandateBegun = "mandate-begun",
    /// A mandate has ended.
    MandateEnded = "mandate-ended",
    /// A guardianship has ended because of her age; what was given for her waits for her own word.
    CameOfAge = "came-of-age",
    /// Somebody acted for her.
    ActedFor = "acted-for",
    /// Her record will be erased.
    ErasureBegun = "erasure-begun",
    /// The erasure was undone.
    ErasureUndone = "erasure-undone",
    /// A case of hers was answered.
    CaseAnswered = "case-answered",
    /// A case of hers has no answer by its day.
    CaseOverdue = "case-overdue",
    /// A client says that it deleted what it had.
    DeletionConfirmed = "deletion-confirmed",
    /// A client says that a law makes it keep some of what it had.
    DeletionKept = "deletion-kept",
    /// A client did not say by the day that it deleted what it had.
    DeletionSilent = "deletion-silent",
    /// What an app asks for has changed: it will ask again.
    TermsChanged = "terms-changed",
    /// Her information was corrected.
    Corrected = "corrected",
    /// Somebody of the staff said that she has died.
    SealingAsked = "sealing-asked",
    /// Her record was sealed, because two members of staff said that she has died.
    Sealed = "sealed",
    /// Her record is open again.
    Unsealed = "unsealed",
    /// Staff did something with her at the desk; she may undo it for seven days.
    DeskAct = "desk-act",
    /// Two members of staff may see something of hers, in an emergency.
    EmergencyOpened = "emergency-opened",
    /// A third person has looked at that.
    EmergencyReviewed = "emergency-reviewed",
    /// Two auditors wanted to know who somebody in the log is, and it was she.
    Identified = "identified",
}

impl Word {
    /// The message of this word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|known| known.as_str() == word)
    }
}
