//! Tokens for a client's own resource server (RFC 8707, RFC 9068), and what it is told of them (cases 29, 94, 96, 97,
//! 101).

use serde_json::{Value, json};

use super::codes::withdraw;
use super::introspection::INACTIVE;
use super::metadata::verified;
use super::{Scene, scene};
use crate::support::app::ISSUER;
use crate::support::browser::Answer;
use crate::support::partner::Partner;
use crate::support::resource_server::API;

const VAULT: &str = "https://id.test/vault";
const SCOPE: &str = "openid cc:parking.book spots:read";

/// Asked for by a client that goes to its own server only.
const API_ALONE: [(&str, &str); 2] = [("resource", API), ("scope", SCOPE)];
/// … and by one that goes to the vault, too.
const BOTH: [(&str, &str); 3] = [("resource", API), ("resource", VAULT), ("scope", SCOPE)];

/// The scene, with the resource server of `rp-a`.
async fn with_server() -> (Scene, Partner) {
    let scene = scene().await;
    let server = scene.town.resource_server("rs-v", API, &["rp-a"]).await;
    (scene, server)
}

impl Scene {
    /// Alice agrees to a request; the answer to the code, for this resource.
    async fn tokens_for(&self, asked: &[(&str, &str)], resource: Option<&str>) -> Answer {
        let code = self.code_after(asked).await;
        let named: Vec<(&str, &str)> = resource.iter().map(|resource| ("resource", *resource)).collect();
        self.a.redeems_with(&code, &named).await.expect(200)
    }
}

#[tokio::test]
async fn a_client_and_its_own_server_are_told_of_one_resident_by_one_name() {
    let (scene, server) = with_server().await;
    let now = scene.a.seconds();
    let tokens = scene.tokens_for(&BOTH, Some(API)).await;
    assert_eq!((tokens.member("scope").as_str(), &tokens.json()["expires_in"]), ("spots:read", &json!(300)));
    assert_eq!(tokens.json().get("authorization_details"), None, "the vault's details are the vault's");
    let token = tokens.member("access_token");
    let (header, mut claims) = verified(&scene.a.http, &token).await;
    assert_eq!((&header["typ"], &header["alg"]), (&json!("at+jwt"), &json!("ES256")));
    let jti = claims.as_object_mut().unwrap().remove("jti").unwrap();
    assert_eq!(jti.as_str().unwrap().len(), 43);
    let (_, id_token) = verified(&scene.a.http, &tokens.member("id_token")).await;
    let expected = json!({
        "iss": ISSUER,
        "aud": API,
        "sub": id_token["sub"],
        "client_id": "rp-a",
        "iat": now,
        "exp": now + 300,
        "scope": "spots:read",
        "cnf": { "jkt": scene.a.dpop.thumbprint() },
    });
    assert_eq!(claims, expected, "and nothing of the resident, not even when she signed in");

    let told = server.introspects(&token).await.json();
    assert_eq!((&told["active"], &told["token_type"], &told["iss"]), (&json!(true), &json!("DPoP"), &json!(ISSUER)));
    for same in ["aud", "sub", "client_id", "iat", "exp", "scope", "cnf"] {
        assert_eq!(told[same], expected[same], "{same}");
    }
    for silent in ["acr", "auth_time", "authorization_details", "username"] {
        assert_eq!(told.get(silent), None, "{silent}");
    }
    // Without a resource, and with ours, it is the vault as ever; the refresh token serves both.
    let refresh = tokens.member("refresh_token");
    for resource in [None, Some(VAULT)] {
        let named: Vec<(&str, &str)> = resource.iter().map(|resource| ("resource", *resource)).collect();
        let vault = scene.a.refreshes(&refresh, &named).await.expect(200);
        assert_eq!(vault.member("scope"), "openid cc:parking.book");
        scene.a.reads("/vault/claims", &vault.member("access_token")).await.expect(200);
    }
    let again = scene.a.refreshes(&refresh, &[("resource", API)]).await.expect(200).member("access_token");
    assert_eq!(server.introspects(&again).await.json()["active"], true);
    assert_ne!(verified(&scene.a.http, &again).await.1["jti"], jti);
}

