//! What holds for every door: headers, faces of errors, odd requests.

use crate::support::TestApp;
use latchkey::config::Network;
use reqwest::Method;

/// Pages that open without signing in.
const OPEN_PAGES: [&str; 4] = ["/sign-in", "/recover", "/signed-out", "/nowhere"];

#[tokio::test]
async fn health_answers() {
    let town = TestApp::start().await;
    let answer = town.browser().get("/health").await.expect(200);
    assert_eq!(answer.json()["status"], "ok");
}

#[tokio::test]
async fn an_unknown_address_is_a_page_in_the_residents_language() {
    let town = TestApp::start().await;
    let chinese = town.browser().get("/nowhere").await.expect(404);
    assert!(chinese.body.contains("lang=\"zh-Hans\""));
    let english = town.browser().in_english().get("/nowhere").await.expect(404);
    assert!(english.text().contains("There is no such page"));
    assert_eq!(english.header("content-type"), "text/html; charset=utf-8");
    assert!(english.text().contains(&english.header("x-request-id")[..8]), "the page names the request");
}

#[tokio::test]
async fn case_012_no_page_can_be_framed() {
    let town = TestApp::start().await;
    for path in OPEN_PAGES {
        let page = town.browser().get(path).await;
        assert_eq!(page.header("x-frame-options"), "DENY", "{path}");
        assert!(page.header("content-security-policy").contains("frame-ancestors 'none'"), "{path}");
    }
}

#[tokio::test]
async fn case_013_no_page_tells_others_that_it_was_opened() {
    let town = TestApp::start().await;
    for path in OPEN_PAGES {
        let page = town.browser().get(path).await;
        assert_eq!(page.header("referrer-policy"), "no-referrer", "{path}");
        for mark in ["src=\"", "href=\"", "action=\"", "url("] {
            for (at, _) in page.body.match_indices(mark) {
                let target = &page.body[at + mark.len()..];
                let own = ["/", "#", "tel:"].iter().any(|own| target.starts_with(own)) && !target.starts_with("//");
                assert!(own, "{path}: {}", &target[..target.len().min(60)]);
            }
        }
    }
}

#[tokio::test]
async fn every_answer_has_its_headers() {
    let town = TestApp::start().await;
    for path in ["/sign-in", "/nowhere", "/health", "/assets/nothing", "/assets/passkey.js"] {
        let answer = town.browser().get(path).await;
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("strict-transport-security"), "max-age=63072000", "{path}");
        assert_eq!(answer.header("x-request-id").len(), 32, "{path}");
        let cached = if path.ends_with(".js") { "no-cache" } else { "no-store" };
        assert_eq!(answer.header("cache-control"), cached, "{path}");
    }
}

#[tokio::test]
async fn an_asset_that_the_browser_has_is_not_sent_again() {
    let town = TestApp::start().await;
    let first = town.browser().get("/assets/style.css").await.expect(200);
    let again = town.browser().with_header("if-none-match", first.header("etag"));
    assert_eq!(again.get("/assets/style.css").await.expect(304).body, "");
}

#[tokio::test]
async fn a_wrong_method_is_told_the_right_ones() {
    let town = TestApp::start().await;
    let browser = town.browser().in_english();
    let answer = browser.send(browser.request(Method::PUT, "/recover"), "/recover").await.expect(405);
    assert_eq!(answer.header("allow"), "GET,HEAD,POST");
    assert!(answer.text().contains("It cannot be opened like this"));
    let answer = browser.send(browser.request(Method::POST, "/health"), "/health").await.expect(405);
    assert_eq!(answer.problem(), "method");
}

#[tokio::test]
async fn case_109_a_field_that_nobody_asked_for_is_an_error() {
    let town = TestApp::start().await;
    let browser = town.browser();
    let page = browser.open("/recover").await;
    browser.submit(&page, "/recover", &[("code", "x"), ("resident", "y")]).await.expect(400);
    let page = browser.open("/sign-in").await;
    let (begin, _, csrf) = page.ceremony();
    let more = serde_json::json!({ "csrf": csrf, "resident": "y" });
    assert_eq!(browser.post_json(&begin, &csrf, &more).await.expect(400).problem(), "bad-request");
    browser.get("/sign-in?admin=1").await.expect(400);
}

#[tokio::test]
async fn v67_forwarded_headers_are_not_heard() {
    let town = TestApp::start().await;
    for (name, value) in [("x-forwarded-for", "a"), ("forwarded", "for=;;;"), ("x-real-ip", "not an address")] {
        town.browser().with_header(name, value).get("/sign-in").await.expect(200);
        town.browser().with_header(name, value).get("/me/passkeys").await.expect(303);
    }
}

