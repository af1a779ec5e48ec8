//! The WebAuthn ceremonies of people, apart from those of residents: another kind of single-use state, other
//! tables, so that a passkey of the one never opens a door of the other.

use webauthn_rs::prelude::Passkey;

use super::Person;
use super::session::Session;
use crate::clock::Timestamp;
use crate::crypto::token::Token;
use crate::fault::Fault;
use crate::ids::RequestId;
use crate::ledger::{Actor, Entry, Extra, Kind as EntryKind};
use crate::people::Role;

pub mod confirm;
pub mod record;
pub mod register;
pub mod sign_in;

/// A session that a ceremony opened, and its cookie.
pub type Entered = (Session, Token);

fn stored(passkey: &[u8]) -> Result<Passkey, Fault> {
    serde_json::from_slice(passkey).map_err(|_| Fault::Stored("a passkey does not read"))
}

fn json(passkey: &Passkey) -> Result<Vec<u8>, Fault> {
    serde_json::to_vec(passkey).map_err(|_| Fault::Internal("a passkey does not serialise"))
}

/// An act of a person about no resident (kind 12).
fn entry(person: &Person, reason: &'static str, request: &RequestId, now: Timestamp) -> Entry {
    Entry {
        actor: match person.role {
            Role::Staff => Actor::Staff,
            Role::Auditor => Actor::Auditor,
        },
        person: Some(person.id.clone()),
        reason,
        request: Some(request.clone()),
        extra: Extra::Notes(vec![("person", person.id.to_string())]),
        ..Entry::about_nobody(EntryKind::Staff, now)
    }
}
