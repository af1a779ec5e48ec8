//! A case and its life: with the client or the staff → answered → closed; or taken back.

use crate::ids::{CaseId, ClientId, ConsentId, PersonId, ResidentId};

macro_rules! words {
    ($(#[$outer:meta])* $type:ident { $($(#[$doc:meta])* $name:ident = $word:literal),+ $(,)? }) => {
        $(#[$outer])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $type {
            $($(#[$doc])* $name),+
        }

        impl $type {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The word in tables, addresses and locales.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $word),+ }
            }

            /// The one of this word.
            #[must_use]
            pub fn of(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|known| known.as_str() == word)
            }
        }
    };
}

words! {
    /// What a resident asks.
    Kind {
        /// She objects to an access, or to a use without her consent (PIPL 44).
        Objection = "objection",
        /// Something about her is wrong and is to be corrected (PIPL 46).
        Correction = "correction",
        /// She wants to be told how something was decided (PIPL 24, 48).
        Explanation = "explanation",
        /// She complains of how she was treated (PIPL 50, 65).
        Complaint = "complaint",
        /// A near relative of somebody who died asks for what is hers (PIPL 49).
        Relative = "relative",
    }
}

words! {
    /// Whose turn it is, or how it ended.
    State {
        /// The client has to answer.
        WithClient = "with_client",
        /// The staff has to answer.
        WithStaff = "with_staff",
        /// The client has answered; the resident may say whether that settles it.
        Answered = "answered",
        /// It is over.
        Closed = "closed",
        /// The resident has taken it back.
        TakenBack = "taken_back",
    }
}

words! {
    /// What an answer comes to.
    Outcome {
        /// The resident is right: what she asked for is done.
        Agreed = "agreed",
        /// It stays as it is, for the reason that the answer gives.
        Declined = "declined",
    }
}

/// One case, as it stands. All times in Unix seconds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// Its id.
    pub id: CaseId,
    /// Whose.
    pub resident: ResidentId,
    /// What she asks.
    pub kind: Kind,
    /// The client it is about, if one.
    pub client: Option<ClientId>,
    /// Whose turn it is.
    pub state: State,
    /// The position of the ledger entry it is about.
    pub entry: Option<u64>,
    /// The consent it is about.
    pub consent: Option<ConsentId>,
    /// The code of the purpose it is about.
    pub purpose: Option<String>,
    /// The claims or fields it is about.
    pub claims: Vec<String>,
    /// Who looks after it, from its first moment; `None`: the service centre as a whole, where nobody of the staff is.
    pub owner: Option<PersonId>,
    /// When it was opened.
    pub opened_at: i64,
    /// The last second in which an answer is in time.
    pub due_at: i64,
    /// When it was found to have no answer by its day.
    pub overdue_at: Option<i64>,
    /// When it was last answered.
    pub answered_at: Option<i64>,
    /// When it ended.
    pub closed_at: Option<i64>,
    /// What the last answer came to.
    pub outcome: Option<Outcome>,
    /// How many events it has.
    pub seq: i64,
}

impl Case {
    /// Whether somebody still has to answer.
    #[must_use]
    pub fn waits(&self) -> bool {
        matches!(self.state, State::WithClient | State::WithStaff)
    }

    /// Whether it waits for an answer that should be there by now (Unix seconds).
    #[must_use]
    pub fn is_overdue(&self, now: i64) -> bool {
        self.waits() && self.due_at < now
    }

    /// Whether it is over.
    #[must_use]
    pub fn is_over(&self) -> bool {
        matches!(self.state, State::Closed | State::TakenBack)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(in crate::cases) fn case(state: State) -> Case {
        Case {
            id: CaseId::from_bytes([1; 16]),
            resident: ResidentId::from_bytes([2; 16]),
            kind: Kind::Objection,
            client: None,
            state,
            entry: None,
            consent: None,
            purpose: None,
            claims: Vec::new(),
            owner: None,
            opened_at: 0,
            due_at: 100,
            overdue_at: None,
            answered_at: None,
            closed_at: None,
            outcome: None,
            seq: 1,
        }
    }

    #[test]
    fn a_case_is_overdue_after_its_last_second_and_only_while_somebody_has_to_answer() {
        assert!(!case(State::WithClient).is_overdue(100));
        assert!(case(State::WithClient).is_overdue(101) && case(State::WithStaff).is_overdue(101));
        for state in [State::Answered, State::Closed, State::TakenBack] {
            assert!(!case(state).is_overdue(101), "{state:?}");
        }
    }

    #[test]
    fn a_word_reads_back_as_what_it_is() {
        for state in State::ALL {
            assert_eq!(State::of(state.as_str()), Some(*state));
        }
        assert_eq!(Kind::of("wish"), None);
    }
}
