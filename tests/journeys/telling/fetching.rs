//! A client that fetches its events (RFC 8936).

use std::time::{Duration, Instant};

use latchkey::events::{deliver_due, operator};
use latchkey::ids::ClientId;
use reqwest::Method;
use serde_json::{Value, json};

use super::{kind, listens, stops, town};
use crate::support::TestApp;
use crate::support::browser::Answer;
use crate::support::partner::Partner;
use crate::support::shop;
use crate::support::town::Neighbour;

async fn start() -> (TestApp, Partner, Neighbour) {
    let town = town().await;
    let a = listens(&town, "rp-a", "events = \"poll\"").await;
    let alice = town.neighbour("alice").await;
    (town, a, alice)
}

/// Asks with this header and this body.
async fn asks(client: &Partner, header: &str, body: &str) -> Answer {
    let path = "/events/poll";
    let request = client.http.request(Method::POST, path).header("content-type", "application/json");
    client.http.send(request.header("authorization", header).body(body.to_owned()), path).await
}

/// Asks as it should.
async fn fetches(client: &Partner, body: Value) -> Answer {
    asks(client, &format!("Bearer {}", client.assertion()), &body.to_string()).await
}

fn names(answer: &Answer) -> Vec<String> {
    answer.json()["sets"].as_object().unwrap().keys().cloned().collect()
}

async fn gives(a: &Partner, alice: &Neighbour) {
    alice.browser.agrees(&a.pushed(&[("prompt", "consent")]).await, &[]).await;
}

#[tokio::test]
async fn what_waits_comes_until_it_is_acknowledged() {
    let (town, a, alice) = start().await;
    let now = json!({ "returnImmediately": true });
    assert_eq!(fetches(&a, now.clone()).await.expect(200).json(), json!({ "sets": {} }));
    gives(&a, &alice).await;
    town.pass_seconds(1);
    stops(&town, &alice).await;
    let first = fetches(&a, now.clone()).await.expect(200);
    assert_eq!(first.header("content-type"), "application/json");
    assert_eq!(first.header("cache-control"), "no-store");
    let all = names(&first);
    assert_eq!(all.len(), 2);
    let mut kinds = Vec::new();
    for name in &all {
        let (header, claims) = town.verified(first.json()["sets"][name].as_str().unwrap()).await;
        assert_eq!((&header["typ"], &claims["jti"]), (&json!("secevent+jwt"), &json!(name)));
        assert_eq!(claims["aud"], "rp-a");
        kinds.push(kind(&claims));
    }
    kinds.sort();
    assert_eq!(kinds, ["consent-given", "consent-withdrawn"]);
    assert_eq!(names(&fetches(&a, now.clone()).await.expect(200)), all, "nothing was acknowledged");

    // One at a time, oldest first; the other is still there.
    let one = fetches(&a, json!({ "maxEvents": 1 })).await.expect(200).json();
    assert_eq!((one["sets"].as_object().unwrap().len(), &one["moreAvailable"]), (1, &json!(true)));
    let (name, token) = one["sets"].as_object().unwrap().iter().next().unwrap();
    assert_eq!(kind(&town.verified(token.as_str().unwrap()).await.1), "consent-given");
    let rest = fetches(&a, json!({ "ack": [name], "maxEvents": 1 })).await.expect(200);
    assert_eq!((names(&rest).len(), rest.json().get("moreAvailable")), (1, None));
    let ack = json!({ "ack": names(&rest), "maxEvents": 0, "returnImmediately": true });
    assert_eq!(fetches(&a, ack.clone()).await.expect(200).json(), json!({ "sets": {} }));
    fetches(&a, ack).await.expect(200);
    assert_eq!(town.count("outbox WHERE done_at IS NULL").await, 0);
}

#[tokio::test]
async fn nobody_else_fetches_or_acknowledges_them() {
    let (town, a, alice) = start().await;
    let b = listens(&town, "rp-b", "events = \"poll\"").await;
    let c = town.partner("rp-c").await;
    gives(&a, &alice).await;
    let name = names(&fetches(&a, json!({ "returnImmediately": true })).await.expect(200)).remove(0);
    let theft =
        json!({ "ack": [name], "setErrs": { name.clone(): { "err": "invalid_key" } }, "returnImmediately": true });
    assert_eq!(fetches(&b, theft.clone()).await.expect(200).json(), json!({ "sets": {} }));
    fetches(&c, theft.clone()).await.refused(400, "unauthorized_client");
    let by_b = format!("Bearer {}", b.key.sign(&json!({ "alg": "ES256" }), &a.assertion_claims()));
    for header in ["Bearer x", "Basic cnAtYTp4", "DPoP x", "Bearer", &by_b] {
        asks(&a, header, &theft.to_string()).await.refused(401, "invalid_client");
    }
    let request = a.http.request(Method::POST, "/events/poll").json(&theft);
    a.http.send(request, "/events/poll").await.refused(401, "invalid_client");
    let once = format!("Bearer {}", a.assertion());
    asks(&a, &once, "{\"returnImmediately\":true}").await.expect(200);
    asks(&a, &once, "{\"returnImmediately\":true}").await.refused(401, "invalid_client");
    assert_eq!(names(&fetches(&a, json!({ "returnImmediately": true })).await.expect(200)), [name]);
}

