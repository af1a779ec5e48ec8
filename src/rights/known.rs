//! By what a resident is known again, opened before a change and still so when it is written.
//!
//! Opening goes through the gate, in a transaction of its own: the look stands in her book before anything is seen. So
//! the record may be written between the look and the change. Versions tell: what was opened is as old as they are.

use std::collections::HashMap;

use crate::app::App;
use crate::claims::release::Fields;
use crate::db::Tx;
use crate::fault::Fault;
use crate::ids::{RequestId, ResidentId};
use crate::ledger::By;
use crate::vault::{self, Refusal};

/// Name, birth date and flat, and which versions of the record they are from.
pub(super) struct Known {
    /// The fields.
    pub fields: Fields,
    versions: HashMap<String, i64>,
}

impl Known {
    /// Opens them, on an occasion.
    ///
    /// # Errors
    /// When the gate cannot enter the look, or there is no record any more.
    pub async fn of(
        app: &App, resident: &ResidentId, by: &By, (reason, request): (&'static str, &RequestId),
    ) -> Result<Self, Refusal> {
        // Versions first: what is written after them makes the look too new, and never too old unnoticed.
        let versions = vault::versions(&mut app.db.read().await?, resident).await?;
        let names = ["name", "birth_date", "building", "unit", "room"].map(str::to_owned);
        let fields = vault::look_for(app, resident, by, &names, reason, request.clone()).await?;
        Ok(Self { fields, versions })
    }

    /// Whether nobody has written the record since, asked at the held head.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn still_is(&self, tx: &mut Tx, resident: &ResidentId) -> Result<bool, Fault> {
        Ok(vault::versions(tx, resident).await? == self.versions)
    }
}
