//! State that leaves the process sealed: ceremonies, pending requests; and authenticated form tokens.

use zeroize::Zeroizing;

use super::Custody;
use crate::crypto::nonce::NonceKey;
use crate::crypto::{hash, sealed};
use crate::fault::Fault;

impl Custody {
    /// Seals state for a place: what it is, and the id it is stored under.
    ///
    /// # Errors
    /// When the operating system has no random bytes.
    pub fn seal_state(&self, what: &str, id: &str, state: &[u8]) -> Result<Vec<u8>, Fault> {
        sealed::seal(&self.state, 1, self.state_place(what, id), state)
    }

    /// Opens state that was sealed for the same place.
    ///
    /// # Errors
    /// When it was altered or moved.
    pub fn open_state(&self, what: &str, id: &str, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Fault> {
        sealed::open(&self.state, self.state_place(what, id), sealed)
    }

    /// Authenticates short public data (a form token): HMAC under a key of that use alone.
    ///
    /// # Errors
    /// Never with keys of the right length.
    pub fn mac(&self, what: &str, data: &[u8]) -> Result<[u8; 32], Fault> {
        let key = hash::hkdf_sha256(&self.state, b"", &[b"latchkey/mac/v1/", what.as_bytes()])?;
        Ok(hash::hmac_sha256(&key, data))
    }

    /// The key of the nonces that go out for proofs of possession (RFC 9449 §8): the same on every node that shares
    /// the key folder, another one for every installation.
    ///
    /// # Errors
    /// Never with keys of the right length.
    pub fn nonce_key(&self) -> Result<NonceKey, Fault> {
        let info: [&[u8]; 2] = [b"latchkey/dpop-nonce/v1/", self.installation()];
        Ok(NonceKey::new(hash::hkdf_sha256(&self.state, b"", &info)?))
    }

    fn state_place<'a>(&'a self, what: &'a str, id: &'a str) -> sealed::Place<'a> {
        sealed::Place {
            installation: self.installation(),
            table: "once",
            field: what,
            resident: id,
            record_version: 1,
            schema_version: 1,
        }
    }
}
