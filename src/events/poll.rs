//! A client fetches its events (RFC 8936).

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
/// A client that does not want an empty answer at once waits for a while.
///
/// # Errors
/// `unauthorized_client` when it did not register for this; otherwise when the database fails.
pub async fn poll(app: &App, client: &Client, asked: PollRequest) -> Result<Fetched, Refusal> {
    if client.listening.events != Some(Delivery::Poll) {
        return Err(Refusal::UnauthorizedClient("the client did not register to fetch events"));
    }
    note(app, client, &asked).await?;
    let seconds = if asked.return_immediately { 0 } else { app.config.events.long_poll_seconds };
    for _ in 0..seconds {
        let fetched = fetch(app, client, asked.max_events).await?;
        if !fetched.sets.is_empty() || asked.max_events == 0 {
            return Ok(fetched);
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    Ok(fetch(app, client, asked.max_events).await?)
}

async fn note(app: &App, client: &Client, asked: &PollRequest) -> Result<(), Fault> {
    if asked.ack.is_empty() && asked.set_errs.is_empty() {
        return Ok(());
    }
    let now = app.now();
    let mut tx = app.db.begin().await?;
    for jti in &asked.ack {
        outbox::acknowledge(&mut tx, &client.id, jti, now).await?;
    }
    for (jti, why) in &asked.set_errs {
        if outbox::refused(&mut tx, &client.id, jti, why, now).await? {
            tracing::warn!(client = %client.id, why, "an event was refused: it is given up");
        }
    }
    tx.commit().await
}

async fn fetch(app: &App, client: &Client, most: usize) -> Result<Fetched, Fault> {
    while sort::sort_new(app).await? {}
    let one_more = i64::try_from(most).unwrap_or(i64::MAX).saturating_add(1);
    let waiting = outbox::waiting(&mut app.db.read().await?, &client.id, one_more).await?;
    let mut sets = Map::new();
    for message in waiting.iter().take(most) {
        sets.insert(message.jti.clone(), token::sign(app, client, message)?.into());
    }
    Ok(Fetched { sets, more_available: waiting.len() > most })
}
