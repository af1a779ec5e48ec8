//! A client: an application that asks, as its manifest introduced it.

use serde::Deserialize;
use url::Url;

use super::certificate::Expected;
use super::listening::Listening;
use super::redirect::{Application, RegisteredRedirect};
use super::refusal::Refusal;
use super::resource::Resource;
use crate::claims::{Catalogue, ClientClass};
use crate::clock::Timestamp;
use crate::config::Config;
use crate::crypto::jwk::PublicKey;
use crate::ids::ClientId;

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

/// What body stands behind a client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Party {
    /// 街道办.
    Street,
    /// 居委会.
    NeighbourhoodCommittee,
    /// 业委会.
    OwnersCommittee,
    /// 物业.
    Property,
    /// 企业.
    Company,
    /// 社会组织.
    SocialOrg,
    /// 医疗机构.
    Medical,
    /// 国家机关.
    StateOrgan,
}

impl Party {
    /// The code, as manifests and locales have it.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Street => "street",
            Self::NeighbourhoodCommittee => "neighbourhood_committee",
            Self::OwnersCommittee => "owners_committee",
            Self::Property => "property",
            Self::Company => "company",
            Self::SocialOrg => "social_org",
            Self::Medical => "medical",
            Self::StateOrgan => "state_organ",
        }
    }
}

/// What residents read.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Name {
    /// In Chinese.
    #[serde(rename = "zh-Hans")]
    pub zh_hans: String,
    /// In English.
    pub en: String,
}

/// Whether a client's doors are open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It may ask.
    Open,
    /// It registered itself, and waits for the operator.
    AwaitsApproval,
    /// The operator has shut it out.
    Disabled,
    /// It is gone; what it did is still told under its name, and its id is never given again.
    Deleted,
}

impl Standing {
    /// The words for the operator.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::AwaitsApproval => "awaits approval",
            Self::Disabled => "disabled",
            Self::Deleted => "deleted",
        }
    }
}

/// Keys that were replaced, and are good for a while yet.
#[derive(Debug, Clone)]
pub struct Former {
    /// The keys.
    pub keys: Vec<PublicKey>,
    /// Until when.
    pub until: Timestamp,
}

/// A registered client.
#[derive(Debug, Clone)]
pub struct Client {
    /// Its id.
    pub id: ClientId,
    /// Which class it is of.
    pub class: ClientClass,
    /// What body stands behind it.
    pub kind: Party,
    /// What residents read.
    pub name: Name,
    /// Who answers for the data.
    pub controller: String,
    /// How to reach the person responsible.
    pub contact: String,
    /// How it proves who it is.
    pub auth: AuthMethod,
    /// The ways to tokens that it registered.
    pub grant_types: Vec<GrantType>,
    /// The codes of the purposes that it may ask for.
    pub purposes: Vec<String>,
    /// What it stands for, if it is a resource server.
    pub resource: Option<Resource>,
    /// Clients of one sector call a resident by one name; its own id unless it registered a shared one.
    pub sector: String,
    /// Its keys.
    pub keys: Vec<PublicKey>,
    /// What its certificate must be, and whether its tokens are bound to it.
    pub certificate: Expected,
    /// Where it publishes its keys, when it does not hand them over.
    pub jwks_uri: Option<Url>,
    /// Its keys before the last rotation.
    pub former: Option<Former>,
    /// Whether its doors are open, and if not, why.
    pub standing: Standing,
    /// What it listens to.
    pub listening: Listening,
    pub(super) application: Application,
    pub(super) redirect_uris: Vec<String>,
}

impl Client {
    /// The registered redirect URI that `asked` is.
    #[must_use]
    pub fn redirect(&self, asked: &str) -> Option<RegisteredRedirect> {
        RegisteredRedirect::find(&self.redirect_uris, self.application, asked)
    }

    /// Where residents come back to, as registered.
    #[must_use]
    pub fn redirect_uris(&self) -> &[String] {
        &self.redirect_uris
    }

    /// The keys that verify at `now`: its own, and for a while after a rotation those before.
    pub fn keys_at(&self, now: Timestamp) -> impl Iterator<Item = &PublicKey> {
        let former = self.former.iter().filter(move |former| now < former.until);
        self.keys.iter().chain(former.flat_map(|former| &former.keys))
    }

    /// Whether its doors are open; each of them asks.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.standing == Standing::Open
    }

    /// Whether it registered this way to tokens.
    ///
    /// # Errors
    /// `unauthorized_client`.
    pub fn check_grant_type(&self, grant: GrantType) -> Result<(), Refusal> {
        let own = self.grant_types.contains(&grant);
        own.then_some(()).ok_or(Refusal::UnauthorizedClient("a grant type that the client did not register"))
    }

    /// Whether it is registered for this purpose, at this moment: a purpose that was taken away since narrows what
    /// was given before.
    #[must_use]
    pub fn may_ask(&self, purpose: &str, catalogue: &Catalogue) -> bool {
        let own = self.purposes.iter().any(|own| own == purpose);
        own && catalogue.purpose(purpose).is_some_and(|row| row.clients == self.class)
    }

    /// Whether it reads residents' data.
    #[must_use]
    pub fn is_partner(&self) -> bool {
        self.class == ClientClass::Partner
    }

    /// Whether it cannot keep a secret.
    #[must_use]
    pub fn is_public(&self) -> bool {
        self.auth == AuthMethod::None
    }

    /// Its name for residents who read Chinese, or English.
    #[must_use]
    pub fn name_in(&self, chinese: bool) -> &str {
        if chinese { &self.name.zh_hans } else { &self.name.en }
    }
}
