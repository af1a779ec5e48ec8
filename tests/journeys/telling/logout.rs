//! Clients are told when a session ends in which they got an ID token (OpenID Connect Back-Channel Logout 1.0).

use serde_json::{Value, json};

use super::{Scene, all_at, listens, scene};
use crate::protocol::payload;
use crate::support::app::ISSUER;
use crate::support::browser::{Answer, Browser};
use crate::support::partner::Partner;
use crate::support::receiver::{Receiver, Reply};
use crate::support::{SoftPasskey, html};

/// The logout tokens that arrived, verified.
async fn logouts(scene: &Scene, server: &Receiver) -> Vec<(Value, Value)> {
    let mut tokens = Vec::new();
    for arrived in server.arrived().iter().filter(|arrived| arrived.path == "/logout") {
        assert_eq!(arrived.headers["content-type"], "application/x-www-form-urlencoded");
        let token = arrived.body.strip_prefix("logout_token=").expect("one parameter");
        tokens.push(scene.town.verified(token).await);
    }
    tokens
}

/// Signs in to a client in this browser; the claims of the ID token.
async fn signs_in_to(browser: &Browser, client: &Partner) -> Value {
    let code = browser.agrees(&client.pushed(&[]).await, &[]).await;
    payload(&client.redeems(&code).await.expect(200).member("id_token"))
}

async fn signs_out(browser: &Browser) -> Answer {
    let page = browser.open("/me/mine").await.expect(200);
    browser.submit(&page, "/sign-out", &[]).await.expect(200)
}

#[tokio::test]
async fn case_108_a_logout_token_says_who_and_which_session_and_lives_two_minutes() {
    let scene = scene().await;
    let id_token = signs_in_to(&scene.alice.browser, &scene.a).await;
    assert_eq!(id_token["sid"].as_str().unwrap().len(), 32);
    assert!(logouts(&scene, &scene.server).await.is_empty());
    signs_out(&scene.alice.browser).await;
    scene.deliver().await;
    let (header, claims) = logouts(&scene, &scene.server).await.remove(0);
    assert_eq!(header["typ"], "logout+jwt");
    assert_eq!((&claims["iss"], &claims["aud"]), (&json!(ISSUER), &json!("rp-a")));
    assert_eq!((&claims["sub"], &claims["sid"]), (&id_token["sub"], &id_token["sid"]));
    assert_eq!(claims["events"], json!({ "http://schemas.openid.net/event/backchannel-logout": {} }));
    let (iat, exp) = (claims["iat"].as_i64().unwrap(), claims["exp"].as_i64().unwrap());
    assert_eq!(iat, scene.town.app.now().seconds());
    assert!(exp > iat && exp - iat <= 120);
    assert!(claims.get("nonce").is_none() && claims["jti"].is_string());
    scene.deliver().await;
    assert_eq!(logouts(&scene, &scene.server).await.len(), 1, "once");
}

#[tokio::test]
async fn each_client_has_a_name_of_its_own_for_the_session() {
    let scene = scene().await;
    let server = Receiver::start().await;
    let b = listens(&scene.town, "rp-b", &all_at(&server)).await;
    let first = signs_in_to(&scene.alice.browser, &scene.a).await;
    let other = signs_in_to(&scene.alice.browser, &b).await;
    assert_ne!(first["sid"], other["sid"]);
    assert_eq!(signs_in_to(&scene.alice.browser, &scene.a).await["sid"], first["sid"], "one session, one name");
    // rp-c got no ID token in this session: there is nothing to tell it.
    let c = listens(&scene.town, "rp-c", &all_at(&server)).await;
    scene.alice.browser.agrees(&c.pushed(&[]).await, &[]).await;
    signs_out(&scene.alice.browser).await;
    scene.deliver().await;
    assert_eq!(logouts(&scene, &scene.server).await[0].1["sid"], first["sid"]);
    let told = logouts(&scene, &server).await;
    assert_eq!((told.len(), &told[0].1["sid"], &told[0].1["aud"]), (1, &other["sid"], &json!("rp-b")));
}

#[tokio::test]
async fn a_later_attempt_has_a_fresh_end_and_the_same_name() {
    let scene = scene().await;
    signs_in_to(&scene.alice.browser, &scene.a).await;
    scene.deliver().await;
    signs_out(&scene.alice.browser).await;
    scene.server.next([Reply::Status(503)]);
    scene.deliver().await;
    scene.town.pass_seconds(600);
    scene.deliver().await;
    let tokens = logouts(&scene, &scene.server).await;
    assert_eq!((tokens.len(), &tokens[0].1["jti"]), (2, &tokens[1].1["jti"]));
    assert_eq!(tokens[1].1["exp"].as_i64().unwrap() - tokens[0].1["exp"].as_i64().unwrap(), 600);
}

