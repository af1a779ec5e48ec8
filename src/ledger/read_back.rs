//! The two halves of an entry, read back: the detail for the resident, the review for the auditor.

use ciborium::Value;

use super::cbor::{self, NotCanonical};

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
    /// Who acted ([`super::Actor::as_str`]).
    pub actor: String,
    /// The purpose's code.
    pub purpose: Option<String>,
    /// Claims or fields.
    pub claims: Vec<String>,
    /// The consent record.
    pub consent: Option<String>,
    /// [`super::Outcome::as_str`].
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

    /// What a note of this name says.
    #[must_use]
    pub fn note(&self, name: &str) -> Option<&str> {
        let note = |item: &'_ Value| matches!(item.as_array().map(Vec::as_slice), Some([Value::Text(own), Value::Text(_)]) if own == name);
        self.extra.as_array()?.iter().find(|item| note(item))?.as_array()?.get(1)?.as_text()
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
    /// The resident's alias as bytes, a word, or `staff:ID` and `auditor:ID` (entries before 22 November 2026 have the
    /// word alone).
    pub actor: Value,
    /// The purpose's code.
    pub purpose: Option<String>,
    /// Claims or fields.
    pub claims: Vec<String>,
    /// [`super::Outcome::as_str`].
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

    /// The word for who acted; `None` for the resident herself.
    #[must_use]
    pub fn role(&self) -> Option<&str> {
        let word = self.actor.as_text()?;
        Some(word.split_once(':').map_or(word, |(role, _)| role))
    }

    /// Which member of staff or auditor acted, where the entry says it.
    #[must_use]
    pub fn person(&self) -> Option<&str> {
        self.actor.as_text()?.split_once(':').map(|(_, person)| person)
    }
}
