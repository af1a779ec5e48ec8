//! A purpose: why a client may ask, what for, and for how long.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Claim, Class, Length};

/// Which class of client may ask for a purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ClientClass {
    /// Apps that only need "the same resident as yesterday".
    Ordinary,
    /// Apps that read residents' data.
    Partner,
    /// What such apps call in their turn: it asks no resident anything.
    #[serde(rename = "resource_server")]
    ResourceServer,
}

/// One row of `catalogue/purposes.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Purpose {
    #[serde(skip)]
    code: String,
    /// What it cannot do without: no switch on the consent page.
    #[serde(default)]
    pub required: Vec<String>,
    /// What the resident may add, claim by claim.
    #[serde(default)]
    pub optional: Vec<String>,
    /// Sensitive claims, each an act of its own.
    #[serde(default)]
    pub separate: Vec<String>,
    months: [u8; 2],
    token_minutes: u8,
    /// Who may ask.
    pub clients: ClientClass,
}

impl Purpose {
    pub(super) fn name(&mut self, code: &str) {
        code.clone_into(&mut self.code);
    }

    pub(super) fn check(&self, claims: &BTreeMap<String, Claim>) -> Result<(), String> {
        let sensitive = |name: &str| claims.get(name).map(|claim| claim.class == Class::S3);
        for name in self.all_claims() {
            let separate = self.separate.iter().any(|claim| claim == name);
            match sensitive(name) {
                None => return Err(format!("{name} is no claim")),
                Some(true) if !separate => return Err(format!("{name} is sensitive and must stand in `separate`")),
                Some(_) => {}
            }
        }
        if self.clients == ClientClass::ResourceServer {
            return Err("a resource server asks no resident".to_owned());
        }
        let [default, longest] = self.months;
        if default == 0 || default > longest || self.token_minutes == 0 {
            return Err("months and token_minutes must be above zero, the default at most the longest".to_owned());
        }
        let lower = self.code.bytes().all(|b| b.is_ascii_lowercase() || b == b'.');
        if !lower {
            return Err("a code is lower case letters and dots".to_owned());
        }
        Ok(())
    }

    /// Its code, for example `parking.book`.
    #[must_use]
    pub fn code(&self) -> &str {
        &self.code
    }

    /// Its OAuth scope, for example `cc:parking.book`.
    #[must_use]
    pub fn scope(&self) -> String {
        format!("cc:{}", self.code)
    }

    /// The key of its sentence in the locales, for example `purpose-parking-book`.
    #[must_use]
    pub fn key(&self) -> String {
        format!("purpose-{}", self.code.replace('.', "-"))
    }

    /// Every claim it knows, required ones first.
    pub fn all_claims(&self) -> impl Iterator<Item = &str> {
        self.required.iter().chain(&self.optional).chain(&self.separate).map(String::as_str)
    }

    /// Whether a claim may be asked for under this purpose.
    #[must_use]
    pub fn knows(&self, claim: &str) -> bool {
        self.all_claims().any(|known| known == claim)
    }

    /// Whether it cannot do without this claim.
    #[must_use]
    pub fn requires(&self, claim: &str) -> bool {
        self.required.iter().any(|known| known == claim)
    }

    /// How long a consent lasts when the resident does not choose.
    #[must_use]
    pub fn default_length(&self) -> Length {
        Length::Months(self.months[0])
    }

    /// How long it may last, the shortest first.
    #[must_use]
    pub fn lengths(&self) -> Vec<Length> {
        Length::offered(self.months[0], self.months[1])
    }

    /// What a change of which makes it another purpose, for which a resident is asked again (PIPL 14(2)): what is asked,
    /// which of it is necessary or sensitive, and how long it may last.
    #[must_use]
    pub fn terms(&self) -> String {
        let list = |claims: &[String]| claims.join(",");
        let (required, optional, separate) = (list(&self.required), list(&self.optional), list(&self.separate));
        format!("{};{required};{optional};{separate};{}", self.code, self.months[1])
    }

    /// Life of an access token for it, in seconds.
    #[must_use]
    pub fn token_seconds(&self) -> u32 {
        u32::from(self.token_minutes) * 60
    }
}
