//! A step of a case: its event, its entry in the ledger.

use super::Case;
use super::body::{self, Body};
use super::store::{self, Event};
use crate::app::App;
use crate::custody;
use crate::db::Tx;
use crate::fault::Fault;
use crate::ids::{PersonId, RequestId};
use crate::ledger::{Actor, By, Entry, Extra, Head, Kind};

/// By whom a step is made.
pub(super) enum Hand<'a> {
    /// The client the case is about.
    Client,
    /// Anybody whom entries know.
    Of(&'a By),
}

impl Hand<'_> {
    fn actor(&self) -> Actor {
        match self {
            Self::Client => Actor::Client,
            Self::Of(by) => by.actor(),
        }
    }

    fn person(&self) -> Option<&PersonId> {
        match self {
            Self::Of(By::Staff(person)) => Some(person),
            Self::Client | Self::Of(_) => None,
        }
    }
}

/// A step, as its event and its entry say it.
pub(super) struct Act<'a> {
    /// The event's word.
    pub word: &'static str,
    /// The entry's reason.
    pub reason: &'static str,
    /// Who.
    pub hand: Hand<'a>,
    /// The HTTP request.
    pub request: Option<&'a RequestId>,
    /// What was written.
    pub body: Option<Body>,
}

/// Enters a step of a case that stands at `case.seq` by now. Where its entry stands.
pub(super) async fn step(tx: &mut Tx, app: &App, head: &mut Head, case: &Case, act: Act<'_>) -> Result<u64, Fault> {
    let mut entry = Entry::about(Kind::Case, &case.resident, app.now());
    entry.client.clone_from(&case.client);
    entry.purpose.clone_from(&case.purpose);
    entry.claims.clone_from(&case.claims);
    entry.consent.clone_from(&case.consent);
    entry.reason = act.reason;
    entry.request = act.request.cloned();
    entry.extra = Extra::Notes(vec![("case", case.id.to_string())]);
    let entry = match &act.hand {
        Hand::Client => Entry { actor: Actor::Client, ..entry },
        Hand::Of(by) => entry.by(by),
    };
    let position = custody::enter(tx, &app.custody, head, entry).await?.position();
    let body = match &act.body {
        Some(body) => Some(body::seal(tx, app, &case.resident, &case.id, case.seq, body).await?),
        None => None,
    };
    let event = Event {
        case,
        word: act.word,
        at: app.now().seconds(),
        actor: act.hand.actor().as_str(),
        person: act.hand.person(),
        position: Some(position),
        body,
    };
    store::insert_event(tx, &event).await?;
    Ok(position)
}
