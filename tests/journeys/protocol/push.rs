//! Pushed requests (cases 23 to 33).

use reqwest::Method;

use super::scene;
use crate::support::keys::{Key, with};

#[tokio::test]
async fn case_23_a_client_pushes_as_itself() {
    let scene = scene().await;
    let native = scene.town.native().await;
    let before = scene.town.state().await;
    let request = scene.a.request();
    scene.a.post("/par", &request, None).await.refused(401, "invalid_client");
    let mut stranger = scene.town.partner("rp-b").await;
    stranger.id = "rp-a".to_owned();
    let form = with(&request, &[]);
    let form = [with(&stranger.authentication(), &[("client_id", "")]), form].concat();
    stranger.post("/par", &form, None).await.refused(401, "invalid_client");
    native.post("/par", &native.request(), None).await.refused(400, "invalid_dpop_proof");
    let after = scene.town.state().await;
    let requests = |state: &[(&'static str, i64)]| state.iter().find(|(name, _)| *name == "oauth_request").cloned();
    assert_eq!(requests(&after), requests(&before));
    native.pushes(&[]).await.expect(201);
}

#[tokio::test]
async fn case_25_a_push_is_a_form_of_bounded_size() {
    let scene = scene().await;
    let before = scene.town.state().await;
    let get = scene.a.http.request(Method::GET, "/par");
    assert_eq!(scene.a.http.send(get, "/par").await.status.as_u16(), 405);
    let json = scene.a.http.request(Method::POST, "/par").json(&serde_json::json!({ "client_id": "rp-a" }));
    scene.a.http.send(json, "/par").await.refused(415, "invalid_request");
    let large = with(&scene.a.request(), &[("state", "s".repeat(33 * 1024).as_str())]);
    scene.a.post("/par", &large, None).await.refused(413, "invalid_request");
    assert_eq!(scene.town.state().await, before);
}

#[tokio::test]
async fn case_26_a_push_names_a_registered_redirect_uri() {
    let scene = scene().await;
    scene.town.partner("rp-b").await;
    for uri in ["", "https://evil.test/cb", "https://b.test/cb"] {
        scene.a.pushes(&[("redirect_uri", uri)]).await.refused(400, "invalid_request");
    }
}

#[tokio::test]
async fn case_27_and_v17_a_push_has_a_challenge() {
    let scene = scene().await;
    let native = scene.town.native().await;
    let (short, long) = ("a".repeat(42), "a".repeat(129));
    for change in [
        ("code_challenge", ""),
        ("code_challenge_method", ""),
        ("code_challenge_method", "plain"),
        ("code_challenge", short.as_str()),
        ("code_challenge", long.as_str()),
    ] {
        scene.a.pushes(&[change]).await.refused(400, "invalid_request");
        let answer = scene.alice.browser.get(&native.plain(&[change])).await.expect(303);
        assert_eq!(answer.parameter("error").unwrap(), "invalid_request", "{change:?}");
    }
}

#[tokio::test]
async fn case_28_no_parameter_stands_twice() {
    let scene = scene().await;
    let before = scene.town.state().await;
    for (name, value) in scene.a.request() {
        let authenticated = with(&scene.a.authentication(), &[("client_id", "")]);
        let form = [authenticated, scene.a.request(), vec![(name.clone(), value)]].concat();
        scene.a.post("/par", &form, None).await.refused(400, "invalid_request");
    }
    assert_eq!(scene.town.state().await, before);
}

#[tokio::test]
async fn case_29_a_client_asks_for_what_is_its_own() {
    let scene = scene().await;
    for scope in ["openid cc:elder.care", "email", "openid cc:parking.book cc:elder.care", "profile"] {
        scene.a.pushes(&[("scope", scope)]).await.refused(400, "invalid_scope");
    }
    for details in [
        r#"[{"type":"payment_initiation"}]"#,
        r#"[{"type":"cn-community-data","purpose":"elder.care","items":[]}]"#,
        r#"[{"type":"cn-community-data","purpose":"parking.book","items":[{"claim":"phone_masked"}]}]"#,
        r#"[{"type":"cn-community-data","purpose":"parking.book","items":[{"claim":"name"}]}]"#,
        "{}",
    ] {
        let answer = scene.a.pushes(&[("authorization_details", details)]).await;
        answer.refused(400, "invalid_authorization_details");
    }
    scene.a.pushes(&[("authorization_details", "")]).await.refused(400, "invalid_request");
}

#[tokio::test]
async fn case_30_a_handle_is_long_and_short_lived() {
    let scene = scene().await;
    let answer = scene.a.pushes(&[]).await.expect(201);
    let handle = answer.member("request_uri");
    let secret = handle.strip_prefix("urn:ietf:params:oauth:request_uri:").unwrap();
    assert!(secret.len() >= 43);
    assert_eq!(answer.json()["expires_in"], 90);
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_ne!(scene.a.pushes(&[]).await.member("request_uri"), handle);
}

#[tokio::test]
async fn case_32_and_v23_a_handle_opens_again_until_it_is_answered() {
    let scene = scene().await;
    let address = scene.a.pushed(&[]).await;
    for _ in 0..3 {
        scene.alice.browser.open(&address).await.expect(200);
    }
    // Once it is open, there is time to read: but ten minutes, not for ever.
    scene.town.pass_seconds(500);
    scene.alice.browser.open(&address).await.expect(200);
    let code = scene.alice.browser.agrees(&address, &[]).await;
    let before = scene.town.state().await;
    scene.alice.browser.get(&address).await.error_page();
    assert_eq!(scene.town.state().await, before);
    scene.a.redeems(&code).await.expect(200);

    let late = scene.a.pushed(&[("prompt", "consent")]).await;
    let page = scene.alice.browser.open(&late).await.expect(200);
    scene.town.pass_seconds(601);
    scene.alice.browser.submit_only(&page, &page.path, &[("decision", "yes")]).await.error_page();
}

#[tokio::test]
async fn v25_a_question_is_answered_once() {
    let scene = scene().await;
    let address = scene.a.pushed(&[]).await;
    let first = scene.alice.browser.open(&address).await.expect(200);
    let second = scene.alice.browser.open(&address).await.expect(200);
    let said = scene.alice.browser.submit_only(&first, &first.path, &[("decision", "yes")]).await;
    assert!(said.parameter("code").is_some());
    let before = scene.town.state().await;
    let again = scene.alice.browser.submit_only(&second, &second.path, &[("decision", "yes")]).await;
    again.error_page();
    assert_eq!(scene.town.state().await, before);
    // Whoever comes back to the page is told that it was answered.
    let page = scene.alice.browser.get(&first.path).await.expect(200);
    assert!(page.text().contains("甲停车"));
}

#[tokio::test]
async fn a_pushed_key_is_the_keys_own() {
    let scene = scene().await;
    let other = Key::new().thumbprint();
    scene.a.pushes(&[("dpop_jkt", &other)]).await.refused(400, "invalid_dpop_proof");
    scene.a.pushes(&[("dpop_jkt", &scene.a.dpop.thumbprint())]).await.expect(201);
    scene.a.pushes(&[("dpop_jkt", "short")]).await.refused(400, "invalid_request");
    scene.a.pushes(&[("request_uri", "urn:ietf:params:oauth:request_uri:x")]).await.refused(400, "invalid_request");
    scene.a.pushes(&[("request", "a.b.c")]).await.refused(400, "request_not_supported");
}
