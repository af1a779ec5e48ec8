//! How often a client may ask, and what it is told when that is too often.

use std::time::Duration;

use latchkey::config::{Config, Limits, Network};
use latchkey::once;

use super::Scene;
use crate::support::TestApp;
use crate::support::browser::Answer;
use crate::support::keys::Key;

/// A service with the limits as they are by default, but for what `change` says, behind a proxy at this machine.
async fn town(change: impl FnOnce(&mut Config)) -> TestApp {
    TestApp::start_with(|config| {
        config.limits = Limits::default();
        config.server.trusted_proxies = vec![Network::parse("127.0.0.1/32").unwrap()];
        change(config);
    })
    .await
}

impl Answer {
    /// Asserts a protocol answer that says when to come back.
    #[track_caller]
    fn come_back_in(self, seconds: u32) -> Self {
        let answer = self.refused(429, "temporarily_unavailable");
        assert_eq!(answer.header("retry-after"), seconds.to_string());
        answer
    }
}

#[tokio::test]
async fn case_31_the_301st_push_of_a_client_in_a_minute_is_refused() {
    let town = town(|_| {}).await;
    let (one, other) = (town.partner("rp-a").await, town.partner("rp-b").await);
    for _ in 0..300 {
        one.pushes(&[]).await.expect(201);
    }
    let before = town.state().await;
    one.pushes(&[]).await.come_back_in(60);
    assert_eq!(town.state().await, before, "nothing was kept of it");
    other.pushes(&[]).await.expect(201);

    town.pass(Duration::from_millis(58_500));
    one.pushes(&[]).await.come_back_in(2);
    town.pass_seconds(2);
    one.pushes(&[]).await.expect(201);
}

#[tokio::test]
async fn a_limit_is_what_the_configuration_says_and_zero_is_none() {
    let two = town(|config| config.limits.pushed_requests_per_client = 2).await;
    let client = two.partner("rp-a").await;
    for _ in 0..2 {
        client.pushes(&[]).await.expect(201);
    }
    client.pushes(&[]).await.come_back_in(60);
    client.asks("/revoke", &[("token", "x")]).await.expect(200);

    let none = town(|config| config.limits.pushed_requests_per_client = 0).await;
    let client = none.partner("rp-a").await;
    for _ in 0..305 {
        client.pushes(&[]).await.expect(201);
    }
}

#[tokio::test]
async fn nobody_uses_up_what_a_public_client_may_ask_from_elsewhere() {
    let town = town(|config| config.limits.pushed_requests_per_client = 2).await;
    let mut native = town.native().await;
    for (from, status) in [
        ("198.51.100.1", 201),
        ("198.51.100.1", 201),
        ("198.51.100.1", 429),
        ("198.51.100.2", 201),
        ("2001:db8:0:100::1", 201),
        ("2001:db8:0:1ff::1", 201),
        ("2001:db8:0:1aa::1", 429),
        ("2001:db8:0:200::1", 201),
    ] {
        native.http = town.browser().with_header("x-forwarded-for", from);
        native.pushes(&[]).await.expect(status);
    }
}

#[tokio::test]
async fn tokens_and_everything_else_have_limits_of_their_own() {
    let town = town(|config| {
        config.limits.token_requests_per_client = 2;
        config.limits.requests_per_client = 1;
    })
    .await;
    let (one, other) = (town.partner("rp-a").await, town.partner("rp-b").await);
    for _ in 0..2 {
        one.refreshes("none", &[]).await.refused(400, "invalid_grant");
    }
    one.refreshes("none", &[]).await.come_back_in(60);
    one.asks("/revoke", &[("token", "x")]).await.expect(200);
    one.asks("/revoke", &[("token", "x")]).await.come_back_in(60);
    one.pushes(&[]).await.expect(201);
    other.refreshes("none", &[]).await.refused(400, "invalid_grant");
}

