//! The two keys of a resident: one for data, one for the log.

use zeroize::Zeroizing;

use super::{Custody, EPOCH};
use crate::crypto::secret::Secret;
use crate::crypto::wrap::{self, Purpose};
use crate::crypto::{hash, sealed};
use crate::fault::Fault;
use crate::ids::{CaseId, ConsentId, ResidentId};
use crate::ledger::Logged;

/// A resident's data key. Whoever has it may seal; opening wants the proof of a logged access as well.
pub struct DataKey {
    resident: ResidentId,
    version: u32,
    installation: [u8; 16],
    key: Secret<32>,
}

/// A resident's data key for writing alone: it seals, and there is no way to open with it.
pub struct SealingKey(DataKey);

/// A resident's log key: makes tags, seals details, names aliases.
pub struct LogKey {
    tag: Secret<32>,
    detail: Secret<32>,
    alias: Secret<32>,
    own: Secret<32>,
    case: Secret<32>,
}

/// Fresh keys for a resident who is about to be stored.
pub struct NewResident {
    /// The data key, to seal her first fields.
    pub data_key: DataKey,
    /// The data key, wrapped.
    pub wrapped_rk: Vec<u8>,
    /// The log key, wrapped.
    pub wrapped_lk: Vec<u8>,
}

impl Custody {
    /// Makes the two keys of a new resident.
    ///
    /// # Errors
    /// When the operating system has no random bytes.
    pub fn new_resident(&self, resident: &ResidentId) -> Result<NewResident, Fault> {
        let key = Secret::random()?;
        let log_key = Secret::random()?;
        let owner = resident.as_str();
        let wrapped_rk = wrap::wrap(&self.kek, EPOCH, self.binding(Purpose::Rk, owner), &key)?;
        let wrapped_lk = wrap::wrap(&self.kek, EPOCH, self.binding(Purpose::Lk, owner), &log_key)?;
        let data_key = DataKey { resident: resident.clone(), version: 1, installation: self.installation, key };
        Ok(NewResident { data_key, wrapped_rk, wrapped_lk })
    }

    /// Unwraps a resident's data key: only against the proof that this access stands in the ledger.
    ///
    /// # Errors
    /// When the proof is of somebody else's access, the key was altered, or it was destroyed once.
    pub fn unlock(
        &self, logged: &Logged, resident: &ResidentId, wrapped: &[u8], version: u32,
    ) -> Result<DataKey, Fault> {
        if !logged.is_about(resident) {
            return Err(Fault::Key("the logged access is to another resident's data"));
        }
        self.not_destroyed(resident)?;
        let key = wrap::unwrap(&self.kek, self.binding(Purpose::Rk, resident.as_str()), wrapped)?;
        Ok(DataKey { resident: resident.clone(), version, installation: self.installation, key })
    }

    /// Unwraps a resident's data key for sealing: a write opens nothing, so it needs no proof of a logged access.
    ///
    /// # Errors
    /// When the key was altered.
    pub fn sealing_key(&self, resident: &ResidentId, wrapped: &[u8], version: u32) -> Result<SealingKey, Fault> {
        self.not_destroyed(resident)?;
        let key = wrap::unwrap(&self.kek, self.binding(Purpose::Rk, resident.as_str()), wrapped)?;
        Ok(SealingKey(DataKey { resident: resident.clone(), version, installation: self.installation, key }))
    }

    /// Unwraps a resident's log key.
    ///
    /// # Errors
    /// When it was altered or belongs to somebody else.
    pub fn log_key(&self, resident: &ResidentId, wrapped: &[u8]) -> Result<LogKey, Fault> {
        let key = wrap::unwrap(&self.kek, self.binding(Purpose::Lk, resident.as_str()), wrapped)?;
        Ok(LogKey {
            tag: hash::hkdf_sha256(&key, b"", &[b"latchkey/ledger/tag/v1"])?,
            detail: hash::hkdf_sha256(&key, b"", &[b"latchkey/ledger/detail/v1"])?,
            alias: hash::hkdf_sha256(&key, b"", &[b"latchkey/ledger/alias/v1"])?,
            own: hash::hkdf_sha256(&key, b"", &[b"latchkey/consent/body/v1"])?,
            case: hash::hkdf_sha256(&key, b"", &[b"latchkey/case/body/v1"])?,
        })
    }
}

impl DataKey {
    fn place<'a>(&'a self, field: &'a str, record_version: u64) -> sealed::Place<'a> {
        sealed::Place {
            installation: &self.installation,
            table: "vault_field",
            field,
            resident: self.resident.as_str(),
            record_version,
            schema_version: 1,
        }
    }

    /// Seals one field of the resident's record.
    ///
    /// # Errors
    /// When the operating system has no random bytes.
    pub fn seal(&self, field: &str, record_version: u64, value: &str) -> Result<Vec<u8>, Fault> {
        sealed::seal(&self.key, self.version, self.place(field, record_version), value.as_bytes())
    }

    /// Opens one field.
    ///
    /// # Errors
    /// When it was altered, moved or replaced by an older one, or the proof is of another access.
    pub fn open(
        &self, logged: &Logged, field: &str, record_version: u64, sealed: &[u8],
    ) -> Result<Zeroizing<String>, Fault> {
        if !logged.is_about(&self.resident) {
            return Err(Fault::Key("the logged access is to another resident's data"));
        }
        if sealed::key_version(sealed) != Some(self.version) {
            return Err(Fault::Sealed("sealed under another version of the key"));
        }
        let mut bytes = sealed::open(&self.key, self.place(field, record_version), sealed)?;
        let text = String::from_utf8(std::mem::take(&mut *bytes)).map_err(|_| Fault::Stored("a field is no text"))?;
        Ok(Zeroizing::new(text))
    }
}

