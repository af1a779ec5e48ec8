//! Who acted: the word that an entry carries, and what else is told of somebody who acts for a resident.

use super::entry::{Entry, Extra};
use crate::ids::{MandateId, PersonId};

/// Who acted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Actor {
    /// The resident herself.
    Resident,
    /// The client named in the entry.
    Client,
    /// Whoever may run the binary beside its keys.
    Operator,
    /// The service by itself (expiry).
    Service,
    /// Somebody the resident gave a mandate to.
    Delegate,
    /// The guardian of a resident who may not decide alone.
    Guardian,
    /// A member of staff, in whose presence the resident confirmed.
    Staff,
    /// An auditor.
    Auditor,
}

impl Actor {
    /// The word in details and reviews.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Resident => "resident",
            Self::Client => "client",
            Self::Operator => "operator",
            Self::Service => "service",
            Self::Delegate => "delegate",
            Self::Guardian => "guardian",
            Self::Staff => "staff",
            Self::Auditor => "auditor",
        }
    }
}

/// By whose hand an act about a resident is done. Every verb that a resident has takes it, so that no act on somebody's
/// behalf can be entered as the resident's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum By {
    /// The resident's own hand.
    Resident,
    /// By this mandate of hers.
    Delegate(MandateId),
    /// By the mandate of a guardian.
    Guardian(MandateId),
    /// With this member of staff at the desk; the resident confirmed it.
    Staff(PersonId),
    /// This auditor's.
    Auditor(PersonId),
    /// The operator's.
    Operator,
    /// The service by itself.
    Service,
}

impl By {
    /// Who acted.
    #[must_use]
    pub fn actor(&self) -> Actor {
        match self {
            Self::Resident => Actor::Resident,
            Self::Delegate(_) => Actor::Delegate,
            Self::Guardian(_) => Actor::Guardian,
            Self::Staff(_) => Actor::Staff,
            Self::Auditor(_) => Actor::Auditor,
            Self::Operator => Actor::Operator,
            Self::Service => Actor::Service,
        }
    }

    /// Where it was done: the word that consent events carry (`collection.method` of the consent record).
    #[must_use]
    pub fn channel(&self) -> &'static str {
        match self {
            Self::Resident | Self::Delegate(_) | Self::Guardian(_) => "web",
            Self::Staff(_) | Self::Auditor(_) => "desk",
            Self::Operator => "command",
            Self::Service => "sweeper",
        }
    }

    /// By which mandate, if by one.
    #[must_use]
    pub fn mandate(&self) -> Option<&MandateId> {
        match self {
            Self::Delegate(id) | Self::Guardian(id) => Some(id),
            Self::Resident | Self::Staff(_) | Self::Auditor(_) | Self::Operator | Self::Service => None,
        }
    }

    /// Which person of the service centre it is, if one.
    #[must_use]
    pub fn person(&self) -> Option<&PersonId> {
        match self {
            Self::Staff(id) | Self::Auditor(id) => Some(id),
            Self::Resident | Self::Delegate(_) | Self::Guardian(_) | Self::Operator | Self::Service => None,
        }
    }

    /// Whoever acts for the resident, as a note of an entry.
    fn note(&self) -> Option<(&'static str, String)> {
        match self {
            Self::Delegate(id) | Self::Guardian(id) => Some(("mandate", id.to_string())),
            Self::Staff(id) => Some(("staff", id.to_string())),
            Self::Auditor(id) => Some(("auditor", id.to_string())),
            Self::Resident | Self::Operator | Self::Service => None,
        }
    }
}

impl Entry {
    /// The same entry, done by this hand. What is written of fields stays; there the review says which person it was.
    #[must_use]
    pub fn by(mut self, by: &By) -> Self {
        self.actor = by.actor();
        self.person = by.person().cloned();
        let Some(note) = by.note() else { return self };
        match &mut self.extra {
            Extra::Nothing => self.extra = Extra::Notes(vec![note]),
            Extra::Notes(notes) => notes.push(note),
            Extra::Written(_) => {}
        }
        self
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::clock::Timestamp;
    use crate::ids::ResidentId;
    use crate::ledger::{Detail, Kind};

    #[test]
    fn an_act_on_behalf_says_by_which_mandate() {
        let resident = ResidentId::from_bytes([1; 16]);
        let entry = || Entry::about(Kind::ConsentWithdrawn, &resident, Timestamp::from_seconds(5));
        let mandate = MandateId::from_bytes([9; 16]);
        let read = |entry: Entry| Detail::decode(&entry.detail(1)).unwrap();
        let detail = read(entry().by(&By::Delegate(mandate.clone())));
        assert_eq!((detail.actor.as_str(), detail.note("mandate")), ("delegate", Some(mandate.as_str())));
        let own = read(entry().by(&By::Resident));
        assert_eq!((own.actor.as_str(), own.note("mandate")), ("resident", None));
    }
}
