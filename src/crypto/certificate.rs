//! The certificate of whoever is at the other end of a connection (RFC 8705).

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::hash;

/// The chain that a peer showed in the TLS handshake, its own certificate first.
///
/// Only the listener makes one, after the handshake was signed by the key of the first certificate. Nothing else is
/// known of it: who issued it, and whether it is anybody's, is for the client's registration to say.
#[derive(Clone)]
pub struct PeerCertificate {
    chain: Arc<[Vec<u8>]>,
    thumbprint: String,
}

impl PeerCertificate {
    /// From the DER of a handshake; `None` when no certificate was shown.
    #[must_use]
    pub fn shown(chain: &[Vec<u8>]) -> Option<Self> {
        let thumbprint = thumbprint(chain.first()?);
        Some(Self { chain: chain.into(), thumbprint })
    }

    /// Its `x5t#S256` (RFC 8705 §3.1).
    #[must_use]
    pub fn thumbprint(&self) -> &str {
        &self.thumbprint
    }

    /// The DER of the chain, the peer's own certificate first.
    #[must_use]
    pub fn chain(&self) -> &[Vec<u8>] {
        &self.chain
    }
}

/// The `x5t#S256` of a certificate's DER: its SHA-256 in base64url without padding.
#[must_use]
pub fn thumbprint(der: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(hash::sha256(der))
}

impl std::fmt::Debug for PeerCertificate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // A certificate may name a person.
        f.debug_struct("PeerCertificate").field("thumbprint", &self.thumbprint).finish_non_exhaustive()
    }
}
