//! Clients that register themselves (RFC 7591), with leave of the operator and under his eyes.

use std::time::Duration;

use latchkey::ids::ClientId;
use latchkey::oauth;
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::browser::Answer;
use crate::support::keys::{Key, changed};
use crate::support::races::at_once;
use crate::support::shop::Shop;

const WEEK: Duration = Duration::from_secs(7 * 86_400);

async fn leave(town: &TestApp) -> String {
    oauth::initial_access_token(&town.app, WEEK).await.unwrap().expose().to_owned()
}

/// What a library sends for a web application.
fn metadata() -> Value {
    json!({
        "redirect_uris": ["https://shop.test/cb"],
        "client_name": "Books C",
        "client_name#zh-Hans": "丙书社",
        "contacts": ["赵女士 0551-6000-0003"],
        "grant_types": ["authorization_code", "refresh_token"],
        "response_types": ["code"],
        "policy_uri": "https://shop.test/policy",
        "scope": "openid offline_access",
        "software_version": "3.1",
    })
}

async fn registers(town: &TestApp, token: &str, metadata: &Value) -> Answer {
    let http = town.browser();
    let request = http.request(Method::POST, "/register").bearer_auth(token).json(metadata);
    http.send(request, "/register").await
}

#[tokio::test]
async fn a_client_registers_itself_and_asks_nobody_before_the_operator_has_looked() {
    let town = TestApp::start().await;
    let alice = town.neighbour("alice").await;
    let token = leave(&town).await;
    let entries = town.count("ledger_entry").await;
    let answer = registers(&town, &token, &metadata()).await.expect(201);
    assert_eq!(answer.header("cache-control"), "no-store");
    let told = answer.json();
    assert_eq!(told["client_secret_expires_at"], 0);
    assert_eq!(told["token_endpoint_auth_method"], "client_secret_basic");
    assert_eq!(told["client_name#zh-Hans"], "丙书社");
    assert_eq!(told["redirect_uris"], json!(["https://shop.test/cb"]));
    assert_eq!(told["client_id_issued_at"], town.app.now().seconds());
    assert!(told.get("software_version").is_none(), "what was not understood is not said to be registered");
    assert_eq!(town.count("ledger_entry").await, entries + 1);

    let (id, secret) = (answer.member("client_id"), answer.member("client_secret"));
    let shop = Shop::named(&town, &id, &secret);
    assert!(!shop.knows(&secret).await, "it waits");
    alice.browser.open(&shop.plain("openid")).await.error_page();
    let client = ClientId::parse(&id).unwrap();
    assert!(!oauth::enable(&town.app, &client).await.unwrap(), "enabling is not approving");
    assert!(oauth::approve_client(&town.app, &client).await.unwrap());
    assert!(!oauth::approve_client(&town.app, &client).await.unwrap());
    assert!(shop.knows(&secret).await);

    let page = alice.browser.open(&shop.plain("openid offline_access")).await.expect(200);
    assert!(page.text().contains("丙书社"), "{}", page.text());
    let code = alice.browser.agrees(&shop.plain("openid offline_access"), &[]).await;
    let tokens = shop.redeems(&code).await.expect(200);
    shop.refreshes(&tokens.member("refresh_token")).await.expect(200);
    assert!(oauth::disable(&town.app, &client).await.unwrap());
    assert!(!shop.knows(&secret).await);
}

#[tokio::test]
async fn nobody_registers_without_leave_and_leave_is_for_one() {
    let town = TestApp::start().await;
    let before = town.state().await;
    let http = town.browser();
    let bare = http.request(Method::POST, "/register").json(&metadata());
    let answer = http.send(bare, "/register").await.refused(401, "invalid_token");
    assert_eq!(answer.header("www-authenticate"), "Bearer");
    for token in ["x", ""] {
        let answer = registers(&town, token, &metadata()).await.refused(401, "invalid_token");
        assert!(answer.header("www-authenticate").starts_with("Bearer"), "{answer:?}");
    }
    // Whoever has no leave is told nothing about metadata either.
    registers(&town, "x", &json!([])).await.refused(401, "invalid_token");
    assert_eq!(town.state().await, before);

    let token = leave(&town).await;
    registers(&town, &token, &metadata()).await.expect(201);
    registers(&town, &token, &metadata()).await.refused(401, "invalid_token");
    let late = leave(&town).await;
    town.pass(WEEK);
    registers(&town, &late, &metadata()).await.refused(401, "invalid_token");
    assert_eq!(town.count("oauth_client").await, 1);
}

