//! The catalogue: what may be released and why it may be read. Policy that a community reads and reviews,
//! compiled in as the default (`catalogue/`), checked at start.

use std::collections::BTreeMap;

use serde::Deserialize;

mod basis;
mod length;
mod purpose;
pub mod release;

pub use basis::{Bases, Basis};
pub use length::Length;
pub use purpose::{ClientClass, Purpose};

/// The fields of a resident's record, as the vault seals them, each under its own name.
pub const FIELDS: [&str; 19] = [
    "name",
    "document_type",
    "document_number",
    "sex",
    "birth_date",
    "phone",
    "email",
    "building",
    "unit",
    "room",
    "relation",
    "tenure",
    "plate",
    "emergency_contact",
    "emergency_phone",
    "note",
    "language",
    "ui_profile",
    "care_level",
];

/// How much harm a claim can do (residents-data 5.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub enum Class {
    /// Pseudonymous, or derived to one bit.
    S0,
    /// General personal information.
    S1,
    /// High-risk general information.
    S2,
    /// Sensitive (PIPL 28): an act of its own.
    S3,
}

/// A claim that may be released.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    /// How much harm it can do.
    pub class: Class,
    /// The sealed fields it is made from.
    pub reads: Vec<String>,
    /// For how many seconds after the resident signed in a client may read it; then it has to ask her to sign in again.
    #[serde(default)]
    pub max_auth_age: Option<u32>,
    /// The claims that tell less of the same: what the resident may give in its stead.
    #[serde(default)]
    pub lower: Vec<String>,
    /// Whether no app may ever ask for it: only two members of staff in an emergency.
    #[serde(default)]
    pub emergency_only: bool,
}

impl Claim {
    /// Whether every lower form is a claim that is made from no more, and does no more harm.
    fn check(&self, claims: &BTreeMap<String, Self>) -> Result<(), String> {
        for name in &self.lower {
            let lower = claims.get(name).ok_or_else(|| format!("{name} is no claim"))?;
            if lower.class > self.class || lower.reads.iter().any(|field| !self.reads.contains(field)) {
                return Err(format!("{name} tells more, or something else"));
            }
        }
        Ok(())
    }
}

/// The register of claims and purposes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Catalogue {
    claims: BTreeMap<String, Claim>,
    purposes: BTreeMap<String, Purpose>,
    bases: Bases,
}

/// What is wrong with a catalogue, as a sentence for whoever wrote it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("catalogue: {0}")]
pub struct NotACatalogue(String);

impl Catalogue {
    /// The catalogue that is compiled in.
    ///
    /// # Errors
    /// Never, as long as the unit test of this function passes.
    pub fn built_in() -> Result<Self, NotACatalogue> {
        Self::parse(include_str!("../../catalogue/claims.toml"), include_str!("../../catalogue/purposes.toml"))
    }

    /// Reads and checks a catalogue.
    ///
    /// # Errors
    /// What is wrong: the line, or the row that names something unknown.
    pub fn parse(claims: &str, purposes: &str) -> Result<Self, NotACatalogue> {
        let claims: BTreeMap<String, Claim> = toml::from_str(claims).map_err(|e| NotACatalogue(e.to_string()))?;
        let mut rows: BTreeMap<String, Purpose> = toml::from_str(purposes).map_err(|e| NotACatalogue(e.to_string()))?;
        for (name, claim) in &claims {
            if let Some(unknown) = claim.reads.iter().find(|field| !FIELDS.contains(&field.as_str())) {
                return Err(NotACatalogue(format!("{name} reads {unknown}, which is no field")));
            }
            if !release::is_known(name) {
                return Err(NotACatalogue(format!("{name} has no form in claims/release.rs")));
            }
        }
        for (name, claim) in &claims {
            claim.check(&claims).map_err(|what| NotACatalogue(format!("lower forms of {name}: {what}")))?;
        }
        for (code, purpose) in &mut rows {
            purpose.name(code);
            let closed = |name: &&str| claims.get(*name).is_some_and(|claim| claim.emergency_only);
            if let Some(name) = purpose.all_claims().find(closed) {
                return Err(NotACatalogue(format!("{code}: {name} is for emergencies only")));
            }
            purpose.check(&claims).map_err(|what| NotACatalogue(format!("{code}: {what}")))?;
        }
        let bases = Bases::parse(include_str!("../../catalogue/bases.toml")).map_err(NotACatalogue)?;
        Ok(Self { claims, purposes: rows, bases })
    }

