//! What the limits of one must not take from another: residents behind one address, browsers beside a flood.

use latchkey::config::{Config, Limits, Network};
use latchkey::limit::{Key as Counted, MOST, What};
use reqwest::Method;
use serde_json::json;

use crate::support::TestApp;
use crate::support::browser::{Answer, Browser};
use crate::support::keys::Key;

async fn town(change: impl FnOnce(&mut Config)) -> TestApp {
    TestApp::start_with(|config| {
        config.limits = Limits::default();
        config.server.trusted_proxies = vec![Network::parse("127.0.0.1/32").unwrap()];
        change(config);
    })
    .await
}

fn at(town: &TestApp, address: &str) -> Browser {
    town.browser().with_header("x-forwarded-for", address)
}

async fn begins(browser: &Browser) -> Answer {
    let (begin, _, csrf) = browser.open("/sign-in").await.expect(200).ceremony();
    browser.post_json(&begin, &csrf, &json!({ "csrf": csrf })).await
}

async fn enters(browser: &Browser) -> Answer {
    let page = browser.open("/recover").await.expect(200);
    browser.submit_only(&page, "/recover", &[("code", "AAAAA-AAAAA")]).await
}

/// Counts so many keys that nobody has, as a flood of invented cookies or keys does within a minute.
fn flood(town: &TestApp, what: What) {
    for n in 0..MOST + 100_000 {
        let _ = town.app.limits.count(what, Counted::of(&[&n.to_be_bytes()]));
    }
}

#[tokio::test]
async fn a_flood_of_invented_cookies_shuts_no_resident_out_of_the_pages() {
    let town = town(|_| {}).await;
    let alice = town.neighbour("alice").await;
    for what in [What::BrowserRequest, What::BrowserCeremony, What::BrowserRecoveryCode] {
        flood(&town, what);
    }
    // Whoever is signed in goes on, and whoever is not signs in, more often than one browser may.
    alice.browser.get("/me/passkeys").await.expect(200);
    for n in 0..40 {
        begins(&at(&town, &format!("198.51.100.{n}"))).await.expect(200);
    }
    let one = at(&town, "192.0.2.1");
    for _ in 0..Limits::default().recovery_codes_per_address {
        enters(&one).await.expect(400);
    }
    // By address everything holds as before.
    enters(&one).await.expect(429);
}

#[tokio::test]
async fn a_flood_of_invented_keys_shuts_no_client_out() {
    let town = town(|config| config.limits.proofs_per_key = 2).await;
    flood(&town, What::Proof);
    let partner = town.partner("rp-a").await;
    for _ in 0..5 {
        partner.pushes(&[]).await.expect(201);
    }
}

#[tokio::test]
async fn what_is_refused_by_address_is_not_counted_by_browser() {
    let town = town(|config| {
        config.limits.ceremonies_per_address = 1;
        config.limits.ceremonies_per_session = 1;
        config.limits.recovery_codes_per_address = 1;
        config.limits.recovery_codes_per_session = 1;
    })
    .await;
    begins(&at(&town, "198.51.100.1")).await.expect(200);
    enters(&at(&town, "198.51.100.1")).await.expect(400);
    let moved = at(&town, "198.51.100.1");
    begins(&moved).await.expect(429);
    enters(&moved).await.expect(429);
    let moved = moved.with_header("x-forwarded-for", "198.51.100.2");
    begins(&moved).await.expect(200);
    enters(&moved).await.expect(400);
    let moved = moved.with_header("x-forwarded-for", "198.51.100.3");
    begins(&moved).await.expect(429);
    enters(&moved).await.expect(429);
}

#[tokio::test]
async fn a_method_that_a_door_does_not_have_is_no_step_of_a_ceremony() {
    let town = town(|config| {
        config.limits.ceremonies_per_address = 1;
        config.limits.ceremonies_per_session = 1;
    })
    .await;
    let browser = at(&town, "198.51.100.1");
    browser.open("/sign-in").await.expect(200);
    for method in [Method::GET, Method::PUT, Method::DELETE, Method::OPTIONS] {
        for path in ["/sign-in/begin", "/sign-in/finish"] {
            browser.send(browser.request(method.clone(), path), path).await.expect(405);
        }
    }
    begins(&browser).await.expect(200);
    begins(&browser).await.expect(429);
}

