//! Who the person is: passkeys, sessions, invitations, recovery, and the name each client knows her by.
//!
//! Nothing here is personal data: a resident is a random id, and whatever says more lies in the vault.
//!
//! Her way in, each step at its file:
//! 1. `invitation.rs`: a slip of paper, used when the first passkey is made;
//! 2. `passkey/`: the two WebAuthn ceremonies, and what may become of a passkey;
//! 3. `session.rs`: a signed-in browser;
//! 4. `recovery.rs`: the sheet of codes for the day when the device is gone.

mod invitation;
mod passkey;
mod recovery;
mod refusal;
mod session;
mod store;
mod subject;

pub use invitation::{Invitation, invitation, invite};
pub use passkey::{Begun, KeyView, Registered, Registration, keys, register, remove, sign_in};
pub use recovery::{Sheet, enter_code, new_sheet, sheet};
pub use refusal::Refusal;
pub use session::{Session, end, end_others, find, others};
pub use subject::subject;

use crate::clock::Timestamp;
use crate::crypto::random;
use crate::db::Tx;
use crate::fault::Fault;
use crate::ids::ResidentId;

/// Admits a person who has no row yet, under a fresh user handle for her authenticators.
///
/// # Errors
/// When the database fails.
pub async fn admit(tx: &mut Tx, id: &ResidentId, now: Timestamp) -> Result<(), Fault> {
    store::insert_resident(tx, id, &random::bytes()?, now).await
}
