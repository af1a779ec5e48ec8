//! A client asks that its resident be signed out (OpenID Connect RP-Initiated Logout 1.0).

use reqwest::Method;
use serde_json::json;

use super::{Scene, all_at, listens, scene, with};
use crate::protocol::payload;
use crate::support::app::ISSUER;
use crate::support::browser::Answer;
use crate::support::keys::changed;

const BYE: &str = "https://a.test/bye";

/// The scene, with a place to go to afterwards, and an ID token of alice.
async fn start() -> (Scene, String) {
    let scene = scene().await;
    let lines = format!("post_logout_redirect_uris = [\"{BYE}\"]\n{}", all_at(&scene.server));
    scene.town.register(&with(&scene.a, &lines)).await;
    let id_token = scene.gives(&[]).await.member("id_token");
    scene.deliver().await;
    (scene, id_token)
}

fn address(pairs: &[(&str, &str)]) -> String {
    let mut query = form_urlencoded::Serializer::new("/end_session?".to_owned());
    query.extend_pairs(pairs);
    query.finish()
}

/// A page that ended nothing and leads nowhere.
async fn stays(scene: &Scene, answer: Answer) {
    answer.error_page();
    assert!(scene.alice.browser.is_in().await);
}

#[tokio::test]
async fn case_107_another_site_cannot_sign_anybody_out() {
    let (scene, id_token) = start().await;
    let good = [("id_token_hint", id_token.as_str()), ("post_logout_redirect_uri", BYE), ("state", "s t&a")];
    // As evil.test has the browser open it, with a genuine hint.
    let evil = scene.alice.browser.with_header("sec-fetch-site", "cross-site").in_english();
    let page = evil.get(&address(&good)).await.expect(200);
    assert!(page.location().is_none() && page.headers.get("set-cookie").is_none());
    assert!(page.text().contains("Parking A asks you to sign out"), "{}", page.text());
    assert!(page.header("content-security-policy").contains("form-action 'self' https://a.test;"));
    assert_eq!(page.header("x-frame-options"), "DENY");
    assert!(scene.alice.browser.is_in().await);
    // Nor can it press the button.
    let page = scene.alice.browser.get(&address(&good)).await.expect(200);
    let forged: Vec<(&str, String)> = vec![("csrf", page.csrf())];
    let request =
        evil.request(Method::POST, "/end_session/confirm").header("origin", "https://evil.test").form(&forged);
    evil.send(request, "/end_session/confirm").await.expect(403);
    scene.alice.browser.post("/end_session/confirm", &[("state", "x")]).await.expect(403);
    assert!(scene.alice.browser.is_in().await);
    scene.deliver().await;
    assert!(scene.server.arrived().iter().all(|arrived| arrived.path != "/logout"));

    // She can.
    let out = scene.alice.browser.submit_only(&page, "/end_session/confirm", &[]).await.expect(303);
    assert_eq!(out.location(), Some("https://a.test/bye?state=s+t%26a"));
    assert!(out.header("set-cookie").contains("Max-Age=0"));
    assert!(!scene.alice.browser.is_in().await);
    scene.deliver().await;
    let token = scene.server.arrived().pop().unwrap().body.replace("logout_token=", "");
    assert_eq!(scene.town.verified(&token).await.1["sid"], payload(&id_token)["sid"]);
}

#[tokio::test]
async fn v07_a_post_logout_redirect_uri_is_compared_byte_for_byte() {
    let (scene, id_token) = start().await;
    for wrong in [
        "https://a.test.evil.test/bye",
        "https://a.test/byex",
        "https://a.test/bye?x=1",
        "https://a.test/bye/",
        "HTTPS://A.TEST/bye",
        "https://a.test/cb",
        "https://evil.test/",
        "//evil.test/",
        "javascript:alert(1)",
    ] {
        for who in [("id_token_hint", id_token.as_str()), ("client_id", "rp-a")] {
            let answer = scene.alice.browser.get(&address(&[who, ("post_logout_redirect_uri", wrong)])).await;
            stays(&scene, answer).await;
        }
    }
    // Without knowing whose it is, no address is good.
    let answer = scene.alice.browser.get(&address(&[("post_logout_redirect_uri", BYE)])).await;
    stays(&scene, answer).await;
    // Nor at the button.
    let page = scene.alice.browser.get(&address(&[("client_id", "rp-a")])).await.expect(200);
    let fields = [
        ("csrf", page.csrf()),
        ("client_id", "rp-a".into()),
        ("post_logout_redirect_uri", "https://evil.test/".into()),
    ];
    let answer = scene.alice.browser.post("/end_session/confirm", &fields).await;
    stays(&scene, answer).await;
}

