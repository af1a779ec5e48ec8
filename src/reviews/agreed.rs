//! What residents agree to now: what an app could read, to be held against what it does read.

use std::collections::{BTreeMap, BTreeSet};

use super::store;
use crate::app::App;
use crate::fault::Fault;

/// Claims in consents that are in force, by app and purpose; nothing about whose consents.
pub type Agreed = BTreeMap<(String, String), BTreeSet<String>>;

/// Reads it.
///
/// # Errors
/// When the database fails.
pub async fn agreed(app: &App) -> Result<Agreed, Fault> {
    let mut agreed = Agreed::new();
    for (client, purpose, claims) in store::agreed(&mut app.db.read().await?, app.now()).await? {
        let claims: Vec<String> =
            serde_json::from_str(&claims).map_err(|_| Fault::Stored("claims of a consent record"))?;
        agreed.entry((client, purpose)).or_default().extend(claims);
    }
    Ok(agreed)
}
