//! The verdict on each record, in the order of the file.
//!
//! A record that is fine in itself may still be somebody who is here already, or share a phone with them. Only
//! records that were accepted count as being here.

use std::collections::HashSet;

use super::code::{Code, Codes};
use super::record::{Candidate, Record};

/// Whom the community has already.
pub trait Community {
    /// Somebody with this document number.
    fn has_document(&self, number: &str) -> bool;
    /// Somebody with this [`Record::fingerprint`].
    fn has_person(&self, fingerprint: &str) -> bool;
    /// Somebody with this phone.
    fn has_phone(&self, phone: &str) -> bool;
}

/// A community of nobody: what a dry run without an installation asks.
#[derive(Debug, Clone, Copy)]
pub struct Nobody;

impl Community for Nobody {
    fn has_document(&self, _: &str) -> bool {
        false
    }

    fn has_person(&self, _: &str) -> bool {
        false
    }

    fn has_phone(&self, _: &str) -> bool {
        false
    }
}

/// What became of a record.
pub struct Verdict {
    /// Which record of the file, counted from 1.
    pub record: usize,
    /// The line or row it begins in.
    pub line: u64,
    /// Why it was rejected, or what is to be remarked about it.
    pub codes: Codes,
    /// The record, if it was accepted, until somebody takes it.
    pub accepted: Option<Record>,
}

impl Verdict {
    /// Whether the record goes in, or went in.
    #[must_use]
    pub fn is_accepted(&self) -> bool {
        !self.codes.rejects()
    }
}

/// Goes through the records of one file, once, in order.
#[derive(Default)]
pub struct Judge {
    records: usize,
    documents: HashSet<String>,
    people: HashSet<String>,
    phones: HashSet<String>,
}

impl Judge {
    /// The verdict on the next record.
    pub fn judge(&mut self, candidate: Candidate, community: &impl Community) -> Verdict {
        self.records += 1;
        let Candidate { line, record, mut found } = candidate;
        let record = record.filter(|_| !found.rejects());
        let record = record.filter(|record| {
            let here = self.is_here(record, community);
            found.add_if(here, Code::DuplicateId);
            !here
        });
        if let Some(record) = &record {
            self.remember(record, community, &mut found);
        }
        Verdict { record: self.records, line, codes: found.settled(), accepted: record }
    }

    /// By the number if there is one; without, by the fingerprint of anybody here.
    fn is_here(&self, record: &Record, community: &impl Community) -> bool {
        match &record.document {
            Some(document) => self.documents.contains(&document.number) || community.has_document(&document.number),
            None => {
                let person = record.fingerprint();
                self.people.contains(&person) || community.has_person(&person)
            }
        }
    }

    fn remember(&mut self, record: &Record, community: &impl Community, found: &mut Codes) {
        self.people.insert(record.fingerprint());
        self.documents.extend(record.document.as_ref().map(|document| document.number.clone()));
        if let Some(phone) = &record.phone {
            let shared = !self.phones.insert(phone.clone()) || community.has_phone(phone);
            found.add_if(shared, Code::PhoneShared);
        }
    }
}
