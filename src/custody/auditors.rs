//! What is sealed under the auditors' key besides reviews: the detail of entries about nobody, and what auditors write.

use zeroize::Zeroizing;

use super::Custody;
use crate::crypto::sealed;
use crate::fault::Fault;
use crate::ledger::{Detail, Leaf, Stored, detail_commitment};

/// Something of the auditors' own, by where it lies.
#[derive(Debug, Clone, Copy)]
pub struct Desk<'a> {
    /// The table.
    pub table: &'a str,
    /// The column.
    pub field: &'a str,
    /// The record's id.
    pub id: &'a str,
    /// Which writing of it.
    pub version: u64,
}

impl Custody {
    fn desk<'a>(&'a self, desk: Desk<'a>) -> sealed::Place<'a> {
        sealed::Place {
            installation: self.installation(),
            table: desk.table,
            field: desk.field,
            resident: desk.id,
            record_version: desk.version,
            schema_version: 1,
        }
    }

    /// Seals what auditors write, for auditors.
    ///
    /// # Errors
    /// When the operating system has no random bytes.
    pub fn seal_for_auditors(&self, desk: Desk<'_>, message: &[u8]) -> Result<Vec<u8>, Fault> {
        sealed::seal(&self.review, 1, self.desk(desk), message)
    }

    /// Opens what auditors wrote.
    ///
    /// # Errors
    /// When it was altered or moved.
    pub fn open_for_auditors(&self, desk: Desk<'_>, message: &[u8]) -> Result<Zeroizing<Vec<u8>>, Fault> {
        sealed::open(&self.review, self.desk(desk), message)
    }

    /// The detail of an entry about nobody. `None`: it is about a resident, and no auditor's to read.
    ///
    /// # Errors
    /// When it opens, and is not what its leaf commits to.
    pub fn open_nobodys(&self, entry: &Stored) -> Result<Option<Detail>, Fault> {
        let place = self.place("detail", None, entry.position.cast_unsigned());
        let Ok(opened) = sealed::open(&self.review, place, &entry.detail) else { return Ok(None) };
        let leaf = Leaf::decode(&entry.leaf).map_err(|_| Fault::Ledger("a leaf does not read"))?;
        if detail_commitment(&opened) != leaf.detail {
            return Err(Fault::Ledger("a detail is not what its leaf commits to"));
        }
        let body = opened.get(32..).unwrap_or_default();
        Detail::decode(body).map(Some).map_err(|_| Fault::Ledger("a detail does not read"))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn what_auditors_wrote_opens_in_its_own_place_only() {
        let folder = tempfile::tempdir().unwrap();
        let custody = Custody::open(folder.path()).unwrap();
        let here = Desk { table: "dossier", field: "title", id: "a", version: 1 };
        let sealed = custody.seal_for_auditors(here, b"words").unwrap();
        assert_eq!(custody.open_for_auditors(here, &sealed).unwrap().as_slice(), b"words");
        for there in [Desk { id: "b", ..here }, Desk { field: "note", ..here }, Desk { version: 2, ..here }] {
            assert!(custody.open_for_auditors(there, &sealed).is_err(), "{there:?}");
        }
    }
}