#[tokio::test]
async fn what_cannot_be_read_is_refused() {
    let (_town, a, _alice) = start().await;
    for body in ["", "[]", "{\"ack\":1}", "{\"ack\":[\"a\"],\"ack\":[]}"] {
        asks(&a, &format!("Bearer {}", a.assertion()), body).await.refused(400, "invalid_request");
    }
    let path = "/events/poll";
    let request = a.http.request(Method::POST, path).bearer_auth(a.assertion()).form(&[("ack", "a")]);
    a.http.send(request, path).await.refused(415, "invalid_request");
    a.http.get(path).await.expect(405);
}

#[tokio::test]
async fn what_a_client_cannot_take_is_given_up() {
    let (town, a, alice) = start().await;
    gives(&a, &alice).await;
    let name = names(&fetches(&a, json!({ "returnImmediately": true })).await.expect(200)).remove(0);
    let error =
        json!({ "setErrs": { name.clone(): { "err": "invalid_key", "description": "?" } }, "returnImmediately": true });
    assert_eq!(fetches(&a, error).await.expect(200).json(), json!({ "sets": {} }));
    let (dead, _) = operator::list(&town.app, true).await.unwrap();
    assert_eq!((dead[0].jti.as_str(), dead[0].failed.as_deref()), (name.as_str(), Some("invalid_key")));
    assert_eq!(operator::retry(&town.app, None).await.unwrap(), 1);
    assert_eq!(names(&fetches(&a, json!({})).await.expect(200)), [name]);
    // What nobody fetches for two weeks is given up as well.
    town.pass_seconds(14 * 86_400 + 1);
    let mut tx = town.app.db.begin().await.unwrap();
    latchkey::events::sweep(&mut tx, &town.app).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(operator::list(&town.app, true).await.unwrap().0[0].failed.as_deref(), Some("never_fetched"));
}

#[tokio::test]
async fn a_client_that_waits_is_told_as_soon_as_there_is_something() {
    let (town, a, alice) = start().await;
    let act = async {
        seated(&town, true).await;
        gives(&a, &alice).await;
        assert_eq!(deliver_due(&town.app).await.unwrap(), 0, "it is only sorted");
    };
    let (answer, ()) = tokio::join!(fetches(&a, json!({})), act);
    assert_eq!(names(&answer.expect(200)).len(), 1);
}

/// Until `rp-a` waits, or waits no longer.
async fn seated(town: &TestApp, waits: bool) {
    let id = ClientId::parse("rp-a").unwrap();
    while town.app.long_polls.begin(&id).is_none() != waits {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_client_waits_once_at_a_time_and_no_longer_than_it_is_there() {
    let (town, a, alice) = start().await;
    let act = async {
        seated(&town, true).await;
        let second = fetches(&a, json!({})).await.expect(200);
        assert_eq!(second.json(), json!({ "sets": {} }), "answered at once: the first one waits still");
        seated(&town, true).await;
        gives(&a, &alice).await;
        deliver_due(&town.app).await.unwrap();
    };
    let (first, ()) = tokio::join!(fetches(&a, json!({})), act);
    let ack = json!({ "ack": names(&first.expect(200)), "returnImmediately": true });
    assert_eq!(fetches(&a, ack).await.expect(200).json(), json!({ "sets": {} }));

    let begun = Instant::now();
    tokio::select! {
        _ = fetches(&a, json!({})) => panic!("there is nothing to be told"),
        () = seated(&town, true) => {}
    }
    seated(&town, false).await;
    assert!(begun.elapsed() < Duration::from_secs(4), "it waited on for nobody");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_client_may_acknowledge_from_two_places_in_any_order() {
    let (town, a, alice) = start().await;
    for _ in 0..8 {
        for _ in 0..6 {
            gives(&a, &alice).await;
            town.pass_seconds(1);
        }
        let all = names(&fetches(&a, json!({ "returnImmediately": true })).await.expect(200));
        let (half, rest) = all.split_at(3);
        let refused =
            |names: &[String]| names.iter().map(|name| (name.clone(), json!({ "err": "x" }))).collect::<Value>();
        let body = |taken: &[String], errors: &[String]| {
            let taken: Vec<_> = taken.iter().rev().chain(taken).collect();
            json!({ "ack": taken, "setErrs": refused(errors), "maxEvents": 0 })
        };
        let (one, other) = tokio::join!(fetches(&a, body(half, rest)), fetches(&a, body(rest, half)));
        one.expect(200);
        other.expect(200);
        assert_eq!(town.count("outbox WHERE done_at IS NULL AND dead_at IS NULL").await, 0);
    }
}

#[tokio::test]
async fn an_ordinary_client_fetches_by_its_secret() {
    let town = town().await;
    let manifest = shop::manifest("client_secret_basic").replacen("kind =", "events = \"poll\"\nkind =", 1);
    let registered = latchkey::oauth::register(&town.app, &manifest).await.unwrap();
    let secret = registered.secret.unwrap();
    let shop = shop::Shop::with(&town, secret.expose());
    let alice = town.neighbour("alice").await;
    alice.browser.agrees(&shop.plain("openid cc:signin.basic"), &[]).await;
    let request = shop.http.request(Method::POST, "/events/poll").basic_auth("shop", Some(secret.expose()));
    let answer = shop.http.send(request.json(&json!({ "returnImmediately": true })), "/events/poll").await.expect(200);
    assert_eq!(names(&answer).len(), 1);
}
