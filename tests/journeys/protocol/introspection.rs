//! How a token stands, and who is told (case 97, V51, V33, V36, RFC 7662, RFC 9701).

use std::time::Duration;

use latchkey::ids::ClientId;
use reqwest::Method;
use serde_json::{Value, json};

use super::codes::withdraw;
use super::metadata::verified;
use super::{Scene, scene};
use crate::support::app::ISSUER;
use crate::support::browser::Answer;
use crate::support::partner::Partner;

/// The one answer about a token that is not living, or not the caller's to know.
pub const INACTIVE: &str = r#"{"active":false}"#;

impl Partner {
    /// Asks how a token stands.
    pub async fn introspects(&self, token: &str) -> Answer {
        let answer = self.asks("/introspect", &[("token", token)]).await.expect(200);
        assert_eq!(answer.header("content-type"), "application/json");
        assert_eq!(answer.header("cache-control"), "no-store");
        answer
    }

    /// Asks how a token stands, which must be: not at all.
    pub async fn finds_dead(&self, token: &str) {
        assert_eq!(self.introspects(token).await.body, INACTIVE);
    }
}

#[tokio::test]
async fn a_client_is_told_how_its_own_tokens_stand() {
    let scene = scene().await;
    let now = scene.a.seconds();
    let tokens = scene.tokens().await;
    let sub = scene.a.reads("/userinfo", &tokens.member("access_token")).await.expect(200).member("sub");
    let before = scene.town.state().await;
    let access = scene.a.introspects(&tokens.member("access_token")).await.json();
    let expected = json!({
        "active": true,
        "scope": "openid cc:parking.book",
        "client_id": "rp-a",
        "token_type": "DPoP",
        "iat": now,
        "exp": now + 600,
        "sub": sub,
        "aud": ISSUER,
        "iss": ISSUER,
        "cnf": { "jkt": scene.a.dpop.thumbprint() },
        "authorization_details": [{
            "type": "cn-community-data",
            "purpose": "parking.book",
            "items": [{ "claim": "is_resident" }, { "claim": "plate_masked" }],
            "mode": "QUERY",
        }],
        "acr": "phr",
        "auth_time": now,
    });
    assert_eq!(access, expected, "and no value of the resident");

    let refresh = scene.a.introspects(&tokens.member("refresh_token")).await.json();
    assert_eq!((&refresh["active"], &refresh["exp"]), (&json!(true), &json!(now + 14 * 86_400)));
    assert_eq!(refresh.get("token_type"), None, "a refresh token is shown to nobody");
    // A hint is a hint (RFC 7662 §2.1).
    let form = [("token", tokens.member("access_token")), ("token_type_hint", "refresh_token".to_owned())];
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(scene.a.asks("/introspect", &form).await.expect(200).json(), expected);
    assert_eq!(scene.town.state().await, before, "nothing was changed by asking");
}

#[tokio::test]
async fn case_97_nobody_asks_without_proving_who_it_is() {
    let scene = scene().await;
    let token = scene.tokens().await.member("access_token");
    let form = |pairs: &[(&str, &str)]| -> Vec<(String, String)> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    };
    for pairs in [&[("token", token.as_str())][..], &[("token", token.as_str()), ("client_id", "rp-a")]] {
        scene.a.post("/introspect", &form(pairs), None).await.refused(401, "invalid_client");
    }
    // An access token is no client authentication (RFC 7662 §2.1 leaves it open).
    let bearing = scene.a.http.request(Method::POST, "/introspect").form(&form(&[("token", &token)]));
    let bearing = bearing.header("authorization", format!("Bearer {token}"));
    scene.a.http.send(bearing, "/introspect").await.refused(401, "invalid_client");
    // A public client has nothing to prove it by, even for its own tokens.
    let native = scene.town.native().await;
    let code = scene.alice.browser.agrees(&native.plain(&[]), &[]).await;
    let own = native.redeems(&code).await.expect(200).member("access_token");
    native.asks("/introspect", &[("token", own.as_str())]).await.refused(401, "invalid_client");
    scene.a.asks("/introspect", &[]).await.refused(400, "invalid_request");
    let get = scene.a.http.get(&format!("/introspect?token={token}")).await;
    assert_eq!(get.status.as_u16(), 405, "{}", get.body);
}

