//! Clients that say who they are (cases 49 to 58).

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use reqwest::Method;
use serde_json::{Value, json};

use super::{Scene, scene};
use crate::support::app::ISSUER;
use crate::support::browser::Answer;
use crate::support::keys::{Key, base64, changed, with};

/// Gives an unknown token back with this assertion: an act that needs nothing but the client's authentication.
async fn revokes_with(scene: &Scene, assertion: &str) -> Answer {
    let form = with(&scene.a.authentication(), &[("client_assertion", assertion), ("token", "x")]);
    scene.a.post("/revoke", &form, None).await
}

/// As [`revokes_with`], with the good claims changed.
async fn revokes_claiming(scene: &Scene, changes: Value) -> Answer {
    let claims = changed(scene.a.assertion_claims(), changes);
    revokes_with(scene, &scene.a.key.sign(&json!({ "alg": "ES256" }), &claims)).await
}

#[tokio::test]
async fn case_49_a_client_authenticates_as_itself() {
    let scene = scene().await;
    scene.town.partner("rp-b").await;
    let before = scene.town.state().await;
    for path in ["/par", "/token", "/revoke"] {
        let bare = [("client_id".to_owned(), "rp-a".to_owned()), ("token".to_owned(), "x".to_owned())];
        scene.a.post(path, &bare, None).await.refused(401, "invalid_client");
        scene.a.post(path, &[], None).await.refused(401, "invalid_client");
        let other = with(&scene.a.authentication(), &[("client_id", "rp-b"), ("token", "x")]);
        scene.a.post(path, &other, None).await.refused(401, "invalid_client");
    }
    let unknown = revokes_claiming(&scene, json!({ "iss": "rp-z", "sub": "rp-z" })).await;
    unknown.refused(401, "invalid_client");
    let kind = with(&scene.a.authentication(), &[("client_assertion_type", "urn:x"), ("token", "x")]);
    scene.a.post("/revoke", &kind, None).await.refused(401, "invalid_client");
    assert_eq!(scene.town.state().await, before);
}

#[tokio::test]
async fn v32_a_refresh_without_authentication_harms_nobody() {
    let scene = scene().await;
    let token = scene.tokens().await.member("refresh_token");
    let form = [("grant_type", "refresh_token"), ("refresh_token", token.as_str()), ("client_id", "rp-a")];
    let form: Vec<_> = form.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let proof = scene.a.proof("POST", "/token", None);
    scene.a.post("/token", &form, Some(&proof)).await.refused(401, "invalid_client");
    scene.a.refreshes(&token, &[]).await.expect(200);
}

#[tokio::test]
async fn case_50_the_key_decides_the_algorithm() {
    let scene = scene().await;
    let claims = scene.a.assertion_claims();
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let unsigned = format!("{}.{}.", part(&json!({ "alg": "none" })), part(&claims));
    revokes_with(&scene, &unsigned).await.refused(401, "invalid_client");
    // HS256 with the public key as the secret.
    let input = format!("{}.{}", part(&json!({ "alg": "HS256" })), part(&claims));
    let secret = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, scene.a.key.jwk().to_string().as_bytes());
    let signed = format!("{input}.{}", base64(ring::hmac::sign(&secret, input.as_bytes()).as_ref()));
    revokes_with(&scene, &signed).await.refused(401, "invalid_client");
    for alg in ["RS256", "ES384", "EdDSA", "PS256", "es256", ""] {
        let signed = scene.a.key.sign(&json!({ "alg": alg }), &scene.a.assertion_claims());
        revokes_with(&scene, &signed).await.refused(401, "invalid_client");
    }
    for header in [
        json!({ "alg": "ES256", "jku": "https://evil.test/jwks" }),
        json!({ "alg": "ES256", "x5u": "https://evil.test/x" }),
        json!({ "alg": "ES256", "x5c": [] }),
        json!({ "alg": "ES256", "crit": ["exp"], "exp": 1 }),
        json!({ "alg": "ES256", "b64": false }),
        json!({ "alg": "ES256", "jwk": scene.a.key.jwk() }),
        json!({ "alg": "ES256", "kid": "another" }),
    ] {
        let accepted = header.get("kid").is_some();
        let signed = scene.a.key.sign(&header, &scene.a.assertion_claims());
        let answer = revokes_with(&scene, &signed).await;
        // The registered key has no name, so any name fits it.
        if accepted {
            answer.expect(200)
        } else {
            answer.refused(401, "invalid_client")
        };
    }
    let stranger = Key::new().sign(&json!({ "alg": "ES256" }), &scene.a.assertion_claims());
    revokes_with(&scene, &stranger).await.refused(401, "invalid_client");
}