#[tokio::test]
async fn race_one_leave_used_16_times_at_once_registers_one_client() {
    let town = std::sync::Arc::new(TestApp::start().await);
    for _ in 0..8 {
        let (token, clients) = (leave(&town).await, town.count("oauth_client").await);
        let racers = (0..16).map(|_| {
            let (town, token) = (town.clone(), token.clone());
            async move { registers(&town, &token, &metadata()).await.status.as_u16() }
        });
        let mut statuses = at_once(racers.collect()).await;
        statuses.sort_unstable();
        assert_eq!(statuses, [[201].as_slice(), &[401; 15]].concat());
        assert_eq!(town.count("oauth_client").await, clients + 1);
    }
}

#[tokio::test]
async fn v04_no_address_that_runs_or_misleads_can_be_registered() {
    let town = TestApp::start().await;
    let token = leave(&town).await;
    let before = town.state().await;
    let bad = [
        "JaVaScRiPt:alert(1)",
        "javascript:alert(1)",
        "DATA:text/html,x",
        "vbscript:x",
        "https://a.test/cb#f",
        "https://u:p@a.test/cb",
        "https://停车.test/cb",
        "http://a.test/cb",
        "//a.test/cb",
        "x",
    ];
    for uri in bad {
        let redirect = changed(metadata(), json!({ "redirect_uris": ["https://shop.test/cb", uri] }));
        registers(&town, &token, &redirect).await.refused(400, "invalid_redirect_uri");
        let after = changed(metadata(), json!({ "post_logout_redirect_uris": [uri] }));
        let told = changed(metadata(), json!({ "backchannel_logout_uri": uri }));
        for metadata in [after, told] {
            let answer = registers(&town, &token, &metadata).await.expect(400);
            assert!(["invalid_redirect_uri", "invalid_client_metadata"].contains(&answer.member("error").as_str()));
        }
        for member in ["client_uri", "logo_uri", "policy_uri", "tos_uri"] {
            let page = changed(metadata(), json!({ member: uri }));
            let answer = registers(&town, &token, &page).await.refused(400, "invalid_client_metadata");
            assert!(answer.member("error_description").starts_with(member), "{}", answer.body);
        }
        let keys = json!({ "jwks_uri": uri, "token_endpoint_auth_method": "private_key_jwt" });
        registers(&town, &token, &changed(metadata(), keys)).await.refused(400, "invalid_client_metadata");
    }
    assert_eq!(town.state().await, before);
    registers(&town, &token, &metadata()).await.expect(201);
}

#[tokio::test]
async fn metadata_that_cannot_be_served_are_refused_and_cost_no_leave() {
    let town = TestApp::start().await;
    let token = leave(&town).await;
    let before = town.state().await;
    let private = json!({ "keys": [changed(Key::new().jwk(), json!({ "d": "AA" }))] });
    for change in [
        json!({ "redirect_uris": null }),
        json!({ "redirect_uris": [] }),
        json!({ "redirect_uris": "https://shop.test/cb" }),
        json!({ "client_name": null, "client_name#zh-Hans": null }),
        json!({ "client_name": 7 }),
        json!({ "client_name#zh-Hans": "丙\n书" }),
        json!({ "client_name": "x".repeat(81) }),
        json!({ "contacts": [] }),
        json!({ "grant_types": ["implicit"] }),
        json!({ "grant_types": ["authorization_code", "password"] }),
        json!({ "grant_types": ["refresh_token"] }),
        json!({ "response_types": ["token"] }),
        json!({ "response_types": ["code", "code id_token"] }),
        json!({ "token_endpoint_auth_method": "client_secret_jwt" }),
        json!({ "token_endpoint_auth_method": "private_key_jwt" }),
        json!({ "token_endpoint_auth_method": "private_key_jwt", "jwks": private }),
        json!({ "token_endpoint_auth_method": "private_key_jwt", "jwks_uri": "https://10.0.0.1/jwks" }),
        json!({ "token_endpoint_auth_method": "private_key_jwt", "jwks_uri": "https://169.254.169.254/" }),
        json!({ "application_type": "native" }),
        json!({ "application_type": "desktop" }),
        json!({ "subject_type": "public" }),
        json!({ "id_token_signed_response_alg": "none" }),
        json!({ "token_endpoint_auth_signing_alg": "HS256" }),
        json!({ "scope": "openid email" }),
        json!({ "scope": "openid cc:parking.book" }),
        json!({ "class": "partner" }),
        json!({ "class": "resource_server" }),
        json!({ "class": "operator" }),
        json!({ "purposes": ["parking.book"] }),
    ] {
        let answer = registers(&town, &token, &changed(metadata(), change.clone())).await;
        assert_eq!(answer.status.as_u16(), 400, "{change}: {}", answer.body);
        answer.refused(400, "invalid_client_metadata");
    }
    let statement = changed(metadata(), json!({ "software_statement": "a.b.c" }));
    registers(&town, &token, &statement).await.refused(400, "invalid_software_statement");
    registers(&town, &token, &json!([])).await.refused(400, "invalid_client_metadata");
    let http = town.browser();
    for (kind, body) in [
        ("application/json", metadata().to_string().replacen('{', "{\"client_name\":\"Twice\",", 1)),
        ("application/json", "{".to_owned()),
        ("application/x-www-form-urlencoded", "client_name=x".to_owned()),
        ("text/plain", metadata().to_string()),
    ] {
        let request = http.request(Method::POST, "/register").bearer_auth(&token).header("content-type", kind);
        http.send(request.body(body), "/register").await.refused(400, "invalid_client_metadata");
    }
    let long = http.request(Method::POST, "/register").bearer_auth(&token).body("x".repeat(33 << 10));
    http.send(long, "/register").await.expect(413);
    assert_eq!(town.state().await, before);
    registers(&town, &token, &metadata()).await.expect(201);
}