#[tokio::test]
async fn sessions_that_are_ended_elsewhere_are_told_of_and_the_own_is_not() {
    let mut scene = scene().await;
    let library = scene.town.browser();
    library.signs_in(&mut scene.alice.phone).await.expect(200);
    let here = signs_in_to(&scene.alice.browser, &scene.a).await;
    let there = signs_in_to(&library, &scene.a).await;
    assert_ne!(here["sid"], there["sid"]);
    assert_eq!(here["sub"], there["sub"]);
    let page = scene.alice.browser.open("/me/passkeys").await.expect(200);
    scene.deliver().await;
    scene.town.pass_seconds(1);
    scene.alice.browser.submit(&page, "/me/sessions/end-others", &[]).await.expect(200);
    scene.deliver().await;
    let told = logouts(&scene, &scene.server).await;
    assert_eq!((told.len(), &told[0].1["sid"]), (1, &there["sid"]));
    // That press ended all tokens as well: once for the consent, though two grants rested on it.
    assert_eq!(scene.kinds().await, ["consent-given", "grant-revoked"]);
    let told = &scene.events().await[1].1["events"][format!("{ISSUER}/events/grant-revoked")];
    assert_eq!((&told["reason"], &told["purpose"]), (&json!("all_ended"), &json!("parking.book")));
    assert_eq!(scene.town.count("outbox WHERE done_at IS NULL").await, 0);
}

#[tokio::test]
async fn a_lock_is_told_to_every_client_that_was_let_in() {
    let scene = scene().await;
    let id_token = signs_in_to(&scene.alice.browser, &scene.a).await;
    scene.deliver().await;
    let lock = async || latchkey::erasure::lock(&scene.town.app, &scene.alice.resident.id, "lost").await.unwrap();
    scene.town.pass_seconds(1);
    assert!(lock().await);
    scene.deliver().await;
    assert_eq!(logouts(&scene, &scene.server).await[0].1["sid"], id_token["sid"]);
    assert_eq!(scene.kinds().await, ["consent-given", "grant-revoked"]);
    assert!(!lock().await);
    assert_eq!(scene.deliver().await, 0);
}

#[tokio::test]
async fn a_recovery_and_the_removal_of_a_passkey_end_sessions_at_the_clients_too() {
    let scene = scene().await;
    let first = signs_in_to(&scene.alice.browser, &scene.a).await;
    scene.town.pass_seconds(1);
    let page = scene.alice.browser.open("/me/passkeys").await.expect(200);
    let sheet = scene.alice.browser.submit(&page, "/me/recovery-codes", &[]).await.expect(200);
    let code = html::text(&sheet.body).split(' ').find(|word| word.len() == 29).unwrap().to_owned();
    let (browser, mut phone) = (scene.town.browser(), SoftPasskey::new());
    let page = browser.open("/recover").await.expect(200);
    let page = browser.submit(&page, "/recover", &[("code", &code)]).await.expect(200);
    browser.registers(&page, &mut phone).await.expect(200);
    scene.deliver().await;
    assert_eq!(logouts(&scene, &scene.server).await.pop().unwrap().1["sid"], first["sid"]);

    let second = signs_in_to(&browser, &scene.a).await;
    scene.town.pass_seconds(1);
    let keys = latchkey::resident::keys(&scene.town.app, &scene.alice.resident.id).await.unwrap();
    let page = browser.open("/me/passkeys").await.expect(200);
    browser.registers(&page, &mut SoftPasskey::new()).await.expect(200);
    let page = browser.open("/me/passkeys").await.expect(200);
    // The one by which this browser came in.
    browser.submit(&page, &format!("/me/passkeys/{}/remove", keys[0].id), &[]).await;
    scene.deliver().await;
    let told = logouts(&scene, &scene.server).await;
    assert_eq!((told.len(), &told[1].1["sid"]), (2, &second["sid"]));
}

#[tokio::test]
async fn signing_in_again_in_the_same_browser_signs_nobody_out_but_another_resident() {
    let mut scene = scene().await;
    let first = signs_in_to(&scene.alice.browser, &scene.a).await;
    scene.alice.browser.signs_in(&mut scene.alice.phone).await.expect(200);
    scene.deliver().await;
    assert!(logouts(&scene, &scene.server).await.is_empty());
    assert_eq!(signs_in_to(&scene.alice.browser, &scene.a).await["sid"], first["sid"], "it goes on");

    let mut bob = scene.town.neighbour("bob").await;
    scene.alice.browser.signs_in(&mut bob.phone).await.expect(200);
    scene.deliver().await;
    let told = logouts(&scene, &scene.server).await;
    assert_eq!((told.len(), &told[0].1["sid"], &told[0].1["sub"]), (1, &first["sid"], &first["sub"]));
}

#[tokio::test]
async fn a_session_that_ended_before_the_code_was_redeemed_is_told_of_right_after() {
    let scene = scene().await;
    let code = scene.alice.browser.agrees(&scene.a.pushed(&[]).await, &[]).await;
    signs_out(&scene.alice.browser).await;
    scene.deliver().await;
    assert!(logouts(&scene, &scene.server).await.is_empty(), "it knows of no session yet");
    let id_token = payload(&scene.a.redeems(&code).await.expect(200).member("id_token"));
    scene.deliver().await;
    assert_eq!(logouts(&scene, &scene.server).await[0].1["sid"], id_token["sid"]);
}
