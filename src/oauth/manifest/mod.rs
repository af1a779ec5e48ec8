//! The manifest by which a client introduces itself (`latchkey clients register FILE`), and what may be registered.
//!
//! A manifest is TOML, and everything in it is public: keys are public keys. The members carry the names of RFC 7591
//! where it has one. Each group of members has a file of its own, which takes them out of the [`Members`] and, once
//! the client is put together, checks them; nothing else knows their names.

mod certificates;
mod grants;
mod keys;
mod links;
mod listening;
mod members;
mod metadata;
mod purposes;
mod redirects;
mod resource;
mod signing;
mod who;

pub use members::Members;
pub use metadata::Translated;

use super::client::{Client, Standing};
use crate::claims::{Catalogue, ClientClass};

/// Why a manifest is not taken: the code of RFC 7591 §3.2.2, and a sentence for whoever wrote it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{code}: {sentence}")]
pub struct NotAClient {
    /// `invalid_redirect_uri` or `invalid_client_metadata`.
    pub code: &'static str,
    /// What is wrong.
    pub sentence: String,
}

impl NotAClient {
    /// A member that is not as it must be.
    #[must_use]
    pub fn metadata(sentence: impl Into<String>) -> Self {
        Self { code: "invalid_client_metadata", sentence: sentence.into() }
    }
}

impl Client {
    /// Reads a manifest.
    ///
    /// # Errors
    /// The line, or the member, that is wrong.
    pub fn parse(manifest: &str) -> Result<Self, NotAClient> {
        let mut members = Members::of_toml(manifest)?;
        let client = Self::take(&mut members)?;
        members.finish()?;
        Ok(client)
    }

    /// Puts a client together; each line takes its own members.
    fn take(members: &mut Members) -> Result<Self, NotAClient> {
        let id = who::id(members)?;
        let class: ClientClass = members.required("class")?;
        Ok(Self {
            class,
            kind: members.required("kind")?,
            name: members.required("name")?,
            controller: members.required("controller")?,
            contact: members.required("contact")?,
            auth: keys::method(members, class)?,
            certificate: certificates::expected(members)?,
            keys: keys::keys(members)?,
            jwks_uri: keys::jwks_uri(members)?,
            purposes: purposes::purposes(members, class)?,
            resource: resource::resource(members, class)?,
            sector: who::sector(members, &id)?,
            id_token_alg: signing::alg(members)?,
            application: members.take("application_type")?.unwrap_or_default(),
            grant_types: grants::grant_types(members, class)?,
            listening: listening::listening(members)?,
            redirect_uris: members.take("redirect_uris")?.unwrap_or_default(),
            links: links::links(members)?,
            former: None,
            standing: Standing::Open,
            id,
        })
    }

