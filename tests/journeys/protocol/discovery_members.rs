//! Discovery: what is advertised is served or enforced, member by member (docs/conformance.md has the table).

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use reqwest::Method;
use serde_json::Value;

use super::fapi::payload;
use super::{Scene, scene};
use crate::support::TestApp;
use crate::support::partner::{Partner, VERIFIER};

/// The table of docs/conformance.md: the first column of its rows.
fn members_with_a_test() -> BTreeSet<String> {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/conformance.md")).unwrap();
    let (_, section) = page.split_once("## Discovery").expect("the page has a section on discovery");
    let section = section.split("\n## ").next().unwrap();
    let rows = section.lines().filter(|line| line.starts_with("| ") && line.contains('`'));
    rows.map(|line| line.split('|').nth(1).unwrap().trim().to_owned()).collect()
}

async fn metadata(town: &TestApp) -> Value {
    town.browser().get("/.well-known/openid-configuration").await.expect(200).json()
}

fn texts(list: &Value) -> Vec<String> {
    list.as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn discovery_every_advertised_member_has_a_test() {
    let town = TestApp::start().await;
    let advertised: BTreeSet<String> = metadata(&town).await.as_object().unwrap().keys().cloned().collect();
    let tested = members_with_a_test();
    let missing: Vec<_> = advertised.difference(&tested).collect();
    assert!(missing.is_empty(), "advertised, and no test in docs/conformance.md: {missing:?}");
}

#[tokio::test]
async fn discovery_every_endpoint_answers() {
    let town = TestApp::start().await;
    let metadata = metadata(&town).await;
    let endpoints = metadata.as_object().unwrap().iter();
    let endpoints = endpoints.filter(|(name, _)| name.ends_with("_endpoint") || name.as_str() == "jwks_uri");
    for (name, address) in endpoints {
        let path = reqwest::Url::parse(address.as_str().unwrap()).unwrap().path().to_owned();
        let mut answered = Vec::new();
        for method in [Method::GET, Method::POST] {
            let browser = town.browser();
            let status = browser.send(browser.request(method, &path), &path).await.status.as_u16();
            assert!(status < 500, "{name}: {status}");
            answered.push(status);
        }
        assert!(answered.iter().any(|status| ![404, 405].contains(status)), "{name}: {answered:?}");
    }
}

/// An ordinary public client's code for tokens.
async fn redeem(app: &Partner, code: &str) -> crate::support::browser::Answer {
    let form = [
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", app.redirect_uri.as_str()),
        ("code_verifier", VERIFIER),
        ("client_id", app.id.as_str()),
    ];
    let form: Vec<_> = form.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    app.post("/token", &form, None).await
}

#[tokio::test]
async fn discovery_every_scope_may_be_asked_for_by_a_client_of_it() {
    let Scene { town, a, .. } = scene().await;
    let all = texts(&metadata(&town).await["scopes_supported"]);
    let purposes: Vec<&str> = all.iter().filter_map(|scope| scope.strip_prefix("cc:")).collect();
    let own: Vec<String> =
        purposes.iter().filter(|code| **code != "signin.basic").map(|code| format!("{code:?}")).collect();
    let manifest = a.manifest().replace("purposes = [\"parking.book\"]", &format!("purposes = [{}]", own.join(", ")));
    town.register(&manifest).await;
    let native = town.native().await;
    for scope in &all {
        let asked = if scope == "openid" { scope.clone() } else { format!("openid {scope}") };
        match scope.strip_prefix("cc:").filter(|code| *code != "signin.basic") {
            Some(code) => {
                let details = format!(r#"[{{"type":"cn-community-data","purpose":"{code}","items":[]}}]"#);
                a.pushes(&[("scope", &asked), ("authorization_details", &details)]).await.expect(201);
            }
            None => {
                let answer = town.browser().get(&native.plain(&[("scope", &asked)])).await.expect(303);
                assert_eq!(answer.parameter("error"), None, "{scope}");
            }
        }
    }
    a.pushes(&[("scope", "openid email")]).await.refused(400, "invalid_scope");
}

#[tokio::test]
async fn discovery_the_claims_that_are_told_are_those_that_are_listed() {
    let Scene { town, alice, .. } = scene().await;
    let listed: BTreeSet<String> = texts(&metadata(&town).await["claims_supported"]).into_iter().collect();
    let native = town.native().await;
    let optional = ["is_resident", "over_18", "name_masked", "language"];
    let code = alice.browser.agrees(&native.plain(&[("scope", "openid cc:signin.basic")]), &optional).await;
    let tokens = redeem(&native, &code).await.expect(200);
    let id_token = payload(&tokens.member("id_token"));
    let userinfo = native.bears("/userinfo", &tokens.member("access_token")).await.expect(200).json();
    let told = [id_token, userinfo];
    let told: BTreeSet<String> = told.iter().flat_map(|claims| claims.as_object().unwrap().keys().cloned()).collect();
    assert_eq!(listed.difference(&told).collect::<Vec<_>>(), Vec::<&String>::new(), "listed, and never told");
    assert_eq!(told.difference(&listed).collect::<Vec<_>>(), Vec::<&String>::new(), "told, and not listed");
}

#[tokio::test]
async fn discovery_request_objects_by_value_and_by_reference_are_refused() {
    let Scene { town, a, .. } = scene().await;
    let metadata = metadata(&town).await;
    for name in ["request_parameter_supported", "request_uri_parameter_supported", "claims_parameter_supported"] {
        assert_eq!(metadata[name], false, "{name}");
    }
    let native = town.native().await;
    a.pushes(&[("request", "a.b.c")]).await.refused(400, "request_not_supported");
    let answer = town.browser().get(&native.plain(&[("request", "a.b.c")])).await.expect(303);
    assert_eq!(answer.parameter("error").unwrap(), "request_not_supported");
    town.browser().get(&native.plain(&[("request_uri", "https://n.test/r.jwt")])).await.error_page();
}

#[tokio::test]
async fn discovery_every_grant_type_is_understood() {
    let Scene { town, a, .. } = scene().await;
    for grant_type in texts(&metadata(&town).await["grant_types_supported"]) {
        let answer = a.asks("/token", &[("grant_type", &grant_type)]).await;
        assert_eq!(answer.status.as_u16(), 400, "{grant_type}");
        assert_ne!(answer.json()["error"], "unsupported_grant_type", "{grant_type}");
    }
    a.asks("/token", &[("grant_type", "client_credentials")]).await.refused(400, "unsupported_grant_type");
}

#[tokio::test]
async fn discovery_every_prompt_is_heeded() {
    let Scene { town, a, alice } = scene().await;
    a.redeems(&alice.browser.agrees(&a.pushed(&[]).await, &[]).await).await.expect(200);
    town.pass_seconds(1);
    for prompt in texts(&metadata(&town).await["prompt_values_supported"]) {
        let answer = alice.browser.get(&a.pushed(&[("prompt", &prompt)]).await).await.expect(303);
        let location = answer.location().unwrap();
        let led_to = match prompt.as_str() {
            "none" => "https://a.test/cb?code=",
            "login" | "select_account" => "/sign-in?request=",
            "consent" => "/consent/",
            other => panic!("{other} has no test"),
        };
        assert!(location.starts_with(led_to), "{prompt}: {location}");
    }
    a.pushes(&[("prompt", "create")]).await.refused(400, "invalid_request");
}

#[tokio::test]
async fn discovery_every_language_is_spoken() {
    let town = TestApp::start().await;
    let native = town.native().await;
    for locale in texts(&metadata(&town).await["ui_locales_supported"]) {
        let page = town.browser().open(&native.plain(&[("ui_locales", &locale)])).await.expect(200);
        assert!(page.body.contains(&format!("lang=\"{locale}\"")), "{locale}");
    }
}

#[tokio::test]
async fn discovery_the_kind_of_sign_in_is_in_every_id_token() {
    let scene = scene().await;
    let acr = texts(&metadata(&scene.town).await["acr_values_supported"]);
    let code = scene.code_after(&[("acr_values", &acr.join(" "))]).await;
    let said = payload(&scene.a.redeems(&code).await.expect(200).member("id_token"));
    assert!(acr.iter().any(|value| said["acr"] == *value.as_str()), "{said}");
}
