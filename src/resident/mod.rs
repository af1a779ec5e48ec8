//! Who the person is: passkeys, sessions, invitations, recovery, and the name each client knows her by.
//!
//! Nothing here is personal data: a resident is a random id, and whatever says more lies in the vault.
//!
//! Her way in, each step at its file:
//! 1. `invitation.rs`: a slip of paper, used when the first passkey is made;
//! 2. `passkey/`: the two WebAuthn ceremonies, and what may become of a passkey;
//! 3. `session.rs`: a signed-in browser;
//! 4. `recovery/`: the sheet of codes for the day when the device is gone;
//! 5. `lock/`: the day when somebody else has it;
//! 6. `sealed/`: the day after she died.

mod invitation;
mod lock;
mod passkey;
mod recovery;
mod refusal;
mod sealed;
mod session;
mod sign_on;
mod store;
mod subject;

pub use invitation::{Invitation, Link, invitation, invite, invite_all, invite_for, not_enrolled, open_invitations};
pub use lock::{is_out_of_sight, lock, shut, unlock};
pub use passkey::confirm::{Act, Confirmed};
pub use passkey::{KeyView, Registered, Registration, confirm, keys, register, remove, sign_in};
pub use recovery::{Sheet, desk_right, end_desk_rights, enter_code, new_sheet, recovering, recovering_at_desk, sheet};
pub use refusal::Refusal;
pub use sealed::{is_sealed, may_say_alive, seal, seen_since, unseal};
pub use session::{Session, Wishes, end, end_others, find, is_open as session_is_open, others, wish};
pub use sign_on::{carried, sign_on};
pub use store::{is_open, is_read};
pub use subject::{known as known_subject, subject};

use crate::clock::Timestamp;
use crate::crypto::random;
use crate::db::Tx;
use crate::fault::Fault;
use crate::ids::ResidentId;

/// Whether a resident has a passkey.
///
/// # Errors
/// When the database fails.
pub async fn has_passkey(tx: &mut Tx, id: &ResidentId) -> Result<bool, Fault> {
    Ok(store::key_count(tx, id).await? > 0)
}

/// Takes an enrolment back: passkeys, sessions, the sheet of codes, rights to recover, links and what they let in end, as
/// if it had not been. Whoever was let in by mistake has no way back.
///
/// # Errors
/// When the database fails.
pub async fn undo_enrolment(tx: &mut Tx, id: &ResidentId, now: Timestamp) -> Result<(), Fault> {
    passkey::revoke_all(tx, id, now).await?;
    session::end_all(tx, id, None, now).await?;
    crate::once::end_all(tx, crate::once::Kind::Invitation, id.as_str(), now).await?;
    recovery::take_back_sheet(tx, id, now).await?;
    end_desk_rights(tx, id, now).await?;
    lock::put_out(tx, id, now).await
}

/// Admits a person who has no row yet, under a fresh user handle for her authenticators.
///
/// # Errors
/// When the database fails.
pub async fn admit(tx: &mut Tx, id: &ResidentId, now: Timestamp) -> Result<(), Fault> {
    admit_all(tx, &[id], now).await
}

/// As [`admit`], for many in one statement.
///
/// # Errors
/// When the database fails.
pub async fn admit_all(tx: &mut Tx, ids: &[&ResidentId], now: Timestamp) -> Result<(), Fault> {
    let row = |id: &&ResidentId| Ok((id.as_str().to_owned(), random::bytes()?));
    let rows: Vec<(String, [u8; 16])> = ids.iter().map(row).collect::<Result<_, Fault>>()?;
    store::insert_residents(tx, &rows, now).await
}

/// Forgets sessions that ended before `before`, in whatever way.
///
/// # Errors
/// When the database fails.
pub async fn sweep(tx: &mut Tx, before: Timestamp) -> Result<u64, Fault> {
    Ok(store::sweep_sessions(tx, before).await? + sign_on::sweep(tx).await?)
}