    /// Whether it may be registered.
    ///
    /// # Errors
    /// The first member that breaks a rule.
    pub fn check(&self, catalogue: &Catalogue, loopback_issuer: bool) -> Result<(), NotAClient> {
        who::check(self)?;
        links::check(self, loopback_issuer)?;
        keys::check(self)?;
        certificates::check(self)?;
        if let Some(resource) = &self.resource {
            return resource::check(self, resource, loopback_issuer);
        }
        grants::check(self)?;
        purposes::check(self, catalogue)?;
        listening::check(self, loopback_issuer)?;
        redirects::check(self, loopback_issuer)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
pub(super) mod tests {
    use super::*;
    use crate::oauth::client::GrantType;

    pub const PARTNER: &str = r#"
        id = "rp-a"
        class = "partner"
        kind = "company"
        controller = "甲公司"
        contact = "李静 0551-6000-1234"
        redirect_uris = ["https://a.test/cb"]
        purposes = ["parking.book"]
        name = { zh-Hans = "甲", en = "A" }
        [[jwks.keys]]
        kty = "EC"
        crv = "P-256"
        x = "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"
        y = "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"
    "#;

    pub const NATIVE: &str = r#"
        id = "nat-n"
        class = "ordinary"
        kind = "company"
        application_type = "native"
        controller = "乙公司"
        contact = "王先生 0551-6000-0002"
        redirect_uris = ["http://127.0.0.1/cb"]
        name = { zh-Hans = "乙", en = "N" }
    "#;

    /// A screen that nobody can type on.
    pub const SCREEN: &str = r#"
        id = "tv-d"
        class = "ordinary"
        kind = "property"
        controller = "丙物业"
        contact = "周女士 0551-6000-0003"
        grant_types = ["urn:ietf:params:oauth:grant-type:device_code"]
        name = { zh-Hans = "大堂屏", en = "Lobby screen" }
    "#;

    fn check(manifest: &str) -> Result<(), NotAClient> {
        Client::parse(manifest)?.check(&Catalogue::built_in().unwrap(), false)
    }

    #[test]
    fn a_manifest_reads_as_a_client() {
        let partner = Client::parse(PARTNER).unwrap();
        assert!(partner.is_partner() && !partner.is_public());
        assert_eq!((partner.sector.as_str(), partner.keys.len()), ("rp-a", 1));
        let shared = Client::parse(&PARTNER.replace("kind =", "sector = \"rp-b\"\nkind =")).unwrap();
        assert_eq!(shared.sector, "sector:rp-b", "not the sector of the client rp-b");
        let native = Client::parse(NATIVE).unwrap();
        assert!(native.is_public());
        assert_eq!(native.purposes, ["signin.basic"]);
        assert_eq!((check(PARTNER), check(NATIVE)), (Ok(()), Ok(())));
        assert_eq!(native.grant_types, [GrantType::Code, GrantType::Refresh], "what most clients want");
    }

    #[test]
    fn a_client_without_a_browser_has_nowhere_to_be_sent_back_to() {
        assert_eq!(check(SCREEN), Ok(()));
        let screen = Client::parse(SCREEN).unwrap();
        assert!(screen.check_grant_type(GrantType::Device).is_ok());
        assert_eq!(screen.check_grant_type(GrantType::Code).unwrap_err().code(), "unauthorized_client");
        let device = "[\"urn:ietf:params:oauth:grant-type:device_code\"]";
        for (other, with) in [
            (device, "[\"authorization_code\"]"),
            (device, "[\"password\"]"),
            (device, "[\"refresh_token\"]"),
            (device, "[]"),
            ("id = ", "redirect_uris = [\"https://a.test/cb\"]\nid = "),
        ] {
            assert_eq!(check(&SCREEN.replacen(other, with, 1)).unwrap_err().code, "invalid_client_metadata", "{with}");
        }
    }

    #[test]
    fn a_manifest_that_breaks_a_rule_is_refused_with_its_code() {
        let cases = [
            ("class = \"partner\"", "class = \"partner\"\nlogo_url = \"https://a.test/l\"", "invalid_client_metadata"),
            ("rp-a", "rp a", "invalid_client_metadata"),
            ("parking.book", "parking.bok", "invalid_client_metadata"),
            ("parking.book", "signin.basic", "invalid_client_metadata"),
            ("\"P-256\"", "\"P-256\"\nd = \"AA\"", "invalid_client_metadata"),
            (
                "kind = \"company\"",
                "kind = \"company\"\ntoken_endpoint_auth_method = \"none\"",
                "invalid_client_metadata",
            ),
            ("https://a.test/cb", "http://a.test/cb", "invalid_redirect_uri"),
            ("https://a.test/cb", "JaVaScRiPt:alert(1)", "invalid_redirect_uri"),
            ("https://a.test/cb", "https://a.test/cb#f", "invalid_redirect_uri"),
            ("甲公司", "", "invalid_client_metadata"),
            ("kind = \"company\"", "kind = \"company\"\napplication_type = \"native\"", "invalid_client_metadata"),
        ];
        for (good, bad, code) in cases {
            assert_eq!(check(&PARTNER.replacen(good, bad, 1)).unwrap_err().code, code, "{bad}");
        }
        let without_keys = PARTNER.split("[[jwks").next().unwrap();
        assert_eq!(check(without_keys).unwrap_err().code, "invalid_client_metadata");
    }
}