#[tokio::test]
async fn case_97_and_v51_what_is_not_living_or_not_ones_own_was_never_there() {
    let Scene { town, a, alice } = scene().await;
    let b = town.partner("rp-b").await;
    let code = alice.browser.agrees(&a.pushed(&[]).await, &["plate_masked"]).await;
    let tokens = a.redeems(&code).await.expect(200);
    for token in ["access_token", "refresh_token"] {
        b.finds_dead(&tokens.member(token)).await;
        assert_eq!(a.introspects(&tokens.member(token)).await.json()["active"], true);
    }
    let long = "x".repeat(4_000);
    for unknown in ["unknown", "a.b.c", "' OR 1=1 --", "停车", long.as_str(), &tokens.member("id_token"), &code] {
        a.finds_dead(unknown).await;
    }
    // Given back.
    a.asks("/revoke", &[("token", tokens.member("access_token").as_str())]).await.expect(200);
    a.finds_dead(&tokens.member("access_token")).await;
    // Over.
    let second = a.refreshes(&tokens.member("refresh_token"), &[]).await.expect(200).member("access_token");
    assert_eq!(a.introspects(&second).await.json()["active"], true);
    town.pass_seconds(600);
    a.finds_dead(&second).await;
    // With its family.
    a.asks("/revoke", &[("token", tokens.member("refresh_token").as_str())]).await.expect(200);
    a.finds_dead(&tokens.member("refresh_token")).await;
}

#[tokio::test]
async fn v33_and_v36_a_token_that_would_not_be_taken_is_not_active() {
    for ended in ["consent", "expiry", "superseded", "lock", "client"] {
        let scene = scene().await;
        let tokens = scene.tokens().await;
        let both = [tokens.member("access_token"), tokens.member("refresh_token")];
        for token in &both {
            assert_eq!(scene.a.introspects(token).await.json()["active"], true, "{ended}");
        }
        let id = scene.alice.resident.id.as_str();
        match ended {
            "consent" => withdraw(&scene).await,
            "expiry" => scene.town.pass(Duration::from_secs(93 * 86_400)),
            "superseded" => {
                scene.alice.browser.agrees(&scene.a.pushed(&[("prompt", "consent")]).await, &[]).await;
            }
            "lock" => scene.town.force(&format!("UPDATE resident SET locked_at = 1 WHERE id = '{id}'")).await,
            _ => assert!(latchkey::oauth::disable(&scene.town.app, &ClientId::parse("rp-a").unwrap()).await.unwrap()),
        }
        for token in &both {
            if ended == "client" {
                scene.a.asks("/introspect", &[("token", token.as_str())]).await.refused(401, "invalid_client");
            } else {
                scene.a.finds_dead(token).await;
            }
        }
    }
}

impl Partner {
    /// Asks for a signed answer; its header and claims, the signature checked against the published keys.
    pub async fn introspects_signed(&self, token: &str) -> (Value, Value) {
        let mut form = self.authentication();
        form.push(("token".to_owned(), token.to_owned()));
        let request = self.http.request(Method::POST, "/introspect").form(&form);
        let request = request.header("accept", "application/token-introspection+jwt");
        let answer = self.http.send(request, "/introspect").await.expect(200);
        assert_eq!(answer.header("content-type"), "application/token-introspection+jwt");
        assert_eq!(answer.header("cache-control"), "no-store");
        verified(&self.http, &answer.body).await
    }
}

#[tokio::test]
async fn an_answer_may_be_had_signed_for_its_caller() {
    let scene = scene().await;
    let b = scene.town.partner("rp-b").await;
    let token = scene.tokens().await.member("access_token");
    let plain = scene.a.introspects(&token).await.json();
    let (header, claims) = scene.a.introspects_signed(&token).await;
    assert_eq!((&header["typ"], &header["alg"]), (&json!("token-introspection+jwt"), &json!("ES256")));
    let whole = json!({ "iss": ISSUER, "aud": "rp-a", "iat": scene.a.seconds(), "token_introspection": plain });
    assert_eq!(claims, whole, "no sub and no exp at the top, so that it is no ID token (RFC 9701 §5)");

    let (_, claims) = b.introspects_signed(&token).await;
    assert_eq!((&claims["aud"], &claims["token_introspection"]), (&json!("rp-b"), &json!({ "active": false })));
    let metadata = scene.a.http.get("/.well-known/oauth-authorization-server").await.json();
    assert_eq!(metadata["introspection_endpoint"], format!("{ISSUER}/introspect"));
    assert_eq!(metadata["introspection_signing_alg_values_supported"], json!([header["alg"]]));
    let methods = metadata["introspection_endpoint_auth_methods_supported"].as_array().unwrap();
    assert!(methods.contains(&json!("private_key_jwt")) && !methods.contains(&json!("none")), "{methods:?}");
}
