//! New messages are sorted: how does their client want to be told, and what does it call the resident?

use crate::app::App;
use crate::db::Tx;
use crate::fault::Fault;
use crate::oauth::listening::Delivery;
use crate::oauth::{self, Client};
use crate::outbox::{self, Event, Message, Way};
use crate::resident;

/// Messages that are sorted in one transaction.
const AT_ONCE: i64 = 200;

/// Sorts what is new; whether there may be more.
///
/// # Errors
/// When the database fails.
pub async fn sort_new(app: &App) -> Result<bool, Fault> {
    // The look costs no writer anything: most of the time there is nothing.
    let new = outbox::unsorted(&mut app.db.read().await?, AT_ONCE).await?;
    if new.is_empty() {
        return Ok(false);
    }
    let mut sorted = 0;
    let mut tx = app.db.begin().await?;
    for message in &new {
        match sort(&mut tx, message).await {
            Ok(()) => sorted += 1,
            // One message, or one client, that cannot be read holds up nobody else.
            Err(fault) if fault.is_about_records() => {
                tracing::error!(jti = message.jti, %fault, "an event was not sorted");
            }
            Err(fault) => return Err(fault),
        }
    }
    tx.commit().await?;
    Ok(sorted == AT_ONCE)
}

/// Sorts one message; one that nobody wants to hear is taken out.
///
/// # Errors
/// When the database fails.
pub async fn sort(tx: &mut Tx, message: &Message) -> Result<(), Fault> {
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

fn way(client: &Client, event: Event) -> Option<Way> {
    let listening = &client.listening;
    match (event, &listening.events) {
        (Event::Logout, _) => listening.backchannel_logout.as_ref().map(|_| Way::Logout),
        (_, Some(Delivery::Push(_))) => Some(Way::Push),
        (_, Some(Delivery::Poll)) => Some(Way::Poll),
        (_, None) => None,
    }
}