#[tokio::test]
async fn a_client_that_asked_how_the_resident_signed_in_has_its_server_told() {
    let (scene, server) = with_server().await;
    let now = scene.a.seconds();
    for asked in [("max_age", "3600"), ("acr_values", "phr")] {
        let changes = [API_ALONE.as_slice(), &[asked, ("prompt", "consent")]].concat();
        let token = scene.tokens_for(&changes, None).await.member("access_token");
        let (_, claims) = verified(&scene.a.http, &token).await;
        for told in [claims, server.introspects(&token).await.json()] {
            assert_eq!((&told["acr"], &told["auth_time"]), (&json!("phr"), &json!(now)), "{asked:?}");
        }
    }
}

#[tokio::test]
async fn case_94_and_96_a_token_for_a_resource_server_opens_nothing_of_ours() {
    let (scene, _) = with_server().await;
    let tokens = scene.tokens_for(&BOTH, Some(API)).await;
    let token = tokens.member("access_token");
    let jti = verified(&scene.a.http, &token).await.1["jti"].as_str().unwrap().to_owned();
    let before = scene.town.state().await;
    for path in ["/userinfo", "/vault/claims"] {
        for shown in [&token, &jti] {
            scene.a.reads(path, shown).await.refused(401, "invalid_token");
        }
    }
    for kind in ["refresh_token", "code"] {
        let grant = if kind == "code" { "authorization_code" } else { kind };
        let form = [("grant_type", grant), (kind, token.as_str())];
        scene.a.asks("/token", &form).await.refused(400, "invalid_grant");
    }
    assert_eq!(scene.town.state().await, before, "nothing was entered and nothing ended");
    // It is no ID token.
    let hint = scene.a.pushed(&[("id_token_hint", &token)]).await;
    let answer = scene.alice.browser.get(&hint).await.expect(303);
    assert_eq!(answer.parameter("error").unwrap(), "invalid_request");
    // It is the audience that counts, not the form: a token of the vault's form with another audience is refused.
    let opaque = scene.a.refreshes(&tokens.member("refresh_token"), &[]).await.expect(200).member("access_token");
    scene.a.reads("/userinfo", &opaque).await.expect(200);
    let digest = latchkey::crypto::token::Digest::of(opaque.as_bytes());
    let moved = format!("UPDATE oauth_token SET resource = '{API}' WHERE digest = '{}'", digest.as_str());
    scene.town.force(&moved).await;
    for path in ["/userinfo", "/vault/claims"] {
        scene.a.reads(path, &opaque).await.refused(401, "invalid_token");
    }
}

#[tokio::test]
async fn case_97_a_resource_server_is_told_of_living_tokens_for_itself_alone() {
    for ended in ["revoked", "withdrawn", "disabled", "lock", "time", "served no more"] {
        let (scene, server) = with_server().await;
        let other = scene.town.resource_server("rs-w", "https://w.a.test", &["rp-a"]).await;
        let tokens = scene.tokens_for(&BOTH, Some(API)).await;
        let token = tokens.member("access_token");
        let vault = scene.a.refreshes(&tokens.member("refresh_token"), &[]).await.expect(200).member("access_token");
        for not_its_own in [&vault, &tokens.member("refresh_token"), &tokens.member("id_token")] {
            server.finds_dead(not_its_own).await;
        }
        other.finds_dead(&token).await;
        // A resource server gives nothing back: the token is its client's.
        server.asks("/revoke", &[("token", token.as_str())]).await.expect(200);
        assert_eq!(server.introspects(&token).await.json()["active"], true);
        assert_eq!(scene.a.introspects(&token).await.json()["aud"], API, "its own client is told as well");

        match ended {
            "revoked" => drop(scene.a.asks("/revoke", &[("token", token.as_str())]).await.expect(200)),
            "withdrawn" => withdraw(&scene).await,
            "disabled" => {
                let id = latchkey::ids::ClientId::parse("rp-a").unwrap();
                assert!(latchkey::oauth::disable(&scene.town.app, &id).await.unwrap());
            }
            "lock" => scene.town.force("UPDATE resident SET locked_at = 1").await,
            "time" => scene.town.pass_seconds(300),
            _ => scene.town.register(&server.manifest_of_server(API, &["rp-x"])).await,
        }
        assert_eq!(server.introspects(&token).await.body, INACTIVE, "{ended}");
    }
}