impl SealingKey {
    /// Seals one field of the resident's record.
    ///
    /// # Errors
    /// When the operating system has no random bytes.
    pub fn seal(&self, field: &str, record_version: u64, value: &str) -> Result<Vec<u8>, Fault> {
        self.0.seal(field, record_version, value)
    }
}

impl LogKey {
    /// The tag of the resident's entry number `n`.
    #[must_use]
    pub fn tag(&self, n: u64) -> [u8; 32] {
        hash::hmac_sha256(&self.tag, &n.to_be_bytes())
    }

    /// What makes the tags: for the resident's own hands, who checks with it that no entry of hers is missing.
    pub(super) fn tag_key(&self) -> &Secret<32> {
        &self.tag
    }

    /// The resident's alias in reviews.
    #[must_use]
    pub fn resident_alias(&self) -> [u8; 16] {
        self.alias_of(b"resident")
    }

    /// The alias of one of her consent records in reviews.
    #[must_use]
    pub fn consent_alias(&self, consent: &ConsentId) -> [u8; 16] {
        self.alias_of(&[b"consent/", consent.as_str().as_bytes()].concat())
    }

    // Sixteen bytes that nobody can tell from random ones without the log key, and nobody can link once it is
    // destroyed; nothing to store, nothing to open at each read.
    fn alias_of(&self, what: &[u8]) -> [u8; 16] {
        let mac = hash::hmac_sha256(&self.alias, what);
        let mut alias = [0; 16];
        alias.copy_from_slice(mac.first_chunk::<16>().unwrap_or(&[0; 16]));
        alias
    }

    pub(super) fn detail_key(&self) -> &Secret<32> {
        &self.detail
    }

    /// Seals the body of a consent event: the notice as shown, names, the receipt.
    ///
    /// # Errors
    /// When the operating system has no random bytes.
    pub fn seal_consent(
        &self, custody: &Custody, consent: &ConsentId, seq: u64, body: &[u8],
    ) -> Result<Vec<u8>, Fault> {
        sealed::seal(&self.own, 1, consent_place(custody, consent, seq), body)
    }

    /// Opens the body of a consent event.
    ///
    /// # Errors
    /// When it was altered or moved.
    pub fn open_consent(
        &self, custody: &Custody, consent: &ConsentId, seq: u64, sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, Fault> {
        sealed::open(&self.own, consent_place(custody, consent, seq), sealed)
    }

    /// Seals what somebody wrote in one of her cases.
    ///
    /// # Errors
    /// When the operating system has no random bytes.
    pub fn seal_case(&self, custody: &Custody, case: &CaseId, seq: u64, body: &[u8]) -> Result<Vec<u8>, Fault> {
        sealed::seal(&self.case, 1, case_place(custody, case, seq), body)
    }

    /// Opens what somebody wrote in one of her cases.
    ///
    /// # Errors
    /// When it was altered or moved.
    pub fn open_case(
        &self, custody: &Custody, case: &CaseId, seq: u64, sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, Fault> {
        sealed::open(&self.case, case_place(custody, case, seq), sealed)
    }
}

fn case_place<'a>(custody: &'a Custody, case: &'a CaseId, seq: u64) -> sealed::Place<'a> {
    sealed::Place {
        installation: &custody.installation,
        table: "case_event",
        field: "body",
        resident: case.as_str(),
        record_version: seq,
        schema_version: 1,
    }
}

fn consent_place<'a>(custody: &'a Custody, consent: &'a ConsentId, seq: u64) -> sealed::Place<'a> {
    sealed::Place {
        installation: &custody.installation,
        table: "consent_event",
        field: "body",
        resident: consent.as_str(),
        record_version: seq,
        schema_version: 1,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn tags_and_aliases_are_those_of_the_test_vectors() {
        let folder = tempfile::tempdir().unwrap();
        let custody = Custody::open(folder.path()).unwrap();
        let alice = ResidentId::from_bytes([2; 16]);
        let key = Secret::take(&mut [8; 32]).unwrap();
        let wrapped = wrap::wrap(&custody.kek, EPOCH, custody.binding(Purpose::Lk, alice.as_str()), &key).unwrap();
        let key = custody.log_key(&alice, &wrapped).unwrap();

        // Made with another implementation (Python's hmac and cryptography).
        let vectors: serde_json::Value = serde_json::from_str(include_str!("../../tests/vectors/entry.json")).unwrap();
        assert_eq!(hex::encode(key.tag(7)), vectors["tag_7"]);
        assert_eq!(hex::encode(key.resident_alias()), vectors["resident_alias"]);
        let consent = ConsentId::from_bytes([3; 16]);
        assert_eq!(hex::encode(key.consent_alias(&consent)), vectors["consent_alias"]);
    }

    #[test]
    fn a_residents_keys_open_for_nobody_else() {
        let folder = tempfile::tempdir().unwrap();
        let custody = Custody::open(folder.path()).unwrap();
        let (alice, bob) = (ResidentId::from_bytes([2; 16]), ResidentId::from_bytes([3; 16]));
        let keys = custody.new_resident(&alice).unwrap();
        assert!(custody.log_key(&alice, &keys.wrapped_lk).is_ok());
        assert!(custody.log_key(&bob, &keys.wrapped_lk).is_err());
        assert!(custody.log_key(&alice, &keys.wrapped_rk).is_err());
    }
}
