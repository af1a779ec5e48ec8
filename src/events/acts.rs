//! Acts about a resident that every client must hear of which she consented to, now or before.

use std::collections::BTreeSet;

use serde_json::Map;

use super::sort;
use crate::app::App;
use crate::consent;
use crate::crypto::{aead, hash};
use crate::db::Tx;
use crate::fault::Fault;
use crate::ids::{ClientId, RequestId, ResidentId};
use crate::outbox::{self, Event, News};

/// She does not live here any more. In the transaction of the act.
///
/// # Errors
/// When the database fails.
pub async fn moved_out(
    tx: &mut Tx, app: &App, resident: &ResidentId, request: Option<&RequestId>,
) -> Result<(), Fault> {
    tell_all(tx, app, resident, Event::ResidentMovedOut, request).await
}

/// Her record is erased. In the transaction of the act, before what clients call her is forgotten: whatever is still
/// on its way, this included, says from now on only what its client calls her, and leads to nobody.
///
/// # Errors
/// When the database fails.
pub async fn erased(tx: &mut Tx, app: &App, resident: &ResidentId, request: Option<&RequestId>) -> Result<(), Fault> {
    tell_all(tx, app, resident, Event::ResidentErased, request).await?;
    // Twice: what was for everybody is taken apart first.
    for _ in 0..2 {
        for message in outbox::unsorted_of(tx, resident).await? {
            sort::sort(tx, &message).await?;
        }
    }
    outbox::forget_resident(tx, resident).await?;
    Ok(())
}

async fn tell_all(
    tx: &mut Tx, app: &App, resident: &ResidentId, event: Event, request: Option<&RequestId>,
) -> Result<(), Fault> {
    let records = consent::of_resident(tx, resident).await?;
    let clients: BTreeSet<&ClientId> = records.iter().map(|record| &record.client).collect();
    for client in clients {
        let request = request.map(|request| apart(request, client));
        let news = News { event, client, resident, facts: Map::new(), request: request.as_ref() };
        outbox::put(tx, &news, app.now()).await?;
    }
    Ok(())
}

/// A name of the request for this client alone: two clients that were told of one act must not find out by it that they
/// were told of the same resident (case 101).
fn apart(request: &RequestId, client: &ClientId) -> RequestId {
    let named = aead::length_prefixed(&[b"latchkey/txn/v1", request.as_str().as_bytes(), client.as_str().as_bytes()]);
    let mut digest = hex::encode(hash::sha256(&named));
    digest.truncate(32);
    RequestId::stored(digest)
}
