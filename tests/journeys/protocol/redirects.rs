//! The authorization endpoint: pages until client and redirect URI are known good, 303 afterwards (cases 1 to 13).

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use reqwest::Method;

use super::fapi::payload;
use super::scene;
use crate::support::TestApp;
use crate::support::app::ISSUER;
use crate::support::browser::Answer;

#[tokio::test]
async fn case_01_a_partner_that_did_not_push_gets_a_page() {
    let scene = scene().await;
    let before = scene.town.state().await;
    scene.alice.browser.get(&scene.a.plain(&[])).await.error_page();
    assert_eq!(scene.town.state().await, before);
}

#[tokio::test]
async fn case_02_a_foreign_request_uri_gets_a_page_and_is_not_fetched() {
    let scene = scene().await;
    let hits = Arc::new(AtomicUsize::new(0));
    let probe = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = probe.local_addr().unwrap().port();
    let counted = hits.clone();
    tokio::spawn(async move {
        while probe.accept().await.is_ok() {
            counted.fetch_add(1, Ordering::SeqCst);
        }
    });
    for uri in ["https://evil.test/r.jwt".to_owned(), format!("http://127.0.0.1:{port}/r.jwt")] {
        scene.alice.browser.get(&scene.a.address(&uri)).await.error_page();
    }
    assert_eq!(hits.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn case_04_parameters_beside_a_handle_are_ignored() {
    let scene = scene().await;
    let address = scene.a.pushed(&[]).await;
    let more =
        "&redirect_uri=https://evil.test/&scope=openid%20email&state=other&prompt=none&response_type=token&nonce=other";
    let answer = scene.alice.browser.says(&format!("{address}{more}"), "yes", &[]).await.expect(303);
    assert!(answer.location().unwrap().starts_with("https://a.test/cb?code="));
    assert_eq!(answer.parameter("state").unwrap(), "s t&a");
    let tokens = scene.a.redeems(&answer.parameter("code").unwrap()).await.expect(200);
    assert_eq!(payload(&tokens.member("id_token"))["nonce"], "n-0S6_WzA2Mj");
}

#[tokio::test]
async fn case_05_33_and_v22_a_handle_without_its_client_gets_a_page() {
    let scene = scene().await;
    scene.town.partner("rp-b").await;
    let address = scene.a.pushed(&[]).await;
    let before = scene.town.state().await;
    let handle = address.split("request_uri=").nth(1).unwrap();
    for other in [format!("/authorize?request_uri={handle}"), format!("/authorize?client_id=rp-b&request_uri={handle}")]
    {
        scene.alice.browser.get(&other).await.error_page();
    }
    assert_eq!(scene.town.state().await, before);
    // The handle is still its owner's.
    scene.alice.browser.agrees(&address, &[]).await;
}

#[tokio::test]
async fn case_07_an_expired_handle_looks_like_one_that_never_was() {
    let scene = scene().await;
    let address = scene.a.pushed(&[]).await;
    scene.town.pass_seconds(91);
    let never = format!("urn:ietf:params:oauth:request_uri:{}", "A".repeat(43));
    let expired = scene.alice.browser.get(&address).await.error_page();
    let unknown = scene.alice.browser.get(&scene.a.address(&never)).await.error_page();
    // What differs by nature: the number of the request, the address itself, the form token.
    let bare = |answer: &Answer| {
        let number = answer.header("x-request-id");
        // The page says the whole number to programs and its beginning to people.
        let body = answer.body.replace(number, "").replace(&number[..8], "").replace(&answer.csrf(), "");
        body.replace(&answer.path.replace('&', "&#38;"), "")
    };
    assert_eq!(bare(&expired), bare(&unknown));
}

#[tokio::test]
async fn case_08_other_methods_are_refused() {
    let scene = scene().await;
    let address = scene.a.pushed(&[]).await;
    for method in [Method::PUT, Method::DELETE, Method::HEAD, Method::PATCH] {
        let request = scene.alice.browser.request(method.clone(), &address);
        let answer = scene.alice.browser.send(request, &address).await;
        assert_eq!((answer.status.as_u16(), answer.location()), (405, None), "{method}");
        assert_eq!(answer.header("allow"), "GET, POST");
    }
    // A partner's request is not posted either; an ordinary client's may be (OIDC Core 3.1.2.1).
    let query: Vec<_> = form_urlencoded::parse(address.split('?').nth(1).unwrap().as_bytes()).into_owned().collect();
    let answer = scene.alice.browser.post("/authorize", &query).await;
    assert_eq!((answer.status.as_u16(), answer.location()), (405, None));
    let native = scene.town.native().await;
    let answer = scene.alice.browser.post("/authorize", &native.request()).await.expect(303);
    assert!(answer.location().unwrap().starts_with("/consent/"));
    // HEAD did not open the pushed request for anybody.
    scene.alice.browser.agrees(&address, &[]).await;
}

#[tokio::test]
async fn case_09_no_other_site_may_read_the_authorization_endpoint() {
    let scene = scene().await;
    let address = scene.a.pushed(&[]).await;
    for method in [Method::OPTIONS, Method::GET] {
        let request = scene.alice.browser.request(method, &address);
        let request = request.header("origin", "https://evil.test").header("access-control-request-method", "GET");
        let answer = scene.alice.browser.send(request, &address).await;
        assert!(!answer.headers.keys().any(|name| name.as_str().starts_with("access-control")));
    }
}

#[tokio::test]
async fn case_10_success_is_303_with_code_state_and_iss_and_nothing_else() {
    let scene = scene().await;
    let address = scene.a.pushed(&[]).await;
    let answer = scene.alice.browser.says(&address, "yes", &[]).await;
    assert_eq!(answer.status.as_u16(), 303);
    assert_eq!(answer.parameters(), ["code", "state", "iss"]);
    assert_eq!(answer.parameter("state").unwrap(), "s t&a");
    assert_eq!(answer.parameter("iss").unwrap(), ISSUER);
    let remembered = scene.alice.browser.get(&scene.a.pushed(&[]).await).await;
    assert_eq!(remembered.status.as_u16(), 303);
    assert_eq!(remembered.parameters(), ["code", "state", "iss"]);
}

#[tokio::test]
async fn case_12_and_13_pages_cannot_be_framed_and_tell_nobody_where_they_are() {
    let scene = scene().await;
    let page = scene.alice.browser.open(&scene.a.pushed(&[]).await).await.expect(200);
    for answer in [page, scene.town.browser().open("/sign-in").await.expect(200)] {
        assert!(answer.header("content-security-policy").contains("frame-ancestors 'none'"));
        assert_eq!(answer.header("x-frame-options"), "DENY");
        assert_eq!(answer.header("referrer-policy"), "no-referrer");
        for part in answer.body.split(['"', '\'']).filter(|part| part.contains("://")) {
            assert!(part.starts_with("http://www.w3.org/"), "a third party on the page: {part}");
        }
    }
}

#[tokio::test]
async fn v08_an_invalid_client_or_handle_leads_nowhere() {
    let town = TestApp::start().await;
    town.partner("rp-a").await;
    for path in [
        "/authorize?client_id=nope&redirect_uri=https://evil.test/&response_type=code",
        "/authorize?client_id=rp-a&request_uri=urn:ietf:params:oauth:request_uri:nope&redirect_uri=https://evil.test/",
        "/authorize?client_id=rp-a&request_uri=&redirect_uri=https://evil.test/",
        "/authorize",
        "/authorize?client_id=%00",
        "/authorize?client_id=rp-a&client_id=rp-a",
        "/consent/0123",
        "/consent/00000000000000000000000000000000",
    ] {
        town.browser().get(path).await.error_page();
    }
}

#[tokio::test]
async fn v09_no_path_becomes_a_location() {
    let town = TestApp::start().await;
    for path in ["//evil.test/..%2f", "/%5Cevil.test/", "//evil.test/", "/..//evil.test"] {
        let answer = town.browser().get(path).await;
        assert!(answer.status.is_client_error(), "{path}: {}", answer.status);
        assert_eq!(answer.location(), None, "{path}");
    }
}
