//! A lock undoes what whoever had her device may have begun, in one transaction with it.

use super::begin::take_back;
use super::{Refusal, store};
use crate::app::App;
use crate::ids::ResidentId;
use crate::ledger::{self, By};
use crate::resident;

/// Locks a resident ([`resident::lock`]); an erasure that waits is undone. `false`: she was locked before.
///
/// # Errors
/// `NotFound`, or when it could not be made durable.
pub async fn lock(app: &App, resident: &ResidentId, why: &str) -> Result<bool, resident::Refusal> {
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    if !resident::lock(&mut tx, app, &mut head, resident, why).await? {
        return Ok(false);
    }
    if let Some(open) = store::open(&mut tx, resident).await?
        // Any other no: her key is destroyed already, only its commit was missing, and nothing can be brought back.
        && let Err(Refusal::Fault(fault)) =
            take_back(&mut tx, app, &mut head, &open.id, resident, &By::Service, None).await
    {
        return Err(fault.into());
    }
    head.commit(tx).await?;
    Ok(true)
}
