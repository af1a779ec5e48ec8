//! The modules of the FAPI 2.0 Security Profile Final test plan (plain_fapi, private_key_jwt, dpop, openid_connect) that
//! no numbered case holds already. docs/conformance.md has the whole plan.

use serde_json::{Value, json};

use super::{Scene, scene};
use crate::support::browser::Answer;
use crate::support::keys::{Key, changed};

/// The payload of a JWS.
pub fn payload(jws: &str) -> Value {
    use base64::Engine;
    let body = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(jws.split('.').nth(1).unwrap());
    serde_json::from_slice(&body.unwrap()).unwrap()
}

/// Alice's answer to a pushed request with some parameters changed, and the tokens for it.
async fn happy(scene: &Scene, changes: &[(&str, &str)]) -> (Answer, Answer) {
    let answer = scene.alice.browser.says(&scene.a.pushed(changes).await, "yes", &[]).await.expect(303);
    let tokens = scene.a.redeems(&answer.parameter("code").unwrap()).await.expect(200);
    (answer, tokens)
}

#[tokio::test]
async fn fapi_user_rejects_authentication() {
    let scene = scene().await;
    let before = scene.town.count("consent_current").await;
    let answer = scene.alice.browser.says(&scene.a.pushed(&[]).await, "no", &[]).await.expect(303);
    assert!(answer.location().unwrap().starts_with("https://a.test/cb?error=access_denied&"));
    assert_eq!(answer.parameters(), ["error", "state", "iss"]);
    assert_eq!(scene.town.count("consent_current").await, before);
    assert_eq!(scene.town.count("oauth_grant").await, 0);
}

#[tokio::test]
async fn fapi_a_request_without_state_or_without_nonce_succeeds() {
    let scene = scene().await;
    let (answer, tokens) = happy(&scene, &[("state", ""), ("nonce", "")]).await;
    assert_eq!(answer.parameters(), ["code", "iss"]);
    assert_eq!(payload(&tokens.member("id_token")).get("nonce"), None);
}

#[tokio::test]
async fn fapi_nonces_and_states_come_back_as_they_were_whatever_their_length() {
    let scene = scene().await;
    for length in [64, 384, 1024] {
        let (nonce, state) = ("n".repeat(length), "s".repeat(length));
        let (answer, tokens) = happy(&scene, &[("nonce", &nonce), ("state", &state), ("prompt", "consent")]).await;
        assert_eq!(answer.parameter("state").unwrap(), state);
        assert_eq!(payload(&tokens.member("id_token"))["nonce"], json!(nonce));
    }
    // Beyond that it is said, not cut.
    for name in ["nonce", "state"] {
        scene.a.pushes(&[(name, &"x".repeat(1025))]).await.refused(400, "invalid_request");
    }
}

#[tokio::test]
async fn fapi_the_order_of_scopes_does_not_matter() {
    let scene = scene().await;
    let (_, tokens) = happy(&scene, &[("scope", "cc:parking.book openid")]).await;
    assert_eq!(tokens.member("scope"), "openid cc:parking.book");
    assert!(!tokens.member("id_token").is_empty());
}

#[tokio::test]
async fn fapi_identity_claims_asked_by_parameter_are_left_out_and_harm_nothing() {
    let scene = scene().await;
    let claims = r#"{"userinfo":{"name":{"essential":true},"phone_number":null},"id_token":{"birthdate":null}}"#;
    let (_, tokens) = happy(&scene, &[("claims", claims)]).await;
    let told = scene.a.reads("/userinfo", &tokens.member("access_token")).await.expect(200);
    assert_eq!(told.json().as_object().unwrap().keys().collect::<Vec<_>>(), ["sub"]);
    let said = payload(&tokens.member("id_token"));
    assert!(["name", "phone_number", "birthdate"].iter().all(|claim| said.get(claim).is_none()), "{said}");
}