#[tokio::test]
async fn case_29_only_a_resource_that_serves_the_client_is_a_target() {
    let (scene, server) = with_server().await;
    let b = scene.town.partner("rp-b").await;
    scene.town.resource_server("rs-b", "https://api.b.test/", &["rp-b"]).await;
    let foreign = scene.town.unregistered("rs-f");
    let manifest = foreign.manifest_of_server("https://api.f.test/", &["rp-a"]).replace("甲公司", "己公司");
    scene.town.register(&manifest).await;
    let before = scene.town.state().await;
    for not in [
        "https://api.a.test",
        "https://api.a.test/x",
        "https://api.a.test/#f",
        "https://API.A.TEST/",
        "https://evil.test/",
        "https://api.b.test/",
        "https://api.f.test/",
        "/vault",
        "rs-v",
        "https://id.test/token",
    ] {
        let answer = scene.a.pushes(&[("resource", not), ("scope", "openid cc:parking.book")]).await;
        answer.refused(400, "invalid_target");
        scene.a.pushes(&[("resource", API), ("resource", not)]).await.refused(400, "invalid_target");
    }
    b.pushes(&[("resource", API)]).await.refused(400, "invalid_target");
    // A scope of the server without the server, and of nobody.
    scene.a.pushes(&[("scope", SCOPE)]).await.refused(400, "invalid_scope");
    scene.a.pushes(&[("resource", API), ("scope", "openid spots:all")]).await.refused(400, "invalid_scope");
    assert_eq!(scene.town.state().await, before);
    // In plain parameters it goes back to the client.
    let native = scene.town.native().await;
    let answer = scene.alice.browser.get(&native.plain(&[("resource", API)])).await.expect(303);
    assert_eq!(answer.parameter("error").unwrap(), "invalid_target");

    // At the token endpoint: one of those that were granted, and the code stays good for the next attempt.
    let code = scene.code_after(&API_ALONE).await;
    for not in [&[("resource", VAULT)][..], &[("resource", "https://api.b.test/")], &BOTH[..2]] {
        scene.a.redeems_with(&code, not).await.refused(400, "invalid_target");
    }
    let tokens = scene.a.redeems(&code).await.expect(200);
    let (_, claims) = verified(&scene.a.http, &tokens.member("access_token")).await;
    assert_eq!(claims["aud"], API, "the only one that was granted");
    let refresh = tokens.member("refresh_token");
    scene.a.refreshes(&refresh, &[("resource", VAULT)]).await.refused(400, "invalid_target");
    // Shut out, the server gets no more tokens.
    let id = latchkey::ids::ClientId::parse(&server.id).unwrap();
    assert!(latchkey::oauth::disable(&scene.town.app, &id).await.unwrap());
    scene.a.refreshes(&refresh, &[("resource", API)]).await.refused(400, "invalid_target");
    server.asks("/introspect", &[("token", "x")]).await.refused(401, "invalid_client");
    scene.a.pushes(&API_ALONE).await.refused(400, "invalid_target");
}

