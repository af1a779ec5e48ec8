//! An entry: what happened, to whose data, by whom, why, and what came of it.

use ciborium::Value;

use super::actor::Actor;
use super::cbor;
use super::kind::{Kind, Outcome};
use crate::clock::Timestamp;
use crate::crypto::hash;
use crate::ids::{ClientId, ConsentId, PersonId, RequestId, ResidentId};

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
    /// Which member of staff or auditor; their reviews say so, for auditors to look for.
    pub person: Option<PersonId>,
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
            person: None,
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
    /// [claims], outcome, reason]`. The actor is the resident's alias, a word, or `staff:ID` and `auditor:ID`.
    #[must_use]
    pub fn review(&self, resident_alias: Option<[u8; 16]>, consent_alias: Option<[u8; 16]>) -> Vec<u8> {
        let actor = match (self.actor, resident_alias, &self.person) {
            (Actor::Resident, Some(alias), _) => Value::Bytes(alias.to_vec()),
            (actor @ (Actor::Staff | Actor::Auditor), _, Some(person)) => {
                cbor::text(&format!("{}:{person}", actor.as_str()))
            }
            (actor, _, _) => cbor::text(actor.as_str()),
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
    use super::super::actor::By;
    use super::super::cbor::NotCanonical;
    use super::super::read_back::{Detail, Review};
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
    fn the_review_of_a_persons_act_says_who_it_was_and_older_ones_still_read() {
        let staff = By::Staff(PersonId::from_bytes([7; 16]));
        let review = entry().by(&staff).review(Some([5; 16]), Some([6; 16]));
        assert_eq!(hex::encode(&review), vector("review_staff"));
        let read = Review::decode(&review).unwrap();
        assert_eq!((read.role(), read.person()), (Some("staff"), Some("07070707070707070707070707070707")));
        let before = Entry { actor: Actor::Staff, ..entry() }.review(None, None);
        let read = Review::decode(&before).unwrap();
        assert_eq!((read.role(), read.person()), (Some("staff"), None));
        assert_eq!(Review::decode(&entry().review(Some([5; 16]), None)).unwrap().role(), Some("client"));
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
