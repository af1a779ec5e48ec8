//! `[emergency]`: what two members of staff may see of a resident in an emergency.

use serde::Deserialize;

use crate::claims::release;

/// `[emergency]`
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Emergency {
    /// The claims they may choose from, at most five at a time; none: there is no such access.
    pub claims: Vec<String>,
}

impl Default for Emergency {
    fn default() -> Self {
        let claims = ["name_masked", "phone_full", "contact_name", "contact_phone", "home_flat", "care_level_band"];
        Self { claims: claims.map(str::to_owned).to_vec() }
    }
}

impl Emergency {
    pub(super) fn check(&self) -> Result<(), String> {
        match self.claims.iter().find(|claim| !release::is_known(claim)) {
            Some(unknown) => Err(format!("emergency.claims: no claim is called {unknown:?}")),
            None => Ok(()),
        }
    }
}