#[tokio::test]
async fn case_96_only_an_id_token_of_ours_is_a_hint() {
    let (scene, id_token) = start().await;
    let tokens = scene.gives(&[]).await;
    scene.deliver().await;
    let event = scene.server.arrived()[0].body.clone();
    let mine = scene.a.key.sign(&json!({ "alg": "ES256", "typ": "JWT" }), &payload(&id_token));
    let (front, _) = id_token.rsplit_once('.').unwrap();
    let (header, _) = front.split_once('.').unwrap();
    let nobody = changed(payload(&id_token), json!({ "sub": "bob" }));
    let unsigned = format!("{header}.{}.", crate::support::keys::base64(nobody.to_string().as_bytes()));
    let (access, refresh) = (tokens.member("access_token"), tokens.member("refresh_token"));
    for hint in [access.as_str(), &refresh, &event, &mine, &unsigned, front, "a.b.c", "x"] {
        let answer = scene.alice.browser.get(&address(&[("id_token_hint", hint), ("client_id", "rp-a")])).await;
        stays(&scene, answer).await;
    }
    // It may have expired long ago, and be of another session.
    scene.town.pass_seconds(900);
    scene.alice.browser.get(&address(&[("id_token_hint", id_token.as_str())])).await.expect(200);
}

#[tokio::test]
async fn a_client_speaks_for_itself_alone() {
    let (scene, id_token) = start().await;
    listens(&scene.town, "rp-b", "post_logout_redirect_uris = [\"https://b.test/bye\"]").await;
    let hint = ("id_token_hint", id_token.as_str());
    for pairs in [
        vec![hint, ("client_id", "rp-b")],
        vec![hint, ("post_logout_redirect_uri", "https://b.test/bye")],
        vec![("client_id", "nobody")],
        vec![("client_id", "no body")],
        vec![("client_id", "rp-a"), ("client_id", "rp-a")],
    ] {
        let answer = scene.alice.browser.get(&address(&pairs)).await;
        stays(&scene, answer).await;
    }
    let id = latchkey::ids::ClientId::parse("rp-a").unwrap();
    latchkey::oauth::disable(&scene.town.app, &id).await.unwrap();
    let answer = scene.alice.browser.get(&address(&[hint, ("post_logout_redirect_uri", BYE)])).await;
    stays(&scene, answer).await;
}

#[tokio::test]
async fn whoever_is_not_signed_in_is_led_on() {
    let (scene, id_token) = start().await;
    let stranger = scene.town.browser();
    let answer = stranger.get(&address(&[("id_token_hint", &id_token), ("post_logout_redirect_uri", BYE)])).await;
    assert_eq!((answer.status.as_u16(), answer.location()), (303, Some(BYE)));
    let answer = stranger.get("/end_session").await;
    assert_eq!((answer.status.as_u16(), answer.location()), (303, Some("/signed-out")));
    assert!(scene.alice.browser.is_in().await);
}

#[tokio::test]
async fn without_a_client_she_signs_out_all_the_same() {
    let (scene, _) = start().await;
    let page = scene.alice.browser.in_english().get("/end_session?state=x&logout_hint=y&z=1").await.expect(200);
    assert!(page.text().contains("Sign out?"));
    let out = scene.alice.browser.submit_only(&page, "/end_session/confirm", &[]).await.expect(303);
    assert_eq!(out.location(), Some("/signed-out"));
    assert!(!scene.alice.browser.is_in().await);
}

#[tokio::test]
async fn a_form_of_a_client_is_led_to_the_page() {
    let (scene, id_token) = start().await;
    let form = [("id_token_hint", id_token.as_str()), ("post_logout_redirect_uri", BYE), ("ui_locales", "en")];
    // Browsers keep the session's cookie from a form of another site.
    let bare = scene.town.browser().with_header("sec-fetch-site", "cross-site");
    let request = bare.request(Method::POST, "/end_session").header("origin", "https://a.test").form(&form);
    let answer = bare.send(request, "/end_session").await.expect(303);
    let next = answer.location().unwrap().to_owned();
    assert!(next.starts_with("/end_session?id_token_hint="), "{next}");
    let page = scene.alice.browser.open(&next).await.expect(200);
    assert!(page.text().contains("Parking A asks you to sign out"), "in the language that was asked for");
    assert!(scene.alice.browser.is_in().await);
    let json = bare.request(Method::POST, "/end_session").json(&json!({}));
    bare.send(json, "/end_session").await.expect(415);
}

#[tokio::test]
async fn metadata_say_how_residents_are_signed_out() {
    let (scene, _) = start().await;
    let metadata = scene.town.browser().get("/.well-known/openid-configuration").await.expect(200).json();
    assert_eq!(metadata["end_session_endpoint"], format!("{ISSUER}/end_session"));
    assert_eq!(metadata["backchannel_logout_supported"], true);
    assert_eq!(metadata["backchannel_logout_session_supported"], true);
}
