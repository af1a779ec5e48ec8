//! Requests that no browser and no client library sends.

use reqwest::Method;

use crate::support::TestApp;
use crate::support::app::ISSUER;
use crate::support::browser::{Answer, Browser};

/// Every door, with a path that fits it.
const DOORS: &[(Method, &str)] = &[
    (Method::GET, "/"),
    (Method::GET, "/sign-in"),
    (Method::POST, "/sign-in/begin"),
    (Method::POST, "/sign-in/finish"),
    (Method::POST, "/sign-out"),
    (Method::GET, "/signed-out"),
    (Method::GET, "/end_session"),
    (Method::POST, "/end_session"),
    (Method::POST, "/end_session/confirm"),
    (Method::GET, "/invitation/x"),
    (Method::POST, "/invitation/x/begin"),
    (Method::POST, "/invitation/x/finish"),
    (Method::GET, "/recover"),
    (Method::POST, "/recover"),
    (Method::POST, "/recover/x/begin"),
    (Method::POST, "/recover/x/finish"),
    (Method::GET, "/me"),
    (Method::GET, "/me/welcome"),
    (Method::GET, "/me/passkeys"),
    (Method::POST, "/me/passkeys/begin"),
    (Method::POST, "/me/passkeys/finish"),
    (Method::POST, "/me/passkeys/x/remove"),
    (Method::POST, "/me/recovery-codes"),
    (Method::POST, "/me/sessions/end-others"),
    (Method::GET, "/me/apps"),
    (Method::GET, "/me/apps/x"),
    (Method::GET, "/me/apps/x/receipt"),
    (Method::POST, "/me/apps/x/stop"),
    (Method::POST, "/me/apps/x/pause"),
    (Method::GET, "/me/never"),
    (Method::POST, "/me/never"),
    (Method::GET, "/me/bases/x"),
    (Method::POST, "/me/bases/x/object"),
    (Method::POST, "/me/apps/x/resume"),
    (Method::GET, "/me/book"),
    (Method::GET, "/me/data"),
    (Method::POST, "/me/data/reveal"),
    (Method::GET, "/me/mine"),
    (Method::POST, "/preferences"),
    (Method::GET, "/authorize"),
    (Method::POST, "/authorize"),
    (Method::GET, "/consent/x"),
    (Method::POST, "/consent/x"),
    (Method::POST, "/par"),
    (Method::POST, "/token"),
    (Method::POST, "/revoke"),
    (Method::POST, "/events/poll"),
    (Method::POST, "/orders/receipts"),
    (Method::POST, "/introspect"),
    (Method::GET, "/grants"),
    (Method::GET, "/grants/x"),
    (Method::DELETE, "/grants/x"),
    (Method::GET, "/userinfo"),
    (Method::POST, "/userinfo"),
    (Method::GET, "/vault/claims"),
    (Method::GET, "/jwks"),
    (Method::GET, "/.well-known/openid-configuration"),
    (Method::GET, "/.well-known/oauth-authorization-server"),
    (Method::GET, "/.well-known/oauth-protected-resource"),
    (Method::GET, "/.well-known/oauth-protected-resource/x"),
    (Method::GET, "/assets/style.css"),
    (Method::GET, "/health"),
    (Method::DELETE, "/sign-in"),
    (Method::PUT, "/token"),
];

#[tokio::test]
async fn case_110_odd_requests_are_told_so_and_never_break_anything() {
    let town = TestApp::start().await;
    let alice = town.neighbour("alice").await;
    for browser in [town.browser(), alice.browser.clone()] {
        for (method, path) in DOORS {
            for (at, answer) in oddities(&browser, method, path).await.into_iter().enumerate() {
                let status = answer.status.as_u16();
                assert!(status < 500, "{method} {path}, oddity {at}: {status}");
                let changing = *method != Method::GET;
                assert!(!changing || (400..500).contains(&status), "{method} {path}, oddity {at}: {status}");
            }
        }
    }
    assert!(alice.browser.is_in().await);
    assert_eq!(town.key_count(&alice.resident.id).await, 1);
}

async fn oddities(browser: &Browser, method: &Method, path: &str) -> Vec<Answer> {
    let request = |path: &str| browser.request(method.clone(), path).header("origin", ISSUER);
    let form = "application/x-www-form-urlencoded";
    let large = "a=".to_owned() + &"x".repeat(1024 * 1024);
    let odd = [
        request(path),
        request(path).header("content-type", form).body(large.clone()),
        request(path).header("content-type", "application/json").body(large),
        request(path).header("content-type", "image/png").body("x"),
        request(path).header("content-type", "application/json").body(&b"\xff\xfe{"[..]),
        request(path).header("content-type", form).body("csrf=%FF&code=%00"),
        request(path).header("content-type", form).body("client_id=%00&grant_type=\0&token=%C0%80"),
        request(path).header("content-type", "application/json").body("{\"csrf\":\"\\u0000\"}"),
        request(path).header("content-type", "application/json").header("content-type", "text/plain").body("{}"),
        request(path).header("authorization", "DPoP x").header("authorization", "Bearer y"),
        request(path).header("authorization", "Basic \u{e9}").header("dpop", "a").header("dpop", "b"),
        request(path).header("cookie", "__Host-latchkey=%00; __Host-latchkey=x; =; ;;"),
        request(path).header("host", "evil.test").body(""),
        request(&format!("{path}%00")),
        request(&format!("{path}?next=%00&client_id=%00&record=%00")),
        request(&format!("{path}?client_id=%FF&request=%FF&before=%FF")),
        request(&format!("{path}?{}", "a&".repeat(3000))),
    ];
    let mut answers = Vec::new();
    for request in odd {
        answers.push(browser.send(request, path).await);
    }
    answers
}

#[tokio::test]
async fn v88_a_body_over_the_limit_is_cut_off() {
    let town = TestApp::start().await;
    let browser = town.browser();
    let page = browser.open("/recover").await;
    let fields = |count: usize| vec![("code".to_owned(), "x".to_owned()); count];
    let csrf = ("csrf".to_owned(), page.csrf());

    let too_large = [vec![csrf.clone(), ("code".to_owned(), "x".repeat(32 * 1024))], fields(100_000)];
    for body in too_large {
        browser.post("/recover", &body).await.expect(413);
    }
    // Few bytes, many fields.
    browser.post("/recover", &fields(65)).await.expect(400);
    // The token was not used up by any of them.
    browser.post("/recover", &[csrf, ("code".to_owned(), "x".to_owned())]).await.expect(400);
}

#[tokio::test]
async fn v88_a_body_without_end_is_cut_off() {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let town = TestApp::start().await;
    let mut line = tokio::net::TcpStream::connect(town.address).await.unwrap();
    let head = "POST /recover HTTP/1.1\r\nhost: id.test\r\ntransfer-encoding: chunked\r\n\
                content-type: application/x-www-form-urlencoded\r\n\r\n";
    line.write_all(head.as_bytes()).await.unwrap();
    let chunk = format!("1000\r\n{}\r\n", "x".repeat(0x1000));
    for _ in 0..64 {
        if line.write_all(chunk.as_bytes()).await.is_err() {
            break;
        }
    }
    let mut answer = vec![0; 12];
    line.read_exact(&mut answer).await.unwrap();
    assert_eq!(String::from_utf8_lossy(&answer), "HTTP/1.1 413");
}
