//! Residents who agreed beforehand that the responders of their building may see something of theirs in an emergency.
//! Off until she says so herself; nobody says it for her.

use super::store;
use crate::app::App;
use crate::db::Tx;
use crate::fault::Fault;
use crate::ids::{RequestId, ResidentId};
use crate::ledger::{self, By, Entry, Kind};
use crate::{custody, vault};

/// The blind index's name: an HMAC of the building's name under a key of its own.
const INDEX: &str = "emergency_building";

/// Whether she is on the list. `None`: she was, and her address was corrected since; she has to say so anew.
///
/// # Errors
/// When the database fails.
pub async fn is_listed(tx: &mut Tx, resident: &ResidentId) -> Result<Option<bool>, Fault> {
    let Some(version) = store::listed_version(tx, resident).await? else { return Ok(Some(false)) };
    let now = vault::version_of(tx, resident, "building").await?;
    Ok((now == Some(version)).then_some(true))
}

/// Puts her on the list of her building, or takes her off it. `false`: her record has no building.
///
/// # Errors
/// When it could not be made durable, or the gate could not enter the look at the building's name.
pub async fn change(
    app: &App, resident: &ResidentId, wants: bool, request: &RequestId,
) -> Result<bool, vault::Refusal> {
    let mut building = None;
    if wants {
        let fields = ["building".to_owned()];
        let by = By::Resident;
        let seen = vault::look_for(app, resident, &by, &fields, "emergency_list", request.clone()).await?;
        let Some(name) = seen.get("building").filter(|name| !name.trim().is_empty()) else { return Ok(false) };
        building = Some(digest(app, name)?);
    }
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    let reason = match &building {
        Some(building) => {
            let Some(version) = vault::version_of(&mut tx, resident, "building").await? else { return Ok(false) };
            store::list(&mut tx, resident, building, version, now).await?;
            "emergency_listed"
        }
        None => {
            store::unlist(&mut tx, resident).await?;
            "emergency_unlisted"
        }
    };
    let entry = Entry { reason, request: Some(request.clone()), ..Entry::about(Kind::Mandate, resident, now) };
    let _pending = custody::enter(&mut tx, &app.custody, &mut head, entry).await?;
    head.commit(tx).await?;
    Ok(true)
}

/// Who is on the list of a building, with an address that is still the one she meant.
pub(super) async fn of_building(tx: &mut Tx, app: &App, name: &str) -> Result<Vec<ResidentId>, Fault> {
    store::listed(tx, &digest(app, name)?).await
}

fn digest(app: &App, name: &str) -> Result<String, Fault> {
    app.custody.blind_index(INDEX, name.trim())
}
