//! A manifest as members by name. Each is taken out by whoever knows it; what is left over in the end is unknown,
//! and refused: a misspelt member must not be a rule that silently does not hold.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::NotAClient;

/// The members of a manifest that nobody has read yet.
#[derive(Debug)]
pub struct Members(Map<String, Value>);

impl Members {
    /// Reads TOML.
    ///
    /// # Errors
    /// `invalid_client_metadata` with the line where it is none.
    pub fn of_toml(text: &str) -> Result<Self, NotAClient> {
        toml::from_str(text).map(Self).map_err(|cause| NotAClient::metadata(cause.to_string()))
    }

    /// Those of a document; a member that is null was not sent.
    #[must_use]
    pub fn of_json(members: Map<String, Value>) -> Self {
        Self(members.into_iter().filter(|(_, value)| !value.is_null()).collect())
    }

    /// Takes a member that may be missing.
    ///
    /// # Errors
    /// `invalid_client_metadata` when it is there and is something else.
    pub fn take<T: DeserializeOwned>(&mut self, name: &str) -> Result<Option<T>, NotAClient> {
        let Some(value) = self.0.remove(name) else { return Ok(None) };
        let read = serde_json::from_value(value);
        read.map(Some).map_err(|cause| NotAClient::metadata(format!("{name}: {cause}")))
    }

    /// Looks at a member that somebody else takes.
    pub(super) fn look(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }

    /// Takes a member that must be there.
    ///
    /// # Errors
    /// `invalid_client_metadata` when it is missing or something else.
    pub fn required<T: DeserializeOwned>(&mut self, name: &str) -> Result<T, NotAClient> {
        self.take(name)?.ok_or_else(|| NotAClient::metadata(format!("missing field `{name}`")))
    }

    /// Nothing may be left over.
    ///
    /// # Errors
    /// `invalid_client_metadata` with the first member that nobody knows.
    pub fn finish(self) -> Result<(), NotAClient> {
        match self.0.keys().next() {
            None => Ok(()),
            Some(name) => Err(NotAClient::metadata(format!("unknown field `{name}`"))),
        }
    }
}
