//! The people of the service centre: members of staff, and auditors. They have a sign-in of their own; a resident's
//! session is never theirs, and theirs never a resident's, though one human being may be both.
//!
//! 1. The operator invites ([`invite`], `latchkey people invite`): a link that works once.
//! 2. It makes a passkey ([`register`]), and the passkey opens sessions ([`sign_in`]).
//! 3. A session is short ([`find`]): an hour at the counter is many people's hour.
//! 4. A grave act is signed with the passkey ([`confirm`]), and by two where one must not do it alone ([`two_hands`]).
//! 5. Whoever leaves is disabled ([`disable`]): sessions end at that moment.

mod invitation;
mod passkey;
mod refusal;
mod session;
mod store;

pub use invitation::{Invited, Listed, disable, invite, invited, list, renew};
pub use passkey::confirm::{Confirmed, Proof, two_hands};
pub use passkey::record::{Act, LIFE as ACT_LIFE, Recorded};
pub use passkey::{Entered, confirm, register, sign_in};
pub use refusal::Refusal;
pub use session::{Session, end, find, is_open as session_is_open};

use crate::clock::Timestamp;
use crate::db::Tx;
use crate::fault::Fault;
use crate::ids::PersonId;

/// What somebody is here for. One of the two: who checks does not do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Helps residents at the desk.
    Staff,
    /// Checks what was done.
    Auditor,
}

impl Role {
    /// The word in the table and on the command line.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Staff => "staff",
            Self::Auditor => "auditor",
        }
    }

    /// The role of this word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        [Self::Staff, Self::Auditor].into_iter().find(|role| role.as_str() == word)
    }
}

/// Somebody of the service centre.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The id that entries carry.
    pub id: PersonId,
    /// As the operator wrote it; residents read it.
    pub name: String,
    /// What for.
    pub role: Role,
}

/// What somebody is called, also after having left.
///
/// # Errors
/// When the database fails.
pub async fn name_of(tx: &mut Tx, id: &PersonId) -> Result<Option<String>, Fault> {
    Ok(store::person(tx, id).await?.map(|(person, _)| person.name))
}

/// Whether somebody is still here: invited, and not disabled.
///
/// # Errors
/// When the database fails.
pub async fn is_here(tx: &mut Tx, id: &PersonId) -> Result<bool, Fault> {
    Ok(matches!(store::person(tx, id).await?, Some((_, None))))
}

/// Whether there is an auditor who can sign in.
///
/// # Errors
/// When the database fails.
pub async fn has_auditor(tx: &mut Tx) -> Result<bool, Fault> {
    let listed = store::everybody(tx).await?;
    Ok(listed.iter().any(|one| one.person.role == Role::Auditor && one.disabled_at.is_none() && one.enrolled))
}

/// Whether somebody is an auditor, and has not left.
///
/// # Errors
/// When the database fails.
pub async fn is_auditor(tx: &mut Tx, id: &PersonId) -> Result<bool, Fault> {
    let found = store::person(tx, id).await?;
    Ok(found.is_some_and(|(person, disabled)| person.role == Role::Auditor && disabled.is_none()))
}

/// Forgets sessions that were over before `before`.
///
/// # Errors
/// When the database fails.
pub async fn sweep(tx: &mut Tx, before: Timestamp) -> Result<u64, Fault> {
    store::sweep_sessions(tx, before).await
}
