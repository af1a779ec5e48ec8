//! Nonces in proofs of possession (RFC 9449 §8, §9; cases 64 and 66).

use reqwest::Method;
use serde_json::{Value, json};

use super::{Scene, scene};
use crate::support::browser::Answer;
use crate::support::keys::{changed, with};
use crate::support::partner::Partner;

/// A push whose proof has this nonce (`null`: none), under this authentication.
async fn pushes(a: &Partner, authentication: Vec<(String, String)>, claims: Value) -> Answer {
    let form = [authentication, with(&a.request(), &[("client_id", "")])].concat();
    let claims = changed(a.proof_claims("POST", "/par", None), claims);
    a.post("/par", &form, Some(&a.proof_by(&a.dpop, &claims, json!({})))).await
}

async fn reads(a: &Partner, path: &str, token: &str, claims: Value) -> Answer {
    let claims = changed(a.proof_claims("GET", path, Some(token)), claims);
    a.reads_with(path, token, &a.proof_by(&a.dpop, &claims, json!({}))).await
}

/// The nonce that came with a refusal: no other site may read it, and nobody keeps it.
#[track_caller]
fn brought(answer: &Answer) -> String {
    assert_eq!(answer.headers.get_all("dpop-nonce").iter().count(), 1, "{}", answer.body);
    assert_eq!(answer.header("cache-control"), "no-store");
    assert!(answer.headers.keys().all(|name| !name.as_str().starts_with("access-control")));
    answer.header("dpop-nonce").to_owned()
}

/// Nonces that are not good: none, altered, of another server, five minutes old, nonsense.
async fn bad_nonces(scene: &Scene) -> Vec<Value> {
    let elsewhere = super::scene().await;
    let old = scene.a.nonce();
    scene.town.pass_seconds(300);
    let mut altered = scene.a.nonce();
    let changed = if altered.ends_with('A') { "Q" } else { "A" };
    altered.replace_range(altered.len() - 1.., changed);
    vec![json!(null), json!(altered), json!(elsewhere.a.nonce()), json!(old), json!("nonsense"), json!("")]
}

#[tokio::test]
async fn case_66_the_authorization_server_wants_a_nonce_of_its_own() {
    let scene = scene().await;
    for bad in bad_nonces(&scene).await {
        let before = scene.town.state().await;
        let authentication = scene.a.authentication();
        let refused = pushes(&scene.a, authentication.clone(), json!({ "nonce": bad })).await;
        let nonce = brought(&refused.refused(400, "use_dpop_nonce"));
        assert_eq!(scene.town.state().await, before, "{bad}");
        // Nothing was used up: the same assertion goes with the next proof, which may even have the same `jti`.
        pushes(&scene.a, authentication, json!({ "nonce": nonce })).await.expect(201);
    }
}

#[tokio::test]
async fn case_66_a_code_waits_for_a_proof_with_a_nonce() {
    let scene = scene().await;
    let code = scene.code().await;
    let grant = [
        ("grant_type", "authorization_code"),
        ("code", code.as_str()),
        ("redirect_uri", scene.a.redirect_uri.as_str()),
        ("code_verifier", crate::support::partner::VERIFIER),
    ];
    let form = with(&scene.a.authentication(), &grant);
    let jti = json!("the same twice");
    let claims = changed(scene.a.proof_claims("POST", "/token", None), json!({ "jti": jti, "nonce": null }));
    let proof = scene.a.proof_by(&scene.a.dpop, &claims, json!({}));
    let nonce = brought(&scene.a.post("/token", &form, Some(&proof)).await.refused(400, "use_dpop_nonce"));
    let claims = changed(claims, json!({ "nonce": nonce }));
    let proof = scene.a.proof_by(&scene.a.dpop, &claims, json!({}));
    let answer = scene.a.post("/token", &form, Some(&proof)).await.expect(200);
    assert_eq!(answer.member("token_type"), "DPoP");
    // The nonce was fresh, so no other one is needed.
    assert!(!answer.headers.contains_key("dpop-nonce"));
}

