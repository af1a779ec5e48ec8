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
/// How often her address may be corrected while she says so.
const TRIES: usize = 4;

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
    for _ in 0..TRIES {
        let before = vault::version_of(&mut app.db.read().await?, resident, "building").await?;
        let building = if wants {
            let Some(building) = looked(app, resident, request).await? else { return Ok(false) };
            Some(building)
        } else {
            None
        };
        let mut tx = app.db.begin().await?;
        let mut head = ledger::hold(&mut tx).await?;
        let reason = match (&building, before) {
            (Some(building), Some(version)) => {
                // Her address was corrected while we looked: what we saw may be where she lived before.
                if vault::version_of(&mut tx, resident, "building").await? != before {
                    continue;
                }
                store::list(&mut tx, resident, building, version, app.now()).await?;
                "emergency_listed"
            }
            (Some(_), None) => continue,
            (None, _) => {
                store::unlist(&mut tx, resident).await?;
                "emergency_unlisted"
            }
        };
        let entry = Entry::about(Kind::Mandate, resident, app.now());
        let entry = Entry { reason, request: Some(request.clone()), ..entry };
        let _pending = custody::enter(&mut tx, &app.custody, &mut head, entry).await?;
        head.commit(tx).await?;
        return Ok(true);
    }
    Err(Fault::Internal("her address was corrected again and again").into())
}

/// The index of the building in which she lives; that it was looked at stands in her book. `None`: there is none.
async fn looked(app: &App, resident: &ResidentId, request: &RequestId) -> Result<Option<String>, vault::Refusal> {
    let fields = ["building".to_owned()];
    let seen = vault::look_for(app, resident, &By::Resident, &fields, "emergency_list", request.clone()).await?;
    let name = seen.get("building").filter(|name| !name.trim().is_empty());
    Ok(name.map(|name| digest(app, name)).transpose()?)
}

/// Who is on the list of a building, with an address that is still the one she meant.
pub(super) async fn of_building(tx: &mut Tx, app: &App, name: &str) -> Result<Vec<ResidentId>, Fault> {
    store::listed(tx, &digest(app, name)?).await
}

fn digest(app: &App, name: &str) -> Result<String, Fault> {
    app.custody.blind_index(INDEX, name.trim())
}