#[tokio::test]
async fn fapi_the_scheme_of_an_access_token_may_be_written_in_any_case() {
    let scene = scene().await;
    let token = scene.tokens().await.member("access_token");
    for scheme in ["DPoP", "dpop", "DPOP", "dPoP"] {
        let proof = scene.a.proof("GET", "/vault/claims", Some(&token));
        let request = scene.a.http.request(reqwest::Method::GET, "/vault/claims").header("dpop", proof);
        let request = request.header("authorization", format!("{scheme} {token}"));
        scene.a.http.send(request, "/vault/claims").await.expect(200);
    }
}

#[tokio::test]
async fn fapi_a_proof_may_say_from_when_and_until_when_it_holds() {
    let scene = scene().await;
    let now = scene.a.seconds();
    let proof = |claims: Value| {
        let claims = changed(scene.a.proof_claims("POST", "/par", None), claims);
        scene.a.proof_by(&scene.a.dpop, &claims, json!({}))
    };
    let push = async |proof: String| {
        let form = crate::support::keys::with(&scene.a.request(), &[]);
        scene.a.post("/par", &[form, scene.a.authentication()[1..].to_vec()].concat(), Some(&proof)).await
    };
    for good in [
        json!({ "nbf": now, "exp": now + 60 }),
        json!({ "iat": now - 10 }),
        json!({ "iat": now + 10 }),
        json!({ "iat": now - 60 }),
    ] {
        push(proof(good)).await.expect(201);
    }
    for bad in [json!({ "nbf": now + 61 }), json!({ "exp": now - 1 }), json!({ "iat": now + 61 })] {
        push(proof(bad)).await.refused(400, "invalid_dpop_proof");
    }
}

#[tokio::test]
async fn fapi_a_key_announced_when_pushing_is_the_one_that_redeems() {
    let scene = scene().await;
    let other = Key::new();
    let before = scene.town.state().await;
    // Announced one key, proved another.
    scene.a.pushes(&[("dpop_jkt", &other.thumbprint())]).await.refused(400, "invalid_dpop_proof");
    assert_eq!(scene.town.state().await, before);
    // Announced the proved key, redeemed by it; the announcement alone binds as well.
    let own = scene.a.dpop.thumbprint();
    let (_, tokens) = happy(&scene, &[("dpop_jkt", &own)]).await;
    assert_eq!(tokens.member("token_type"), "DPoP");
    for announced in [own, other.thumbprint()] {
        let form = [scene.a.request(), scene.a.authentication()[1..].to_vec()].concat();
        let form = [form, vec![("dpop_jkt".to_owned(), announced.clone())]].concat();
        let pushed = scene.a.post("/par", &form, None).await.expect(201).member("request_uri");
        let code = scene.alice.browser.agrees(&scene.a.address(&pushed), &[]).await;
        let answer = scene.a.redeems(&code).await;
        if announced == other.thumbprint() {
            answer.refused(400, "invalid_grant");
        } else {
            answer.expect(200);
        }
    }
}

#[tokio::test]
async fn fapi_a_refresh_wants_the_client_and_its_key() {
    let scene = scene().await;
    let b = scene.town.partner("rp-b").await;
    let refresh = scene.tokens().await.member("refresh_token");
    let form = [("grant_type", "refresh_token"), ("refresh_token", refresh.as_str())];
    let form: Vec<_> = form.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let proof = || scene.a.proof("POST", "/token", None);
    scene.a.post("/token", &form, Some(&proof())).await.refused(401, "invalid_client");
    let signed = [form, scene.a.authentication()].concat();
    scene.a.post("/token", &signed, None).await.refused(400, "invalid_dpop_proof");
    b.refreshes(&refresh, &[]).await.refused(400, "invalid_grant");
    scene.a.refreshes(&refresh, &[]).await.expect(200);
    // And again, with the same token: it does not rotate.
    scene.a.refreshes(&refresh, &[]).await.expect(200);
}

#[tokio::test]
async fn fapi_a_pushed_request_carries_no_request_uri() {
    let scene = scene().await;
    let before = scene.town.state().await;
    for uri in ["urn:ietf:params:oauth:request_uri:x", "https://a.test/request.jwt"] {
        scene.a.pushes(&[("request_uri", uri)]).await.refused(400, "invalid_request");
    }
    assert_eq!(scene.town.state().await, before);
}
