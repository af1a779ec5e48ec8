//! Refresh tokens, as far as they go today: kept by clients that authenticate, exchanged by those that do not.

use std::time::Duration;

use super::codes::withdraw;
use super::{Scene, scene};
use crate::support::TestApp;
use crate::support::browser::Answer;
use crate::support::keys::Key;
use crate::support::partner::{Partner, VERIFIER};

const DAY: Duration = Duration::from_secs(86_400);

/// A public client's request to the token endpoint, without a proof.
async fn bare(native: &Partner, form: &[(&str, &str)]) -> Answer {
    let form: Vec<_> = form.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    native.post("/token", &form, None).await
}

async fn native_tokens(town: &TestApp, native: &Partner) -> Answer {
    let alice = town.neighbour("alice").await;
    let code = alice.browser.agrees(&native.plain(&[("scope", "openid offline_access")]), &[]).await;
    let form = [
        ("grant_type", "authorization_code"),
        ("client_id", "nat-n"),
        ("code", &code),
        ("redirect_uri", &native.redirect_uri),
        ("code_verifier", VERIFIER),
    ];
    bare(native, &form).await.expect(200)
}

#[tokio::test]
async fn a_public_clients_refresh_token_is_exchanged_and_one_that_comes_twice_ends_the_family() {
    let town = TestApp::start().await;
    let native = town.native().await;
    let tokens = native_tokens(&town, &native).await;
    let first = tokens.member("refresh_token");
    let form = |token: &str| {
        vec![
            ("grant_type", "refresh_token".to_owned()),
            ("client_id", "nat-n".to_owned()),
            ("refresh_token", token.to_owned()),
        ]
    };
    let refresh = |token: String| {
        let native = &native;
        async move {
            let form = form(&token);
            let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
            bare(native, &form).await
        }
    };
    let second = refresh(first.clone()).await.expect(200);
    let third = refresh(second.member("refresh_token")).await.expect(200);
    native.bears("/userinfo", &third.member("access_token")).await.expect(200);
    refresh(first).await.refused(400, "invalid_grant");
    for dead in [&tokens, &second, &third] {
        native.bears("/userinfo", &dead.member("access_token")).await.refused(401, "invalid_token");
    }
    refresh(third.member("refresh_token")).await.refused(400, "invalid_grant");
}

#[tokio::test]
async fn v19_a_refresh_token_is_its_clients_alone() {
    let scene = scene().await;
    let b = scene.town.partner("rp-b").await;
    let token = scene.tokens().await.member("refresh_token");
    b.refreshes(&token, &[]).await.refused(400, "invalid_grant");
    // Case 82: its owner is not harmed.
    scene.a.refreshes(&token, &[]).await.expect(200);
}

#[tokio::test]
async fn v32_a_client_that_authenticates_refreshes_as_itself() {
    let scene = scene().await;
    let token = scene.tokens().await.member("refresh_token");
    let before = scene.town.state().await;
    let form = [("client_id", "rp-a"), ("grant_type", "refresh_token"), ("refresh_token", &token)];
    let form: Vec<_> = form.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    scene.a.post("/token", &form, Some(&scene.a.proof("POST", "/token", None))).await.refused(401, "invalid_client");
    assert_eq!(scene.town.state().await, before);
    scene.a.refreshes(&token, &[]).await.expect(200);
}

#[tokio::test]
async fn case_70_a_client_that_authenticates_may_change_its_key() {
    let Scene { town, mut a, alice } = scene().await;
    let code = alice.browser.agrees(&a.pushed(&[]).await, &[]).await;
    let tokens = a.redeems(&code).await.expect(200);
    let old = std::mem::replace(&mut a.dpop, Key::new());
    let renewed = a.refreshes(&tokens.member("refresh_token"), &[]).await.expect(200);
    a.reads("/userinfo", &renewed.member("access_token")).await.expect(200);
    a.dpop = old;
    a.reads("/userinfo", &tokens.member("access_token")).await.refused(401, "invalid_token");
    drop(town);
}

#[tokio::test]
async fn case_79_a_refresh_narrows_and_never_widens() {
    let scene = scene().await;
    let token = scene.tokens().await.member("refresh_token");
    for scope in ["openid cc:elder.care", "openid cc:parking.book profile", "offline_access"] {
        scene.a.refreshes(&token, &[("scope", scope)]).await.refused(400, "invalid_scope");
    }
    let details = [("authorization_details", "[]")];
    scene.a.refreshes(&token, &details).await.refused(400, "invalid_authorization_details");
    assert_eq!(scene.a.refreshes(&token, &[("scope", "openid")]).await.expect(200).member("scope"), "openid");
    let whole = scene.a.refreshes(&token, &[]).await.expect(200);
    assert_eq!(whole.member("scope"), "openid cc:parking.book");
}

#[tokio::test]
async fn case_80_a_refresh_token_ends_with_idleness_and_with_the_consent() {
    let scene = scene().await;
    let token = scene.tokens().await.member("refresh_token");
    for _ in 0..6 {
        scene.town.pass(DAY * 13);
        scene.a.refreshes(&token, &[]).await.expect(200);
    }
    scene.town.pass(DAY * 13);
    scene.a.refreshes(&token, &[]).await.refused(400, "invalid_grant");

    let scene = super::scene().await;
    let token = scene.tokens().await.member("refresh_token");
    scene.town.pass(DAY * 14);
    scene.a.refreshes(&token, &[]).await.refused(400, "invalid_grant");
}

#[tokio::test]
async fn case_81_a_withdrawal_ends_refreshing_at_once() {
    let scene = scene().await;
    let token = scene.tokens().await.member("refresh_token");
    withdraw(&scene).await;
    let before = scene.town.state().await;
    scene.a.refreshes(&token, &[]).await.refused(400, "invalid_grant");
    assert_eq!(scene.town.state().await, before);
}
