//! Who is here already: blind indexes, looked up for a batch of candidates.

use std::collections::HashMap;

use super::judge::Community;
use super::record::{Candidate, Record};
use super::store::{self, Mark};
use crate::custody::Custody;
use crate::db::Tx;
use crate::fault::Fault;
use crate::ids::ResidentId;

const DOCUMENT: &str = "document";
const PHONE: &str = "phone";
pub(super) const FINGERPRINT: &str = "fingerprint";

/// The blind values of a batch, and which of them somebody has.
pub struct Here {
    documents: Index,
    phones: Index,
    people: Index,
}

/// Value → its blind value, and whether somebody has it.
type Index = HashMap<String, (String, bool)>;

impl Here {
    /// Looks a batch up, in three statements. The ledger's head is held: nobody else comes in meanwhile.
    pub async fn look_up(tx: &mut Tx, custody: &Custody, candidates: &[Candidate]) -> Result<Self, Fault> {
        let records = || candidates.iter().filter_map(|candidate| candidate.record.as_ref());
        let documents = records().filter_map(|record| record.document.as_ref().map(|document| document.number.clone()));
        let phones = records().filter_map(|record| record.phone.clone());
        let people = records().map(Record::fingerprint);
        Ok(Self {
            documents: index(tx, custody, DOCUMENT, documents).await?,
            phones: index(tx, custody, PHONE, phones).await?,
            people: index(tx, custody, FINGERPRINT, people).await?,
        })
    }

    /// The marks of a new resident. The fingerprint may be somebody else's already: a number went before it.
    pub fn marks(&self, resident: &ResidentId, record: &Record) -> Vec<Mark> {
        let person = record.fingerprint();
        let values = [
            (DOCUMENT, record.document.as_ref().map(|document| &document.number), &self.documents),
            (PHONE, record.phone.as_ref(), &self.phones),
            (FINGERPRINT, Some(&person), &self.people),
        ];
        let mark = |(field, value, index): (&'static str, Option<&String>, &Index)| {
            let (digest, _) = index.get(value?)?;
            Some(Mark { field, digest: digest.clone(), resident: resident.as_str().to_owned() })
        };
        values.into_iter().filter_map(mark).collect()
    }
}

impl Community for Here {
    fn has_document(&self, number: &str) -> bool {
        self.documents.get(number).is_some_and(|(_, known)| *known)
    }

    fn has_person(&self, fingerprint: &str) -> bool {
        self.people.get(fingerprint).is_some_and(|(_, known)| *known)
    }

    fn has_phone(&self, phone: &str) -> bool {
        self.phones.get(phone).is_some_and(|(_, known)| *known)
    }
}

async fn index(
    tx: &mut Tx, custody: &Custody, field: &'static str, values: impl Iterator<Item = String>,
) -> Result<Index, Fault> {
    let mut index = Index::new();
    for value in values {
        let digest = custody.blind_index(field, &value)?;
        index.insert(value, (digest, false));
    }
    let digests: Vec<&str> = index.values().map(|(digest, _)| digest.as_str()).collect();
    let known = store::known(tx, field, &digests).await?;
    for (digest, here) in index.values_mut() {
        *here = known.contains(digest);
    }
    Ok(index)
}
