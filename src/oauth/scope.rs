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
}

impl Scope {
    /// Reads the `scope` of an authorization request.
    ///
    /// # Errors
    /// `invalid_scope` when it is malformed, holds what is not `client`'s, or more than one purpose: one act of
    /// consent is about one purpose.
    pub fn parse(text: &str, client: &Client) -> Result<Self, Refusal> {
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
                None => scope.add(name, client)?,
            }
        }
        Ok(scope)
    }

    fn add(&mut self, name: &str, client: &Client) -> Result<(), Refusal> {
        match name {
            "openid" => self.openid = true,
            "profile" if !client.is_partner() => self.profile = true,
            "offline_access" => self.offline_access = true,
            _ => return Err(InvalidScope("a scope that is not this client's")),
        }
        Ok(())
    }

    /// A scope as the database gave it back.
    #[must_use]
    pub fn stored(text: &str) -> Self {
        let has = |name: &str| text.split(' ').any(|known| known == name);
        Self {
            openid: has("openid"),
            profile: has("profile"),
            offline_access: has("offline_access"),
            purpose: text.split(' ').find_map(|name| name.strip_prefix("cc:")).map(str::to_owned),
        }
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
        f.write_str(&names.into_iter().chain(purpose.as_deref()).collect::<Vec<_>>().join(" "))
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
    fn a_scope_narrows_and_never_widens() {
        let scope = Scope::stored("openid offline_access cc:parking.book");
        assert_eq!(scope.to_string(), "openid offline_access cc:parking.book");
        assert_eq!(scope.narrowed("openid").unwrap().to_string(), "openid");
        for not in ["", "profile", "openid cc:elder.care"] {
            assert_eq!(scope.narrowed(not).unwrap_err().code(), "invalid_scope", "{not}");
        }
    }
}
