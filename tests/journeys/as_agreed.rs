//! What was agreed is what is given: in the form that was shown, by the session that is still open.

use latchkey::resident::{self, Refusal};
use latchkey::vault;
use reqwest::Method;

use crate::support::TestApp;
use crate::support::partner::Partner;
use crate::support::town::Neighbour;

async fn flats(town: &TestApp, count: i64) {
    let mut tx = town.app.db.begin().await.unwrap();
    vault::raise_flats(&mut tx, "3", count, town.app.now()).await.unwrap();
    tx.commit().await.unwrap();
}

/// What a new consent to the building leads to, and its token.
async fn agrees(parking: &Partner, alice: &Neighbour) -> String {
    let address = parking.pushed(&[("prompt", "consent")]).await;
    let code = alice.browser.agrees(&address, &["building_no"]).await;
    parking.redeems(&code).await.expect(200).member("access_token")
}

async fn claims(parking: &Partner, token: &str) -> serde_json::Value {
    parking.reads("/vault/claims", token).await.expect(200).json()["claims"].clone()
}

#[tokio::test]
async fn a_building_that_grows_stays_behind_its_community_until_it_is_agreed_to() {
    let town = TestApp::start().await;
    let (parking, alice) = (town.partner("rp-a").await, town.neighbour("alice").await);
    flats(&town, 19).await;
    let token = agrees(&parking, &alice).await;
    let coarse = claims(&parking, &token).await;
    assert!(coarse.get("community_id").is_some() && coarse.get("building_no").is_none(), "{coarse}");

    town.pass_seconds(1);
    flats(&town, 20).await;
    town.pass_seconds(1);
    assert_eq!(claims(&parking, &token).await, coarse, "she was shown the community, and agreed to that");

    let token = agrees(&parking, &alice).await;
    let fine = claims(&parking, &token).await;
    assert_eq!(fine["building_no"], "3", "{fine}");
}

#[tokio::test]
async fn a_session_that_was_ended_meanwhile_does_nothing_more() {
    let town = TestApp::start().await;
    let alice = town.neighbour("alice").await;
    let cookie = alice.browser.cookie("__Host-latchkey").unwrap();
    let session = resident::find(&town.app, &cookie).await.unwrap().unwrap();
    // The request found the session open; before its turn came, somebody ended it.
    resident::end(&town.app, &session.id).await.unwrap();
    let request = latchkey::crypto::random::id().unwrap();
    assert!(matches!(resident::new_sheet(&town.app, &session, &request).await, Err(Refusal::NotFresh)));
    let key = resident::keys(&town.app, &alice.resident.id).await.unwrap().remove(0);
    assert!(matches!(resident::remove(&town.app, &session, &key.id, &request).await, Err(Refusal::NotFresh)));
    assert_eq!(town.key_count(&alice.resident.id).await, 1);
}

#[tokio::test]
async fn head_answers_no_question() {
    let town = TestApp::start().await;
    let (parking, alice) = (town.partner("rp-a").await, town.neighbour("alice").await);
    let page = alice.browser.open(&parking.pushed(&[]).await).await.expect(200);
    let head = alice.browser.send(alice.browser.request(Method::HEAD, &page.path), &page.path).await;
    assert_eq!((head.status.as_u16(), head.header("allow")), (405, "GET, POST"));
    alice.browser.open(&page.path).await.expect(200);
}
