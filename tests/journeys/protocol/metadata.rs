//! Metadata, keys and ID tokens (cases 102 to 105, V68).

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};
use serde_json::{Value, json};

use super::scene;
use crate::support::TestApp;
use crate::support::app::{ISSUER, START};
use crate::support::browser::Browser;
use crate::support::screen::DEVICE;

fn part(text: &str) -> Value {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(text).unwrap()).unwrap()
}

/// Header and claims of a token that one of the published keys signed.
pub async fn verified(http: &Browser, token: &str) -> (Value, Value) {
    let (input, signature) = token.rsplit_once('.').unwrap();
    let (header, claims) = input.split_once('.').unwrap();
    let (header, claims) = (part(header), part(claims));
    let jwks = http.get("/jwks").await.json();
    let key = jwks["keys"].as_array().unwrap().iter().find(|key| key["kid"] == header["kid"]).unwrap();
    let coordinate = |name: &str| URL_SAFE_NO_PAD.decode(key[name].as_str().unwrap()).unwrap();
    let point = [vec![4], coordinate("x"), coordinate("y")].concat();
    let signature = URL_SAFE_NO_PAD.decode(signature).unwrap();
    UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point).verify(input.as_bytes(), &signature).unwrap();
    (header, claims)
}

#[tokio::test]
async fn case_102_metadata_say_what_is_enforced() {
    let town = TestApp::start().await;
    let browser = town.browser();
    let oidc = browser.get("/.well-known/openid-configuration").await.expect(200);
    let oauth = browser.get("/.well-known/oauth-authorization-server").await.expect(200);
    let metadata = oidc.json();
    assert_eq!(metadata, oauth.json());
    assert_eq!(metadata["issuer"], ISSUER);
    assert_eq!(metadata["code_challenge_methods_supported"], json!(["S256"]));
    assert_eq!(metadata["authorization_response_iss_parameter_supported"], true);
    assert_eq!(metadata["response_types_supported"], json!(["code"]));
    assert_eq!(metadata["grant_types_supported"], json!(["authorization_code", "refresh_token", DEVICE]));
    assert_eq!(metadata["subject_types_supported"], json!(["pairwise"]));
    assert_eq!(metadata["id_token_signing_alg_values_supported"], json!(["ES256"]));
    assert_eq!(metadata["dpop_signing_alg_values_supported"], json!(["ES256", "EdDSA", "Ed25519", "PS256"]));
    assert_eq!(metadata.get("require_pushed_authorization_requests"), None, "by client, not for everybody");
    let scopes = metadata["scopes_supported"].as_array().unwrap();
    assert!(scopes.contains(&json!("openid")) && scopes.contains(&json!("cc:parking.book")));
}

#[tokio::test]
async fn case_103_and_v68_every_address_is_made_of_the_configuration() {
    let town = TestApp::start().await;
    let evil = town
        .browser()
        .with_header("host", "evil.test")
        .with_header("x-forwarded-host", "evil.test")
        .with_header("x-forwarded-proto", "http")
        .with_header("forwarded", "host=evil.test;proto=http");
    let answer = evil.get("/.well-known/openid-configuration").await.expect(200);
    assert!(!answer.body.contains("evil.test"));
    let metadata = answer.json();
    let addresses: Vec<&Value> = metadata
        .as_object()
        .unwrap()
        .iter()
        .filter(|(name, _)| name.ends_with("_endpoint") || name.ends_with("_uri"))
        .map(|(_, value)| value)
        .collect();
    assert!(addresses.len() >= 6);
    for address in addresses {
        assert!(address.as_str().unwrap().starts_with(&format!("{ISSUER}/")), "{address}");
    }
    let page = evil.get("/sign-in").await;
    assert!(!page.body.contains("evil.test"));
}

#[tokio::test]
async fn case_104_keys_are_public_named_and_ahead_of_their_use() {
    let town = TestApp::start().await;
    let jwks = town.browser().get("/jwks").await.expect(200).json();
    let keys = jwks["keys"].as_array().unwrap();
    assert_eq!(keys.len(), 2, "the one that signs, and the next");
    for key in keys {
        let mut members: Vec<&str> = key.as_object().unwrap().keys().map(String::as_str).collect();
        members.sort_unstable();
        assert_eq!(members, ["alg", "crv", "kid", "kty", "use", "x", "y"]);
    }
    assert_ne!(keys[0]["kid"], keys[1]["kid"]);
}

#[tokio::test]
async fn case_104_the_next_key_takes_over_and_the_last_stays_readable() {
    let scene = scene().await;
    let kid = |token: &str| part(token.split('.').next().unwrap())["kid"].as_str().unwrap().to_owned();
    let first = kid(&scene.tokens().await.member("id_token"));
    scene.town.pass_seconds(90 * 86_400);
    let mut phone = scene.alice.phone;
    let browser = scene.town.browser();
    browser.signs_in(&mut phone).await;
    let code = browser.agrees(&scene.a.pushed(&[("prompt", "consent")]).await, &[]).await;
    let second = kid(&scene.a.redeems(&code).await.expect(200).member("id_token"));
    assert_ne!(first, second);
    let published = |jwks: Value| {
        jwks["keys"].as_array().unwrap().iter().map(|key| key["kid"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(published(browser.get("/jwks").await.json()), [first, second.clone()]);
    scene.town.pass_seconds(2 * 86_400);
    assert_eq!(published(browser.get("/jwks").await.json()), [second]);
}

#[tokio::test]
async fn case_105_an_id_token_says_who_to_whom_when_and_how() {
    let scene = scene().await;
    let tokens = scene.tokens().await;
    let token = tokens.member("id_token");
    let (header, claims) = verified(&scene.a.http, &token).await;
    assert_eq!((&header["alg"], &header["typ"]), (&json!("ES256"), &json!("JWT")));

    let sub = scene.a.reads("/userinfo", &tokens.member("access_token")).await.member("sub");
    let hash = latchkey::crypto::hash::sha256(tokens.member("access_token").as_bytes());
    let expected = json!({
        "iss": ISSUER,
        "sub": sub,
        "aud": "rp-a",
        "azp": "rp-a",
        "iat": START,
        "exp": START + 300,
        "auth_time": START,
        "nonce": "n-0S6_WzA2Mj",
        "acr": "phr",
        "amr": ["pop", "mfa", "user"],
        "at_hash": URL_SAFE_NO_PAD.encode(&hash[..16]),
        "sid": claims["sid"],
    });
    assert_eq!(claims["sid"].as_str().unwrap().len(), 32);
    assert_eq!(claims, expected);
    let silent = scene.code_after(&[("scope", "cc:parking.book"), ("prompt", "consent")]).await;
    assert_eq!(scene.a.redeems(&silent).await.expect(200).json().get("id_token"), None);
}