#[tokio::test]
async fn one_resident_shuts_no_app_out_at_the_address_that_all_share() {
    let town = town(|config| {
        config.limits.failed_authentications_per_client = 3;
        config.limits.failed_authentications_per_address = 4;
    })
    .await;
    let shared = at(&town, "198.51.100.1");
    let (mut native, mut one, mut other) =
        (town.native().await, town.partner("rp-a").await, town.partner("rp-b").await);
    for client in [&mut native, &mut one, &mut other] {
        client.http = shared.clone();
    }
    // Names that no client has: so many from an address, however they are invented, with a secret or without.
    for n in 0..4 {
        let name = format!("nobody-{n}");
        let form = [("client_id", name.as_str()), ("client_secret", "x"), ("token", "x")];
        shared.post("/revoke", if n < 2 { &form } else { &form[..1] }).await.refused(401, "invalid_client");
    }
    let before = town.state().await;
    let refused = shared.post("/revoke", &[("client_id", "nobody-9")]).await.refused(429, "temporarily_unavailable");
    assert_eq!(refused.header("retry-after"), "60");
    assert_eq!(town.state().await, before);
    at(&town, "198.51.100.2").post("/revoke", &[("client_id", "nobody-9")]).await.refused(401, "invalid_client");
    for client in [&native, &one, &other] {
        client.pushes(&[]).await.expect(201);
    }

    // Wrong proofs of one client are that client's alone.
    let good = std::mem::replace(&mut one.key, Key::new());
    for _ in 0..3 {
        one.pushes(&[]).await.refused(401, "invalid_client");
    }
    one.key = good;
    one.pushes(&[]).await.refused(429, "temporarily_unavailable");
    other.pushes(&[]).await.expect(201);

    // A client that proves nothing has nothing that could be wrong: a stranger's secret in its name shuts nobody out.
    for n in 0..4 {
        let form = [("client_id", "nat-n"), ("client_secret", "x"), ("token", "x")];
        let code = if n < 3 { (401, "invalid_client") } else { (429, "temporarily_unavailable") };
        shared.post("/revoke", &form).await.refused(code.0, code.1);
    }
    native.pushes(&[]).await.expect(201);
    // And a name without a proof is no wrong proof.
    for _ in 0..5 {
        shared.post("/revoke", &[("client_id", "rp-b"), ("token", "x")]).await.refused(401, "invalid_client");
    }
    other.pushes(&[]).await.expect(201);
}

#[tokio::test]
async fn another_spelling_of_a_name_does_not_begin_to_count_anew() {
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;

    let town = town(|config| config.limits.failed_authentications_per_client = 3).await;
    town.partner("rp-a").await;
    let shared = at(&town, "198.51.100.1");
    for (n, name) in ["rp-a", "rp%2Da", "%72p-a", "rp-%61"].iter().enumerate() {
        let basic = format!("Basic {}", STANDARD.encode(format!("{name}:x")));
        let answer = shared.with_header("authorization", &basic).post("/revoke", &[("token", "x")]).await;
        answer.expect(if n < 3 { 401 } else { 429 });
    }
}

#[tokio::test]
async fn a_screen_that_asks_is_counted_as_a_pushed_request() {
    let town = town(|config| config.limits.pushed_requests_per_client = 2).await;
    let screen = town.screen().await;
    for _ in 0..2 {
        screen.starts(&[]).await.expect(200);
    }
    let before = town.state().await;
    let refused = screen.starts(&[]).await.refused(429, "temporarily_unavailable");
    assert_eq!(refused.header("retry-after"), "60");
    assert_eq!(town.state().await, before, "nothing was kept of it");
    town.pass_seconds(60);
    screen.starts(&[]).await.expect(200);
}
