//! `[tls]` and `[mtls]`: whether TLS ends here, and the listener for clients with certificates.

use std::net::SocketAddr;
use std::path::PathBuf;

use serde::Deserialize;

use super::{ConfigError, Issuer};

/// `[tls]`: with it, the listener of `[server]` speaks TLS itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Tls {
    /// PEM: the server's certificate, then those above it.
    pub certificate: Option<PathBuf>,
    /// PEM: its private key, readable by the service's user (and perhaps a group) alone.
    pub key: Option<PathBuf>,
}

/// `[mtls]`: a listener of its own for clients that show a certificate (RFC 8705).
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Mtls {
    /// Its address and port.
    pub listen: Option<SocketAddr>,
    /// Its public URL, from which `mtls_endpoint_aliases` are made: `https://HOST[:PORT]`.
    pub base_url: Option<BaseUrl>,
    /// PEM: its certificate and key, when they are others than those of `[tls]`.
    pub certificate: Option<PathBuf>,
    /// As above.
    pub key: Option<PathBuf>,
    /// PEM: the authorities whose certificates `tls_client_auth` takes. Without it, only registered certificates
    /// authenticate (`self_signed_tls_client_auth`).
    pub client_ca: Option<PathBuf>,
}

/// The public URL of a listener: an `https` origin, as the issuer is.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct BaseUrl(Issuer);

impl BaseUrl {
    /// A URL there: the origin and a path that begins with `/`.
    #[must_use]
    pub fn at(&self, path: &str) -> String {
        self.0.at(path)
    }
}

impl TryFrom<String> for BaseUrl {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        match Issuer::parse(&text) {
            Ok(origin) if origin.is_secure() => Ok(Self(origin)),
            _ => Err("mtls.base_url must be https://HOST[:PORT], an origin alone, in lower case".to_owned()),
        }
    }
}

impl Tls {
    /// Both files, when TLS ends here.
    #[must_use]
    pub fn files(&self) -> Option<(PathBuf, PathBuf)> {
        self.certificate.clone().zip(self.key.clone())
    }

    pub(super) fn check(&self, issuer: &Issuer) -> Result<(), ConfigError> {
        let no = |sentence: &str| Err(ConfigError::Impossible(sentence.to_owned()));
        if self.certificate.is_some() != self.key.is_some() {
            return no("tls.certificate and tls.key are needed both, or neither");
        }
        if self.certificate.is_some() && !issuer.is_secure() {
            return no("server.issuer must begin with https:// when [tls] is set");
        }
        Ok(())
    }
}

impl Mtls {
    /// Where the listener is and what it is called, when there is one.
    #[must_use]
    pub fn listener(&self) -> Option<(SocketAddr, &BaseUrl)> {
        self.listen.zip(self.base_url.as_ref())
    }

    /// The files of its certificate and key.
    #[must_use]
    pub fn files(&self, tls: &Tls) -> Option<(PathBuf, PathBuf)> {
        self.certificate.clone().zip(self.key.clone()).or_else(|| tls.files())
    }

    pub(super) fn check(&self, tls: &Tls) -> Result<(), ConfigError> {
        let no = |sentence: &str| Err(ConfigError::Impossible(sentence.to_owned()));
        if self.listen.is_some() != self.base_url.is_some() {
            return no("mtls.listen and mtls.base_url are needed both, or neither");
        }
        if self.certificate.is_some() != self.key.is_some() {
            return no("mtls.certificate and mtls.key are needed both, or neither");
        }
        if self.listen.is_none() && (self.client_ca.is_some() || self.certificate.is_some()) {
            return no("[mtls] does nothing without mtls.listen");
        }
        if self.listen.is_some() && self.files(tls).is_none() {
            return no("mtls.listen needs a certificate and a key, of its own or those of [tls]");
        }
        Ok(())
    }
}
