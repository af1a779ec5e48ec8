//! Proofs of possession (cases 60 to 73).

use reqwest::Method;
use serde_json::{Value, json};

use super::{Scene, scene};
use crate::support::browser::Answer;
use crate::support::keys::{Key, base64, changed, digest, with};

/// Pushes with this proof: an act that needs nothing but a good one.
async fn pushes_with(scene: &Scene, proof: &str) -> Answer {
    let form = [scene.a.authentication(), with(&scene.a.request(), &[("client_id", "")])].concat();
    scene.a.post("/par", &form, Some(proof)).await
}

fn proof(scene: &Scene, header: Value, claims: Value) -> String {
    let claims = changed(scene.a.proof_claims("POST", "/par", None), claims);
    scene.a.proof_by(&scene.a.dpop, &claims, header)
}

#[tokio::test]
async fn case_60_exactly_one_proof_in_one_header() {
    let scene = scene().await;
    let code = scene.code().await;
    let form = [("grant_type", "authorization_code"), ("code", code.as_str())];
    let bare = with(&scene.a.authentication(), &form);
    scene.a.post("/token", &bare, None).await.refused(400, "invalid_dpop_proof");
    let (one, two) = (proof(&scene, json!({}), json!({})), proof(&scene, json!({}), json!({})));
    pushes_with(&scene, &format!("{one}, {two}")).await.refused(400, "invalid_dpop_proof");
    pushes_with(&scene, "").await.refused(400, "invalid_dpop_proof");
    let form = [scene.a.authentication(), with(&scene.a.request(), &[("client_id", "")])].concat();
    let twice = scene.a.http.request(Method::POST, "/par").header("dpop", &one).header("dpop", &two).form(&form);
    scene.a.http.send(twice, "/par").await.refused(400, "invalid_dpop_proof");
    let token = scene.a.redeems(&code).await.expect(200).member("access_token");
    let request = scene.a.http.request(Method::GET, "/userinfo").header("authorization", format!("DPoP {token}"));
    let answer = scene.a.http.send(request, "/userinfo").await.refused(401, "invalid_dpop_proof");
    assert!(answer.header("www-authenticate").starts_with("DPoP "));
}

#[tokio::test]
async fn case_61_a_proof_says_that_it_is_one() {
    let scene = scene().await;
    for typ in [json!(null), json!("JWT"), json!("DPOP+JWT "), json!("jwt+dpop"), json!(7)] {
        pushes_with(&scene, &proof(&scene, json!({ "typ": typ }), json!({}))).await.refused(400, "invalid_dpop_proof");
    }
}

#[tokio::test]
async fn case_62_a_proof_is_signed_by_the_key_in_it() {
    let scene = scene().await;
    let before = scene.town.state().await;
    let own = scene.a.dpop.jwk();
    let (x, y) = (own["x"].as_str().unwrap(), own["y"].as_str().unwrap());
    for header in [
        json!({ "alg": "none" }),
        json!({ "alg": "HS256" }),
        json!({ "alg": "RS256" }),
        json!({ "jwk": null }),
        json!({ "jwk": changed(own.clone(), json!({ "d": "AA" })) }),
        json!({ "jwk": { "kty": "oct", "k": "AAAA" } }),
        json!({ "jwk": changed(own.clone(), json!({ "y": x })) }),
        json!({ "jwk": { "kty": "OKP", "crv": "Ed25519", "x": base64(&[0; 32]) }, "alg": "EdDSA" }),
        json!({ "jwk": { "kty": "EC", "crv": "P-384", "x": x, "y": y } }),
        json!({ "jwk": Key::new().jwk() }),
        json!({ "jwk": "x" }),
        json!({ "kid": "a", "jku": "https://evil.test" }),
        json!({ "crit": ["b64"], "b64": false }),
    ] {
        let answer = pushes_with(&scene, &proof(&scene, header.clone(), json!({}))).await;
        assert_eq!(answer.status.as_u16(), 400, "{header}");
        answer.refused(400, "invalid_dpop_proof");
    }
    // ring would verify any message under a key of low order.
    let mut forged = [0_u8; 64];
    forged[0] = 1;
    let mut point = [0_u8; 32];
    point[0] = 1;
    let header =
        json!({ "typ": "dpop+jwt", "alg": "EdDSA", "jwk": { "kty": "OKP", "crv": "Ed25519", "x": base64(&point) } });
    let claims = scene.a.proof_claims("POST", "/par", None);
    let weak = format!(
        "{}.{}.{}",
        base64(header.to_string().as_bytes()),
        base64(claims.to_string().as_bytes()),
        base64(&forged)
    );
    pushes_with(&scene, &weak).await.refused(400, "invalid_dpop_proof");
    assert_eq!(scene.town.state().await, before);
}