#[tokio::test]
async fn case_51_issuer_and_subject_are_the_client() {
    let scene = scene().await;
    scene.town.partner("rp-b").await;
    for claims in [json!({ "iss": "rp-b" }), json!({ "sub": "rp-b" }), json!({ "iss": null }), json!({ "sub": null })] {
        revokes_claiming(&scene, claims).await.refused(401, "invalid_client");
    }
}

#[tokio::test]
async fn case_52_and_v47_a_partner_names_the_issuer_alone() {
    let scene = scene().await;
    for aud in [
        json!([ISSUER]),
        json!([ISSUER, "https://evil.test"]),
        json!(format!("{ISSUER}/")),
        json!(format!("{ISSUER}/token")),
        json!(format!("{ISSUER}/par")),
        json!(format!("{ISSUER}/revoke")),
        json!("https://evil.test"),
        json!(null),
        json!(7),
    ] {
        let answer = revokes_claiming(&scene, json!({ "aud": aud })).await;
        answer.refused(401, "invalid_client");
    }
}

#[tokio::test]
async fn an_ordinary_client_may_name_the_token_endpoint() {
    let scene = scene().await;
    let manifest = scene.a.manifest().replace("partner", "ordinary").replace("parking.book", "signin.basic");
    scene.town.register(&manifest.replace("kind =", "token_endpoint_auth_method = \"private_key_jwt\"\nkind =")).await;
    for (aud, good) in [
        (json!(ISSUER), true),
        (json!(format!("{ISSUER}/token")), true),
        (json!(format!("{ISSUER}/par")), false),
        (json!([format!("{ISSUER}/token")]), false),
    ] {
        let answer = revokes_claiming(&scene, json!({ "aud": aud })).await;
        if good {
            answer.expect(200)
        } else {
            answer.refused(401, "invalid_client")
        };
    }
}

