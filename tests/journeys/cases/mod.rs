//! What residents ask of people: objections and their answers, from her book to the client and back.

mod answering;
mod book;
mod console;
mod objecting;

use reqwest::Method;
use serde_json::Value;

use crate::support::TestApp;
use crate::support::browser::Answer;
use crate::support::partner::Partner;
use crate::support::town::Neighbour;

/// A town with `rp-a`, which fetches its events, and alice, whose plate it read once.
pub struct Scene {
    pub town: TestApp,
    pub a: Partner,
    pub alice: Neighbour,
    /// The number of that read.
    pub entry: u64,
}

pub async fn scene() -> Scene {
    let town = TestApp::start().await;
    let a = town.unregistered("rp-a");
    town.register(&a.manifest().replacen("kind =", "events = \"poll\"\nkind =", 1)).await;
    let alice = town.neighbour("alice").await;
    let code = alice.browser.agrees(&a.pushed(&[]).await, &["plate_masked"]).await;
    let tokens = a.redeems(&code).await.expect(200);
    let read = a.reads("/vault/claims", &tokens.member("access_token")).await.expect(200);
    let entry = read.header("ledger-position").parse().unwrap();
    Scene { town, a, alice, entry }
}

impl Scene {
    /// Alice objects to the read with these words; the page of her case.
    pub async fn objects(&self, fields: &[(&str, &str)]) -> Answer {
        let page = self.alice.browser.open(&format!("/me/cases/new?entry={}", self.entry)).await.expect(200);
        let fields = [&[("kind", "objection")], fields].concat();
        self.alice.browser.submit(&page, "/me/cases", &fields).await.expect(200)
    }
}

/// The id of the case of a page.
pub fn id(page: &Answer) -> String {
    page.path.rsplit('/').next().unwrap().to_owned()
}

/// A client asks at one of its doors.
pub async fn asks(client: &Partner, method: Method, path: &str, body: Option<&Value>) -> Answer {
    let mut request = client.http.request(method, path).bearer_auth(client.assertion());
    if let Some(body) = body {
        request = request.json(body);
    }
    client.http.send(request, path).await
}

pub async fn gets(client: &Partner, path: &str) -> Answer {
    asks(client, Method::GET, path, None).await
}

pub async fn answers(client: &Partner, case: &str, body: &Value) -> Answer {
    asks(client, Method::POST, &format!("/cases/{case}/answer"), Some(body)).await
}
