//! A client: an application that asks, as its manifest introduced it.

mod method;
mod party;

pub use method::{AuthMethod, GrantType};
pub use party::{Name, Party};

use url::Url;

use super::certificate::Expected;
use super::listening::Listening;
use super::redirect::{Application, RegisteredRedirect};
use super::refusal::Refusal;
use super::resource::Resource;
use super::signing::IdTokenAlg;
use crate::claims::{Catalogue, ClientClass};
use crate::clock::Timestamp;
use crate::crypto::jwk::PublicKey;
use crate::ids::ClientId;

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

/// Pages about a client, for people (RFC 7591 §2). The operator sees them; no page of ours loads or follows them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Links {
    /// Its home page.
    pub home: Option<String>,
    /// Its picture.
    pub logo: Option<String>,
    /// What it does with data.
    pub policy: Option<String>,
    /// Its terms of use.
    pub terms: Option<String>,
}

impl Links {
    /// Those that there are, under their names in manifests and metadata.
    pub fn all(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let named = [
            ("client_uri", &self.home),
            ("logo_uri", &self.logo),
            ("policy_uri", &self.policy),
            ("tos_uri", &self.terms),
        ];
        named.into_iter().filter_map(|(name, uri)| uri.as_deref().map(|uri| (name, uri)))
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
    /// Pages about it, for people.
    pub links: Links,
    /// Its keys before the last rotation.
    pub former: Option<Former>,
    /// Whether its doors are open, and if not, why.
    pub standing: Standing,
    /// What it listens to.
    pub listening: Listening,
    /// How its ID tokens are signed.
    pub id_token_alg: IdTokenAlg,
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
