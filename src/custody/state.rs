//! State that leaves the process sealed: ceremonies, pending requests; and authenticated form tokens.

use zeroize::Zeroizing;

use super::Custody;
use crate::crypto::nonce::NonceKey;
use crate::crypto::secret::Secret;
use crate::crypto::{aead, hash, random, sealed};
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

    /// Seals a few bytes that go out on paper: shorter than [`Self::seal_state`], and bound to this use and this
    /// installation alone. Whoever opens it judges what it says.
    ///
    /// # Errors
    /// When the operating system has no random bytes.
    pub fn seal_mark(&self, what: &str, plain: &[u8]) -> Result<Vec<u8>, Fault> {
        let nonce = random::bytes::<{ aead::NONCE }>()?;
        let mut sealed = plain.to_vec();
        aead::seal(self.mark_key(what)?.expose(), &nonce, self.installation(), &mut sealed)?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// Opens what [`Self::seal_mark`] sealed; `None` when this installation did not seal it.
    ///
    /// # Errors
    /// Never with keys of the right length.
    pub fn open_mark(&self, what: &str, sealed: &[u8]) -> Result<Option<Vec<u8>>, Fault> {
        let Some((nonce, sealed)) = sealed.split_first_chunk::<{ aead::NONCE }>() else { return Ok(None) };
        Ok(aead::open(self.mark_key(what)?.expose(), nonce, self.installation(), sealed).ok())
    }

    fn mark_key(&self, what: &str) -> Result<Secret<32>, Fault> {
        hash::hkdf_sha256(&self.state, b"", &[b"latchkey/mark/v1/", what.as_bytes()])
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
