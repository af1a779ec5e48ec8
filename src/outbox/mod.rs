//! What clients are to be told: written in the transaction of the act itself, delivered afterwards.
//!
//! 1. Whoever changes something that a client must know calls [`put`] in the same transaction. If we crash after the
//!    commit, the message is there; if we crash before, neither the act nor the message is.
//! 2. `events` sorts new messages by how their client wants to be told ([`sort`]), claims those that are due
//!    ([`claim`]) for one node at a time, and says what came of them ([`delivered`], [`failed`], [`died`]).
//! 3. A client that fetches gets what waits for it ([`waiting`]) until it acknowledges ([`acknowledge`]).
//! 4. What could not be delivered lies with the dead until the operator has it tried again or drops it.
//!
//! A message keeps its name (`jti`) whatever happens: a client that sees it twice knows it.

use serde_json::{Map, Value};

use crate::clock::Timestamp;
use crate::crypto::random;
use crate::db::Tx;
use crate::fault::Fault;
use crate::ids::{ClientId, RequestId, ResidentId};

mod event;
mod message;
mod store;

pub use event::Event;
pub use message::{Channel, Counts, Lease, Message, Standing, Way};
pub use store::{
    acknowledge, call, claim, counts, delivered, died, drop_dead, due, due_channels, failed, forget_resident, list,
    never_fetched, refused, remove_unsorted, retry, route, settle, sort, sweep, unsorted, unsorted_of, waiting,
};

/// Something a client is to be told.
#[derive(Debug)]
pub struct News<'a> {
    /// What happened.
    pub event: Event,
    /// Whom to tell.
    pub client: &'a ClientId,
    /// About whom.
    pub resident: &'a ResidentId,
    /// What the event says besides: ids, codes of purposes, names of claims. Nobody's data.
    pub facts: Map<String, Value>,
    /// The request that caused it, if one did.
    pub request: Option<&'a RequestId>,
}

/// In place of a client: all those whose tokens died of one act (`facts` say under which `stamp` they were given). Such
/// a message is taken apart when it is sorted.
#[must_use]
pub fn everybody() -> ClientId {
    ClientId::stored(String::new())
}

/// Puts a message into the outbox, to be delivered once the caller has committed.
///
/// # Errors
/// When the database fails; the caller's act must not be done then.
pub async fn put(tx: &mut Tx, news: &News<'_>, now: Timestamp) -> Result<(), Fault> {
    store::insert(tx, &hex::encode(random::bytes::<16>()?), news, now).await
}
