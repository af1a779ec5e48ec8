//! Codes: for their client, their redirect, their verifier, their key, half a minute, and once (cases 35 to 48).

use std::collections::HashSet;

use latchkey::crypto::token::Token;
use latchkey::ids::{ConsentId, RequestId};
use reqwest::Method;

use super::{Scene, scene};
use crate::support::keys::{Key, with};
use crate::support::partner::{CHALLENGE, VERIFIER};

#[tokio::test]
async fn case_35_a_wrong_verifier_is_refused() {
    let scene = scene().await;
    for verifier in [CHALLENGE, &"b".repeat(43), &VERIFIER.to_lowercase()] {
        let code = scene.code().await;
        scene.a.redeems_with(&code, &[("code_verifier", verifier)]).await.refused(400, "invalid_grant");
        scene.assert_is_dead(&code).await;
    }
    let code = scene.code().await;
    for verifier in ["a".repeat(42), "a".repeat(129), format!("{}!", "a".repeat(43)), "停".repeat(43)] {
        scene.a.redeems_with(&code, &[("code_verifier", &verifier)]).await.refused(400, "invalid_request");
    }
    // What cannot be a verifier uses nothing up.
    scene.a.redeems(&code).await.expect(200);
    assert_eq!(scene.town.count("oauth_token WHERE kind = 'access'").await, 1);
}

#[tokio::test]
async fn v16_a_missing_verifier_is_refused() {
    let scene = scene().await;
    let code = scene.code().await;
    let tokens = scene.town.count("oauth_token").await;
    scene.a.redeems_with(&code, &[("code_verifier", "")]).await.refused(400, "invalid_grant");
    scene.assert_is_dead(&code).await;
    assert_eq!(scene.town.count("oauth_token").await, tokens);
}

#[tokio::test]
async fn case_37_a_grant_without_a_challenge_is_no_grant() {
    let scene = scene().await;
    let code = scene.code().await;
    scene.town.force("UPDATE oauth_grant SET challenge = ''").await;
    scene.a.redeems(&code).await.refused(400, "invalid_grant");
}

#[tokio::test]
async fn case_38_a_code_lives_half_a_minute() {
    let scene = scene().await;
    let code = scene.code().await;
    scene.town.pass_seconds(31);
    let before = scene.town.state().await;
    scene.a.redeems(&code).await.refused(400, "invalid_grant");
    assert_eq!(scene.town.state().await, before);
}

#[tokio::test]
async fn case_39_a_code_that_comes_twice_ends_what_it_gave() {
    let scene = scene().await;
    let code = scene.code().await;
    let tokens = scene.a.redeems(&code).await.expect(200);
    scene.a.reads("/userinfo", &tokens.member("access_token")).await.expect(200);
    scene.a.redeems(&code).await.refused(400, "invalid_grant");
    scene.a.reads("/userinfo", &tokens.member("access_token")).await.refused(401, "invalid_token");
    scene.a.reads("/vault/claims", &tokens.member("access_token")).await.refused(401, "invalid_token");
    scene.a.refreshes(&tokens.member("refresh_token"), &[]).await.refused(400, "invalid_grant");
}

#[tokio::test]
async fn case_41_a_code_is_its_clients_alone() {
    let scene = scene().await;
    let b = scene.town.partner("rp-b").await;
    let code = scene.code().await;
    b.redeems(&code).await.refused(400, "invalid_grant");
    b.redeems_with(&code, &[("redirect_uri", "https://a.test/cb")]).await.refused(400, "invalid_grant");
    // It was out of its owner's hands: it is burnt.
    scene.assert_is_dead(&code).await;
    assert_eq!(scene.town.count("oauth_token").await, 0);
}

#[tokio::test]
async fn a_code_is_redeemed_for_the_redirect_uri_it_came_to() {
    let scene = scene().await;
    for uri in ["", "https://a.test/cb2", "https://b.test/cb"] {
        let code = scene.code().await;
        scene.a.redeems_with(&code, &[("redirect_uri", uri)]).await.refused(400, "invalid_grant");
        scene.assert_is_dead(&code).await;
    }
}