    /// What is done without a consent.
    #[must_use]
    pub fn bases(&self) -> &Bases {
        &self.bases
    }

    /// The claim of this name.
    #[must_use]
    pub fn claim(&self, name: &str) -> Option<&Claim> {
        self.claims.get(name)
    }

    /// The purpose of this code.
    #[must_use]
    pub fn purpose(&self, code: &str) -> Option<&Purpose> {
        self.purposes.get(code)
    }

    /// The forms that a resident may give of a claim: as it is asked for, then those that tell less.
    #[must_use]
    pub fn forms(&self, name: &str) -> Vec<String> {
        let lower = self.claim(name).map(|claim| claim.lower.clone()).unwrap_or_default();
        std::iter::once(name.to_owned()).chain(lower).collect()
    }

    /// All purposes, by code.
    pub fn purposes(&self) -> impl Iterator<Item = &Purpose> {
        self.purposes.values()
    }

    /// All claims that an app may ask for, by name.
    pub fn claims(&self) -> impl Iterator<Item = (&str, &Claim)> {
        self.claims.iter().filter(|(_, claim)| !claim.emergency_only).map(|(name, claim)| (name.as_str(), claim))
    }

    /// How long ago the resident may have signed in for these claims to be read, in seconds; `None`: it does not matter.
    #[must_use]
    pub fn max_auth_age(&self, claims: &[String]) -> Option<u32> {
        claims.iter().filter_map(|name| self.claim(name)?.max_auth_age).min()
    }

    /// The sealed fields that these claims are made from, each once.
    #[must_use]
    pub fn fields_of(&self, claims: &[String]) -> Vec<String> {
        let mut fields: Vec<String> =
            claims.iter().filter_map(|name| self.claim(name)).flat_map(|claim| claim.reads.clone()).collect();
        fields.sort_unstable();
        fields.dedup();
        fields
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_catalogue_is_sound() {
        let catalogue = Catalogue::built_in().unwrap();
        let parking = catalogue.purpose("parking.book").unwrap();
        assert_eq!(parking.scope(), "cc:parking.book");
        assert_eq!(parking.all_claims().collect::<Vec<_>>(), ["is_resident", "plate_masked", "building_no"]);
        assert_eq!(catalogue.fields_of(&["over_18".into(), "over_60".into()]), ["birth_date"]);
        assert_eq!(catalogue.max_auth_age(&["over_60".into()]), None);
        assert_eq!(catalogue.max_auth_age(&["over_60".into(), "care_level_band".into()]), Some(1_800));
    }

    #[test]
    fn no_purpose_asks_for_what_is_for_emergencies_only() {
        let catalogue = Catalogue::built_in().unwrap();
        assert!(catalogue.claim("phone_full").unwrap().emergency_only);
        assert!(catalogue.claims().all(|(name, _)| name != "phone_full"));
        let purposes = include_str!("../../catalogue/purposes.toml").replacen("\"phone_masked\"", "\"phone_full\"", 1);
        let error = Catalogue::parse(include_str!("../../catalogue/claims.toml"), &purposes).unwrap_err();
        assert!(error.to_string().contains("for emergencies only"), "{error}");
    }

    #[test]
    fn a_lower_form_tells_no_more() {
        let catalogue = Catalogue::built_in().unwrap();
        assert_eq!(catalogue.forms("plate_masked"), ["plate_masked", "plate_tail"]);
        assert_eq!(catalogue.forms("is_resident"), ["is_resident"]);
        for lower in ["nothing", "phone_masked", "care_level_band"] {
            let claims =
                include_str!("../../catalogue/claims.toml").replace("[\"plate_tail\"]", &format!("[\"{lower}\"]"));
            let error = Catalogue::parse(&claims, include_str!("../../catalogue/purposes.toml")).unwrap_err();
            assert!(error.to_string().contains("lower forms of plate_masked"), "{error}");
        }
    }

    #[test]
    fn a_sensitive_claim_is_never_one_of_the_ordinary_choices() {
        let purposes =
            "[\"x.y\"]\noptional = [\"care_level_band\"]\nmonths = [1, 2]\ntoken_minutes = 5\nclients = \"partner\"";
        let error = Catalogue::parse(include_str!("../../catalogue/claims.toml"), purposes).unwrap_err();
        assert!(error.to_string().contains("sensitive"), "{error}");
    }
}
