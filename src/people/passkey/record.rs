//! What a person of the service centre signs: an act with its facts, as bytes of one spelling.
//!
//! The bytes are CBOR, an array of fixed length and order (RFC 8949 §4.2.1): `["latchkey/staff-act/v1", installation id,
//! what, person, role, session, at (ms), until (ms), nonce, [[name, value] …]]`. Their SHA-256 is the challenge that the
//! device signs. A page that shows an act to somebody who is to approve it reads it back from these bytes and from
//! nowhere else, so what was shown is what was signed.

use std::time::Duration;

use ciborium::Value as Cbor;
use serde::{Deserialize, Serialize};

use crate::clock::Timestamp;
use crate::crypto::hash;
use crate::ids::{PersonId, SessionId};
use crate::ledger::cbor::{self, NotCanonical, Parts};
use crate::people::Role;

/// What the bytes begin with.
const FORMAT: &str = "latchkey/staff-act/v1";
/// How long what one person asked for may be approved by another.
pub const LIFE: Duration = Duration::from_secs(15 * 60);

/// An act that takes a confirmation: what is done, and the facts that make it this one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    pub(super) what: String,
    pub(super) facts: Vec<(String, String)>,
}

impl Act {
    /// An act: `emergency.open`.
    #[must_use]
    pub fn new(what: &str) -> Self {
        Self { what: what.to_owned(), facts: Vec::new() }
    }

    /// The same act with one more fact. Whatever is decided by confirming must be among them.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.facts.push((name.to_owned(), value.into()));
        self
    }
}

/// When and where a confirmation began: what makes these bytes different from all others.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Occasion {
    pub session: String,
    pub at: i64,
    pub nonce: [u8; 32],
}

/// An act as it was signed, read from the signed bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// What: `emergency.open`.
    pub what: String,
    /// Who signed.
    pub person: PersonId,
    /// As what.
    pub role: Role,
    /// In which session.
    pub session: SessionId,
    /// When the ceremony began.
    pub at: Timestamp,
    /// Until when somebody else may approve it.
    pub until: Timestamp,
    /// The facts, in the order in which they were signed.
    pub facts: Vec<(String, String)>,
}

impl Recorded {
    /// Reads the bytes, of this installation.
    ///
    /// # Errors
    /// When they are not the one spelling of an act, or of another installation.
    pub fn read(bytes: &[u8], installation: &[u8]) -> Result<Self, NotCanonical> {
        let mut parts = cbor::array(bytes, 10)?;
        if cbor::next_text(&mut parts)? != FORMAT || next_bytes(&mut parts)? != installation {
            return Err(NotCanonical);
        }
        let what = cbor::next_text(&mut parts)?;
        let person = PersonId::parse(&cbor::next_text(&mut parts)?).map_err(|_| NotCanonical)?;
        let role = Role::of(&cbor::next_text(&mut parts)?).ok_or(NotCanonical)?;
        let session = SessionId::parse(&cbor::next_text(&mut parts)?).map_err(|_| NotCanonical)?;
        let at = Timestamp::from_millis(cbor::next_integer(&mut parts)?);
        let until = Timestamp::from_millis(cbor::next_integer(&mut parts)?);
        if next_bytes(&mut parts)?.len() != 32 {
            return Err(NotCanonical);
        }
        let Some(Cbor::Array(facts)) = parts.next() else { return Err(NotCanonical) };
        let facts = facts.into_iter().map(fact).collect::<Result<_, _>>()?;
        Ok(Self { what, person, role, session, at, until, facts })
    }

    /// The value of a fact; none when it is missing or stands there twice.
    #[must_use]
    pub fn fact(&self, name: &str) -> Option<&str> {
        let mut found = self.facts.iter().filter(|(known, _)| known == name);
        match (found.next(), found.next()) {
            (Some((_, value)), None) => Some(value),
            _ => None,
        }
    }

    /// All values of a fact that may stand there several times.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.facts.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Whether it may still be approved.
    #[must_use]
    pub fn is_open(&self, now: Timestamp) -> bool {
        now < self.until
    }
}

fn next_bytes(parts: &mut Parts) -> Result<Vec<u8>, NotCanonical> {
    cbor::next_bytes_or_null(parts)?.ok_or(NotCanonical)
}

fn fact(item: Cbor) -> Result<(String, String), NotCanonical> {
    let Cbor::Array(pair) = item else { return Err(NotCanonical) };
    let [Cbor::Text(name), Cbor::Text(value)]: [Cbor; 2] = pair.try_into().map_err(|_| NotCanonical)? else {
        return Err(NotCanonical);
    };
    Ok((name, value))
}

/// The bytes of an act on an occasion.
pub(super) fn encode(
    act: &Act, installation: &[u8], (person, role): (&PersonId, Role), occasion: &Occasion,
) -> Vec<u8> {
    let fact = |(name, value): &(String, String)| Cbor::Array(vec![cbor::text(name), cbor::text(value)]);
    let until = Timestamp::from_millis(occasion.at).plus(LIFE).millis();
    cbor::encode(&Cbor::Array(vec![
        cbor::text(FORMAT),
        Cbor::Bytes(installation.to_vec()),
        cbor::text(&act.what),
        cbor::text(person.as_str()),
        cbor::text(role.as_str()),
        cbor::text(&occasion.session),
        Cbor::from(occasion.at),
        Cbor::from(until),
        Cbor::Bytes(occasion.nonce.to_vec()),
        Cbor::Array(act.facts.iter().map(fact).collect()),
    ]))
}

/// What the device signs.
pub(super) fn challenge(record: &[u8]) -> [u8; 32] {
    hash::sha256(record)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]
mod tests {
    use super::*;

    fn bytes() -> Vec<u8> {
        let act = Act::new("emergency.open").with("case", "2027-1").with("claim", "phone").with("claim", "name_masked");
        let occasion = Occasion { session: "0b".repeat(16), at: 1_795_334_400_123, nonce: [9; 32] };
        encode(&act, &[1; 16], (&PersonId::from_bytes([2; 16]), Role::Staff), &occasion)
    }

    #[test]
    fn an_act_reads_back_from_what_was_signed() {
        let read = Recorded::read(&bytes(), &[1; 16]).unwrap();
        assert_eq!((read.what.as_str(), read.role), ("emergency.open", Role::Staff));
        assert_eq!(read.fact("case"), Some("2027-1"));
        assert_eq!(read.fact("claim"), None, "it stands there twice");
        assert_eq!(read.all("claim").collect::<Vec<_>>(), ["phone", "name_masked"]);
        assert_eq!(read.until, read.at.plus(LIFE));
        assert!(read.is_open(read.at) && !read.is_open(read.until));
    }

    #[test]
    fn other_bytes_and_other_houses_are_no_act() {
        let bytes = bytes();
        assert!(Recorded::read(&bytes, &[3; 16]).is_err(), "another installation");
        for end in 0..bytes.len() {
            assert!(Recorded::read(&bytes[..end], &[1; 16]).is_err(), "cut at {end}");
        }
        assert!(Recorded::read(&[bytes.as_slice(), &[0]].concat(), &[1; 16]).is_err(), "more behind it");
    }
}
