//! What two hands approved, as the gate keeps it: sealed, so that whoever writes to the database cannot write one.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::Opened;
use crate::crypto::hash;
use crate::custody::{Custody, Desk};
use crate::fault::Fault;
use crate::ids::{EmergencyId, ResidentId};

/// What was approved.
#[derive(Debug, Serialize, Deserialize)]
pub struct Signed {
    /// Who asked.
    pub asked_by: String,
    /// Who approved.
    pub approved_by: String,
    /// What may be read.
    pub claims: Vec<String>,
    /// Until when, Unix seconds.
    pub until: i64,
    /// Of whom: digests, so that an erased resident's id does not stay.
    residents: BTreeSet<String>,
}

/// Seals it for this emergency.
///
/// # Errors
/// When the operating system has no random bytes.
pub fn seal(custody: &Custody, opened: &Opened, residents: &[ResidentId]) -> Result<Vec<u8>, Fault> {
    let signed = Signed {
        asked_by: opened.asked_by.to_string(),
        approved_by: opened.approved_by.to_string(),
        claims: opened.claims.clone(),
        until: opened.until.seconds(),
        residents: residents.iter().map(|resident| digest(&opened.id, resident)).collect(),
    };
    let bytes = serde_json::to_vec(&signed).map_err(|_| Fault::Internal("an approval does not serialise"))?;
    custody.seal_for_auditors(place(&opened.id), &bytes)
}

impl Signed {
    /// Whether it is about this resident.
    #[must_use]
    pub fn is_about(&self, id: &EmergencyId, resident: &ResidentId) -> bool {
        self.residents.contains(&digest(id, resident))
    }
}

/// Opens it, if it is of this emergency.
#[must_use]
pub fn open(custody: &Custody, id: &EmergencyId, sealed: &[u8]) -> Option<Signed> {
    let bytes = custody.open_for_auditors(place(id), sealed).ok()?;
    serde_json::from_slice(&bytes).ok()
}

fn place(id: &EmergencyId) -> Desk<'_> {
    Desk { table: "vault_emergency", field: "opened", id: id.as_str(), version: 1 }
}

fn digest(id: &EmergencyId, resident: &ResidentId) -> String {
    hex::encode(hash::sha256_of(&[id.as_str().as_bytes(), resident.as_str().as_bytes()]))
}
