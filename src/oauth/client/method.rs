//! How a client proves who it is, and by which ways it comes to tokens.

use serde::Deserialize;

use crate::config::Config;

/// How a client proves who it is (RFC 7591 §2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AuthMethod {
    /// Not at all: a public client.
    None,
    /// By a secret of ours in the `Authorization` header (RFC 6749 §2.3.1).
    ClientSecretBasic,
    /// By a secret of ours in the form (RFC 6749 §2.3.1).
    ClientSecretPost,
    /// By an assertion that it signs (RFC 7523).
    PrivateKeyJwt,
    /// By a certificate of a known authority, issued to its name (RFC 8705 §2.1).
    TlsClientAuth,
    /// By a certificate that it registered (RFC 8705 §2.2).
    SelfSignedTlsClientAuth,
}

impl AuthMethod {
    /// All of them, as metadata list them.
    pub const ALL: [Self; 6] = [
        Self::None,
        Self::ClientSecretBasic,
        Self::ClientSecretPost,
        Self::PrivateKeyJwt,
        Self::TlsClientAuth,
        Self::SelfSignedTlsClientAuth,
    ];

    /// The name in metadata and manifests.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::ClientSecretBasic => "client_secret_basic",
            Self::ClientSecretPost => "client_secret_post",
            Self::PrivateKeyJwt => "private_key_jwt",
            Self::TlsClientAuth => "tls_client_auth",
            Self::SelfSignedTlsClientAuth => "self_signed_tls_client_auth",
        }
    }

    /// Whether the client proves itself by the certificate of its connection.
    #[must_use]
    pub fn is_certificate(self) -> bool {
        matches!(self, Self::TlsClientAuth | Self::SelfSignedTlsClientAuth)
    }

    /// Whether this service, so configured, takes it.
    #[must_use]
    pub fn is_open(self, config: &Config) -> bool {
        let mtls = &config.mtls;
        match self {
            Self::TlsClientAuth => mtls.listener().is_some() && mtls.client_ca.is_some(),
            Self::SelfSignedTlsClientAuth => mtls.listener().is_some(),
            _ => true,
        }
    }

    /// Whether the client holds a secret that we made.
    #[must_use]
    pub fn is_secret(self) -> bool {
        matches!(self, Self::ClientSecretBasic | Self::ClientSecretPost)
    }
}

/// A way to tokens (RFC 7591 §2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum GrantType {
    /// RFC 6749 §4.1.
    #[serde(rename = "authorization_code")]
    Code,
    /// RFC 6749 §6.
    #[serde(rename = "refresh_token")]
    Refresh,
    /// RFC 8628 §3.4.
    #[serde(rename = "urn:ietf:params:oauth:grant-type:device_code")]
    Device,
}

impl GrantType {
    /// All that are open, as metadata list them.
    pub const ALL: [Self; 3] = [Self::Code, Self::Refresh, Self::Device];

    /// The name in metadata, manifests and token requests.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Code => "authorization_code",
            Self::Refresh => "refresh_token",
            Self::Device => "urn:ietf:params:oauth:grant-type:device_code",
        }
    }

    /// The one of this name.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|grant| grant.name() == name)
    }
}
