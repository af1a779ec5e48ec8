//! A certificate and its key, as files have them.

use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls::crypto::ring;
use rustls::pki_types::pem::{Error as PemError, PemObject};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::sign::CertifiedKey;
use rustls::{Error, InconsistentKeys};

/// Why two files are no certificate with its key, as a sentence for the operator.
#[derive(Debug, thiserror::Error)]
pub enum NotAPair {
    /// One of them cannot be read.
    #[error("cannot read {0}")]
    Unreadable(PathBuf, #[source] io::Error),
    /// The first has no certificate.
    #[error("{0} holds no certificate (PEM, the server's own first, then those above it)")]
    NoCertificate(PathBuf),
    /// The second has no key, or several.
    #[error("{0} must hold one private key (PEM: PKCS#8, SEC1 or PKCS#1, without a password)")]
    NotOneKey(PathBuf),
    /// The key is everybody's.
    #[error("everybody on this machine can read the key {0}; take that right away (chmod o= FILE)")]
    Exposed(PathBuf),
    /// Both are good, but not for each other.
    #[error("the key {key} does not belong to the certificate {certificate}")]
    Strangers {
        /// The file of the certificate.
        certificate: PathBuf,
        /// The file of the key.
        key: PathBuf,
    },
    /// Something in a file of authorities that is none.
    #[error("{path} must hold certificates of authorities (PEM)")]
    NotAnAuthority {
        /// The file.
        path: PathBuf,
        /// What the library says.
        #[source]
        cause: Error,
    },
    /// Something in them that the TLS library does not take.
    #[error("{certificate} and {key} cannot be used")]
    Unusable {
        /// The file of the certificate.
        certificate: PathBuf,
        /// The file of the key.
        key: PathBuf,
        /// What it says.
        #[source]
        cause: Error,
    },
}

/// Reads a certificate (with those above it) and its key.
///
/// # Errors
/// What is wrong with which file.
pub fn read(certificate: &Path, key: &Path) -> Result<Arc<CertifiedKey>, NotAPair> {
    let chain = certificates(certificate)?;
    let private = private_key(key)?;
    let pair = CertifiedKey::from_der(chain, private, &ring::default_provider());
    let (certificate, key) = (certificate.to_owned(), key.to_owned());
    pair.map(Arc::new).map_err(|cause| match cause {
        Error::InconsistentKeys(InconsistentKeys::KeyMismatch) => NotAPair::Strangers { certificate, key },
        cause => NotAPair::Unusable { certificate, key, cause },
    })
}

/// The certificates of a PEM file, at least one.
///
/// # Errors
/// When it cannot be read, or has none.
pub fn certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>, NotAPair> {
    let text = std::fs::read(path).map_err(|cause| NotAPair::Unreadable(path.to_owned(), cause))?;
    let chain: Result<Vec<_>, PemError> = CertificateDer::pem_slice_iter(&text).collect();
    match chain {
        Ok(chain) if !chain.is_empty() => Ok(chain),
        _ => Err(NotAPair::NoCertificate(path.to_owned())),
    }
}

fn private_key(path: &Path) -> Result<PrivateKeyDer<'static>, NotAPair> {
    let unreadable = |cause| NotAPair::Unreadable(path.to_owned(), cause);
    let text = zeroize::Zeroizing::new(std::fs::read(path).map_err(unreadable)?);
    if std::fs::metadata(path).map_err(unreadable)?.permissions().mode() & 0o007 != 0 {
        return Err(NotAPair::Exposed(path.to_owned()));
    }
    let mut keys = PrivateKeyDer::pem_slice_iter(&text);
    match (keys.next(), keys.next()) {
        (Some(Ok(key)), None) => Ok(key),
        _ => Err(NotAPair::NotOneKey(path.to_owned())),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::crypto::tls::develop;

    /// A pair as `develop` makes it, in a folder of its own.
    fn made(folder: &Path) -> (PathBuf, PathBuf) {
        let made = develop::make(folder, &["localhost".to_owned()], jiff::civil::date(2026, 11, 22)).unwrap();
        (made.certificate, made.key)
    }

    #[test]
    fn a_pair_that_is_none_is_told_in_one_sentence() {
        let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let ((certificate, key), (stranger, _)) = (made(one.path()), made(other.path()));
        assert!(read(&certificate, &key).is_ok());

        let says = |certificate: &Path, key: &Path| read(certificate, key).unwrap_err().to_string();
        assert!(says(&stranger, &key).contains("does not belong to the certificate"));
        assert!(says(&key, &key).contains("holds no certificate"));
        let nowhere = one.path().join("nowhere.pem");
        assert!(says(&nowhere, &key).contains("cannot read") && says(&certificate, &nowhere).contains("nowhere.pem"));
        let text = std::fs::read_to_string(&key).unwrap();
        std::fs::write(&key, text.repeat(2)).unwrap();
        assert!(says(&certificate, &key).contains("must hold one private key"));
        std::fs::write(&key, &text[..text.len() / 2]).unwrap();
        assert!(says(&certificate, &key).contains("must hold one private key"));
        std::fs::write(&key, &text).unwrap();
        std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o644)).unwrap();
        assert!(says(&certificate, &key).contains("everybody"));
        std::fs::write(&certificate, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n").unwrap();
        std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o600)).unwrap();
        assert!(says(&certificate, &key).contains("cannot be used"));
    }
}
