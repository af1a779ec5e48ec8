//! What an event says, and what it does not.

use latchkey::ids::RequestId;
use latchkey::{consent, events};
use serde_json::json;

use super::{Scene, listens, scene, town};
use crate::protocol::payload;
use crate::support::app::{ISSUER, START};
use crate::support::receiver::Receiver;

#[tokio::test]
async fn a_given_consent_is_told_by_a_signed_event() {
    let scene = scene().await;
    let tokens = scene.gives(&["plate_masked"]).await;
    assert_eq!(scene.deliver().await, 1);
    let arrived = scene.server.arrived();
    assert_eq!((arrived[0].method.as_str(), arrived[0].path.as_str()), ("POST", "/events"));
    assert_eq!(arrived[0].headers["content-type"], "application/secevent+jwt");
    assert!(arrived[0].headers["accept"].to_str().unwrap().contains("application/json"));

    let (header, claims) = scene.events().await.remove(0);
    assert_eq!(header["typ"], "secevent+jwt");
    assert_eq!((&claims["iss"], &claims["aud"]), (&json!(ISSUER), &json!("rp-a")));
    assert_eq!((&claims["iat"], &claims["toe"]), (&json!(START), &json!(START)));
    assert_eq!(claims["jti"].as_str().unwrap().len(), 32);
    assert_eq!(claims["txn"].as_str().unwrap().len(), 32);
    let subject = payload(&tokens.member("id_token"))["sub"].clone();
    assert_eq!(claims["sub_id"], json!({ "format": "iss_sub", "iss": ISSUER, "sub": subject }));
    let told = &claims["events"][format!("{ISSUER}/events/consent-given")];
    assert_eq!(told["purpose"], "parking.book");
    assert_eq!(told["claims"], json!(["is_resident", "plate_masked"]));
    assert_eq!(told["consent_id"].as_str().unwrap().len(), 32);
    assert!(told["valid_until"].as_i64().unwrap() > START);
    // Nobody can take it for an ID token, and nothing in it is of the resident's data.
    for member in ["sub", "exp", "nonce", "sid", "at_hash"] {
        assert!(claims.get(member).is_none(), "{member}");
    }
    let said = claims.to_string();
    assert!(!said.contains(scene.alice.resident.id.as_str()));
    // A room's number of three digits may stand in any random id.
    let telling = |value: &&String| value.chars().count() > 2 && !(value.is_ascii() && value.len() < 6);
    for value in scene.alice.resident.fields.values().filter(telling) {
        assert!(!said.contains(value.as_str()), "{value}");
    }
}

#[tokio::test]
async fn every_act_on_a_consent_is_told_once() {
    let scene = scene().await;
    scene.gives(&["plate_masked"]).await;
    scene.town.pass_seconds(1);
    scene.gives(&[]).await; // less: the plate is left out
    scene.town.pass_seconds(1);
    scene.gives(&["plate_masked", "building_no"]).await; // more
    scene.town.pass_seconds(1);
    scene.stops().await;
    scene.town.pass_seconds(1);
    scene.gives(&[]).await;
    scene.town.pass_seconds(400 * 86_400);
    assert_eq!(consent::expire(&scene.town.app).await.unwrap(), 1);
    scene.deliver().await;
    let given = "consent-given";
    let expected = [given, "consent-narrowed", given, "consent-withdrawn", given, "consent-expired"];
    assert_eq!(scene.kinds().await, expected);

    let events = scene.events().await;
    let fact =
        |at: usize, name: &str| events[at].1["events"].as_object().unwrap().values().next().unwrap()[name].clone();
    assert_eq!(fact(1, "claims"), json!(["is_resident"]));
    assert_eq!(fact(1, "replaces"), json!([fact(0, "consent_id")]));
    assert_eq!(fact(2, "replaces"), json!([fact(1, "consent_id")]));
    assert_eq!(fact(3, "consent_id"), fact(2, "consent_id"));
    assert!(fact(4, "replaces").is_null(), "nothing was in force");
    assert_eq!(fact(5, "consent_id"), fact(4, "consent_id"));
    assert!(events[5].1.get("txn").is_none(), "nobody asked for an expiry");
    assert_eq!(events[5].1["toe"], json!(scene.town.app.now().seconds()));
    assert_eq!((scene.deliver().await, consent::expire(&scene.town.app).await.unwrap()), (0, 0));
}

