//! Scopes (RFC 6749 §3.3): the right to ask. Data come only through a purpose of the catalogue.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::client::Client;
use super::refusal::Refusal::{self, InvalidScope};

/// The claims that `profile` asks for: the part of OIDC Core §5.4 that we can serve.
pub const PROFILE: [&str; 2] = ["name_masked", "language"];

/// What a client asks for, or was given, by name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scope {
    /// An ID token and userinfo (OIDC Core §3.1.2.1).
    pub openid: bool,
    /// The masked name and the language, from userinfo ([`PROFILE`]).
    pub profile: bool,
    /// A refresh token (OIDC Core §11).
    pub offline_access: bool,
    /// The code of the one purpose, written `cc:CODE`.
    pub purpose: Option<String>,
    /// What is not about the resident: acts on the grant itself, and what the client's own resource servers define.
    #[serde(default)]
    pub more: Vec<String>,
}

/// What a token may do with its own grant (Grant Management for OAuth 2.0 §6).
pub const ON_GRANTS: [&str; 2] = ["grant_management_query", "grant_management_revoke"];

/// Whether a resource server may define a scope of this name: none of ours.
#[must_use]
pub fn is_free(name: &str) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"._:/-".contains(&b);
    let ours = ["openid", "profile", "offline_access", "email", "phone", "address"].contains(&name)
        || name.starts_with("cc:")
        || name.starts_with("grant_management");
    !ours && (1..=64).contains(&name.len()) && name.bytes().all(plain)
}

impl Scope {
    /// Reads the `scope` of an authorization request.
    ///
    /// # Errors
    /// `invalid_scope` when it is malformed, holds what is not `client`'s, or more than one purpose: one act of
    /// consent is about one purpose.
    pub fn parse(text: &str, client: &Client) -> Result<Self, Refusal> {
        Self::parse_with(text, client, &[])
    }

    /// As [`Self::parse`], where the resources that are asked for define more names.
    ///
    /// # Errors
    /// As there.
    pub fn parse_with(text: &str, client: &Client, defined: &[String]) -> Result<Self, Refusal> {
        let mut scope = Self::default();
        if text.len() > 512 {
            return Err(InvalidScope("longer than 512 bytes"));
        }
        for name in text.split(' ').filter(|name| !name.is_empty()) {
            match name.strip_prefix("cc:") {
                Some(code) if !client.purposes.iter().any(|own| own == code) => {
                    return Err(InvalidScope("a purpose that is not this client's"));
                }
                Some(code) if scope.purpose.as_deref().is_some_and(|known| known != code) => {
                    return Err(InvalidScope("more than one purpose"));
                }
                Some(code) => scope.purpose = Some(code.to_owned()),
                None => scope.add(name, client, defined)?,
            }
        }
        Ok(scope)
    }

    fn add(&mut self, name: &str, client: &Client, defined: &[String]) -> Result<(), Refusal> {
        match name {
            "openid" => self.openid = true,
            "profile" if !client.is_partner() => self.profile = true,
            "offline_access" => self.offline_access = true,
            _ if self.more.iter().any(|known| known == name) => {}
            _ if ON_GRANTS.contains(&name) || defined.iter().any(|known| known == name) => {
                self.more.push(name.to_owned());
            }
            _ => return Err(InvalidScope("a scope that is not this client's")),
        }
        Ok(())
    }

    /// A scope as the database gave it back.
    #[must_use]
    pub fn stored(text: &str) -> Self {
        let mut scope = Self::default();
        for name in text.split(' ').filter(|name| !name.is_empty()) {
            match (name, name.strip_prefix("cc:")) {
                ("openid", _) => scope.openid = true,
                ("profile", _) => scope.profile = true,
                ("offline_access", _) => scope.offline_access = true,
                (_, Some(code)) => scope.purpose = Some(code.to_owned()),
                _ => scope.more.push(name.to_owned()),
            }
        }
        scope
    }

    /// What of this scope is good at our own doors.
    #[must_use]
    pub fn for_us(&self) -> Self {
        let ours = |name: &&String| ON_GRANTS.contains(&name.as_str());
        Self { more: self.more.iter().filter(ours).cloned().collect(), ..self.clone() }
    }