#[tokio::test]
async fn case_53_v48_and_v49_an_assertion_is_good_for_a_minute() {
    let scene = scene().await;
    let now = scene.a.seconds();
    for claims in [
        json!({ "exp": now }),
        json!({ "exp": now - 1 }),
        json!({ "exp": null }),
        json!({ "exp": (now + 30).to_string() }),
        json!({ "exp": "9999999999" }),
        json!({ "exp": now + 61 }),
        json!({ "exp": now + 3600 }),
        json!({ "exp": -1 }),
        json!({ "exp": 30.5 }),
        json!({ "exp": now as f64 + 30.5 }),
        json!({ "iat": null, "exp": now + 61 }),
        json!({ "iat": now + 11, "exp": now + 60 }),
        json!({ "iat": now.to_string() }),
        json!({ "iat": now - 20, "exp": now + 50 }),
        json!({ "nbf": now + 61 }),
        json!({ "nbf": "x" }),
        json!({ "nbf": 1.5 }),
    ] {
        let answer = revokes_claiming(&scene, claims.clone()).await;
        assert_eq!(answer.status.as_u16(), 401, "{claims}");
        answer.refused(401, "invalid_client");
    }
    // A number beyond all numbers, which no JSON value here can hold.
    let huge = scene.a.assertion_claims().to_string().replace(&format!("\"exp\":{}", now + 50), "\"exp\":1e400");
    let header = base64(br#"{"alg":"ES256"}"#);
    revokes_with(&scene, &format!("{header}.{}.AA", base64(huge.as_bytes()))).await.refused(401, "invalid_client");
    for claims in [
        json!({ "iat": now + 8, "exp": now + 60 }),
        json!({ "iat": now + 8, "exp": now + 68 }),
        json!({ "iat": null }),
        json!({ "nbf": now }),
    ] {
        revokes_claiming(&scene, claims).await.expect(200);
    }
}

#[tokio::test]
async fn case_54_and_v46_an_assertion_is_good_once() {
    let scene = scene().await;
    for jti in [json!(null), json!(""), json!("x".repeat(129)), json!(7)] {
        revokes_claiming(&scene, json!({ "jti": jti })).await.refused(401, "invalid_client");
    }
    let assertion = scene.a.assertion();
    revokes_with(&scene, &assertion).await.expect(200);
    revokes_with(&scene, &assertion).await.refused(401, "invalid_client");
    let form = with(&scene.a.authentication(), &[("client_assertion", &assertion)]);
    let form = [form, with(&scene.a.request(), &[("client_id", "")])].concat();
    scene.a.post("/par", &form, None).await.refused(401, "invalid_client");
    // The same name of another client is another name.
    let b = scene.town.partner("rp-b").await;
    let claims = changed(scene.a.assertion_claims(), json!({ "jti": "the-same" }));
    revokes_with(&scene, &scene.a.key.sign(&json!({ "alg": "ES256" }), &claims)).await.expect(200);
    let claims = changed(b.assertion_claims(), json!({ "jti": "the-same" }));
    let form = with(&b.authentication(), &[("token", "x")]);
    let form = with(&form, &[("client_assertion", &b.key.sign(&json!({ "alg": "ES256" }), &claims))]);
    b.post("/revoke", &form, None).await.expect(200);
}

#[tokio::test]
async fn case_56_a_removed_key_is_refused_at_once_and_two_may_overlap() {
    let mut scene = scene().await;
    let manifest = scene.a.manifest();
    let next = Key::new();
    scene.town.register(&format!("{manifest}{}", next.in_manifest())).await;
    revokes_with(&scene, &scene.a.assertion()).await.expect(200);
    let old = std::mem::replace(&mut scene.a.key, next);
    revokes_with(&scene, &scene.a.assertion()).await.expect(200);
    let alone = format!("{}{}", manifest.split("[[jwks").next().unwrap(), scene.a.key.in_manifest());
    scene.town.register(&alone).await;
    revokes_with(&scene, &scene.a.assertion()).await.expect(200);
    let late = old.sign(&json!({ "alg": "ES256" }), &scene.a.assertion_claims());
    revokes_with(&scene, &late).await.refused(401, "invalid_client");
}

#[tokio::test]
async fn case_56_keys_before_a_rotation_are_good_for_ten_minutes() {
    let mut scene = scene().await;
    let id = latchkey::ids::ClientId::parse("rp-a").unwrap();
    let (next, ten) = (Key::new(), std::time::Duration::from_secs(600));
    let set = |key: &Key| json!({ "keys": [key.jwk()] }).to_string();
    latchkey::oauth::rotate_keys(&scene.town.app, &id, set(&next).as_bytes(), ten).await.unwrap();
    scene.town.pass_seconds(599);
    revokes_with(&scene, &scene.a.assertion()).await.expect(200);
    scene.town.pass_seconds(1);
    revokes_with(&scene, &scene.a.assertion()).await.refused(401, "invalid_client");
    scene.a.key = next;
    revokes_with(&scene, &scene.a.assertion()).await.expect(200);
    // A second rotation within the ten minutes: the last two are good, and none before.
    let (third, fourth) = (Key::new(), Key::new());
    for key in [&third, &fourth] {
        latchkey::oauth::rotate_keys(&scene.town.app, &id, set(key).as_bytes(), ten).await.unwrap();
    }
    revokes_with(&scene, &scene.a.assertion()).await.refused(401, "invalid_client");
    for key in [third, fourth] {
        scene.a.key = key;
        revokes_with(&scene, &scene.a.assertion()).await.expect(200);
    }
    // What the operator registers again counts alone, and at once.
    let manifest = scene.a.manifest();
    scene.town.register(&manifest).await;
    revokes_with(&scene, &scene.a.assertion()).await.expect(200);
}

#[tokio::test]
async fn an_ordinary_clients_assertion_may_live_an_hour_and_is_remembered_for_as_long() {
    let scene = scene().await;
    let manifest = scene.a.manifest().replace("partner", "ordinary").replace("parking.book", "signin.basic");
    scene.town.register(&manifest.replace("kind =", "token_endpoint_auth_method = \"private_key_jwt\"\nkind =")).await;
    let now = scene.a.seconds();
    for claims in [json!({ "exp": now + 3601 }), json!({ "iat": now - 1, "exp": now + 3600 })] {
        revokes_claiming(&scene, claims).await.refused(401, "invalid_client");
    }
    let claims = changed(scene.a.assertion_claims(), json!({ "exp": now + 3600 }));
    let assertion = scene.a.key.sign(&json!({ "alg": "ES256" }), &claims);
    revokes_with(&scene, &assertion).await.expect(200);
    for _ in 0..4 {
        scene.town.pass_seconds(899);
        revokes_with(&scene, &assertion).await.refused(401, "invalid_client");
    }
    scene.town.pass_seconds(4);
    revokes_with(&scene, &assertion).await.refused(401, "invalid_client");
}

#[tokio::test]
async fn case_57_one_way_of_authentication_and_none_in_the_address() {
    let scene = scene().await;
    let form = with(&scene.a.authentication(), &[("token", "x")]);
    let both = scene.a.http.request(Method::POST, "/revoke").basic_auth("rp-a", Some("secret")).form(&form);
    scene.a.http.send(both, "/revoke").await.refused(400, "invalid_request");
    let secret = with(&form, &[("client_secret", "secret")]);
    scene.a.post("/revoke", &secret, None).await.refused(400, "invalid_request");
    let form = with(&scene.a.authentication(), &[("token", "x")]);
    let address = scene.a.http.request(Method::POST, "/revoke?client_secret=secret").form(&form);
    scene.a.http.send(address, "/revoke").await.refused(400, "invalid_request");
    let basic =
        scene.a.http.request(Method::POST, "/revoke").basic_auth("rp-a", Some("secret")).form(&[("token", "x")]);
    let answer = scene.a.http.send(basic, "/revoke").await.refused(401, "invalid_client");
    assert!(answer.header("www-authenticate").starts_with("Basic "));
}

#[tokio::test]
async fn v36_a_disabled_client_is_refused_at_the_next_request() {
    let scene = scene().await;
    let tokens = scene.tokens().await;
    let code = scene.code().await;
    let id = latchkey::ids::ClientId::parse("rp-a").unwrap();
    assert!(latchkey::oauth::disable(&scene.town.app, &id).await.unwrap());
    scene.a.pushes(&[]).await.refused(401, "invalid_client");
    scene.a.redeems(&code).await.refused(401, "invalid_client");
    scene.a.refreshes(&tokens.member("refresh_token"), &[]).await.refused(401, "invalid_client");
    scene.a.reads("/userinfo", &tokens.member("access_token")).await.refused(401, "invalid_token");
    assert_ne!(scene.a.reads("/vault/claims", &tokens.member("access_token")).await.status.as_u16(), 200);
    scene.alice.browser.get("/authorize?client_id=rp-a&request_uri=x").await.error_page();
}

#[tokio::test]
async fn d5_three_algorithms_are_taken_for_assertions_and_for_proofs() {
    for (key, dpop) in [(Key::ed25519(), Key::rsa()), (Key::rsa(), Key::ed25519()), (Key::new(), Key::new())] {
        let mut scene = scene().await;
        (scene.a.key, scene.a.dpop) = (key, dpop);
        scene.town.register(&scene.a.manifest()).await;
        let tokens = scene.tokens().await;
        scene.a.reads("/vault/claims", &tokens.member("access_token")).await.expect(200);
        // RS256 under the same RSA key is another algorithm.
        let header = json!({ "alg": "RS256" });
        let signed = scene.a.key.sign(&header, &scene.a.assertion_claims());
        revokes_with(&scene, &signed).await.refused(401, "invalid_client");
        // The name that RFC 9864 gave Ed25519 is good for that key alone.
        let signed = scene.a.key.sign(&json!({ "alg": "Ed25519" }), &scene.a.assertion_claims());
        let answer = revokes_with(&scene, &signed).await;
        match scene.a.key.alg() {
            "EdDSA" => answer.expect(200),
            _ => answer.refused(401, "invalid_client"),
        };
    }
}
