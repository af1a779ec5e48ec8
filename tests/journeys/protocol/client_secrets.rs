//! Ordinary clients that hold a secret of ours (RFC 6749 §2.3.1; cases 49 and 57, V54).

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use latchkey::ids::ClientId;
use latchkey::oauth::{self, NotRegistered, NotRotated};
use reqwest::Method;

use crate::support::TestApp;
use crate::support::shop::manifest;

const MINUTES: Duration = Duration::from_secs(600);

fn shop_id() -> ClientId {
    ClientId::parse("shop").unwrap()
}

#[tokio::test]
async fn a_client_with_a_secret_signs_a_resident_in() {
    for method in ["client_secret_basic", "client_secret_post"] {
        let town = TestApp::start().await;
        let shop = town.shop(method).await;
        let alice = town.neighbour("alice").await;
        let code = alice.browser.agrees(&shop.plain("openid offline_access"), &[]).await;
        let tokens = shop.redeems(&code).await.expect(200);
        assert_eq!(tokens.member("token_type"), "Bearer");
        // It authenticates at each refresh, so its refresh token stays.
        let again = shop.refreshes(&tokens.member("refresh_token")).await.expect(200);
        assert!(again.json().get("refresh_token").is_none());
        shop.refreshes(&tokens.member("refresh_token")).await.expect(200);
        shop.asks("/revoke", &[("token", &tokens.member("refresh_token"))]).await.expect(200);
        shop.refreshes(&tokens.member("refresh_token")).await.refused(400, "invalid_grant");
    }
}

#[tokio::test]
async fn case_49_and_v54_a_secret_is_its_clients_and_in_the_registered_place() {
    for method in ["client_secret_basic", "client_secret_post"] {
        let town = TestApp::start().await;
        let shop = town.shop(method).await;
        let before = town.state().await;
        let basic = method == "client_secret_basic";
        let last = shop.secret.chars().last().unwrap();
        let nearly = format!("{}{}", &shop.secret[..42], if last == 'A' { 'E' } else { 'A' });
        for path in ["/par", "/token", "/revoke"] {
            for wrong in [nearly.as_str(), "x", &shop.secret[..42], &format!("{}A", shop.secret)] {
                let answer = shop.asks_with(path, wrong, &[("token", "x")]).await.refused(401, "invalid_client");
                assert_eq!(answer.header("www-authenticate").starts_with("Basic "), basic, "{path}");
            }
            let elsewhere = if basic {
                shop.by_post(path, &shop.secret, &[("token", "x")]).await
            } else {
                shop.by_basic(path, &shop.secret, &[("token", "x")]).await
            };
            elsewhere.refused(401, "invalid_client");
            let bare = [("client_id", "shop"), ("token", "x")];
            shop.http.post(path, &bare).await.refused(401, "invalid_client");
        }
        // The digest that the database keeps is no secret.
        let digest = latchkey::crypto::token::Digest::of(shop.secret.as_bytes());
        assert!(!shop.knows(digest.as_str()).await);
        let nobody = shop.http.request(Method::POST, "/revoke").basic_auth("nobody", Some(&shop.secret));
        shop.http.send(nobody.form(&[("token", "x")]), "/revoke").await.refused(401, "invalid_client");
        assert!(shop.knows(&shop.secret).await);
        assert_eq!(town.state().await, before);
    }
}

#[tokio::test]
async fn case_57_a_secret_comes_one_way_and_never_in_the_address() {
    let town = TestApp::start().await;
    let shop = town.shop("client_secret_basic").await;
    let secret = shop.secret.as_str();
    let both = [("token", "x"), ("client_secret", secret), ("client_id", "shop")];
    shop.by_basic("/revoke", secret, &both).await.refused(400, "invalid_request");
    let kind = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    let both = [("token", "x"), ("client_assertion", "a.b.c"), ("client_assertion_type", kind)];
    shop.by_basic("/revoke", secret, &both).await.refused(400, "invalid_request");
    let address = format!("/revoke?client_id=shop&client_secret={secret}");
    let asked = shop.http.request(Method::POST, &address).form(&[("token", "x")]);
    shop.http.send(asked, &address).await.refused(400, "invalid_request");
    // Another name in the form than in the header.
    shop.by_basic("/revoke", secret, &[("token", "x"), ("client_id", "nobody")]).await.refused(401, "invalid_client");
    shop.by_basic("/revoke", secret, &[("token", "x"), ("client_id", "shop")]).await.expect(200);
}

