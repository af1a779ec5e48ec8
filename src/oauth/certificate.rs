//! Step 1, by TLS: the certificate of the connection is the client's (RFC 8705 §2).

use super::refusal::Refusal::{self, InvalidClient};
use crate::clock::Timestamp;
use crate::crypto::certificate::{Authorities, PeerCertificate, SubjectName};

/// What a client registered about its certificates.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Expected {
    /// The `x5t#S256` of its own certificates (§2.2).
    pub own: Vec<String>,
    /// To whom a known authority issues its certificate (§2.1.2).
    pub name: Option<SubjectName>,
    /// Whether its tokens are bound to the certificate they are asked for with (§3.4). A partner's are in any case.
    pub binds: bool,
}

impl Expected {
    /// Whether what was shown is this client's. That its key signed the handshake was seen by the listener.
    ///
    /// # Errors
    /// `invalid_client`, with what does not hold.
    pub fn check(
        &self, shown: Option<&PeerCertificate>, authorities: Option<&Authorities>, now: Timestamp,
    ) -> Result<(), Refusal> {
        let shown = shown.ok_or(InvalidClient("no certificate was shown"))?;
        let Some(name) = &self.name else {
            // Nobody answers for a self-signed certificate but the registration; that it ends is the client's own word.
            return match self.own.iter().any(|own| own == shown.thumbprint()) {
                true if shown.is_valid_at(now) => Ok(()),
                true => Err(InvalidClient("the certificate has expired, or is not valid yet")),
                false => Err(InvalidClient("the certificate is not a registered one")),
            };
        };
        let authorities = authorities.ok_or(InvalidClient("no authority is configured"))?;
        authorities.check(shown, now).map_err(InvalidClient)?;
        if shown.is_for(name) { Ok(()) } else { Err(InvalidClient("the certificate is for another name")) }
    }
}
