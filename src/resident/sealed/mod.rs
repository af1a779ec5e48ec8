//! Step 6: the record is sealed, because she has died (PIPL 49). Who says so, and who may undo it, stands a floor above
//! (`sealing`); here is what it does to her doors.
//!
//! A sealed resident is locked, so that whatever minds the lock is shut; and unlocking her does not open her again.

use super::lock;
use crate::clock::Timestamp;
use crate::db::Tx;
use crate::fault::Fault;
use crate::ids::ResidentId;

mod store;

pub use store::{is_sealed, seen_since};

/// Seals a record until it is opened again; until `final_at` she can do that herself. Sessions, tokens of apps, rights to
/// recover and invitations end. The operator's lock that was there before, to be handed to [`unseal`]; `None`: she is
/// sealed, erased or not here.
///
/// # Errors
/// When the database fails.
pub async fn seal(
    tx: &mut Tx, resident: &ResidentId, final_at: Timestamp, now: Timestamp,
) -> Result<Option<Option<Timestamp>>, Fault> {
    let Some(before) = store::locked_at(tx, resident).await? else { return Ok(None) };
    if !store::seal(tx, resident, final_at, now).await? {
        return Ok(None);
    }
    lock::shut(tx, resident, now).await?;
    Ok(Some(before))
}

/// Opens a sealed record again. What the sealing ended stays ended. `false`: it is not sealed, or is erased.
///
/// # Errors
/// When the database fails.
pub async fn unseal(tx: &mut Tx, resident: &ResidentId, locked_before: Option<Timestamp>) -> Result<bool, Fault> {
    store::unseal(tx, resident, locked_before).await
}

/// Whether whoever signed in here is the one a record is about that was sealed lately: she may say so.
///
/// # Errors
/// When the database fails.
pub async fn may_say_alive(tx: &mut Tx, resident: &ResidentId, now: Timestamp) -> Result<bool, Fault> {
    Ok(store::final_at(tx, resident).await?.is_some_and(|until| now < until))
}
