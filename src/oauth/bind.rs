//! What the tokens of a client are bound to, decided when they are issued.

use super::client::Client;
use super::refusal::Refusal::{self, InvalidDpopProof};
use crate::ledger::binding::{Binding, Held};

impl Client {
    /// What tokens for this client, that proved to hold `held`, are bound to.
    ///
    /// A proof binds to its key. A partner that proves none is bound to the certificate of its connection.
    ///
    /// # Errors
    /// `invalid_dpop_proof` for a partner with neither: what it gets is always bound.
    pub fn binding(&self, held: &Held) -> Result<Option<Binding>, Refusal> {
        match (&held.proof, &held.certificate) {
            (Some(proof), _) => Ok(Some(Binding::Key(proof.thumbprint.clone()))),
            (None, Some(x5t)) if self.is_partner() => Ok(Some(Binding::Certificate(x5t.clone()))),
            (None, None) if self.is_partner() => {
                Err(InvalidDpopProof("a partner's tokens are bound to a key or a certificate"))
            }
            (None, _) => Ok(None),
        }
    }
}