#[tokio::test]
async fn the_halves_of_a_basic_header_are_form_urlencoded() {
    let town = TestApp::start().await;
    let shop = town.shop("client_secret_basic").await;
    let escaped: String = shop.secret.bytes().map(|byte| format!("%{byte:02X}")).collect();
    for (halves, good) in [
        (format!("shop:{escaped}"), true),
        (format!("%73hop:{}", shop.secret), true),
        (format!("shop:{} ", shop.secret), false),
        ("shop".to_owned(), false),
        ("shop:%ff".to_owned(), false),
        (String::new(), false),
    ] {
        let header = format!("Basic {}", STANDARD.encode(halves));
        let asked = shop.http.request(Method::POST, "/revoke").header("authorization", header);
        let answer = shop.http.send(asked.form(&[("token", "x")]), "/revoke").await;
        if good {
            answer.expect(200)
        } else {
            answer.refused(401, "invalid_client")
        };
    }
    let twice = shop.http.request(Method::POST, "/revoke").basic_auth("shop", Some(&shop.secret));
    let twice = twice.basic_auth("shop", Some(&shop.secret)).form(&[("token", "x")]);
    shop.http.send(twice, "/revoke").await.refused(400, "invalid_request");
}

#[tokio::test]
async fn a_secret_before_a_rotation_is_good_for_a_while_and_never_three_are() {
    let town = TestApp::start().await;
    let shop = town.shop("client_secret_basic").await;
    let entries = town.count("ledger_entry").await;
    let second = oauth::rotate_secret(&town.app, &shop_id(), MINUTES).await.unwrap();
    assert!(shop.knows(&shop.secret).await && shop.knows(second.expose()).await);
    town.pass_seconds(599);
    assert!(shop.knows(&shop.secret).await);
    town.pass_seconds(1);
    assert!(!shop.knows(&shop.secret).await && shop.knows(second.expose()).await);

    let third = oauth::rotate_secret(&town.app, &shop_id(), MINUTES).await.unwrap();
    let fourth = oauth::rotate_secret(&town.app, &shop_id(), MINUTES).await.unwrap();
    assert!(!shop.knows(second.expose()).await, "a third one ends at once");
    assert!(shop.knows(third.expose()).await && shop.knows(fourth.expose()).await);
    let last = oauth::rotate_secret(&town.app, &shop_id(), Duration::ZERO).await.unwrap();
    assert!(!shop.knows(fourth.expose()).await && shop.knows(last.expose()).await);
    assert_eq!(town.count("ledger_entry").await, entries + 4);
    town.partner("rp-a").await;
    let partner = ClientId::parse("rp-a").unwrap();
    let refused = oauth::rotate_secret(&town.app, &partner, MINUTES).await.unwrap_err();
    assert!(matches!(refused, NotRotated::OtherMethod("private_key_jwt")), "{refused}");
}

#[tokio::test]
async fn a_secret_outlives_a_new_manifest_but_not_another_method() {
    let town = TestApp::start().await;
    let shop = town.shop("client_secret_basic").await;
    let renamed = manifest("client_secret_basic").replace("Books C", "Books");
    assert!(oauth::register(&town.app, &renamed).await.unwrap().secret.is_none());
    assert!(shop.knows(&shop.secret).await);
    oauth::register(&town.app, &manifest("none")).await.unwrap();
    assert!(!shop.knows(&shop.secret).await);
    let back = oauth::register(&town.app, &manifest("client_secret_basic")).await.unwrap().secret.unwrap();
    assert!(!shop.knows(&shop.secret).await, "what was forgotten does not come back");
    assert!(shop.knows(back.expose()).await);
}

#[tokio::test]
async fn a_partner_or_a_native_app_is_given_no_secret() {
    let town = TestApp::start().await;
    let secret = "token_endpoint_auth_method = \"client_secret_basic\"\nkind =";
    let partner = town.unregistered("rp-a").manifest().replace("kind =", secret);
    let native = manifest("client_secret_post").replace("kind =", "application_type = \"native\"\nkind =");
    for manifest in [partner, native] {
        let Err(NotRegistered::Manifest(cause)) = oauth::register(&town.app, &manifest).await else { panic!() };
        assert_eq!(cause.code, "invalid_client_metadata");
    }
    assert_eq!(town.count("oauth_client").await + town.count("oauth_client_secret").await, 0);
}

#[tokio::test]
async fn race_rotations_at_once_leave_one_secret_in_force_and_one_that_ends() {
    let town = TestApp::start().await;
    let shop = town.shop("client_secret_basic").await;
    let rotations = (0..16).map(|_| {
        let app = town.app.clone();
        tokio::spawn(async move { oauth::rotate_secret(&app, &shop_id(), MINUTES).await.unwrap() })
    });
    let mut secrets = Vec::new();
    for rotation in rotations.collect::<Vec<_>>() {
        secrets.push(rotation.await.unwrap());
    }
    let mut good = 0;
    for secret in &secrets {
        good += usize::from(shop.knows(secret.expose()).await);
    }
    assert!(!shop.knows(&shop.secret).await);
    assert_eq!(good, 2);
    assert_eq!(town.count("oauth_client_secret WHERE expires_at IS NULL").await, 1);
    assert_eq!(town.count("oauth_client_secret").await, 2);
}
