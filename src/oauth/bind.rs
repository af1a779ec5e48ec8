//! What the tokens of a client are bound to, decided when they are issued.

use super::client::Client;
use super::refusal::Refusal::{self, InvalidDpopProof, InvalidRequest};
use crate::ledger::binding::{Binding, Held};

impl Client {
    /// What tokens for this client, that proved to hold `held`, are bound to.
    ///
    /// A proof binds to its key. Without one, a partner, and a client that registered for it (RFC 8705 §3.4), is bound
    /// to the certificate of its connection.
    ///
    /// # Errors
    /// `invalid_dpop_proof` for a partner with neither: what it gets is always bound. `invalid_request` for a client
    /// that registered for bound tokens and shows no certificate.
    pub fn binding(&self, held: &Held) -> Result<Option<Binding>, Refusal> {
        match (&held.proof, &held.certificate) {
            (Some(proof), _) => Ok(Some(Binding::Key(proof.thumbprint.clone()))),
            (None, Some(x5t)) if self.is_partner() || self.certificate.binds => {
                Ok(Some(Binding::Certificate(x5t.clone())))
            }
            (None, None) if self.is_partner() => {
                Err(InvalidDpopProof("a partner's tokens are bound to a key or a certificate"))
            }
            (None, None) if self.certificate.binds => {
                Err(InvalidRequest("this client's tokens are bound to its certificate, and none was shown"))
            }
            (None, _) => Ok(None),
        }
    }
}
