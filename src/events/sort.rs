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
    let sorted = match all(app, &new).await {
        // One message, or one client, that cannot be read holds up nobody else.
        Err(fault) if fault.is_about_records() => one_by_one(app, &new).await?,
        sorted => sorted?,
    };
    let more = sorted.iter().any(|message| message.client == outbox::everybody());
    Ok(more || i64::try_from(sorted.len()).unwrap_or(i64::MAX) == AT_ONCE)
}

async fn all<'a>(app: &App, new: &'a [Message]) -> Result<Vec<&'a Message>, Fault> {
    let mut tx = app.db.begin().await?;
    for message in new {
        sort(&mut tx, message).await?;
    }
    tx.commit().await?;
    Ok(new.iter().collect())
}

/// A transaction for each, so that of a message that cannot be sorted nothing is done.
async fn one_by_one<'a>(app: &App, new: &'a [Message]) -> Result<Vec<&'a Message>, Fault> {
    let mut sorted = Vec::new();
    for message in new {
        match all(app, std::slice::from_ref(message)).await {
            Ok(_) => sorted.push(message),
            Err(fault) if fault.is_about_records() => {
                tracing::error!(jti = message.jti, %fault, "an event was not sorted");
            }
            Err(fault) => return Err(fault),
        }
    }
    Ok(sorted)
}

/// Sorts one message, unless somebody else has since it was read; one that nobody wants to hear is taken out. If it
/// fails, the transaction must not be committed.
///
/// # Errors
/// When the database fails, or the message or its client cannot be read.
pub async fn sort(tx: &mut Tx, message: &Message) -> Result<(), Fault> {
    if message.client == outbox::everybody() {
        return take_apart(tx, message).await;
    }
    let client = oauth::client(tx, &message.client).await?;
    let way = client.as_ref().and_then(|client| way(client, message.event));
    let (Some(client), Some(way)) = (client, way) else {
        outbox::remove_unsorted(tx, &message.jti).await?;
        return Ok(());
    };
    // First it is ours, then it is read as it stands now: whoever was erased meanwhile must not get a new name.
    let Some(message) = outbox::sort(tx, &message.jti, way).await? else { return Ok(()) };
    match (&message.subject, &message.resident) {
        (Some(_), _) => Ok(()),
        (None, Some(resident)) => {
            let subject = resident::subject(tx, resident, &client.sector).await?;
            outbox::call(tx, &message.jti, &subject).await
        }
        (None, None) => Err(Fault::Stored("an event about nobody")),
    }
}

/// One message for each client and consent whose tokens died of the act; what has ended by itself is not told.
async fn take_apart(tx: &mut Tx, message: &Message) -> Result<(), Fault> {
    let resident = message.resident.as_ref().ok_or(Fault::Stored("an event about nobody"))?;
    let stamp = message.facts.get("stamp").and_then(Value::as_i64).ok_or(Fault::Stored("an event without a stamp"))?;
    if !outbox::remove_unsorted(tx, &message.jti).await? {
        // Another one took it apart.
        return Ok(());
    }
    for (client, consent, purpose) in oauth::grants_put_out(tx, resident, stamp).await? {
        let record = consent::current(tx, &consent).await?;
        if record.is_none_or(|record| !record.stands(message.made_at)) {
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
    Ok(())
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
