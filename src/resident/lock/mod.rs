//! Step 5: a resident is locked by the operator: no door opens, for her or in her name, until she is unlocked.
//!
//! For the day when somebody else has her device and she calls. Whatever was open ends for good: sessions, rights to
//! recover, invitations, tokens of apps. Her passkeys, her consents and her sheet of codes are there again afterwards.

use serde_json::Map;

use super::{Refusal, recovery, session};
use crate::app::App;
use crate::clock::Timestamp;
use crate::custody;
use crate::db::Tx;
use crate::fault::Fault;
use crate::ids::ResidentId;
use crate::ledger::{self, Actor, Entry, Extra, Kind};
use crate::once;
use crate::outbox::{self, Event, News};

mod store;

pub use store::is_out_of_sight;

/// Longest reason, in characters.
const LONGEST: usize = 200;

/// Locks a resident at the held head; entered as an act of the operator, with `why` in the operator's words (nothing
/// personal: an auditor may read it). `false`: she was locked before.
///
/// The door is `erasure::lock`: whoever has her device may have begun an erasure, and it is undone with it.
///
/// # Errors
/// `NotFound`, or when the database fails.
pub async fn lock(
    tx: &mut Tx, app: &App, head: &mut ledger::Head, resident: &ResidentId, why: &str,
) -> Result<bool, Refusal> {
    change(tx, app, head, (resident, why), true).await
}

/// Unlocks a resident. What the lock ended stays ended. `false`: she was not locked.
///
/// # Errors
/// `NotFound`, or when it could not be made durable.
pub async fn unlock(app: &App, resident: &ResidentId, why: &str) -> Result<bool, Refusal> {
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    let unlocked = change(&mut tx, app, &mut head, (resident, why), false).await?;
    if unlocked {
        head.commit(tx).await?;
    }
    Ok(unlocked)
}

async fn change(
    tx: &mut Tx, app: &App, head: &mut ledger::Head, (resident, why): (&ResidentId, &str), locks: bool,
) -> Result<bool, Refusal> {
    let now = app.now();
    if !store::exists(tx, resident).await? {
        return Err(Refusal::NotFound);
    }
    if !store::set_locked(tx, resident, locks.then_some(now)).await? {
        return Ok(false);
    }
    if locks {
        shut(tx, resident, now).await?;
    }
    let entry = Entry {
        actor: Actor::Operator,
        reason: if locks { "resident_locked" } else { "resident_unlocked" },
        extra: Extra::Notes(vec![("why", why.chars().take(LONGEST).collect())]),
        ..Entry::about(Kind::Operator, resident, now)
    };
    let _pending = custody::enter(tx, &app.custody, head, entry).await?;
    Ok(true)
}

/// Ends whatever is open for a resident: sessions, tokens, rights to recover, invitations. At the held head.
///
/// # Errors
/// When the database fails.
pub async fn shut(tx: &mut Tx, resident: &ResidentId, now: Timestamp) -> Result<(), Fault> {
    session::end_all(tx, resident, None, now).await?;
    put_out(tx, resident, now).await?;
    recovery::void_rights(tx, resident, now).await?;
    once::end_all(tx, once::Kind::Invitation, resident.as_str(), now).await?;
    Ok(())
}

/// Puts out all that was let in for a resident, and has every client told whose tokens died of it. Who that is stands
/// on a floor above: one message for all of them is taken apart when it is delivered.
pub(super) async fn put_out(tx: &mut Tx, resident: &ResidentId, now: Timestamp) -> Result<(), Fault> {
    let stamp = store::put_out(tx, resident).await?;
    let facts = Map::from_iter([("stamp".to_owned(), stamp.into())]);
    let client = &outbox::everybody();
    outbox::put(tx, &News { event: Event::GrantRevoked, client, resident, facts, request: None }, now).await
}
