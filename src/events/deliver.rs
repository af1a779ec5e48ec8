//! Delivery: what is due goes out, endpoint by endpoint, none of which holds up another.
//!
//! 1. New messages are sorted.
//! 2. For each endpoint at which something is due and to which nobody is sending, a few messages are claimed for this
//!    node, by a conditional update each: of two nodes, one gets them. A claim ends by itself, so that a node that
//!    crashed takes nothing with it.
//! 3. They are posted one after the other. The first failure stops the endpoint until its pause is over;
//!    a message that cannot even be made stops nothing but itself.

use std::time::Duration;

use tokio::task::JoinSet;

use super::post::{self, Outcome};
use super::{patience, sort};
use crate::app::App;
use crate::crypto::random;
use crate::db::Tx;
use crate::fault::Fault;
use crate::oauth;
use crate::outbox::{self, Channel, Lease, Message};

/// Messages to one endpoint in one claim.
const AT_ONCE: i64 = 8;
/// Endpoints that are sent to at the same time.
const ENDPOINTS: usize = 64;

/// Messages that this node has claimed, for one endpoint.
#[derive(Debug)]
struct Batch {
    channel: Channel,
    lease: Lease,
    messages: Vec<Message>,
}

/// Delivers what is due now, to the end; how many messages were delivered.
///
/// # Errors
/// When the database fails; what was claimed is due again when the claim ends.
pub async fn deliver_due(app: &App) -> Result<usize, Fault> {
    while sort::sort_new(app).await? {}
    let mut delivered = 0;
    loop {
        let mut sending = JoinSet::new();
        for batch in claim(app, ENDPOINTS).await? {
            sending.spawn(send(app.clone(), batch));
        }
        if sending.is_empty() {
            return Ok(delivered);
        }
        while let Some(sent) = sending.join_next().await {
            delivered += sent.map_err(|_| Fault::Internal("a delivery panicked"))??;
        }
    }
}

/// Delivers what is due, every second, for ever. A slow endpoint takes one of many places and holds up nobody.
pub async fn run(app: App) {
    let mut sending: JoinSet<()> = JoinSet::new();
    loop {
        tokio::time::sleep(Duration::from_secs(1)).await;
        while sending.try_join_next().is_some() {}
        match begin(&app, ENDPOINTS.saturating_sub(sending.len())).await {
            Ok(batches) => {
                for batch in batches {
                    let app = app.clone();
                    sending.spawn(async move {
                        if let Err(fault) = send(app, batch).await {
                            tracing::error!(%fault, "what came of a delivery was not noted");
                        }
                    });
                }
            }
            Err(fault) => tracing::error!(%fault, "events were not delivered"),
        }
    }
}

async fn begin(app: &App, places: usize) -> Result<Vec<Batch>, Fault> {
    sort::sort_new(app).await?;
    if places == 0 { Ok(Vec::new()) } else { claim(app, places).await }
}

/// Claims what is due, a few messages at each of so many endpoints.
async fn claim(app: &App, places: usize) -> Result<Vec<Batch>, Fault> {
    let now = app.now();
    let places = i64::try_from(places).unwrap_or(i64::MAX);
    let channels = outbox::due_channels(&mut app.db.read().await?, now, places).await?;
    let mut batches = Vec::new();
    for channel in channels {
        let mut tx = app.db.begin().await?;
        let lease = lease(app)?;
        let mut messages = Vec::new();
        for message in outbox::due(&mut tx, &channel, now, AT_ONCE).await? {
            if outbox::claim(&mut tx, &message.jti, &lease, now).await? {
                messages.push(message);
            }
        }
        tx.commit().await?;
        if !messages.is_empty() {
            batches.push(Batch { channel, lease, messages });
        }
    }
    Ok(batches)
}

/// A claim that outlasts the slowest batch.
fn lease(app: &App) -> Result<Lease, Fault> {
    let whole = u64::from(app.config.outgoing.whole_milliseconds) * AT_ONCE.unsigned_abs();
    let until = app.now().plus(Duration::from_millis(whole) + Duration::from_secs(30));
    Ok(Lease { name: hex::encode(random::bytes::<16>()?), until })
}

/// Posts a batch, and notes what came of each message; how many were delivered.
async fn send(app: App, batch: Batch) -> Result<usize, Fault> {
    let mut delivered = 0;
    for message in &batch.messages {
        let outcome = match attempt(&app, message).await {
            Err(fault) if fault.is_about_records() => {
                tracing::error!(client = %message.client, jti = message.jti, %fault, "an event could not be made");
                Outcome::Unmade("not_made")
            }
            outcome => outcome?,
        };
        let mut tx = app.db.begin().await?;
        let goes_on = note(&mut tx, &app, &batch, message, outcome).await?;
        tx.commit().await?;
        delivered += usize::from(outcome == Outcome::Delivered);
        if !goes_on {
            break;
        }
    }
    Ok(delivered)
}

/// One attempt, at the client as it stands now.
async fn attempt(app: &App, message: &Message) -> Result<Outcome, Fault> {
    let client = oauth::client(&mut app.db.read().await?, &message.client).await?;
    match client {
        Some(client) => post::attempt(app, &client, message).await,
        None => Ok(Outcome::Refused("no_client")),
    }
}

/// Notes what came of an attempt; whether the next message of the batch is tried.
async fn note(tx: &mut Tx, app: &App, batch: &Batch, message: &Message, outcome: Outcome) -> Result<bool, Fault> {
    let (now, lease, jti) = (app.now(), batch.lease.name.as_str(), message.jti.as_str());
    let client = &message.client;
    match outcome {
        Outcome::Delivered => {
            outbox::delivered(tx, jti, lease, now).await?;
            Ok(true)
        }
        Outcome::Refused(why) => {
            tracing::warn!(%client, jti, why, "an event was refused: it is given up");
            outbox::died(tx, jti, lease, why, now).await?;
            Ok(true)
        }
        Outcome::Later(why) | Outcome::Unmade(why) => {
            let due_at = now.plus(patience::pause(u32::try_from(message.tries).unwrap_or(u32::MAX))?);
            if patience::is_over(message.since, now, app.config.events.give_up_hours) {
                tracing::warn!(%client, jti, why, "an event could not be delivered: it is given up");
                outbox::died(tx, jti, lease, why, now).await?;
            } else {
                tracing::info!(%client, jti, why, tries = message.tries + 1, "an event was not delivered yet");
                outbox::failed(tx, jti, lease, why, due_at).await?;
            }
            let goes_on = matches!(outcome, Outcome::Unmade(_));
            if !goes_on {
                outbox::settle(tx, &batch.channel, lease, due_at).await?;
            }
            Ok(goes_on)
        }
    }
}
