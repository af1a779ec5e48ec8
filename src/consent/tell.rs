//! What a recipient is told about a consent: which one, for what, the names of the claims, until when. In the
//! transaction of the act, and once for each act.

use serde_json::{Map, Value};

use super::record::{Record, State};
use crate::clock::Timestamp;
use crate::db::Tx;
use crate::fault::Fault;
use crate::ids::RequestId;
use crate::orders::Order;
use crate::outbox::{self, Event, News};

/// A consent was given, in place of those that it replaced; what it does not name any more is to be deleted.
pub(super) async fn given(
    tx: &mut Tx, record: &Record, replaced: &[Record], order: Option<&Order>, request: &RequestId, now: Timestamp,
) -> Result<(), Fault> {
    // A lower form than the last time is less; the form that was asked for is not.
    let lowered = |old: &Record| {
        old.claims.iter().any(|claim| record.lowered.get(claim).is_some_and(|form| old.released(claim) != form))
    };
    let is_less = |old: &Record| !record.covers(&old.claims) || lowered(old) || record.valid_until < old.valid_until;
    let event = if replaced.iter().any(is_less) { Event::ConsentNarrowed } else { Event::ConsentGiven };
    let mut facts = facts(record);
    if !replaced.is_empty() {
        let ids: Vec<&str> = replaced.iter().map(|old| old.id.as_str()).collect();
        facts.insert("replaces".to_owned(), ids.into());
    }
    add_order(&mut facts, order);
    put(tx, event, record, facts, Some(request), now).await
}

/// A consent has ended, and what came of it is to be deleted. One that was superseded is told by what took its place.
pub(super) async fn ended(
    tx: &mut Tx, record: &Record, order: Option<&Order>, request: Option<&RequestId>, now: Timestamp,
) -> Result<(), Fault> {
    let event = match record.state {
        State::Withdrawn | State::Revoked | State::Invalidated => Event::ConsentWithdrawn,
        State::Expired | State::Deferred => Event::ConsentExpired,
        State::Superseded | State::Given => return Ok(()),
    };
    let mut facts = facts(record);
    add_order(&mut facts, order);
    put(tx, event, record, facts, request, now).await
}

/// The signed order to delete: the event itself carries it, so that none comes without the other.
fn add_order(facts: &mut Map<String, Value>, order: Option<&Order>) {
    let Some(order) = order else { return };
    let said = serde_json::json!({ "id": order.id.as_str(), "claims": order.claims, "due_at": order.due_at });
    facts.insert("deletion_order".to_owned(), said);
}

/// A consent was paused or resumed. Its client need not throw anything away, and need not ask in vain.
pub(super) async fn paused(tx: &mut Tx, record: &Record, request: &RequestId, now: Timestamp) -> Result<(), Fault> {
    let event = if record.paused_at.is_some() { Event::ConsentPaused } else { Event::ConsentResumed };
    put(tx, event, record, facts(record), Some(request), now).await
}

/// Claims under the names they go out with.
fn facts(record: &Record) -> Map<String, Value> {
    Map::from_iter([
        ("consent_id".to_owned(), record.id.as_str().into()),
        ("purpose".to_owned(), record.purpose.as_str().into()),
        ("claims".to_owned(), record.all_released().into()),
        ("valid_until".to_owned(), record.valid_until.into()),
    ])
}

async fn put(
    tx: &mut Tx, event: Event, record: &Record, facts: Map<String, Value>, request: Option<&RequestId>, now: Timestamp,
) -> Result<(), Fault> {
    let (client, resident) = (&record.client, &record.resident);
    outbox::put(tx, &News { event, client, resident, facts, request }, now).await
}
