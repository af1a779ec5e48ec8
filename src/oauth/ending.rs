//! A grant is ended by this service, and its client is told, once.

use serde_json::Map;

use super::grant::Grant;
use super::store;
use crate::clock::Timestamp;
use crate::db::Tx;
use crate::fault::Fault;
use crate::outbox::{self, Event, News};

/// Ends a grant if it is open, and puts that into the outbox: its tokens are dead, and its client did not ask for it.
pub(super) async fn end_and_tell(tx: &mut Tx, grant: &Grant, why: &'static str, now: Timestamp) -> Result<(), Fault> {
    if store::end_grant(tx, &grant.id, why, now).await? { tell(tx, grant, why, now).await } else { Ok(()) }
}

/// Puts it into the outbox that a grant was ended just now.
pub(super) async fn tell(tx: &mut Tx, grant: &Grant, why: &'static str, now: Timestamp) -> Result<(), Fault> {
    let facts = Map::from_iter([
        ("consent_id".to_owned(), grant.consent.as_str().into()),
        ("purpose".to_owned(), grant.purpose.as_str().into()),
        ("reason".to_owned(), why.into()),
    ]);
    let (client, resident) = (&grant.client, &grant.resident);
    outbox::put(tx, &News { event: Event::GrantRevoked, client, resident, facts, request: None }, now).await
}
