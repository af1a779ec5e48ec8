//! An entry: what happened, to whose data, by whom, why, and what came of it.

use ciborium::Value;

use super::cbor::{self, NotCanonical};
use crate::clock::Timestamp;
use crate::crypto::hash;
use crate::ids::{ClientId, ConsentId, RequestId, ResidentId};

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
}

impl Kind {
    const ALL: [Self; 16] = [
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
    ];

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
        }
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

/// What else an entry says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Extra {
    /// Nothing.
    Nothing,
    /// Per written field: its name, its record version, and the SHA-256 of the sealed field.
    Written(Vec<(String, u64, [u8; 32])>),
    /// Named notes, for example which act of a passkey this was. Never a value of the resident's data.
    Notes(Vec<(&'static str, String)>),
}

impl Extra {
    fn to_cbor(&self) -> Value {
        match self {
            Self::Nothing => Value::Null,
            Self::Written(fields) => {
                let field = |(name, version, digest): &(String, u64, [u8; 32])| {
                    Value::Array(vec![cbor::text(name), Value::from(*version), Value::Bytes(digest.to_vec())])
                };
                Value::Array(fields.iter().map(field).collect())
            }
            Self::Notes(notes) => {
                let note = |(name, what): &(&str, String)| Value::Array(vec![cbor::text(name), cbor::text(what)]);
                Value::Array(notes.iter().map(note).collect())
            }
        }
    }
}

/// An entry about to be made.
#[derive(Debug, Clone)]
pub struct Entry {
    /// What kind of event.
    pub kind: Kind,
    /// When.
    pub at: Timestamp,
    /// Whose data; nobody's for acts of the operator.
    pub resident: Option<ResidentId>,
    /// Which client, if one has to do with it.
    pub client: Option<ClientId>,
    /// Who acted.
    pub actor: Actor,
    /// The purpose's code, if there is one.
    pub purpose: Option<String>,
    /// The claims or fields it is about.
    pub claims: Vec<String>,
    /// The consent record it rests on.
    pub consent: Option<ConsentId>,
    /// What came of it.
    pub outcome: Outcome,
    /// Why, as a code: `consent_withdrawn`, `import` …
    pub reason: &'static str,
    /// The HTTP request it came with.
    pub request: Option<RequestId>,
    /// What else there is to say.
    pub extra: Extra,
}

impl Entry {
    /// An allowed act of the resident's own hand; change what differs.
    #[must_use]
    pub fn about(kind: Kind, resident: &ResidentId, at: Timestamp) -> Self {
        Self { resident: Some(resident.clone()), actor: Actor::Resident, ..Self::about_nobody(kind, at) }
    }

    /// An act of the operator that is about no resident; change what differs.
    #[must_use]
    pub fn about_nobody(kind: Kind, at: Timestamp) -> Self {
        Self {
            kind,
            at,
            resident: None,
            client: None,
            actor: Actor::Operator,
            purpose: None,
            claims: Vec::new(),
            consent: None,
            outcome: Outcome::Allowed,
            reason: "",
            request: None,
            extra: Extra::Nothing,
        }
    }

    /// The detail as it is committed to: `[1, at, resident, n, client, actor, purpose, [claims], consent, outcome,
    /// reason, request id, extra]`.
    #[must_use]
    pub fn detail(&self, n: u64) -> Vec<u8> {
        let resident = self.resident.as_ref().map(ResidentId::as_str);
        cbor::encode(&Value::Array(vec![
            Value::from(1),
            Value::from(self.at.millis()),
            cbor::text_or_null(resident),
            Value::from(n),
            cbor::text_or_null(self.client.as_ref().map(ClientId::as_str)),
            cbor::text(self.actor.as_str()),
            cbor::text_or_null(self.purpose.as_deref()),
            cbor::texts(&self.claims),
            cbor::text_or_null(self.consent.as_ref().map(ConsentId::as_str)),
            cbor::text(self.outcome.as_str()),
            cbor::text(self.reason),
            cbor::text_or_null(self.request.as_ref().map(RequestId::as_str)),
            self.extra.to_cbor(),
        ]))
    }

    /// The review as it is committed to: `[1, at, resident alias, consent alias, client, actor alias, purpose,
    /// [claims], outcome, reason]`.
    #[must_use]
    pub fn review(&self, resident_alias: Option<[u8; 16]>, consent_alias: Option<[u8; 16]>) -> Vec<u8> {
        let actor = match (self.actor, resident_alias) {
            (Actor::Resident, Some(alias)) => Value::Bytes(alias.to_vec()),
            (actor, _) => cbor::text(actor.as_str()),
        };
        cbor::encode(&Value::Array(vec![
            Value::from(1),
            Value::from(self.at.millis()),
            cbor::bytes_or_null(resident_alias),
            cbor::bytes_or_null(consent_alias),
            cbor::text_or_null(self.client.as_ref().map(ClientId::as_str)),
            actor,
            cbor::text_or_null(self.purpose.as_deref()),
            cbor::texts(&self.claims),
            cbor::text(self.outcome.as_str()),
            cbor::text(self.reason),
        ]))
    }
}

/// A detail, read back.
#[derive(Debug, Clone, PartialEq)]
pub struct Detail {
    /// Milliseconds since 1970 UTC.
    pub at: i64,
    /// Whose entry.
    pub resident: Option<String>,
    /// The resident's counter.
    pub n: u64,
    /// The client.
    pub client: Option<String>,
    /// Who acted ([`Actor::as_str`]).
    pub actor: String,
    /// The purpose's code.
    pub purpose: Option<String>,
    /// Claims or fields.
    pub claims: Vec<String>,
    /// The consent record.
    pub consent: Option<String>,
    /// [`Outcome::as_str`].
    pub outcome: String,
    /// The reason's code.
    pub reason: String,
    /// The HTTP request.
    pub request: Option<String>,
    /// What else.
    pub extra: Value,
}

impl Detail {
    /// Reads a detail.
    ///
    /// # Errors
    /// When it is anything but the one encoding of a detail of version 1.
    pub fn decode(bytes: &[u8]) -> Result<Self, NotCanonical> {
        let mut parts = cbor::array(bytes, 13)?;
        cbor::version(&mut parts)?;
        Ok(Self {
            at: cbor::next_integer(&mut parts)?,
            resident: cbor::next_text_or_null(&mut parts)?,
            n: cbor::next_unsigned(&mut parts)?,
            client: cbor::next_text_or_null(&mut parts)?,
            actor: cbor::next_text(&mut parts)?,
            purpose: cbor::next_text_or_null(&mut parts)?,
            claims: cbor::next_texts(&mut parts)?,
            consent: cbor::next_text_or_null(&mut parts)?,
            outcome: cbor::next_text(&mut parts)?,
            reason: cbor::next_text(&mut parts)?,
            request: cbor::next_text_or_null(&mut parts)?,
            extra: parts.next().ok_or(NotCanonical)?,
        })
    }

    /// The fields a write entry tells of: name, record version, SHA-256 of the sealed field.
    #[must_use]
    pub fn written(&self) -> Vec<(String, u64, Vec<u8>)> {
        let Value::Array(items) = &self.extra else { return Vec::new() };
        let field = |item: &Value| match item.as_array().map(Vec::as_slice) {
            Some([Value::Text(name), Value::Integer(version), Value::Bytes(digest)]) => {
                Some((name.clone(), u64::try_from(*version).ok()?, digest.clone()))
            }
            _ => None,
        };
        items.iter().filter_map(field).collect()
    }
}

/// A review, read back.
#[derive(Debug, Clone, PartialEq)]
pub struct Review {
    /// Milliseconds since 1970 UTC.
    pub at: i64,
    /// The resident's alias.
    pub resident: Option<Vec<u8>>,
    /// The consent record's alias.
    pub consent: Option<Vec<u8>>,
    /// The client.
    pub client: Option<String>,
    /// The resident's alias as bytes, or a word.
    pub actor: Value,
    /// The purpose's code.
    pub purpose: Option<String>,
    /// Claims or fields.
    pub claims: Vec<String>,
    /// [`Outcome::as_str`].
    pub outcome: String,
    /// The reason's code.
    pub reason: String,
}

impl Review {
    /// Reads a review.
    ///
    /// # Errors
    /// When it is anything but the one encoding of a review of version 1.
    pub fn decode(bytes: &[u8]) -> Result<Self, NotCanonical> {
        let mut parts = cbor::array(bytes, 10)?;
        cbor::version(&mut parts)?;
        Ok(Self {
            at: cbor::next_integer(&mut parts)?,
            resident: cbor::next_bytes_or_null(&mut parts)?,
            consent: cbor::next_bytes_or_null(&mut parts)?,
            client: cbor::next_text_or_null(&mut parts)?,
            actor: parts.next().ok_or(NotCanonical)?,
            purpose: cbor::next_text_or_null(&mut parts)?,
            claims: cbor::next_texts(&mut parts)?,
            outcome: cbor::next_text(&mut parts)?,
            reason: cbor::next_text(&mut parts)?,
        })
    }
}

/// Commitment to a detail: SHA-256(01 ‖ blind ‖ detail).
#[must_use]
pub fn detail_commitment(blind_and_detail: &[u8]) -> [u8; 32] {
    hash::sha256_of(&[&[1], blind_and_detail])
}

/// Commitment to a review: SHA-256(02 ‖ blind ‖ review).
#[must_use]
pub fn review_commitment(blind_and_review: &[u8]) -> [u8; 32] {
    hash::sha256_of(&[&[2], blind_and_review])
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]
mod tests {
    use super::*;

    // Made with another implementation (Python's cbor2 and hashlib).
    fn vector(name: &str) -> String {
        let all: serde_json::Value = serde_json::from_str(include_str!("../../tests/vectors/entry.json")).unwrap();
        all[name].as_str().unwrap().to_owned()
    }

    fn entry() -> Entry {
        Entry {
            client: Some(ClientId::stored("rp-a".into())),
            actor: Actor::Client,
            purpose: Some("parking.book".into()),
            claims: vec!["is_resident".into(), "plate_masked".into()],
            consent: Some(ConsentId::from_bytes([3; 16])),
            request: Some(RequestId::from_bytes([4; 16])),
            ..Entry::about(
                Kind::Disclosure,
                &ResidentId::from_bytes([2; 16]),
                Timestamp::from_millis(1_795_334_400_123),
            )
        }
    }

    #[test]
    fn detail_and_review_have_the_bytes_of_the_test_vectors() {
        let (detail, review) = (entry().detail(7), entry().review(Some([5; 16]), Some([6; 16])));
        assert_eq!(hex::encode(&detail), vector("detail"));
        assert_eq!(hex::encode(&review), vector("review"));
        let blinded = |body: &[u8]| [&[9; 32], body].concat();
        assert_eq!(hex::encode(detail_commitment(&blinded(&detail))), vector("detail_commitment"));
        assert_eq!(hex::encode(review_commitment(&blinded(&review))), vector("review_commitment"));
    }

    #[test]
    fn a_detail_reads_back_and_has_one_encoding() {
        let detail = entry().detail(7);
        assert_eq!(Detail::decode(&detail).unwrap().n, 7);
        // 07 written as a two-byte integer is the same number in another encoding.
        let longer: Vec<u8> = hex::decode(vector("detail").replacen("0764", "180764", 1)).unwrap();
        assert_ne!(longer, detail);
        assert_eq!(Detail::decode(&longer), Err(NotCanonical));
        assert_eq!(Detail::decode(&entry().review(None, None)), Err(NotCanonical));
        for end in 0..detail.len() {
            assert!(Detail::decode(&detail[..end]).is_err(), "cut at {end}");
        }
    }

    #[test]
    fn a_write_entry_tells_versions_and_hashes() {
        let written = vec![("plate".to_owned(), 3, [1; 32])];
        let entry = Entry { extra: Extra::Written(written), ..entry() };
        let detail = Detail::decode(&entry.detail(1)).unwrap();
        assert_eq!(detail.written(), [("plate".to_owned(), 3, vec![1; 32])]);
    }
}