#[tokio::test]
async fn v67_what_a_proxy_of_ours_cannot_have_written_is_refused_at_every_door() {
    let town = TestApp::start_with(|config| {
        config.server.trusted_proxies = vec![Network::parse("127.0.0.1/32").unwrap()];
    })
    .await;
    let alice = town.neighbour("alice").await;
    for (name, value) in [("x-forwarded-for", "a"), ("forwarded", "for=;;;"), ("x-forwarded-for", "192.0.2.1, unknown")]
    {
        let browser = alice.browser.with_header(name, value);
        for path in ["/me/passkeys", "/sign-in", "/nowhere"] {
            let page = browser.get(path).await.expect(400);
            assert_eq!(page.header("content-type"), "text/html; charset=utf-8", "{path}");
        }
        assert_eq!(browser.get("/health").await.expect(400).problem(), "bad-request");
        assert_eq!(browser.get("/vault/claims").await.expect(400).problem(), "bad-request");
        browser.post("/token", &[("grant_type", "x")]).await.refused(400, "invalid_request");
    }
    for (name, value) in
        [("x-forwarded-for", "a, 192.0.2.1"), ("forwarded", "for=\"[2001:db8::1]:80\""), ("x-real-ip", "a")]
    {
        alice.browser.with_header(name, value).get("/me/passkeys").await.expect(200);
    }
}

#[tokio::test]
async fn v68_links_name_the_configured_issuer_whatever_the_request_says() {
    let town = TestApp::start().await;
    let alice = town.neighbour("alice").await;
    for name in ["host", "x-forwarded-host", "forwarded", "x-forwarded-proto", "x-original-host"] {
        let value = if name == "forwarded" { "host=evil.test;proto=http" } else { "evil.test" };
        let browser = alice.browser.with_header(name, value);
        let passkeys = browser.open("/me/passkeys").await.expect(200);
        let sheet = browser.submit(&passkeys, "/me/recovery-codes", &[]).await.expect(200);
        assert!(sheet.text().contains("https://id.test/recover"), "{name}");
        for answer in [passkeys, sheet, browser.get("/").await, browser.get("/nowhere").await] {
            let headers = format!("{:?}", answer.headers);
            assert!(!answer.body.contains("evil.test") && !headers.contains("evil.test"), "{name} {}", answer.path);
        }
    }
}

#[tokio::test]
async fn v95_what_a_request_says_is_never_markup() {
    let town = TestApp::start().await;
    let alice = town.neighbour("alice").await;
    let evil = "\"><svg onload=alert(1)>";
    let encoded: String = form_urlencoded::byte_serialize(evil.as_bytes()).collect();
    for path in ["/sign-in?next=", "/sign-in?request=", "/sign-in?", "/recover?x=", "/invitation/", "/nowhere/", "/?x="]
    {
        for browser in [town.browser(), alice.browser.clone()] {
            let page = browser.open(&format!("{path}{encoded}")).await;
            assert!(!page.body.contains("<svg onload"), "{path}");
            let policy = page.header("content-security-policy");
            assert!(policy.starts_with("default-src 'none'; script-src 'self'; style-src 'self';"), "{path}: {policy}");
        }
    }
    let browser = town.browser();
    let page = browser.open("/recover").await;
    let wrong = browser.submit(&page, "/recover", &[("code", evil)]).await.expect(400);
    assert!(!wrong.body.contains("<svg onload"));
    for (name, value) in [("language", evil), ("mode", evil)] {
        let page = browser.open("/recover").await;
        browser.submit(&page, "/preferences", &[(name, value)]).await.expect(400);
    }
}

#[tokio::test]
async fn a_page_has_no_inline_script_or_style() {
    let town = TestApp::start().await;
    for path in OPEN_PAGES {
        let page = town.browser().open(path).await;
        for inline in ["<style", " style=", " onclick=", " onload=", "javascript:"] {
            assert!(!page.body.contains(inline), "{path}: {inline}");
        }
        for (at, _) in page.body.match_indices("<script") {
            assert!(page.body[at..].starts_with("<script src=\"/assets/"), "{path}");
        }
    }
}

#[tokio::test]
async fn language_and_size_are_kept_in_the_browser() {
    let town = TestApp::start().await;
    let browser = town.browser();
    let page = browser.open("/recover").await;
    let english = browser.submit(&page, "/preferences", &[("language", "en")]).await.expect(200);
    assert_eq!(english.path, "/recover");
    assert!(english.body.contains("lang=\"en\""));
    let large = browser.submit(&english, "/preferences", &[("mode", "large")]).await.expect(200);
    assert!(large.body.contains("data-mode=\"large\"") && large.body.contains("lang=\"en\""));
}
