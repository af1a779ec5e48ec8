//! The certificate of whoever is at the other end of a connection (RFC 8705), and what can be read in it.

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value};
use x509_parser::certificate::X509Certificate;
use x509_parser::parse_x509_certificate;
use x509_parser::public_key::PublicKey;

use super::hash;
use crate::clock::Timestamp;

mod authority;
mod distinguished;
mod subject;

pub use authority::Authorities;
pub use distinguished::DistinguishedName;
pub use subject::SubjectName;

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

    /// Whether its time has come and is not over (RFC 5280 §4.1.2.5).
    #[must_use]
    pub fn is_valid_at(&self, now: Timestamp) -> bool {
        self.read().is_some_and(|own| {
            let validity = own.validity();
            (validity.not_before.timestamp()..=validity.not_after.timestamp()).contains(&now.seconds())
        })
    }

    /// Whether it is issued to this name.
    #[must_use]
    pub fn is_for(&self, name: &SubjectName) -> bool {
        self.read().is_some_and(|own| name.is_in(&own))
    }

    fn read(&self) -> Option<X509Certificate<'_>> {
        self.chain.first().and_then(|der| read(der))
    }
}

/// Reads a certificate; nothing may follow it.
fn read(der: &[u8]) -> Option<X509Certificate<'_>> {
    parse_x509_certificate(der).ok().filter(|(rest, _)| rest.is_empty()).map(|(_, certificate)| certificate)
}

/// Whether this is the DER of a certificate.
#[must_use]
pub fn is_one(der: &[u8]) -> bool {
    read(der).is_some()
}

/// The `x5t#S256` of a certificate's DER: its SHA-256 in base64url without padding.
#[must_use]
pub fn thumbprint(der: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(hash::sha256(der))
}

/// Whether a certificate is about the same key as a JWK, as the first of an `x5c` must be (RFC 7517 §4.7).
#[must_use]
pub fn is_about(der: &[u8], jwk: &Map<String, Value>) -> bool {
    let Some(certificate) = read(der) else { return false };
    let member = |name| jwk.get(name).and_then(Value::as_str).and_then(|text| URL_SAFE_NO_PAD.decode(text).ok());
    let key = certificate.public_key();
    match (key.parsed(), member("x"), member("y"), member("n"), member("e")) {
        (Ok(PublicKey::EC(point)), Some(x), Some(y), _, _) => point.data() == [&[4], &*x, &*y].concat(),
        (Ok(PublicKey::RSA(rsa)), _, _, Some(n), Some(e)) => unsigned(rsa.modulus) == n && unsigned(rsa.exponent) == e,
        (_, Some(x), None, _, _) => *key.subject_public_key.data == *x,
        _ => false,
    }
}

/// A DER integer without the zero that says "not negative".
fn unsigned(integer: &[u8]) -> &[u8] {
    integer.strip_prefix(&[0]).unwrap_or(integer)
}

impl std::fmt::Debug for PeerCertificate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // A certificate may name a person.
        f.debug_struct("PeerCertificate").field("thumbprint", &self.thumbprint).finish_non_exhaustive()
    }
}