#[tokio::test]
async fn case_66_a_resource_wants_a_nonce_too() {
    let scene = scene().await;
    let bad = bad_nonces(&scene).await;
    let token = scene.tokens().await.member("access_token");
    let entries = "ledger_entry";
    let before = scene.town.count(entries).await;
    for path in ["/userinfo", "/vault/claims"] {
        for bad in &bad {
            let refused = reads(&scene.a, path, &token, json!({ "nonce": bad, "jti": "still unused" })).await;
            let refused = refused.refused(401, "use_dpop_nonce");
            let challenge = refused.header("www-authenticate").to_owned();
            assert!(challenge.starts_with("DPoP ") && challenge.contains("error=\"use_dpop_nonce\""), "{challenge}");
            assert_eq!(brought(&refused).len(), 34);
        }
    }
    assert_eq!(scene.town.count(entries).await, before);
    // A proof that was refused for its nonce was not used up.
    let nonce = brought(&reads(&scene.a, "/userinfo", &token, json!({ "nonce": null })).await);
    reads(&scene.a, "/vault/claims", &token, json!({ "nonce": nonce, "jti": "still unused" })).await.expect(200);
    reads(&scene.a, "/vault/claims", &token, json!({ "nonce": nonce, "jti": "still unused" }))
        .await
        .refused(401, "invalid_dpop_proof");
}

#[tokio::test]
async fn a_nonce_that_is_ageing_is_renewed_before_it_ends() {
    let scene = scene().await;
    let code = scene.code().await;
    let first = scene.a.nonce();
    let token = scene.a.redeems(&code).await.expect(200).member("access_token");
    for path in ["/userinfo", "/vault/claims"] {
        assert!(!reads(&scene.a, path, &token, json!({})).await.expect(200).headers.contains_key("dpop-nonce"));
    }
    scene.town.pass_seconds(60);
    for path in ["/userinfo", "/vault/claims"] {
        let read = reads(&scene.a, path, &token, json!({ "nonce": first })).await.expect(200);
        assert_eq!(brought(&read), scene.a.nonce(), "{path}");
    }
    let pushed = pushes(&scene.a, scene.a.authentication(), json!({ "nonce": first })).await.expect(201);
    // So a client that keeps the newest never meets a refusal.
    let mut nonce = brought(&pushed);
    for _ in 0..8 {
        scene.town.pass_seconds(200);
        let pushed = pushes(&scene.a, scene.a.authentication(), json!({ "nonce": nonce })).await.expect(201);
        nonce = brought(&pushed);
    }
}

#[tokio::test]
async fn case_64_every_error_about_a_proof_brings_a_nonce() {
    let scene = scene().await;
    let now = scene.a.seconds();
    for claims in
        [json!({ "iat": now - 61 }), json!({ "iat": now + 11 }), json!({ "htm": "GET" }), json!({ "jti": "" })]
    {
        let refused = pushes(&scene.a, scene.a.authentication(), claims).await;
        brought(&refused.refused(400, "invalid_dpop_proof"));
    }
    let token = scene.tokens().await.member("access_token");
    for path in ["/userinfo", "/vault/claims"] {
        let refused = reads(&scene.a, path, &token, json!({ "ath": null })).await;
        brought(&refused.refused(401, "invalid_dpop_proof"));
        let proof = scene.a.proof("GET", path, Some(&token));
        scene.a.reads_with(path, &token, &proof).await.expect(200);
        brought(&scene.a.reads_with(path, &token, &proof).await.refused(401, "invalid_dpop_proof"));
    }
    // Who shows no proof where one belongs is given a nonce for the first one.
    let form = with(&scene.a.authentication(), &[("grant_type", "authorization_code"), ("code", "x")]);
    brought(&scene.a.post("/token", &form, None).await.refused(400, "invalid_dpop_proof"));
    let bare = scene.a.http.request(Method::GET, "/userinfo").header("authorization", format!("DPoP {token}"));
    brought(&scene.a.http.send(bare, "/userinfo").await.refused(401, "invalid_dpop_proof"));
}

#[tokio::test]
async fn a_nonce_is_good_on_every_node_and_after_a_restart() {
    let scene = scene().await;
    let other = scene.town.another_node().await;
    let a = &scene.a;
    let claims = changed(a.proof_claims("POST", "/par", None), json!({ "nonce": null }));
    let form = [a.authentication(), with(&a.request(), &[("client_id", "")])].concat();
    let send = |browser: crate::support::browser::Browser, proof: String, form: Vec<(String, String)>| async move {
        let request = browser.request(Method::POST, "/par").header("dpop", proof).form(&form);
        browser.send(request, "/par").await
    };
    let proof = a.proof_by(&a.dpop, &claims, json!({}));
    let refused = send(other.browser(), proof, form.clone()).await.refused(400, "use_dpop_nonce");
    let claims = changed(claims, json!({ "nonce": brought(&refused) }));
    let proof = a.proof_by(&a.dpop, &claims, json!({}));
    send(scene.town.browser(), proof.clone(), form).await.expect(201);
    // And the proof is used up on both.
    let form = [a.authentication(), with(&a.request(), &[("client_id", "")])].concat();
    send(other.browser(), proof, form).await.refused(400, "invalid_dpop_proof");
}
