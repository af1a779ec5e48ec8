//! What the gate knows of an emergency: who may read, what, of whom, until when, and how often still.
//!
//! They are written when a second member of staff has approved ([`open`]), and looked up afresh for each read. What lets
//! somebody in lies sealed; the columns beside it only refuse.

mod signed;
mod store;

pub(super) use store::approved;
pub use store::{close, of_resident, open, reads, residents, take};

use crate::clock::Timestamp;
use crate::ids::{EmergencyId, PersonId};

/// How often each resident of an emergency may be read.
pub const READS: u32 = 20;

/// An emergency that was approved, about to be kept.
#[derive(Debug, Clone)]
pub struct Opened {
    /// Its id.
    pub id: EmergencyId,
    /// Who asked.
    pub asked_by: PersonId,
    /// Who approved.
    pub approved_by: PersonId,
    /// What may be read.
    pub claims: Vec<String>,
    /// Until when.
    pub until: Timestamp,
}

/// How it stands at the moment of a read, with one resident.
#[derive(Debug, Clone)]
pub struct Approved {
    hands: [String; 2],
    both_are_here: bool,
    claims: Vec<String>,
    until: Timestamp,
    is_closed: bool,
    is_sealed: bool,
}

impl Approved {
    /// Whether one of the two may read these claims now.
    pub(super) fn allows(&self, person: &PersonId, claims: &[String], now: Timestamp) -> Result<(), &'static str> {
        if !self.hands.iter().any(|hand| hand == person.as_str()) {
            return Err("emergency_of_others");
        }
        if !self.both_are_here {
            return Err("emergency_hand_gone");
        }
        if self.is_closed || now >= self.until {
            return Err("emergency_over");
        }
        if self.is_sealed {
            return Err("resident_sealed");
        }
        if claims.is_empty() || !claims.iter().all(|claim| self.claims.contains(claim)) {
            return Err("emergency_claims");
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gate_lets_in_the_two_hands_for_the_claims_and_the_time_that_were_signed() {
        let (one, other) = (PersonId::from_bytes([1; 16]), PersonId::from_bytes([2; 16]));
        let good = Approved {
            hands: [one.to_string(), other.to_string()],
            both_are_here: true,
            claims: vec!["phone_full".to_owned()],
            until: Timestamp::from_seconds(100),
            is_closed: false,
            is_sealed: false,
        };
        let (phone, now) = (["phone_full".to_owned()], Timestamp::from_seconds(99));
        assert_eq!(good.allows(&one, &phone, now), Ok(()));
        assert_eq!(good.allows(&other, &phone, now), Ok(()));
        assert_eq!(good.allows(&PersonId::from_bytes([3; 16]), &phone, now), Err("emergency_of_others"));
        assert_eq!(good.allows(&one, &phone, Timestamp::from_seconds(100)), Err("emergency_over"));
        assert_eq!(good.allows(&one, &["care_level_band".to_owned()], now), Err("emergency_claims"));
        assert_eq!(good.allows(&one, &[], now), Err("emergency_claims"));
        let left = Approved { both_are_here: false, ..good.clone() };
        assert_eq!(left.allows(&one, &phone, now), Err("emergency_hand_gone"));
        let closed = Approved { is_closed: true, ..good.clone() };
        assert_eq!(closed.allows(&one, &phone, now), Err("emergency_over"));
        assert_eq!(Approved { is_sealed: true, ..good }.allows(&one, &phone, now), Err("resident_sealed"));
    }
}