#[tokio::test]
async fn case_64_and_v42_a_proof_is_of_this_minute_and_works_once() {
    let scene = scene().await;
    let now = scene.a.seconds();
    for iat in [json!(now - 61), json!(now + 11), json!(now.to_string()), json!(null), json!(now as f64 + 0.5)] {
        pushes_with(&scene, &proof(&scene, json!({}), json!({ "iat": iat }))).await.refused(400, "invalid_dpop_proof");
    }
    for claims in [json!({ "exp": "9999999999" }), json!({ "nbf": "x" }), json!({ "exp": now }), json!({ "jti": null })]
    {
        pushes_with(&scene, &proof(&scene, json!({}), claims)).await.refused(400, "invalid_dpop_proof");
    }
    // From the future, as far as that is taken, and sent again until it is over.
    let early = proof(&scene, json!({}), json!({ "iat": now + 10 }));
    pushes_with(&scene, &early).await.expect(201);
    for _ in 0..8 {
        scene.town.pass_seconds(10);
        pushes_with(&scene, &early).await.refused(400, "invalid_dpop_proof");
    }
}

#[tokio::test]
async fn case_67_a_proof_at_a_resource_names_the_token() {
    let scene = scene().await;
    let token = scene.tokens().await.member("access_token");
    for path in ["/userinfo", "/vault/claims"] {
        for ath in [json!(null), json!(digest("another")), json!("!!!"), json!(7)] {
            let claims = changed(scene.a.proof_claims("GET", path, Some(&token)), json!({ "ath": ath }));
            let proof = scene.a.proof_by(&scene.a.dpop, &claims, json!({}));
            let answer = scene.a.reads_with(path, &token, &proof).await.refused(401, "invalid_dpop_proof");
            assert!(answer.header("www-authenticate").contains("error=\"invalid_dpop_proof\""));
        }
        scene.a.reads(path, &token).await.expect(200);
    }
}

#[tokio::test]
async fn case_68_and_v41_a_token_is_its_keys_alone() {
    let scene = scene().await;
    let token = scene.tokens().await.member("access_token");
    let thief = Key::new();
    for path in ["/userinfo", "/vault/claims"] {
        let proof = scene.a.proof_by(&thief, &scene.a.proof_claims("GET", path, Some(&token)), json!({}));
        scene.a.reads_with(path, &token, &proof).await.refused(401, "invalid_token");
        scene.a.reads(path, &token).await.expect(200);
    }
}

#[tokio::test]
async fn v45_a_bound_token_is_no_bearer_token() {
    let scene = scene().await;
    let token = scene.tokens().await.member("access_token");
    for path in ["/userinfo", "/vault/claims"] {
        scene.a.bears(path, &token).await.refused(401, "invalid_token");
        let proof = scene.a.proof("GET", path, Some(&token));
        let request = scene.a.http.request(Method::GET, path).header("dpop", proof);
        let request = request.header("authorization", format!("Bearer {token}"));
        scene.a.http.send(request, path).await.refused(401, "invalid_token");
    }
}

#[tokio::test]
async fn case_71_every_token_of_a_partner_is_bound() {
    let scene = scene().await;
    let tokens = scene.tokens().await;
    assert_eq!(tokens.member("token_type"), "DPoP");
    let again = scene.a.refreshes(&tokens.member("refresh_token"), &[]).await.expect(200);
    assert_eq!(again.member("token_type"), "DPoP");
    assert_eq!(scene.town.count("oauth_token WHERE jkt IS NULL").await, 0);
}

#[tokio::test]
async fn case_73_a_proof_is_for_one_door() {
    let scene = scene().await;
    let for_token = scene.a.proof("POST", "/token", None);
    pushes_with(&scene, &for_token).await.refused(400, "invalid_dpop_proof");
    let for_get = scene.a.proof("GET", "/par", None);
    pushes_with(&scene, &for_get).await.refused(400, "invalid_dpop_proof");
    let once = scene.a.proof("POST", "/par", None);
    pushes_with(&scene, &once).await.expect(201);
    pushes_with(&scene, &once).await.refused(400, "invalid_dpop_proof");
    let token = scene.tokens().await.member("access_token");
    let proof = scene.a.proof("GET", "/userinfo", Some(&token));
    scene.a.reads_with("/vault/claims", &token, &proof).await.refused(401, "invalid_dpop_proof");
    scene.a.reads_with("/userinfo", &token, &proof).await.expect(200);
    scene.a.reads_with("/userinfo", &token, &proof).await.refused(401, "invalid_dpop_proof");
}
