//! A consent record and its life: given → superseded | withdrawn | expired.

use crate::clock::Timestamp;
use crate::ids::{ClientId, ConsentId, ResidentId};

/// How a record stands. The names follow the Data Privacy Vocabulary's ConsentStatus; *superseded* is a record
/// that a newer one for the same recipient and purpose replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Given; in force until `valid_until`.
    Given,
    /// Replaced by a newer record.
    Superseded,
    /// Withdrawn by the resident.
    Withdrawn,
    /// Ran out, and the sweeper entered it.
    Expired,
}

impl State {
    /// The word in the tables.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Given => "given",
            Self::Superseded => "superseded",
            Self::Withdrawn => "withdrawn",
            Self::Expired => "expired",
        }
    }

    /// The state of this word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        [Self::Given, Self::Superseded, Self::Withdrawn, Self::Expired].into_iter().find(|state| state.as_str() == word)
    }
}

/// One record: a recipient, a purpose, the claims the resident chose, and until when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Its id; differs per recipient.
    pub id: ConsentId,
    /// Whose consent.
    pub resident: ResidentId,
    /// The recipient.
    pub client: ClientId,
    /// The purpose's code.
    pub purpose: String,
    /// Exactly what was agreed to.
    pub claims: Vec<String>,
    /// How it stands.
    pub state: State,
    /// When it was given, Unix seconds.
    pub given_at: i64,
    /// Until when, Unix seconds.
    pub valid_until: i64,
    /// When it ended otherwise, Unix seconds.
    pub ended_at: Option<i64>,
    /// How many events it has.
    pub seq: i64,
}

impl Record {
    /// Whether a read may rest on it now; if not, why, as the code that entries and refusals carry.
    ///
    /// # Errors
    /// `consent_withdrawn`, `consent_superseded` or `consent_expired`.
    pub fn in_force(&self, now: Timestamp) -> Result<(), &'static str> {
        match self.state {
            State::Withdrawn => Err("consent_withdrawn"),
            State::Superseded => Err("consent_superseded"),
            State::Expired => Err("consent_expired"),
            State::Given if self.valid_until <= now.seconds() => Err("consent_expired"),
            State::Given => Ok(()),
        }
    }

    /// Whether it covers these claims.
    #[must_use]
    pub fn covers(&self, claims: &[String]) -> bool {
        claims.iter().all(|claim| self.claims.contains(claim))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(state: State, valid_until: i64) -> Record {
        Record {
            id: ConsentId::from_bytes([1; 16]),
            resident: ResidentId::from_bytes([2; 16]),
            client: ClientId::stored("rp-a".into()),
            purpose: "parking.book".into(),
            claims: vec!["is_resident".into()],
            state,
            given_at: 0,
            valid_until,
            ended_at: None,
            seq: 1,
        }
    }

    #[test]
    fn a_record_is_in_force_until_its_end_and_not_at_it() {
        let now = Timestamp::from_seconds(100);
        assert_eq!(record(State::Given, 101).in_force(now), Ok(()));
        assert_eq!(record(State::Given, 100).in_force(now), Err("consent_expired"));
        assert_eq!(record(State::Withdrawn, 101).in_force(now), Err("consent_withdrawn"));
        assert_eq!(record(State::Superseded, 101).in_force(now), Err("consent_superseded"));
    }

    #[test]
    fn a_record_covers_what_was_agreed_and_nothing_else() {
        let record = record(State::Given, 101);
        assert!(record.covers(&["is_resident".into()]) && record.covers(&[]));
        assert!(!record.covers(&["is_resident".into(), "plate_masked".into()]));
    }
}
