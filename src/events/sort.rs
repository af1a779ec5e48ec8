//! New messages are sorted: how does their client want to be told, and what does it call the resident?

use serde_json::{Map, Value};

use crate::app::App;
use crate::consent;
use crate::db::Tx;
use crate::fault::Fault;
use crate::oauth::listening::Delivery;
use crate::oauth::{self, Client};
use crate::outbox::{self, Event, Message, News, Way};
use crate::resident;

/// Messages that are sorted in one transaction.
const AT_ONCE: i64 = 200;

/// Sorts what is new; whether there is more.
///
/// # Errors
/// When the database fails.
pub async fn sort_new(app: &App) -> Result<bool, Fault> {
    // The look costs no writer anything: most of the time there is nothing.
    let new = outbox::unsorted(&mut app.db.read().await?, AT_ONCE).await?;
    if new.is_empty() {
        return Ok(false);
    }
    let (mut sorted, mut more) = (0, false);
    let mut tx = app.db.begin().await?;
    for message in &new {
        match sort(&mut tx, message).await {
            Ok(()) => {
                sorted += 1;
                more |= message.client == outbox::everybody();
            }
            // One message, or one client, that cannot be read holds up nobody else.
            Err(fault) if fault.is_about_records() => {
                tracing::error!(jti = message.jti, %fault, "an event was not sorted");
            }
            Err(fault) => return Err(fault),
        }
    }
    tx.commit().await?;
    Ok(more || sorted == AT_ONCE)
}

/// Sorts one message; one that nobody wants to hear is taken out.
///
/// # Errors
/// When the database fails.
pub async fn sort(tx: &mut Tx, message: &Message) -> Result<(), Fault> {
    if message.client == outbox::everybody() {
        return take_apart(tx, message).await;
    }
    let client = oauth::client(tx, &message.client).await?;
    let way = client.as_ref().and_then(|client| way(client, message.event));
    let (Some(client), Some(way)) = (client, way) else {
        return outbox::remove(tx, &message.jti).await;
    };
    let subject = match (&message.subject, &message.resident) {
        (Some(subject), _) => subject.clone(),
        (None, Some(resident)) => resident::subject(tx, resident, &client.sector).await?,
        (None, None) => return Err(Fault::Stored("an event about nobody")),
    };
    outbox::sort(tx, &message.jti, way, &subject).await
}

/// One message for each client and consent whose tokens died of the act; what has ended by itself is not told.
async fn take_apart(tx: &mut Tx, message: &Message) -> Result<(), Fault> {
    let resident = message.resident.as_ref().ok_or(Fault::Stored("an event about nobody"))?;
    let stamp = message.facts.get("stamp").and_then(Value::as_i64).ok_or(Fault::Stored("an event without a stamp"))?;
    for (client, consent, purpose) in oauth::grants_put_out(tx, resident, stamp).await? {
        let record = consent::current(tx, &consent).await?;
        if record.is_none_or(|record| record.in_force(message.made_at).is_err()) {
            continue;
        }
        let facts = Map::from_iter([
            ("consent_id".to_owned(), consent.as_str().into()),
            ("purpose".to_owned(), purpose.into()),
            ("reason".to_owned(), "all_ended".into()),
        ]);
        let news = News { event: message.event, client: &client, resident, facts, request: None };
        outbox::put(tx, &news, message.made_at).await?;
    }
    outbox::remove(tx, &message.jti).await
}

fn way(client: &Client, event: Event) -> Option<Way> {
    let listening = &client.listening;
    match (event, &listening.events) {
        (Event::Logout, _) => listening.backchannel_logout.as_ref().map(|_| Way::Logout),
        (_, Some(Delivery::Push(_))) => Some(Way::Push),
        (_, Some(Delivery::Poll)) => Some(Way::Poll),
        (_, None) => None,
    }
}