    /// What of this scope a resource server defined: nothing of a resident's is in it.
    #[must_use]
    pub fn for_server(&self, defined: &[String]) -> Self {
        Self { more: self.more.iter().filter(|name| defined.contains(name)).cloned().collect(), ..Self::default() }
    }

    /// This scope and another one of the same purpose together.
    #[must_use]
    pub fn with(self, other: &Self) -> Self {
        let new = other.more.iter().filter(|name| !self.has(name));
        Self {
            openid: self.openid || other.openid,
            profile: self.profile || other.profile,
            offline_access: self.offline_access || other.offline_access,
            more: self.more.iter().chain(new).cloned().collect(),
            purpose: self.purpose.or_else(|| other.purpose.clone()),
        }
    }

    /// Whether it may do this with its own grant.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.more.iter().any(|known| known == name)
    }

    /// The part of this scope that a refresh asks for (RFC 6749 §6).
    ///
    /// # Errors
    /// `invalid_scope` when it asks for anything that is not in this one.
    pub fn narrowed(&self, asked: &str) -> Result<Self, Refusal> {
        let own = self.to_string();
        let asked: Vec<&str> = asked.split(' ').filter(|name| !name.is_empty()).collect();
        if asked.is_empty() || !asked.iter().all(|name| own.split(' ').any(|known| known == *name)) {
            return Err(InvalidScope("more than was granted"));
        }
        Ok(Self::stored(&asked.join(" ")))
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let purpose = self.purpose.as_ref().map(|code| format!("cc:{code}"));
        let named = [(self.openid, "openid"), (self.profile, "profile"), (self.offline_access, "offline_access")];
        let names: Vec<&str> = named.iter().filter(|(on, _)| *on).map(|(_, name)| *name).collect();
        let more = self.more.iter().map(String::as_str);
        f.write_str(&names.into_iter().chain(purpose.as_deref()).chain(more).collect::<Vec<_>>().join(" "))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::oauth::manifest::tests::{NATIVE, PARTNER};

    #[test]
    fn case_29_a_scope_that_is_not_the_clients_is_refused() {
        let partner = Client::parse(PARTNER).unwrap();
        let read = |text: &str| Scope::parse(text, &partner).map(|scope| scope.to_string());
        assert_eq!(read("openid cc:parking.book").unwrap(), "openid cc:parking.book");
        assert_eq!(read("cc:parking.book  openid openid").unwrap(), "openid cc:parking.book");
        for not in ["cc:elder.care", "email", "profile", "OPENID", "openid\tprofile", "cc:", "*"] {
            assert_eq!(read(not).unwrap_err().code(), "invalid_scope", "{not}");
        }
        assert!(Scope::parse("openid profile cc:signin.basic", &Client::parse(NATIVE).unwrap()).is_ok());
    }

    #[test]
    fn a_resource_server_defines_scopes_for_itself_alone() {
        let partner = Client::parse(PARTNER).unwrap();
        let defined = ["spots:read".to_owned(), "spots:write".to_owned()];
        let text = "spots:read openid cc:parking.book grant_management_query spots:read";
        let scope = Scope::parse_with(text, &partner, &defined).unwrap();
        assert_eq!(scope, Scope::stored(&scope.to_string()));
        assert_eq!(scope.for_us().to_string(), "openid cc:parking.book grant_management_query");
        assert_eq!(scope.for_server(&defined).to_string(), "spots:read");
        assert_eq!(scope.for_server(&[]).to_string(), "");
        assert_eq!(Scope::parse("spots:read", &partner).unwrap_err().code(), "invalid_scope");
        for not in ["openid", "cc:x", "grant_management_query", "a b", "a\"b", "", "停"] {
            assert!(!is_free(not), "{not}");
        }
    }

    #[test]
    fn a_scope_narrows_and_never_widens() {
        let scope = Scope::stored("openid offline_access cc:parking.book");
        assert_eq!(scope.to_string(), "openid offline_access cc:parking.book");
        assert_eq!(scope.narrowed("openid").unwrap().to_string(), "openid");
        for not in ["", "profile", "openid cc:elder.care"] {
            assert_eq!(scope.narrowed(not).unwrap_err().code(), "invalid_scope", "{not}");
        }
    }
}
