//! A consent record and its life: given ⇄ paused → superseded | withdrawn | expired | revoked.

use std::collections::BTreeMap;

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
    /// Ended by another than the resident: she moved away, or what it was given for is over.
    Revoked,
    /// Waits for the resident's own word: a guardian gave it for her, and she has come of an age.
    Deferred,
    /// Should never have been: whoever gave it for her had no right to.
    Invalidated,
}

/// What becomes of a record, as its events say it. A pause changes no state: what is paused was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// It came into this state.
    To(State),
    /// Nothing may be read until it is resumed.
    Paused,
    /// It may be read again.
    Resumed,
}

impl Turn {
    /// The word in the table of events.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::To(state) => state.as_str(),
            Self::Paused => "paused",
            Self::Resumed => "resumed",
        }
    }
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
            Self::Revoked => "revoked",
            Self::Deferred => "deferred",
            Self::Invalidated => "invalidated",
        }
    }

    /// The state of this word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        let all = [
            Self::Given,
            Self::Superseded,
            Self::Withdrawn,
            Self::Expired,
            Self::Revoked,
            Self::Deferred,
            Self::Invalidated,
        ];
        all.into_iter().find(|state| state.as_str() == word)
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
    /// Since when it is paused, Unix seconds.
    pub paused_at: Option<i64>,
    /// Of the claims, those that she gives in a form that tells less, each with that form.
    pub lowered: BTreeMap<String, String>,
    /// The digest of the catalogue's row when it was given; none is kept of the oldest.
    pub terms: Option<String>,
}

impl Record {
    /// Whether a read may rest on it now; if not, why, as the code that entries and refusals carry.
    ///
    /// # Errors
    /// `consent_withdrawn`, `consent_superseded`, `consent_expired`, `consent_revoked` or `consent_paused`.
    pub fn in_force(&self, now: Timestamp) -> Result<(), &'static str> {
        match self.state {
            State::Withdrawn => Err("consent_withdrawn"),
            State::Superseded => Err("consent_superseded"),
            State::Expired => Err("consent_expired"),
            State::Revoked => Err("consent_revoked"),
            State::Deferred => Err("consent_deferred"),
            State::Invalidated => Err("consent_invalidated"),
            State::Given if self.valid_until <= now.seconds() => Err("consent_expired"),
            State::Given if self.paused_at.is_some() => Err("consent_paused"),
            State::Given => Ok(()),
        }
    }

    /// Whether it was given and has neither ended nor run out; it may be paused.
    #[must_use]
    pub fn stands(&self, now: Timestamp) -> bool {
        self.state == State::Given && self.valid_until > now.seconds()
    }

    /// A claim under the name it goes out with.
    #[must_use]
    pub fn released<'a>(&'a self, claim: &'a str) -> &'a str {
        self.lowered.get(claim).map_or(claim, String::as_str)
    }

    /// The claims under the names they go out with.
    #[must_use]
    pub fn all_released(&self) -> Vec<String> {
        self.claims.iter().map(|claim| self.released(claim).to_owned()).collect()
    }

    /// Those of a grant's claims that are agreed to, under the names they go out with: what the client is told it has.
    #[must_use]
    pub fn released_of(&self, claims: &[String]) -> Vec<String> {
        let agreed = claims.iter().filter(|claim| self.claims.contains(claim));
        agreed.map(|claim| self.released(claim).to_owned()).collect()
    }

    /// The claim that goes out under this name: a client may ask for either.
    #[must_use]
    pub fn agreed<'a>(&'a self, name: &'a str) -> &'a str {
        self.lowered.iter().find(|(_, form)| *form == name).map_or(name, |(claim, _)| claim)
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
            paused_at: None,
            lowered: BTreeMap::new(),
            terms: None,
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
    fn what_is_paused_stands_and_nothing_rests_on_it() {
        let now = Timestamp::from_seconds(100);
        let paused = |until| Record { paused_at: Some(90), ..record(State::Given, until) };
        assert_eq!((paused(101).in_force(now), paused(101).stands(now)), (Err("consent_paused"), true));
        assert_eq!((paused(100).in_force(now), paused(100).stands(now)), (Err("consent_expired"), false));
    }

    #[test]
    fn a_lowered_claim_goes_out_under_its_own_name() {
        let lowered = BTreeMap::from([("is_resident".to_owned(), "community_id".to_owned())]);
        let record = Record { lowered, ..record(State::Given, 101) };
        assert_eq!((record.released("is_resident"), record.agreed("community_id")), ("community_id", "is_resident"));
        assert_eq!((record.released("over_60"), record.agreed("over_60")), ("over_60", "over_60"));
    }

    #[test]
    fn a_record_covers_what_was_agreed_and_nothing_else() {
        let record = record(State::Given, 101);
        assert!(record.covers(&["is_resident".into()]) && record.covers(&[]));
        assert!(!record.covers(&["is_resident".into(), "plate_masked".into()]));
    }
}
