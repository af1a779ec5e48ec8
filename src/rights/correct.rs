//! Correcting what a resident says of herself: written at once, in her own name (PIPL 46).

use std::collections::BTreeMap;

use super::Refusal;
use super::field::{self, Way};
use crate::app::App;
use crate::ids::{RequestId, ResidentId};
use crate::ledger::{self, By};
use crate::vault::{self, Change};

/// Writes a field that needs nobody's check; the value as it is kept. An empty one takes the field away.
///
/// # Errors
/// `NoField`, `Checked`, `NotAValue`, `Erased`, or when the database fails.
pub async fn correct(
    app: &App, resident: &ResidentId, name: &str, text: &str, by: &By, request: &RequestId,
) -> Result<String, Refusal> {
    let (field, way) = field::field(name)?;
    if way == Way::Checked {
        return Err(Refusal::Checked);
    }
    let value = field::read(field, text, "", app.today())?;
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    let fields = BTreeMap::from([(field, value.clone())]);
    let change = Change { resident, fields, fingerprint: None, by, reason: "correction", request: Some(request) };
    vault::write(&mut tx, app, &mut head, change).await?;
    head.commit(tx).await?;
    Ok(value)
}
