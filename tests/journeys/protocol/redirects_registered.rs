//! Redirect URIs, response types and modes: only what was registered, and only the code flow (cases 18 to 20).

use latchkey::oauth::NotRegistered;

use super::scene;
use crate::support::TestApp;
use crate::support::keys::with;

/// The error code with which a manifest is refused.
async fn registration(town: &TestApp, manifest: &str) -> &'static str {
    match latchkey::oauth::register(&town.app, manifest).await {
        Err(NotRegistered::Manifest(cause)) => cause.code,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn case_18_20_v04_and_v11_what_cannot_be_registered() {
    let scene = scene().await;
    let good = scene.a.manifest();
    let before = scene.town.state().await;
    for uri in [
        "http://a.test/cb",
        "http://127.0.0.1/cb",
        "a.app:/cb",
        "JaVaScRiPt:alert(1)",
        "DATA:text/html,x",
        "vbscript:x",
        "https://a.test/cb#f",
        "https://停车.test/cb",
        "https://A.test/cb",
    ] {
        let manifest = good.replace("https://a.test/cb", uri);
        assert_eq!(registration(&scene.town, &manifest).await, "invalid_redirect_uri", "{uri}");
    }
    for member in
        ["initiate_login_uri = \"https://a.test\"", "logo_uri = \"x:y\"", "policy_uri = \"x\"", "tos_uri = \"x\""]
    {
        let manifest = good.replace("class =", &format!("{member}\nclass ="));
        assert_eq!(registration(&scene.town, &manifest).await, "invalid_client_metadata", "{member}");
    }
    assert_eq!(scene.town.state().await, before);
    // What was registered before is still so.
    scene.a.pushes(&[]).await.expect(201);
}

#[tokio::test]
async fn case_19_and_v01_a_native_app_may_choose_its_port_alone() {
    let town = TestApp::start().await;
    let native = town.native().await;
    let before = town.state().await;
    for uri in [
        "http://127.0.0.1@evil.test/cb",
        "http://127.0.0.1.evil.test/cb",
        "http://localhost:1/cb",
        "http://127.0.0.1:1/cb/../x",
        "http://127.0.0.1:1/other",
        "http://[::1]:1/cb",
        "http://127.0.0.1:99999/cb",
    ] {
        native.pushes(&[("redirect_uri", uri)]).await.refused(400, "invalid_request");
        town.browser().get(&native.plain(&[("redirect_uri", uri)])).await.error_page();
    }
    assert_eq!(town.state().await, before);
    native.pushes(&[("redirect_uri", "http://127.0.0.1:49152/cb")]).await.expect(201);
    native.pushes(&[("redirect_uri", "http://127.0.0.1/cb")]).await.expect(201);
}

#[tokio::test]
async fn v07_and_v11_bytes_must_be_equal() {
    let scene = scene().await;
    let before = scene.town.state().await;
    for uri in [
        "https://a.test.evil.test/cb",
        "https://a.test/cbx",
        "https://a.test/cb?x=1",
        "HTTPS://A.TEST/cb",
        "https://xn--a-.test/cb",
        "https://a.test:443/cb",
        "https://a.test/cb/",
        "https://b.test/cb",
    ] {
        scene.a.pushes(&[("redirect_uri", uri)]).await.refused(400, "invalid_request");
    }
    assert_eq!(scene.town.state().await, before);
}

#[tokio::test]
async fn v06_only_the_query_carries_an_answer() {
    let scene = scene().await;
    for mode in ["form_post", "fragment", "query.jwt", "jwt", "web_message"] {
        scene.a.pushes(&[("response_mode", mode)]).await.refused(400, "invalid_request");
    }
    scene.a.pushes(&[("response_mode", "query")]).await.expect(201);
}

#[tokio::test]
async fn v13_no_token_is_ever_in_an_address() {
    let scene = scene().await;
    let native = scene.town.native().await;
    let before = scene.town.state().await;
    for kind in ["token", "id_token", "code token", "code id_token", "code id_token token", "none", "CODE"] {
        scene.a.pushes(&[("response_type", kind)]).await.refused(400, "unsupported_response_type");
        let answer = scene.alice.browser.get(&native.plain(&[("response_type", kind)])).await.expect(303);
        assert_eq!(answer.parameter("error").unwrap(), "unsupported_response_type");
        assert_eq!(answer.parameters(), ["error", "state", "iss"]);
        assert!(!answer.location().unwrap().contains("token="), "{:?}", answer.location());
    }
    let twice = format!("{}&response_type=token", native.plain(&[]));
    scene.alice.browser.get(&twice).await.error_page();
    assert_eq!(scene.town.state().await, before);
}

#[tokio::test]
async fn v14_and_v52_no_other_grant_is_open() {
    let scene = scene().await;
    let native = scene.town.native().await;
    let before = scene.town.state().await;
    for grant in [
        "password",
        "client_credentials",
        "implicit",
        "urn:ietf:params:oauth:grant-type:token-exchange",
        "urn:ietf:params:oauth:grant-type:jwt-bearer",
        "urn:ietf:params:oauth:grant-type:saml2-bearer",
        "Authorization_Code",
    ] {
        let form = [("grant_type", grant), ("username", "alice"), ("password", "x"), ("device_code", "x")];
        for client in [&scene.a, &native] {
            client.asks("/token", &form).await.refused(400, "unsupported_grant_type");
        }
    }
    let without = with(&scene.a.authentication(), &[]);
    scene.a.post("/token", &without, None).await.refused(400, "invalid_request");
    assert_eq!(scene.town.state().await, before);
}
