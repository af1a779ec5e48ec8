//! Step 2: passkeys.
//!
//! webauthn-rs verifies; what it leaves to its caller is done here: who may register ([`register`]), whose the
//! credential is ([`sign_in`]), what was signed ([`confirm`]), and counters that never run backwards ([`store`]). The exact
//! origin, once and in one browser: `webauthn`.

use webauthn_rs::prelude::Passkey;

use super::session::{self, Session};
use super::{Refusal, lock, recovery};
use crate::app::App;
use crate::clock::Timestamp;
use crate::custody;
use crate::db::Tx;
use crate::fault::Fault;
use crate::ids::{PasskeyId, RequestId, ResidentId};
use crate::ledger::{self, Entry, Kind};
use crate::once;

mod ceremony;
pub mod confirm;
mod decoy;
pub mod register;
pub mod sign_in;
pub mod store;

pub use register::{Registered, Registration};

/// A passkey as its owner sees it.
#[derive(Debug, Clone)]
pub struct KeyView {
    /// Its name in our pages.
    pub id: PasskeyId,
    /// When it was made.
    pub made_at: Timestamp,
    /// When it was last used.
    pub used_at: Option<Timestamp>,
    /// Whether the device says that it copies it to the owner's other devices.
    pub synced: bool,
}

/// The passkeys of a resident, the newest first.
///
/// # Errors
/// When the database fails.
pub async fn keys(app: &App, resident: &ResidentId) -> Result<Vec<KeyView>, Fault> {
    let mut tx = app.db.read().await?;
    store::views(&mut tx, resident).await
}

/// Removes a passkey; sessions that were opened with it end, and so do all apps' tokens (V34) and every open right to
/// recover (V72).
///
/// # Errors
/// `NotFresh`; `NotFound` for a passkey that is not hers; `PasskeyLast` when she could not come in any more.
pub async fn remove(app: &App, session: &Session, id: &PasskeyId, request: &RequestId) -> Result<(), Refusal> {
    let now = app.now();
    if !session.is_fresh(now) {
        return Err(Refusal::NotFresh);
    }
    let resident = &session.resident;
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    if !session::is_open(&mut tx, session).await? {
        return Err(Refusal::NotFresh);
    }
    // Two removals at once cannot both see "another one is left": the head is held.
    let others = store::views(&mut tx, resident).await?.iter().filter(|key| key.id != *id).count();
    let codes = once::count_open(&mut tx, once::Kind::RecoveryCode, resident.as_str(), now).await?;
    if !store::remove(&mut tx, resident, id, now).await? {
        return Err(Refusal::NotFound);
    }
    if others == 0 && codes == 0 {
        return Err(Refusal::PasskeyLast);
    }
    session::end_of_passkey(&mut tx, id, now).await?;
    recovery::void_rights(&mut tx, resident, now).await?;
    // What it let in may be in the hands of whoever has it: apps ask again.
    lock::put_out(&mut tx, resident, now).await?;
    let entry = Entry { request: Some(request.clone()), ..credential_act(resident, "passkey_removed", now) };
    let _pending = custody::enter(&mut tx, &app.custody, &mut head, entry).await?;
    head.commit(tx).await?;
    Ok(())
}

/// An act of the resident's own hand on what she comes in with (kind 9).
fn credential_act(resident: &ResidentId, reason: &'static str, now: Timestamp) -> Entry {
    Entry { reason, ..Entry::about(Kind::Credential, resident, now) }
}

/// Revokes every passkey of a resident: whoever recovers has lost them, and somebody may have found them.
///
/// # Errors
/// When the database fails.
pub(super) async fn revoke_all(tx: &mut Tx, resident: &ResidentId, now: Timestamp) -> Result<(), Fault> {
    store::remove_all(tx, resident, now).await
}

/// What webauthn-rs keeps inside a passkey and shows nobody, read from its stored form.
struct Inside {
    counter: u32,
    synced: bool,
}

fn inside(passkey: &Passkey) -> Result<Inside, Fault> {
    let changed = Fault::Internal("webauthn-rs stores passkeys in another form");
    let value = serde_json::to_value(passkey).map_err(|_| Fault::Internal("a passkey does not serialise"))?;
    let cred = value.get("cred").ok_or(changed)?;
    let counter = cred.get("counter").and_then(serde_json::Value::as_u64).and_then(|count| u32::try_from(count).ok());
    let synced = cred.get("backup_state").and_then(serde_json::Value::as_bool);
    let (Some(counter), Some(synced)) = (counter, synced) else {
        return Err(Fault::Internal("webauthn-rs stores passkeys in another form"));
    };
    Ok(Inside { counter, synced })
}