#[tokio::test]
async fn a_screen_may_have_a_server_of_its_own_too() {
    let Scene { town, alice, .. } = scene().await;
    let screen = town.screen().await;
    let server = town.resource_server("rs-v", API, &["tv-d"]).await;
    screen.starts(&[("resource", "https://evil.test/")]).await.refused(400, "invalid_target");
    let started = screen.starts(&BOTH).await.expect(200);
    alice.browser.answers_screen(&started.member("user_code"), "yes", &[]).await.expect(200);
    let code = started.member("device_code");
    screen.polls(&code, &[("resource", "https://evil.test/")]).await.refused(400, "invalid_target");
    let tokens = screen.polls(&code, &[("resource", API)]).await.expect(200);
    let token = tokens.member("access_token");
    assert_eq!(verified(&screen.http, &token).await.0["typ"], "at+jwt");
    assert_eq!(server.introspects(&token).await.json()["client_id"], "tv-d");
    let vault = screen.refreshes(&tokens.member("refresh_token"), &[]).await.expect(200).member("access_token");
    screen.reads("/vault/claims", &vault).await.expect(200);
}

#[tokio::test]
async fn case_101_two_clients_of_one_server_cannot_find_out_that_they_know_the_same_resident() {
    let Scene { town, a, alice } = scene().await;
    let b = town.partner("rp-b").await;
    let server = town.resource_server("rs-v", API, &["rp-a", "rp-b"]).await;
    let mut told: Vec<Value> = Vec::new();
    for client in [&a, &b] {
        let code = alice.browser.agrees(&client.pushed(&API_ALONE).await, &[]).await;
        let token = client.redeems(&code).await.expect(200).member("access_token");
        let (_, claims) = verified(&client.http, &token).await;
        let stands = server.introspects(&token).await.json();
        assert_eq!(claims["sub"], stands["sub"]);
        told.push(claims);
        told.push(stands);
    }
    // The clients hold these tokens and can read them; the server sees both.
    for (of_a, of_b) in [(&told[0], &told[2]), (&told[1], &told[3])] {
        for (name, value) in of_a.as_object().unwrap() {
            let public = ["iss", "aud", "iat", "exp", "scope", "active", "token_type"].contains(&name.as_str());
            assert!(public || of_b[name] != *value, "both say the same {name}: {value}");
        }
    }
}

#[tokio::test]
async fn a_resource_server_asks_no_resident_and_takes_no_place_of_another() {
    let (scene, server) = with_server().await;
    let before = scene.town.state().await;
    server.pushes(&[]).await.refused(400, "invalid_request");
    scene.alice.browser.get(&server.plain(&[])).await.error_page();
    let code = scene.code().await;
    server.redeems(&code).await.refused(400, "unauthorized_client");
    // The same resource for somebody else, and a place at this service.
    let second = scene.town.unregistered("rs-w");
    for resource in [API, "https://id.test/vault", "https://id.test/x", "https://id.test:443/"] {
        let refused = latchkey::oauth::register(&scene.town.app, &second.manifest_of_server(resource, &["rp-a"])).await;
        assert!(refused.is_err(), "{resource}");
    }
    let clients = |state: &[(&str, i64)]| state.iter().find(|(what, _)| what.starts_with("oauth_client")).unwrap().1;
    assert_eq!(clients(&scene.town.state().await), clients(&before));
    // Once it is shut out, its place is free.
    let id = latchkey::ids::ClientId::parse("rs-v").unwrap();
    assert!(latchkey::oauth::disable(&scene.town.app, &id).await.unwrap());
    scene.town.register(&second.manifest_of_server(API, &["rp-a"])).await;
    let token = scene.tokens_for(&API_ALONE, None).await.member("access_token");
    assert_eq!(second.introspects(&token).await.json()["active"], true);
    // Let in again, the first one has lost it.
    assert!(latchkey::oauth::enable(&scene.town.app, &id).await.unwrap());
    server.finds_dead(&token).await;
}