#[tokio::test]
async fn a_client_reads_the_vault_as_often_as_it_may_and_no_refusal_of_the_kind_is_entered() {
    let town = town(|config| config.limits.vault_reads_per_client = 2).await;
    let (a, alice) = (town.partner("rp-a").await, town.neighbour("alice").await);
    let scene = Scene { town, a, alice };
    let token = scene.tokens().await.member("access_token");
    let (town, partner) = (&scene.town, &scene.a);
    for _ in 0..2 {
        partner.reads("/vault/claims", &token).await.expect(200);
    }
    let before = town.state().await;
    let refused = partner.reads("/vault/claims", &token).await.expect(429);
    assert_eq!((refused.problem().as_str(), refused.header("retry-after")), ("too-many", "60"));
    assert_eq!(refused.header("ledger-position"), "");
    assert_eq!(town.state().await, before, "nothing was entered");
    partner.reads("/userinfo", &token).await.expect(200);

    town.pass_seconds(60);
    partner.reads("/vault/claims", &token).await.expect(200);
}

#[tokio::test]
async fn case_74_a_flood_of_proofs_by_one_key_is_refused_and_what_is_kept_of_it_is_small_and_passes() {
    assert!(Limits::default().proofs_per_key < 100_000, "the row's flood is above the limit");
    let town = town(|config| config.limits.proofs_per_key = 40).await;
    let mut partner = town.partner("rp-a").await;
    for _ in 0..40 {
        partner.pushes(&[]).await.expect(201);
    }
    let kept = town.count("once WHERE kind = 'dpop_jti'").await;
    assert_eq!(kept, 40);
    partner.pushes(&[]).await.come_back_in(60);
    partner.refreshes("none", &[]).await.come_back_in(60);
    assert_eq!(town.count("once WHERE kind = 'dpop_jti'").await, kept, "a refused proof is not kept");
    assert!(town.number("SELECT CAST(MAX(length(digest)) AS BIGINT) FROM once WHERE kind = 'dpop_jti'").await <= 128);

    let flooded = std::mem::replace(&mut partner.dpop, Key::new());
    partner.pushes(&[]).await.expect(201);
    partner.dpop = flooded;
    town.pass_seconds(301);
    let (mut tx, now) = (town.app.db.begin().await.unwrap(), town.app.now());
    once::sweep(&mut tx, now.minus(Duration::from_secs(86_400)), now).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(town.count("once WHERE kind IN ('dpop_jti', 'assertion_jti')").await, 0, "forgotten after the window");
    partner.pushes(&[]).await.expect(201);
}

#[tokio::test]
async fn a_flood_of_proofs_at_a_resource_is_refused_before_the_token_is_looked_up() {
    let town = town(|config| config.limits.proofs_per_key = 3).await;
    let partner = town.partner("rp-a").await;
    for _ in 0..3 {
        partner.reads("/vault/claims", "nothing").await.expect(401);
    }
    for path in ["/vault/claims", "/userinfo"] {
        partner.reads(path, "nothing").await.come_back_in(60);
    }
}

#[tokio::test]
async fn wrong_credentials_shut_out_whoever_sends_them_and_not_the_client() {
    let town = town(|config| {
        config.limits.failed_authentications_per_client = 3;
        config.limits.failed_authentications_per_address = 5;
    })
    .await;
    let here = town.browser().with_header("x-forwarded-for", "198.51.100.1");
    let (mut one, mut other) = (town.partner("rp-a").await, town.partner("rp-b").await);
    (one.http, other.http) = (here.clone(), here.clone());
    let good = std::mem::replace(&mut one.key, Key::new());
    for _ in 0..3 {
        one.pushes(&[]).await.refused(401, "invalid_client");
    }
    let assertions = town.count("once WHERE kind = 'assertion_jti'").await;
    one.pushes(&[]).await.come_back_in(60);
    // Even the right key is not looked at here; elsewhere it is.
    one.key = good;
    one.pushes(&[]).await.come_back_in(60);
    assert_eq!(town.count("once WHERE kind = 'assertion_jti'").await, assertions);
    one.http = town.browser().with_header("x-forwarded-for", "198.51.100.2");
    one.pushes(&[]).await.expect(201);

    // Another client at that address goes on, however often the first failed.
    other.pushes(&[]).await.expect(201);
    other.key = Key::new();
    for _ in 0..3 {
        other.pushes(&[]).await.refused(401, "invalid_client");
    }
    other.pushes(&[]).await.come_back_in(60);
    town.pass_seconds(60);
    other.pushes(&[]).await.refused(401, "invalid_client");
}
