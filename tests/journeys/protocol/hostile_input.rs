//! Odd, large and broken requests at every door of a client (case 110, V53, V88, V95).

use reqwest::Method;

use super::scene;
use crate::support::keys::base64;

const DOORS: [&str; 7] = ["/par", "/token", "/revoke", "/introspect", "/events/poll", "/orders/receipts", "/userinfo"];

#[tokio::test]
async fn case_110_and_v88_broken_requests_are_refused_and_never_a_failure_of_ours() {
    let scene = scene().await;
    let before = scene.town.state().await;
    let form = "application/x-www-form-urlencoded";
    let megabyte = vec![b'a'; 1 << 20];
    let bodies: [(&str, Vec<u8>); 9] = [
        (form, Vec::new()),
        (form, megabyte.clone()),
        ("application/json", b"{}".to_vec()),
        ("multipart/form-data; boundary=x", b"--x--".to_vec()),
        ("", b"grant_type=authorization_code".to_vec()),
        (form, b"grant_type=\xff\xfe".to_vec()),
        (form, b"grant_type=%ff%fe".to_vec()),
        (form, b"grant_type=a%00b".to_vec()),
        (form, (0..100_000).map(|n| format!("p{n}=1&")).collect::<String>().into_bytes()),
    ];
    for door in DOORS {
        for (kind, body) in &bodies {
            let mut request = scene.a.http.request(Method::POST, door).body(body.clone());
            if !kind.is_empty() {
                request = request.header("content-type", *kind);
            }
            let answer = scene.a.http.send(request, door).await;
            assert!(answer.status.is_client_error(), "{door} {kind}: {}", answer.status);
            assert!(answer.json()["error"].is_string(), "{door} {kind}: {}", answer.body);
        }
        let twice = scene.a.http.request(Method::POST, door).header("content-type", form).header("content-type", form);
        let answer = scene.a.http.send(twice, door).await;
        assert!(answer.status.is_client_error(), "{door}: {}", answer.status);
    }
    for address in ["/authorize?client_id=%ff", "/authorize?a=%00", "/authorize?client_id=rp-a&state=%0d%0aX:y"] {
        assert_eq!(scene.alice.browser.get(address).await.status.as_u16(), 400, "{address}");
    }
    assert_eq!(scene.town.state().await, before);
}

#[tokio::test]
async fn v53_encrypted_packed_and_endless_tokens_are_refused() {
    let scene = scene().await;
    let token = |header: &str, parts: usize| format!("{}{}", base64(header.as_bytes()), ".AA".repeat(parts - 1));
    for assertion in [
        token(r#"{"alg":"PBES2-HS256+A128KW","enc":"A128GCM","p2c":2147483647,"p2s":"AA"}"#, 5),
        token(r#"{"alg":"ES256","zip":"DEF"}"#, 3),
        token(r#"{"alg":"ES256"}"#, 5),
        token(r#"{"alg":"dir","enc":"A256GCM"}"#, 3),
        ".".repeat(15_000),
        "a.b.c".to_owned(),
        format!("{}.e30.AA", base64("[".repeat(5_000).as_bytes())),
    ] {
        let form = [
            ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
            ("client_assertion", assertion.as_str()),
            ("token", "x"),
        ];
        let form: Vec<_> = form.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        scene.a.post("/revoke", &form, None).await.refused(401, "invalid_client");
        let form = [scene.a.authentication(), scene.a.request()[2..].to_vec()].concat();
        scene.a.post("/par", &form, Some(&assertion)).await.refused(400, "invalid_dpop_proof");
    }
}

#[tokio::test]
async fn v95_what_a_client_sends_is_never_a_part_of_a_page() {
    let scene = scene().await;
    let native = scene.town.native().await;
    let attack = "\"><svg onload=alert(1)>";
    let names =
        ["client_id", "redirect_uri", "scope", "state", "nonce", "prompt", "login_hint", "ui_locales", "request_uri"];
    for name in names {
        for client in [&native, &scene.a] {
            let answer = scene.alice.browser.open(&client.plain(&[(name, attack)])).await;
            assert!(!answer.body.contains("<svg onload"), "{name}: {}", answer.body);
            let policy = answer.header("content-security-policy");
            assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "{name}");
            assert!(!policy.contains("unsafe"), "{name}");
        }
    }
    // A name that was registered with an attack in it is shown as text.
    let manifest =
        native.manifest().replace("App N", "<svg onload=alert(1)>").replace("乙应用", "<svg onload=alert(1)>");
    scene.town.register(&manifest).await;
    let page = scene.alice.browser.open(&native.plain(&[])).await.expect(200);
    assert!(!page.body.contains("<svg onload") && page.body.contains("&#60;svg onload"), "{}", page.body);
}

#[tokio::test]
async fn v91_silent_connections_keep_nobody_waiting() {
    let scene = scene().await;
    let mut silent = Vec::new();
    for _ in 0..200 {
        silent.push(tokio::net::TcpStream::connect(scene.town.address).await.unwrap());
    }
    scene.tokens().await;
    drop(silent);
}