#[tokio::test]
async fn a_grant_that_the_service_ends_is_told_and_one_that_its_client_gives_back_is_not() {
    let scene = scene().await;
    let address = scene.a.pushed(&[]).await;
    let code = scene.alice.browser.agrees(&address, &[]).await;
    let tokens = scene.a.redeems(&code).await.expect(200);
    scene.town.pass_seconds(1);
    for _ in 0..3 {
        scene.a.redeems(&code).await.refused(400, "invalid_grant");
    }
    scene.a.reads("/userinfo", &tokens.member("access_token")).await.refused(401, "invalid_token");
    scene.town.pass_seconds(1);
    let second = scene.gives(&[]).await;
    scene.a.asks("/revoke", &[("token", second.member("refresh_token").as_str())]).await.expect(200);
    scene.deliver().await;
    assert_eq!(scene.kinds().await, ["consent-given", "grant-revoked", "consent-given"]);
    let events = scene.events().await;
    let told = &events[1].1["events"][format!("{ISSUER}/events/grant-revoked")];
    assert_eq!((&told["purpose"], &told["reason"]), (&json!("parking.book"), &json!("code")));
    let given = &events[0].1["events"][format!("{ISSUER}/events/consent-given")];
    assert_eq!(told["consent_id"], given["consent_id"]);
}

#[tokio::test]
async fn whoever_moves_out_or_is_erased_is_told_of_to_those_that_knew_her() {
    let scene = scene().await;
    let (town, server) = (&scene.town, Receiver::start().await);
    listens(town, "rp-b", &super::all_at(&server)).await;
    let c = listens(town, "rp-c", &super::all_at(&server)).await;
    scene.gives(&[]).await;
    scene.deliver().await;
    let (app, alice) = (&town.app, &scene.alice.resident.id);
    let request: RequestId = latchkey::crypto::random::id().unwrap();

    let mut tx = app.db.begin().await.unwrap();
    events::moved_out(&mut tx, app, alice, Some(&request)).await.unwrap();
    tx.commit().await.unwrap();
    scene.deliver().await;

    scene.stops().await;
    scene.alice.browser.agrees(&c.pushed(&[]).await, &[]).await;
    town.pass_seconds(1);
    let mut tx = app.db.begin().await.unwrap();
    events::erased(&mut tx, app, alice, Some(&request)).await.unwrap();
    tx.commit().await.unwrap();
    let left = format!("outbox WHERE resident = '{alice}'");
    assert_eq!(town.count(&left).await, 0, "nothing on its way leads to her");
    town.force("DELETE FROM resident_subject").await;
    scene.deliver().await;
    let expected = ["consent-given", "resident-moved-out", "consent-withdrawn", "account-purged"];
    assert_eq!(scene.kinds().await, expected);
    let events = scene.events().await;
    let subjects: Vec<_> = events.iter().map(|(_, claims)| claims["sub_id"]["sub"].clone()).collect();
    assert!(subjects.iter().all(|subject| *subject == subjects[0]), "the same name to the end");
    let risc = "https://schemas.openid.net/secevent/risc/event-type/account-purged";
    assert_eq!(events[3].1["events"], json!({ risc: {} }));
    assert!(server.arrived().iter().all(|arrived| payload(&arrived.body)["aud"] == "rp-c"), "rp-b never knew her");
    // One act, and nothing that two clients were told of it is the same.
    let purged = payload(&server.arrived().last().unwrap().body);
    assert_eq!(purged["events"], json!({ risc: {} }));
    assert_eq!(events[3].1["txn"].as_str().unwrap().len(), 32);
    for name in ["txn", "jti", "aud", "sub_id"] {
        assert_ne!(purged[name], events[3].1[name], "{name}");
    }
    assert_ne!(purged["txn"], json!(request.as_str()));
    assert_eq!(events[3].1["txn"], events[1].1["txn"], "one request, one name for one client");
}

#[tokio::test]
async fn a_client_that_does_not_listen_is_told_nothing_and_nothing_is_kept() {
    let town = town().await;
    let a = town.partner("rp-a").await;
    let alice = town.neighbour("alice").await;
    let server = Receiver::start().await;
    let scene = Scene { town, a, alice, server };
    scene.gives(&[]).await;
    assert_eq!((scene.town.count("outbox").await, scene.deliver().await), (1, 0));
    assert_eq!(scene.town.count("outbox").await, 0);
}
