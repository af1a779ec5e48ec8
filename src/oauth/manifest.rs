//! The manifest by which a client introduces itself (`latchkey clients register FILE`), and what may be registered.
//!
//! A manifest is TOML, and everything in it is public: keys are public keys, by value. The members carry the names
//! of RFC 7591 where it has one.

use serde::Deserialize;
use serde_json::{Map, Value};

use super::client::{AuthMethod, Client, Name, Party};
use super::redirect::{self, Application};
use crate::claims::{Catalogue, ClientClass};
use crate::crypto::jwk::PublicKey;
use crate::ids::ClientId;

/// Most keys a client may list: the one in use, and those before and after it.
const MOST_KEYS: usize = 8;

/// A manifest, as it is written.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Manifest {
    id: String,
    class: ClientClass,
    kind: Party,
    name: Name,
    controller: String,
    contact: String,
    redirect_uris: Vec<String>,
    #[serde(default)]
    application_type: Application,
    token_endpoint_auth_method: Option<AuthMethod>,
    #[serde(default)]
    jwks: Jwks,
    purposes: Option<Vec<String>>,
    sector: Option<String>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Jwks {
    keys: Vec<Map<String, Value>>,
}

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
    fn metadata(sentence: impl Into<String>) -> Self {
        Self { code: "invalid_client_metadata", sentence: sentence.into() }
    }
}

impl Client {
    /// Reads a manifest.
    ///
    /// # Errors
    /// The line, or the member, that is wrong.
    pub fn parse(manifest: &str) -> Result<Self, NotAClient> {
        let read: Manifest = toml::from_str(manifest).map_err(|cause| NotAClient::metadata(cause.to_string()))?;
        let id = ClientId::parse(&read.id).map_err(|_| {
            NotAClient::metadata("id: 1 to 64 of A-Z a-z 0-9 - . _ ~, so that every library can send it")
        })?;
        let key = |jwk: &Map<String, Value>| PublicKey::from_jwk(jwk);
        let keys: Result<Vec<_>, _> = read.jwks.keys.iter().map(key).collect();
        let keys = keys.map_err(|cause| NotAClient::metadata(format!("jwks: {cause}")))?;
        let ordinary = read.class == ClientClass::Ordinary;
        let auth = if ordinary { AuthMethod::None } else { AuthMethod::PrivateKeyJwt };
        let purposes = if ordinary { vec!["signin.basic".to_owned()] } else { Vec::new() };
        Ok(Self {
            // No client id has a colon: nobody shares a sector with a client that did not say so itself.
            sector: read.sector.map_or_else(|| id.as_str().to_owned(), |name| format!("sector:{name}")),
            id,
            class: read.class,
            kind: read.kind,
            name: read.name,
            controller: read.controller,
            contact: read.contact,
            auth: read.token_endpoint_auth_method.unwrap_or(auth),
            purposes: read.purposes.unwrap_or(purposes),
            keys,
            disabled: false,
            application: read.application_type,
            redirect_uris: read.redirect_uris,
        })
    }

    /// Whether it may be registered.
    ///
    /// # Errors
    /// The first member that breaks a rule.
    pub fn check(&self, catalogue: &Catalogue, loopback_issuer: bool) -> Result<(), NotAClient> {
        self.check_texts()?;
        self.check_keys()?;
        self.check_purposes(catalogue)?;
        if self.redirect_uris.is_empty() || self.redirect_uris.len() > 16 {
            return Err(NotAClient::metadata("redirect_uris: 1 to 16"));
        }
        for uri in &self.redirect_uris {
            redirect::check(uri, self.application, loopback_issuer)
                .map_err(|why| NotAClient { code: "invalid_redirect_uri", sentence: format!("{uri}: {why}") })?;
        }
        let public = self.class == ClientClass::Ordinary && self.auth == AuthMethod::None;
        if self.application == Application::Native && !public {
            return Err(NotAClient::metadata(
                "a native app keeps no secret: ordinary, token_endpoint_auth_method none",
            ));
        }
        Ok(())
    }

    fn check_texts(&self) -> Result<(), NotAClient> {
        let texts = [
            ("name.zh-Hans", &self.name.zh_hans),
            ("name.en", &self.name.en),
            ("controller", &self.controller),
            ("contact", &self.contact),
            ("sector", &self.sector),
        ];
        for (member, text) in texts {
            let length = text.chars().count();
            if !(1..=80).contains(&length) || text.trim() != text || text.chars().any(char::is_control) {
                return Err(NotAClient::metadata(format!("{member}: 1 to 80 characters on one line")));
            }
        }
        Ok(())
    }

    fn check_keys(&self) -> Result<(), NotAClient> {
        match (self.class, self.auth) {
            (ClientClass::Partner, AuthMethod::None) => {
                return Err(NotAClient::metadata("a partner authenticates: private_key_jwt"));
            }
            (_, AuthMethod::PrivateKeyJwt) if self.keys.is_empty() => {
                return Err(NotAClient::metadata("private_key_jwt needs a public key in jwks.keys"));
            }
            _ => {}
        }
        if self.keys.len() > MOST_KEYS {
            return Err(NotAClient::metadata("jwks: too many keys"));
        }
        if !self.keys.iter().all(PublicKey::is_on_curve) {
            return Err(NotAClient::metadata("jwks: a point that is not on its curve"));
        }
        let mut kids: Vec<&str> = self.keys.iter().filter_map(PublicKey::kid).collect();
        kids.sort_unstable();
        if kids.windows(2).any(|pair| pair.first() == pair.last()) {
            return Err(NotAClient::metadata("jwks: a kid stands twice"));
        }
        Ok(())
    }

    fn check_purposes(&self, catalogue: &Catalogue) -> Result<(), NotAClient> {
        if self.purposes.is_empty() {
            return Err(NotAClient::metadata("purposes: at least one"));
        }
        for code in &self.purposes {
            match catalogue.purpose(code) {
                None => return Err(NotAClient::metadata(format!("purposes: the catalogue has no {code}"))),
                Some(purpose) if purpose.clients != self.class => {
                    return Err(NotAClient::metadata(format!("purposes: {code} is for the other class of clients")));
                }
                Some(_) => {}
            }
        }
        Ok(())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
pub(super) mod tests {
    use super::*;

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
    }

    #[test]
    fn a_manifest_that_breaks_a_rule_is_refused_with_its_code() {
        let cases = [
            ("class = \"partner\"", "class = \"partner\"\nlogo_uri = \"https://a.test/l\"", "invalid_client_metadata"),
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
