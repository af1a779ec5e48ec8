//! A client fetches its events (RFC 8936).

use std::collections::BTreeMap;
use std::time::Duration;

use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::request::PollRequest;
use super::{sort, token};
use crate::app::App;
use crate::fault::Fault;
use crate::oauth::listening::Delivery;
use crate::oauth::{Client, Refusal};
use crate::outbox;

/// What a client fetched.
#[derive(Debug, Serialize, ToSchema)]
pub struct Fetched {
    /// Signed tokens by their names.
    sets: Map<String, Value>,
    /// Whether there are more.
    #[serde(rename = "moreAvailable", skip_serializing_if = "std::ops::Not::not")]
    #[schema(required = false)]
    more_available: bool,
}

/// Notes what the client has and what it could not take, and gives it what waits for it, oldest first. A token that
/// it neither acknowledged nor refused comes again.
///
/// # Errors
/// `unauthorized_client` when it did not register for this; otherwise when the database fails.
pub async fn poll(app: &App, client: &Client, asked: &PollRequest) -> Result<Fetched, Refusal> {
    if client.listening.events != Some(Delivery::Poll) {
        return Err(Refusal::UnauthorizedClient("the client did not register to fetch events"));
    }
    note(app, client, asked).await?;
    while sort::sort_new(app).await? {}
    Ok(fetch(app, client, asked.max_events).await?)
}

/// Waits for a while in place of an empty answer, unless the client wants that one at once. It only reads, so it may be
/// dropped in the middle. A client that waits already, or that finds too many others waiting, gets the empty answer.
///
/// # Errors
/// When the database fails.
pub async fn wait(app: &App, client: &Client, asked: &PollRequest, now: Fetched) -> Result<Fetched, Refusal> {
    if !now.sets.is_empty() || asked.return_immediately || asked.max_events == 0 {
        return Ok(now);
    }
    let Some(_seat) = app.long_polls.begin(&client.id) else { return Ok(now) };
    for _ in 0..app.config.events.long_poll_seconds {
        tokio::time::sleep(Duration::from_secs(1)).await;
        let fetched = fetch(app, client, asked.max_events).await?;
        if !fetched.sets.is_empty() {
            return Ok(fetched);
        }
    }
    Ok(now)
}

async fn note(app: &App, client: &Client, asked: &PollRequest) -> Result<(), Fault> {
    if asked.ack.is_empty() && asked.set_errs.is_empty() {
        return Ok(());
    }
    // Each name once, in one order for all: two requests with the same names must not wait for each other.
    let refused = asked.set_errs.iter().map(|(jti, why)| (jti.as_str(), Some(*why)));
    let taken = asked.ack.iter().map(|jti| (jti.as_str(), None));
    let said: BTreeMap<&str, Option<&str>> = refused.chain(taken).collect();
    let now = app.now();
    let mut tx = app.db.begin().await?;
    for (jti, why) in said {
        let Some(why) = why else {
            outbox::acknowledge(&mut tx, &client.id, jti, now).await?;
            continue;
        };
        if outbox::refused(&mut tx, &client.id, jti, why, now).await? {
            tracing::warn!(client = %client.id, why, "an event was refused: it is given up");
        }
    }
    tx.commit().await
}

async fn fetch(app: &App, client: &Client, most: usize) -> Result<Fetched, Fault> {
    let one_more = i64::try_from(most).unwrap_or(i64::MAX).saturating_add(1);
    let waiting = outbox::waiting(&mut app.db.read().await?, &client.id, one_more).await?;
    let mut sets = Map::new();
    for message in waiting.iter().take(most) {
        match token::sign(app, client, message) {
            Ok(token) => _ = sets.insert(message.jti.clone(), token.into()),
            // One that cannot be signed keeps nobody from the others; it is given up when its time is over.
            Err(fault) => tracing::error!(client = %client.id, jti = message.jti, %fault, "an event was not signed"),
        }
    }
    Ok(Fetched { sets, more_available: waiting.len() > most })
}
