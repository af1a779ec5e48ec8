//! The authorities whose certificates clients may authenticate by (RFC 8705 §2.1).

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use rustls::crypto::ring;
use rustls::pki_types::{CertificateDer, UnixTime};
use rustls::server::WebPkiClientVerifier;
use rustls::server::danger::ClientCertVerifier;
use rustls::{CertificateError, Error, RootCertStore};

use super::PeerCertificate;
use crate::clock::Timestamp;
use crate::crypto::tls::pair::{self, NotAPair};

/// Authorities, read once.
#[derive(Clone)]
pub struct Authorities(Arc<dyn ClientCertVerifier>);

impl Authorities {
    /// Reads the certificates of a PEM file.
    ///
    /// # Errors
    /// When it cannot be read, or one in it is no authority's.
    pub fn read(path: &Path) -> Result<Self, NotAPair> {
        let unusable = |cause| NotAPair::NotAnAuthority { path: path.to_owned(), cause };
        let mut roots = RootCertStore::empty();
        for certificate in pair::certificates(path)? {
            roots.add(certificate).map_err(unusable)?;
        }
        let provider = Arc::new(ring::default_provider());
        let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider).build();
        verifier.map(Self).map_err(|cause| unusable(Error::General(cause.to_string())))
    }

    /// Whether one of them issued this certificate, perhaps through others in its chain, for clients, and for now
    /// (RFC 5280 §6; extended key usage, if it names any, must name clientAuth).
    ///
    /// # Errors
    /// What does not hold, for the log.
    pub fn check(&self, shown: &PeerCertificate, now: Timestamp) -> Result<(), &'static str> {
        let mut chain = shown.chain().iter().map(|der| CertificateDer::from(der.as_slice()));
        let own = chain.next().ok_or("no certificate")?;
        let above: Vec<_> = chain.collect();
        let seconds = u64::try_from(now.seconds()).map_err(|_| "a clock before 1970")?;
        let now = UnixTime::since_unix_epoch(Duration::from_secs(seconds));
        self.0.verify_client_cert(&own, &above, now).map(|_| ()).map_err(|cause| match cause {
            Error::InvalidCertificate(CertificateError::Expired | CertificateError::ExpiredContext { .. }) => {
                "the certificate has expired"
            }
            Error::InvalidCertificate(CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. }) => {
                "the certificate is not valid yet"
            }
            Error::InvalidCertificate(CertificateError::UnknownIssuer) => "the certificate is of another authority",
            Error::InvalidCertificate(
                CertificateError::InvalidPurpose | CertificateError::InvalidPurposeContext { .. },
            ) => "the certificate is not for clients",
            _ => "the certificate does not verify",
        })
    }
}

impl std::fmt::Debug for Authorities {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Authorities")
    }
}