#[tokio::test]
async fn case_109_members_that_are_not_the_clients_to_set_are_ignored() {
    let town = TestApp::start().await;
    town.partner("rp-a").await;
    let forged = json!({
        "id": "rp-a",
        "client_id": "rp-a",
        "client_secret": "chosen-by-the-client",
        "client_id_issued_at": 1,
        "sector": "rp-a",
        "sector_identifier_uri": "https://a.test/sector.json",
        "standing": "open",
        "disabled_at": null,
        "awaits_since": null,
        "name": { "zh-Hans": "社区", "en": "The community" },
        "registration_access_token": "x",
        "toString": 1,
        "__proto__": { "class": "partner" },
    });
    let token = leave(&town).await;
    let answer = registers(&town, &token, &changed(metadata(), forged)).await.expect(201);
    let (id, secret) = (answer.member("client_id"), answer.member("client_secret"));
    assert!(id.starts_with("c-") && secret.len() == 43, "{id}");
    for member in ["sector", "standing", "name", "id", "registration_access_token", "__proto__"] {
        assert!(answer.json().get(member).is_none(), "{member}");
    }
    let id = ClientId::parse(&id).unwrap();
    let client = oauth::client(&mut town.app.db.read().await.unwrap(), &id).await.unwrap().unwrap();
    assert_eq!((client.sector.as_str(), client.name.zh_hans.as_str()), (id.as_str(), "丙书社"));
    assert!(!client.is_open() && !client.is_partner());
    assert!(!Shop::named(&town, id.as_str(), "chosen-by-the-client").knows("chosen-by-the-client").await);
}

#[tokio::test]
async fn a_partner_registers_itself_with_its_key_and_reads_after_approval() {
    let town = TestApp::start().await;
    let alice = town.neighbour("alice").await;
    let mut partner = town.unregistered("rp-a");
    let metadata = json!({
        "class": "partner",
        "kind": "property",
        "controller": "甲公司",
        "client_name": "Parking A",
        "contacts": ["李静 0551-6000-1234"],
        "redirect_uris": [partner.redirect_uri],
        "grant_types": ["authorization_code", "refresh_token"],
        "token_endpoint_auth_method": "private_key_jwt",
        "token_endpoint_auth_signing_alg": "ES256",
        "scope": "openid cc:parking.book",
        "jwks": { "keys": [partner.key.jwk()] },
    });
    let answer = registers(&town, &leave(&town).await, &metadata).await.expect(201);
    assert!(answer.json().get("client_secret").is_none() && answer.json().get("client_secret_expires_at").is_none());
    partner.id = answer.member("client_id");
    partner.pushes(&[]).await.refused(401, "invalid_client");
    assert!(oauth::approve_client(&town.app, &ClientId::parse(&partner.id).unwrap()).await.unwrap());
    let code = alice.browser.agrees(&partner.pushed(&[]).await, &["plate_masked"]).await;
    let tokens = partner.redeems(&code).await.expect(200);
    partner.reads("/vault/claims", &tokens.member("access_token")).await.expect(200);
}

#[tokio::test]
async fn discovery_the_registration_endpoint_is_the_one_that_registers() {
    let town = TestApp::start().await;
    let metadata = town.browser().get("/.well-known/openid-configuration").await.json();
    assert_eq!(metadata["registration_endpoint"], "https://id.test/register");
    registers(&town, &leave(&town).await, &self::metadata()).await.expect(201);
    town.browser().get("/register").await.expect(405);
}