#[tokio::test]
async fn case_43_a_code_is_nothing_but_a_code() {
    let scene = scene().await;
    let screen = scene.town.screen().await;
    let code = scene.code().await;
    let before = scene.town.state().await;
    scene.a.refreshes(&code, &[]).await.refused(400, "invalid_grant");
    let device = [("grant_type", "urn:ietf:params:oauth:grant-type:device_code"), ("device_code", code.as_str())];
    scene.a.asks("/token", &device).await.refused(400, "unauthorized_client");
    screen.asks("/token", &device).await.refused(400, "invalid_grant");
    let handle = format!("urn:ietf:params:oauth:request_uri:{code}");
    scene.alice.browser.get(&scene.a.address(&handle)).await.error_page();
    scene.a.reads("/userinfo", &code).await.refused(401, "invalid_token");
    assert_eq!(scene.town.state().await, before);
    scene.a.redeems(&code).await.expect(200);
}

#[tokio::test]
async fn case_44_a_code_is_its_keys_alone() {
    let Scene { town, mut a, alice } = scene().await;
    let announced = a.dpop.thumbprint();
    let address = a.pushed(&[("dpop_jkt", &announced)]).await;
    let code = alice.browser.agrees(&address, &[]).await;
    // Without a proof nothing is used up …
    let form = [
        ("grant_type", "authorization_code"),
        ("code", code.as_str()),
        ("redirect_uri", a.redirect_uri.as_str()),
        ("code_verifier", VERIFIER),
    ];
    let bare = with(&a.authentication(), &form);
    a.post("/token", &bare, None).await.refused(400, "invalid_dpop_proof");
    assert_eq!(town.count("oauth_grant WHERE ended_at IS NULL").await, 1);
    // … with another key the code is burnt.
    let own = std::mem::replace(&mut a.dpop, Key::new());
    a.redeems(&code).await.refused(400, "invalid_grant");
    a.dpop = own;
    a.redeems(&code).await.refused(400, "invalid_grant");
}

#[tokio::test]
async fn case_46_codes_are_long_and_random() {
    let scene = scene().await;
    assert!(scene.code().await.len() >= 43);
    // Codes are `Token`s: 256 bits each. No duplicate, and each of the 64 letters about as often as the others.
    let mut seen = HashSet::new();
    let mut letters = [0_u32; 128];
    for _ in 0..100_000 {
        let token = Token::random().unwrap();
        // The last letter holds four bits alone.
        token.expose()[..42].bytes().for_each(|letter| letters[usize::from(letter)] += 1);
        assert!(seen.insert(token.expose().to_owned()));
    }
    let counts: Vec<f64> = letters.iter().filter(|count| **count > 0).map(|count| f64::from(*count)).collect();
    let expected = 42.0 * 100_000.0 / 64.0;
    let chi: f64 = counts.iter().map(|count| (count - expected).powi(2) / expected).sum();
    assert_eq!(counts.len(), 64);
    // 63 degrees of freedom: beyond 134 one run in ten million.
    assert!(chi < 134.0, "chi squared is {chi}");
}

#[tokio::test]
async fn case_48_a_consent_withdrawn_before_the_redemption_ends_the_code() {
    let scene = scene().await;
    let code = scene.code().await;
    withdraw(&scene).await;
    scene.a.redeems(&code).await.refused(400, "invalid_grant");
    assert_eq!(scene.town.count("oauth_token").await, 0);
}

/// Alice stops `rp-a`.
pub async fn withdraw(scene: &Scene) {
    let mut tx = scene.town.app.db.read().await.unwrap();
    let records = latchkey::consent::of_resident(&mut tx, &scene.alice.resident.id).await.unwrap();
    drop(tx);
    let open: Vec<&ConsentId> =
        records.iter().filter(|record| record.ended_at.is_none()).map(|record| &record.id).collect();
    let request: RequestId = latchkey::crypto::random::id().unwrap();
    for id in open {
        latchkey::consent::withdraw(
            &scene.town.app,
            &scene.alice.resident.id,
            id,
            &latchkey::ledger::By::Resident,
            &request,
        )
        .await
        .unwrap();
    }
}

#[tokio::test]
async fn secrets_are_not_taken_from_the_address() {
    let scene = scene().await;
    let code = scene.code().await;
    let form = with(&scene.a.authentication(), &[("grant_type", "authorization_code"), ("code", code.as_str())]);
    let path = "/token?code_verifier=x";
    let request = scene.a.http.request(Method::POST, path).form(&form);
    scene.a.http.send(request, path).await.refused(400, "invalid_request");
    scene.a.redeems(&code).await.expect(200);
}
