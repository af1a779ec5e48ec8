//! Lawful bases other than consent (PIPL 13(1) items 2 to 7), and the laws that make somebody keep something.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::FIELDS;

/// One thing that is done without asking the resident: a row of `catalogue/bases.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Basis {
    /// The item of PIPL article 13(1): 2 to 7.
    pub pipl13: u8,
    /// The code of the law or contract that it rests on.
    pub law: String,
    /// Which kind of body does it; `service` is this service.
    pub who: String,
    /// Which fields of the record are used.
    #[serde(default)]
    pub fields: Vec<String>,
}

/// `catalogue/bases.toml`
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bases {
    laws: Vec<String>,
    bases: BTreeMap<String, Basis>,
}

impl Bases {
    /// Reads and checks the rows.
    ///
    /// # Errors
    /// What is wrong, and in which row.
    pub fn parse(text: &str) -> Result<Self, String> {
        let read: Self = toml::from_str(text).map_err(|cause| cause.to_string())?;
        for (code, row) in &read.bases {
            if !(2..=7).contains(&row.pipl13) {
                return Err(format!("{code}: consent has its own list, and there is no item {}", row.pipl13));
            }
            if !read.knows_law(&row.law) {
                return Err(format!("{code} rests on {}, which is no law here", row.law));
            }
            if let Some(unknown) = row.fields.iter().find(|field| !FIELDS.contains(&field.as_str())) {
                return Err(format!("{code} uses {unknown}, which is no field"));
            }
        }
        Ok(read)
    }

    /// The row of this code.
    #[must_use]
    pub fn get(&self, code: &str) -> Option<&Basis> {
        self.bases.get(code)
    }

    /// All rows, by code.
    pub fn all(&self) -> impl Iterator<Item = (&str, &Basis)> {
        self.bases.iter().map(|(code, row)| (code.as_str(), row))
    }

    /// Whether a law is known by this code.
    #[must_use]
    pub fn knows_law(&self, code: &str) -> bool {
        self.laws.iter().any(|law| law == code)
    }

    /// The codes of all laws.
    pub fn laws(&self) -> impl Iterator<Item = &str> {
        self.laws.iter().map(String::as_str)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn a_row_rests_on_a_law_and_is_no_consent() {
        let row = |pipl13: u8, law: &str, field: &str| {
            format!(
                "laws = [\"a\"]\n[bases.x]\npipl13 = {pipl13}\nlaw = \"{law}\"\nwho = \"service\"\nfields = [\"{field}\"]\n"
            )
        };
        assert!(Bases::parse(&row(3, "a", "name")).unwrap().get("x").is_some());
        for bad in [row(1, "a", "name"), row(8, "a", "name"), row(3, "b", "name"), row(3, "a", "shoe_size")] {
            assert!(Bases::parse(&bad).is_err(), "{bad}");
        }
    }
}
