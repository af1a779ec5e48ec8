//! How often a browser may come, and anybody from one address.

use latchkey::config::{Config, Limits, Network};
use serde_json::json;

use crate::support::TestApp;
use crate::support::browser::{Answer, Browser};

async fn town(change: impl FnOnce(&mut Config)) -> TestApp {
    TestApp::start_with(|config| {
        config.limits = Limits::default();
        config.server.trusted_proxies = vec![Network::parse("127.0.0.1/32").unwrap()];
        change(config);
    })
    .await
}

/// A browser that was never here, at some address.
fn at(town: &TestApp, address: &str) -> Browser {
    town.browser().with_header("x-forwarded-for", address)
}

impl Answer {
    /// Asserts a page that says when to come back.
    #[track_caller]
    fn page_to_come_back(self, seconds: u32) -> Self {
        let page = self.expect(429);
        assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
        assert_eq!(page.header("retry-after"), seconds.to_string());
        assert!(page.text().contains(&seconds.to_string()), "{}", page.text());
        page
    }
}

#[tokio::test]
async fn a_session_that_comes_too_often_is_told_when_to_come_back_and_others_are_not() {
    let town = town(|config| config.limits.requests_per_session = 30).await;
    let (alice, bob) = (town.neighbour("alice").await, town.neighbour("bob").await);
    let before = town.state().await;
    while alice.browser.get("/me/passkeys").await.status == 200 {}
    let page = alice.browser.get("/me/passkeys").await.page_to_come_back(60);
    assert!(page.text().contains("等 60 秒再试"), "{}", page.text());
    let page = alice.browser.in_english().get("/me/passkeys").await.page_to_come_back(60);
    assert!(page.text().contains("Wait 60 seconds"), "{}", page.text());
    assert_eq!(town.state().await, before);
    bob.browser.get("/me/passkeys").await.expect(200);

    town.pass_seconds(60);
    alice.browser.get("/me/passkeys").await.expect(200);
}

#[tokio::test]
async fn ceremonies_are_counted_by_browser_and_by_address() {
    let town = town(|config| {
        config.limits.ceremonies_per_session = 3;
        config.limits.ceremonies_per_address = 5;
    })
    .await;
    let begins = async |browser: &Browser| {
        let (begin, _, csrf) = browser.open("/sign-in").await.expect(200).ceremony();
        browser.post_json(&begin, &csrf, &json!({ "csrf": csrf })).await
    };
    let one = at(&town, "198.51.100.1");
    for _ in 0..3 {
        begins(&one).await.expect(200);
    }
    let refused = begins(&one).await.expect(429);
    assert_eq!((refused.problem().as_str(), refused.header("retry-after")), ("too-many", "60"));
    // New browsers do not help at the same address; at another they are at home.
    for _ in 0..2 {
        begins(&at(&town, "198.51.100.1")).await.expect(200);
    }
    begins(&at(&town, "198.51.100.1")).await.expect(429);
    begins(&at(&town, "198.51.100.2")).await.expect(200);
    town.pass_seconds(60);
    begins(&one).await.expect(200);
}

#[tokio::test]
async fn codes_and_invitations_cannot_be_guessed_at() {
    let town = town(|config| {
        config.limits.recovery_codes_per_session = 2;
        config.limits.recovery_codes_per_address = 3;
        config.limits.invitations_per_address = 4;
    })
    .await;
    let enters = async |browser: &Browser| {
        let page = browser.open("/recover").await.expect(200);
        browser.submit_only(&page, "/recover", &[("code", "AAAAA-AAAAA")]).await
    };
    let one = at(&town, "198.51.100.1");
    for _ in 0..2 {
        enters(&one).await.expect(400);
    }
    enters(&one).await.page_to_come_back(60);
    enters(&at(&town, "198.51.100.1")).await.expect(400);
    enters(&at(&town, "198.51.100.1")).await.page_to_come_back(60);
    enters(&at(&town, "2001:db8::1")).await.expect(400);

    let right = town.resident("alice").await.invitation;
    for guess in ["a", "b", "c", "d"] {
        one.get(&format!("/invitation/{guess}")).await.expect(400);
    }
    one.get(&format!("/invitation/{right}")).await.page_to_come_back(60);
    at(&town, "198.51.100.2").get(&format!("/invitation/{right}")).await.expect(200);
}

#[tokio::test]
async fn an_address_that_comes_too_often_is_refused_at_every_door_in_its_own_face() {
    let town = town(|config| config.limits.requests_per_address = 20).await;
    let mut alice = town.neighbour("alice").await;
    let lookups = town.count("resident_session").await;
    alice.browser = alice.browser.with_header("x-forwarded-for", "198.51.100.1");
    while alice.browser.get("/me/passkeys").await.status == 200 {}

    let page = alice.browser.get("/me/passkeys").await.page_to_come_back(60);
    assert!(!page.body.contains("href=\"/me\""), "nobody was looked up: {}", page.text());
    let refused = alice.browser.post("/token", &[("grant_type", "x")]).await.refused(429, "temporarily_unavailable");
    assert_eq!(refused.header("retry-after"), "60");
    for path in ["/vault/claims", "/health", "/jwks"] {
        let refused = alice.browser.get(path).await.expect(429);
        assert_eq!((refused.problem().as_str(), refused.header("retry-after")), ("too-many", "60"), "{path}");
    }
    assert_eq!(town.count("resident_session").await, lookups);

    let elsewhere = alice.browser.with_header("x-forwarded-for", "198.51.100.2");
    elsewhere.get("/me/passkeys").await.expect(200);
    // A stranger's word for where it is does not count, so writing another address each time does not help.
    town.pass_seconds(60);
    alice.browser.get("/me/passkeys").await.expect(200);
}

#[tokio::test]
async fn an_address_cannot_be_made_up() {
    let town = TestApp::start_with(|config| config.limits.requests_per_address = 5).await;
    for n in 0..5 {
        at(&town, &format!("198.51.100.{n}")).get("/health").await.expect(200);
    }
    at(&town, "198.51.100.99").get("/health").await.expect(429);
}
