//! What clients are told of what happens elsewhere: events, logouts, and where residents go afterwards.

mod command;
mod content;
mod crashes;
mod delivery;
mod end_session;
mod fetching;
mod logout;

use latchkey::config::Network;
use latchkey::events::deliver_due;
use serde_json::Value;

use crate::support::TestApp;
use crate::support::browser::Answer;
use crate::support::partner::Partner;
use crate::support::receiver::{Arrived, Receiver};
use crate::support::town::Neighbour;

/// A town with a partner `rp-a` that listens, its server, and `alice`, who is signed in.
pub struct Scene {
    pub town: TestApp,
    pub a: Partner,
    pub alice: Neighbour,
    pub server: Receiver,
}

/// A town that may post to this machine, and has no patience.
pub async fn town() -> TestApp {
    TestApp::start_with(|config| {
        config.outgoing.allow = vec![Network::parse("127.0.0.0/8").unwrap()];
        config.outgoing.connect_milliseconds = 500;
        config.outgoing.whole_milliseconds = 500;
        config.events.long_poll_seconds = 5;
    })
    .await
}

/// A partner whose manifest has these lines besides.
pub async fn listens(town: &TestApp, id: &str, lines: &str) -> Partner {
    let partner = town.unregistered(id);
    town.register(&with(&partner, lines)).await;
    partner
}

/// The manifest of a partner, with these lines.
pub fn with(partner: &Partner, lines: &str) -> String {
    partner.manifest().replacen("kind =", &format!("{lines}\nkind ="), 1)
}

/// The lines of a client that has everything posted to its server.
pub fn all_at(server: &Receiver) -> String {
    let (events, logout) = (server.at("/events"), server.at("/logout"));
    format!("events = \"{events}\"\nbackchannel_logout_uri = \"{logout}\"\nbackchannel_logout_session_required = true")
}

/// The scene, with everything posted.
pub async fn scene() -> Scene {
    let (town, server) = (town().await, Receiver::start().await);
    let a = listens(&town, "rp-a", &all_at(&server)).await;
    let alice = town.neighbour("alice").await;
    Scene { town, a, alice, server }
}

impl Scene {
    /// Alice gives `rp-a` these claims; the tokens.
    pub async fn gives(&self, claims: &[&str]) -> Answer {
        let address = self.a.pushed(&[("prompt", "consent")]).await;
        self.a.redeems(&self.alice.browser.agrees(&address, claims).await).await.expect(200)
    }

    /// Delivers what is due; how much that was.
    pub async fn deliver(&self) -> usize {
        deliver_due(&self.town.app).await.unwrap()
    }

    /// Alice stops `rp-a`.
    pub async fn stops(&self) {
        stops(&self.town, &self.alice).await;
    }

    /// Events that arrived: header and claims of each, verified.
    pub async fn events(&self) -> Vec<(Value, Value)> {
        let mut events = Vec::new();
        for arrived in self.server.arrived().iter().filter(|arrived| arrived.path == "/events") {
            events.push(self.town.verified(&arrived.body).await);
        }
        events
    }

    /// The kinds of events that arrived, without where they are defined.
    pub async fn kinds(&self) -> Vec<String> {
        self.events().await.iter().map(|(_, claims)| kind(claims)).collect()
    }
}

/// A resident stops the first app of her list.
pub async fn stops(town: &TestApp, who: &Neighbour) {
    let mut tx = town.app.db.read().await.unwrap();
    let records = latchkey::consent::of_resident(&mut tx, &who.resident.id).await.unwrap();
    drop(tx);
    let record = records.iter().find(|record| record.ended_at.is_none()).expect("something to stop");
    let page = who.browser.open(&format!("/me/apps/{}", record.id)).await.expect(200);
    who.browser.submit(&page, &format!("/me/apps/{}/stop", record.id), &[]).await.expect(200);
}

/// The kind of an event, without where it is defined.
pub fn kind(claims: &Value) -> String {
    let events = claims["events"].as_object().unwrap();
    assert_eq!(events.len(), 1);
    events.keys().next().unwrap().rsplit('/').next().unwrap().to_owned()
}

/// The names of the tokens that arrived.
pub fn names(arrived: &[Arrived]) -> Vec<String> {
    let name = |arrived: &Arrived| crate::protocol::payload(&arrived.body)["jti"].as_str().unwrap().to_owned();
    arrived.iter().map(name).collect()
}
