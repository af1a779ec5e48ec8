//! How a resident wants her pages: in her row for the pages, sealed in her record for those she lets have it.

use std::collections::BTreeMap;

use super::Refusal;
use crate::app::App;
use crate::ids::{RequestId, ResidentId};
use crate::ledger::{self, By};
use crate::resident::{self, Wishes};
use crate::vault::{self, Change};

/// Keeps the tag of a language and the code of a size; what is `None` stays. The same again writes nothing.
///
/// # Errors
/// When her record is erased or the database fails.
pub async fn wish(
    app: &App, resident: &ResidentId, language: Option<&'static str>, mode: Option<&'static str>, request: &RequestId,
) -> Result<(), Refusal> {
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    let wishes = Wishes { language: language.map(str::to_owned), mode: mode.map(str::to_owned) };
    if !resident::wish(&mut tx, resident, &wishes).await? {
        return Ok(());
    }
    let said = [("language", language), ("ui_profile", mode)];
    let fields: BTreeMap<_, _> =
        said.into_iter().filter_map(|(field, value)| Some((field, value?.to_owned()))).collect();
    let by = By::Resident;
    let change = Change { resident, fields, fingerprint: None, by: &by, reason: "preference", request: Some(request) };
    vault::write(&mut tx, app, &mut head, change).await?;
    head.commit(tx).await?;
    Ok(())
}
