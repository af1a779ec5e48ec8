//! Clients whose libraries know nothing but RS256: an imported key signs for them, and for nobody else.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use latchkey::custody::Custody;
use latchkey::oauth::{self, NotRegistered};
use ring::signature::{RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents};
use serde_json::{Value, json};

use super::payload;
use crate::clients_command::{latchkey, said};
use crate::support::TestApp;
use crate::support::browser::Answer;
use crate::support::partner::VERIFIER;
use crate::support::shop::{Shop, manifest};

/// A private key of 2048 bits, as openssl writes it.
fn pem() -> String {
    let text: String = include_str!("../../vectors/client_rsa_2048.pk8.hex").split_whitespace().collect();
    let der = STANDARD.encode(hex::decode(text).unwrap());
    format!("-----BEGIN PRIVATE KEY-----\n{der}\n-----END PRIVATE KEY-----\n")
}

fn wants_rs256(method: &str) -> String {
    manifest(method).replace("kind =", "id_token_signed_response_alg = \"RS256\"\nkind =")
}

/// Registers `shop` for RS256 and signs alice in there; the token answer.
async fn signed_in(town: &TestApp) -> (Shop, Answer) {
    let registered = oauth::register(&town.app, &wants_rs256("client_secret_basic")).await.unwrap();
    let shop = Shop::with(town, registered.secret.unwrap().expose());
    let alice = town.neighbour("alice").await;
    let code = alice.browser.agrees(&shop.plain("openid"), &[]).await;
    let form = [
        ("grant_type", "authorization_code"),
        ("code", code.as_str()),
        ("redirect_uri", "https://shop.test/cb"),
        ("code_verifier", VERIFIER),
    ];
    let tokens = shop.asks("/token", &form).await.expect(200);
    let hint = tokens.member("id_token");
    // The token comes back as a hint, and is known.
    let again = alice.browser.open(&format!("{}&prompt=none&id_token_hint={hint}", shop.plain("openid"))).await;
    assert!(again.parameter("code").is_some(), "{:?}", again.location());
    (shop, tokens)
}

/// The header of a token whose signature the published key of its name verifies.
async fn verified(town: &TestApp, token: &str) -> Value {
    let (input, signature) = token.rsplit_once('.').unwrap();
    let header = URL_SAFE_NO_PAD.decode(input.split('.').next().unwrap()).unwrap();
    let header: Value = serde_json::from_slice(&header).unwrap();
    let set = town.browser().get("/jwks").await.expect(200).json();
    let key = set["keys"].as_array().unwrap().iter().find(|key| key["kid"] == header["kid"]).unwrap().clone();
    assert_eq!((&key["alg"], &key["kty"]), (&json!("RS256"), &json!("RSA")));
    let number = |member: &str| URL_SAFE_NO_PAD.decode(key[member].as_str().unwrap()).unwrap();
    let (n, e) = (number("n"), number("e"));
    let signature = URL_SAFE_NO_PAD.decode(signature).unwrap();
    let public = RsaPublicKeyComponents { n: &n, e: &e };
    public.verify(&RSA_PKCS1_2048_8192_SHA256, input.as_bytes(), &signature).unwrap();
    header
}

async fn advertised(town: &TestApp) -> Value {
    let metadata = town.browser().get("/.well-known/openid-configuration").await.expect(200).json();
    metadata["id_token_signing_alg_values_supported"].clone()
}

#[tokio::test]
async fn an_imported_key_signs_id_tokens_of_clients_that_are_registered_for_it() {
    let town = TestApp::start_with(|config| {
        let custody = Custody::open(&config.keys.folder).unwrap();
        custody.import_rs256(pem().as_bytes(), latchkey::clock::Timestamp::from_seconds(0)).unwrap();
    })
    .await;
    assert_eq!(advertised(&town).await, json!(["ES256", "RS256"]));
    let (_, tokens) = signed_in(&town).await;
    let token = tokens.member("id_token");
    assert_eq!(verified(&town, &token).await["alg"], "RS256");
    assert_eq!(payload(&token)["aud"], "shop");

    // Partners have FAPI, which knows no RS256; and other clients go on as before.
    let partner = town.unregistered("rp-a");
    let asks = partner.manifest().replace("kind =", "id_token_signed_response_alg = \"RS256\"\nkind =");
    assert!(matches!(oauth::register(&town.app, &asks).await, Err(NotRegistered::Manifest(_))));
}

#[tokio::test]
async fn without_a_key_nobody_is_registered_for_rs256_and_nobody_is_told_of_it() {
    let town = TestApp::start().await;
    assert_eq!(advertised(&town).await, json!(["ES256"]));
    let refused = oauth::register(&town.app, &wants_rs256("client_secret_basic")).await;
    assert!(matches!(refused, Err(NotRegistered::Manifest(cause)) if cause.sentence.contains("import-rs256")));
    let other = manifest("client_secret_basic").replace("kind =", "id_token_signed_response_alg = \"HS256\"\nkind =");
    assert!(oauth::register(&town.app, &other).await.is_err());
}

#[tokio::test]
async fn a_key_that_is_imported_beside_a_running_service_signs_there_too() {
    let town = TestApp::start().await;
    let (key, shop) = (town.folder().join("rsa.pem"), town.folder().join("shop.toml"));
    std::fs::write(&key, pem()).unwrap();
    std::fs::write(&shop, wants_rs256("none")).unwrap();
    let entries = town.count("ledger_entry").await;
    let output = latchkey(&town, &["keys", "import-rs256", key.to_str().unwrap()]).await;
    assert!(output.status.success(), "{}", said(&output));
    assert_eq!(town.count("ledger_entry").await, entries + 1, "an act of the operator is entered");
    assert!(!latchkey(&town, &["keys", "import-rs256", key.to_str().unwrap()]).await.status.success(), "twice");
    assert_eq!(town.count("ledger_entry").await, entries + 1);
    let output = latchkey(&town, &["clients", "register", shop.to_str().unwrap()]).await;
    assert!(output.status.success(), "{}", said(&output));

    let alice = town.neighbour("alice").await;
    let browser = town.browser();
    let public = Shop::with(&town, "");
    let code = alice.browser.agrees(&public.plain("openid"), &[]).await;
    let form = [
        ("grant_type", "authorization_code"),
        ("client_id", "shop"),
        ("code", code.as_str()),
        ("redirect_uri", "https://shop.test/cb"),
        ("code_verifier", VERIFIER),
    ];
    let request = browser.request(reqwest::Method::POST, "/token").form(&form);
    let token = browser.send(request, "/token").await.expect(200).member("id_token");
    assert_eq!(verified(&town, &token).await["alg"], "RS256");
}
