//! What a resident arranges in her lifetime for after her death: her word goes before what the law gives relatives
//! (PIPL 49).

use super::store;
use crate::app::App;
use crate::custody;
use crate::db::Tx;
use crate::fault::Fault;
use crate::ids::{RequestId, ResidentId};
use crate::ledger::{self, Entry, Extra, Kind};

/// Her word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Arrangement {
    /// Nothing: near relatives may ask, as the law says.
    AsTheLaw,
    /// Nobody may.
    Nobody,
    /// Nobody but whoever is called so.
    Named(String),
}

impl Arrangement {
    /// The word in the table, in forms and in locales.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::AsTheLaw => "law",
            Self::Nobody => "nobody",
            Self::Named(_) => "named",
        }
    }

    /// Whether somebody of this name may ask.
    #[must_use]
    pub fn lets(&self, name: &str) -> bool {
        match self {
            Self::AsTheLaw => true,
            Self::Nobody => false,
            Self::Named(named) => named.trim() == name.trim(),
        }
    }
}

/// Keeps her word; the last one counts. Her own hand only: nobody arranges this for her.
///
/// # Errors
/// When it could not be made durable.
pub async fn arrange(app: &App, resident: &ResidentId, word: &Arrangement, request: &RequestId) -> Result<(), Fault> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    let named = match word {
        Arrangement::Named(name) => {
            Some(app.custody.seal_state(store::ARRANGEMENT, resident.as_str(), name.trim().as_bytes())?)
        }
        _ => None,
    };
    store::arrange(&mut tx, resident, word, named.as_deref(), now).await?;
    let entry = Entry {
        reason: "after_death_arranged",
        request: Some(request.clone()),
        extra: Extra::Notes(vec![("choice", word.as_str().to_owned())]),
        ..Entry::about(Kind::Mandate, resident, now)
    };
    let _pending = custody::enter(&mut tx, &app.custody, &mut head, entry).await?;
    head.commit(tx).await?;
    Ok(())
}

/// Her word, as it stands.
///
/// # Errors
/// When the database fails, or the name was altered.
pub async fn arrangement(tx: &mut Tx, app: &App, resident: &ResidentId) -> Result<Arrangement, Fault> {
    store::arrangement(tx, &app.custody, resident).await
}
