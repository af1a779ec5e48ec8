//! A mandate: who may act for whom, how far, until when.

use super::kind::Kind;
use super::right::Right;
use crate::clock::Timestamp;
use crate::ids::{MandateId, ResidentId};
use crate::ledger::By;

/// What a delegate may not see unless the principal says otherwise.
pub const HIDDEN_AT_FIRST: [&str; 3] = ["document_number", "care_level", "note"];

/// By what a mandate ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EndedBy {
    /// The principal ended it.
    Principal,
    /// The delegate gave it back.
    Delegate,
    /// Whoever it was offered to said no.
    Declined,
    /// Its day came.
    Time,
    /// The young person came of an age.
    Age,
    /// Staff ended it at the principal's word.
    Desk,
    /// It should never have been: what was given under it does not hold either.
    Void,
}

impl EndedBy {
    const ALL: [Self; 7] =
        [Self::Principal, Self::Delegate, Self::Declined, Self::Time, Self::Age, Self::Desk, Self::Void];

    /// The word in the table and in entries.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Principal => "principal",
            Self::Delegate => "delegate",
            Self::Declined => "declined",
            Self::Time => "time",
            Self::Age => "age",
            Self::Desk => "desk",
            Self::Void => "void",
        }
    }

    /// The end of this word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|by| by.as_str() == word)
    }
}

/// How a mandate stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Nobody accepted it yet, or nobody confirmed it.
    Waiting,
    /// The delegate may act.
    InForce,
    /// Its day has come.
    Over,
    /// It was ended.
    Ended(EndedBy),
}

/// Leave to act for a resident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mandate {
    /// Its id.
    pub id: MandateId,
    /// What kind of leave.
    pub kind: Kind,
    /// For whom one may act.
    pub principal: ResidentId,
    /// Who may; nobody while it is only offered.
    pub delegate: Option<ResidentId>,
    /// What the delegate is to the principal, a code of the pages.
    pub relation: String,
    /// What the delegate may do.
    pub rights: Vec<Right>,
    /// Fields that the delegate may not see, nor anything made of them.
    pub hidden: Vec<String>,
    /// Controllers whose clients the delegate may not let in: she works for them.
    pub conflicts: Vec<String>,
    /// When it was made, Unix seconds.
    pub made_at: i64,
    /// Until when, Unix seconds.
    pub until: i64,
    /// Since when, Unix seconds.
    pub begun_at: Option<i64>,
    /// When it ended before its day, and by what.
    pub ended: Option<(i64, EndedBy)>,
    /// Whether the delegate was told nothing of its end.
    pub quiet: bool,
}

impl Mandate {
    /// How it stands now.
    #[must_use]
    pub fn standing(&self, now: Timestamp) -> Standing {
        match (self.ended, self.begun_at) {
            (Some((_, by)), _) => Standing::Ended(by),
            (None, _) if self.until <= now.seconds() => Standing::Over,
            (None, None) => Standing::Waiting,
            (None, Some(_)) => Standing::InForce,
        }
    }

    /// Whether the delegate may do this.
    #[must_use]
    pub fn allows(&self, right: Right) -> bool {
        self.rights.contains(&right)
    }

    /// Whether the delegate may see a field.
    #[must_use]
    pub fn shows(&self, field: &str) -> bool {
        !self.hidden.iter().any(|hidden| hidden == field)
    }

    /// By whose hand a delegate's acts are done.
    #[must_use]
    pub fn by(&self) -> By {
        match self.kind {
            Kind::Guardian => By::Guardian(self.id.clone()),
            Kind::Family | Kind::Appointed | Kind::Temporary => By::Delegate(self.id.clone()),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn mandate() -> Mandate {
        Mandate {
            id: MandateId::from_bytes([1; 16]),
            kind: Kind::Family,
            principal: ResidentId::from_bytes([2; 16]),
            delegate: Some(ResidentId::from_bytes([3; 16])),
            relation: "daughter".into(),
            rights: vec![Right::See],
            hidden: vec!["note".into()],
            conflicts: Vec::new(),
            made_at: 0,
            until: 100,
            begun_at: Some(1),
            ended: None,
            quiet: false,
        }
    }

    #[test]
    fn a_mandate_is_in_force_from_its_acceptance_to_its_end_and_not_at_it() {
        let at = Timestamp::from_seconds;
        assert_eq!(mandate().standing(at(99)), Standing::InForce);
        assert_eq!(mandate().standing(at(100)), Standing::Over);
        assert_eq!(Mandate { begun_at: None, ..mandate() }.standing(at(99)), Standing::Waiting);
        let ended = Mandate { ended: Some((5, EndedBy::Delegate)), ..mandate() };
        assert_eq!(ended.standing(at(99)), Standing::Ended(EndedBy::Delegate));
    }

    #[test]
    fn what_is_not_given_is_not_allowed_and_what_is_hidden_not_shown() {
        assert!(mandate().allows(Right::See) && !mandate().allows(Right::Decide));
        assert!(mandate().shows("phone") && !mandate().shows("note"));
    }
}
