//! Grant Management for OAuth 2.0: one grant, kept, looked at, changed with the resident, and given back.

use reqwest::Method;
use serde_json::json;

use super::codes::withdraw;
use super::{Scene, scene};
use crate::support::app::ISSUER;
use crate::support::browser::Answer;
use crate::support::partner::Partner;
use crate::support::resource_server::API;

const BOTH: &str = "openid cc:parking.book grant_management_query grant_management_revoke";
const PLATE: &str = r#"[{"type":"cn-community-data","purpose":"parking.book","items":[{"claim":"plate_masked"}]}]"#;
const BUILDING: &str = r#"[{"type":"cn-community-data","purpose":"parking.book","items":[{"claim":"building_no"}]}]"#;

impl Partner {
    /// Looks at a grant, or gives it back.
    async fn at_grant(&self, method: Method, id: &str, token: &str) -> Answer {
        let path = format!("/grants/{id}");
        let proof = self.proof(method.as_str(), &path, Some(token));
        let request = self.http.request(method, &path).header("dpop", proof);
        self.http.send(request.header("authorization", format!("DPoP {token}")), &path).await
    }
}

fn granted(claims: &[&str]) -> serde_json::Value {
    let items: Vec<_> = claims.iter().map(|claim| json!({ "claim": claim })).collect();
    json!([{ "type": "cn-community-data", "purpose": "parking.book", "items": items, "mode": "QUERY" }])
}

/// Alice gives `rp-a` her plate, under a grant that it may manage; the answer to the code.
async fn made(scene: &Scene) -> Answer {
    let asked = [("scope", BOTH), ("authorization_details", PLATE), ("grant_management_action", "create")];
    scene.a.redeems(&scene.code_after(&asked).await).await.expect(200)
}

/// A request that changes a grant.
fn change<'a>(action: &'a str, id: &'a str, details: &'a str) -> Vec<(&'a str, &'a str)> {
    let scope = ("scope", BOTH);
    vec![scope, ("authorization_details", details), ("grant_management_action", action), ("grant_id", id)]
}

#[tokio::test]
async fn a_client_looks_what_it_holds_and_gives_it_back() {
    let scene = scene().await;
    let server = scene.town.resource_server("rs-v", API, &["rp-a"]).await;
    let (scope, vault) = (format!("{BOTH} spots:read"), format!("{ISSUER}/vault"));
    let asked = [("scope", scope.as_str()), ("authorization_details", PLATE), ("resource", API), ("resource", &vault)];
    let tokens = scene.a.redeems(&scene.code_after(&asked).await).await.expect(200);
    let (id, token) = (tokens.member("grant_id"), tokens.member("access_token"));
    let refresh = tokens.member("refresh_token");
    assert_eq!(id.len(), 32);
    assert_eq!(scene.a.refreshes(&refresh, &[]).await.expect(200).member("grant_id"), id);

    let answer = scene.a.at_grant(Method::GET, &id, &token).await.expect(200);
    let whole = json!({
        "scopes": [{ "scope": BOTH }, { "scope": "spots:read", "resources": [API] }],
        "authorization_details": granted(&["is_resident", "plate_masked"]),
    });
    assert_eq!((answer.json(), answer.header("cache-control")), (whole, "no-store"));

    let elsewhere = scene.a.refreshes(&refresh, &[("resource", API)]).await.expect(200).member("access_token");
    assert_eq!(server.introspects(&elsewhere).await.json()["active"], true);
    let consents = scene.town.count("consent_current WHERE ended_at IS NULL").await;
    let answer = scene.a.at_grant(Method::DELETE, &id, &token).await.expect(204);
    assert_eq!(answer.body, "");
    scene.a.reads("/vault/claims", &token).await.refused(401, "invalid_token");
    scene.a.refreshes(&refresh, &[]).await.refused(400, "invalid_grant");
    scene.a.at_grant(Method::GET, &id, &token).await.refused(401, "invalid_token");
    server.finds_dead(&elsewhere).await;
    // What she agreed to stands in her list until she stops it, and the app may ask again without a question.
    assert_eq!(scene.town.count("consent_current WHERE ended_at IS NULL").await, consents);
    let again = [("prompt", "none"), ("authorization_details", PLATE)];
    let back = scene.alice.browser.get(&scene.a.pushed(&again).await).await.expect(303);
    assert!(back.parameter("code").is_some(), "{:?}", back.location());
}

#[tokio::test]
async fn nobody_looks_at_a_grant_but_with_a_token_of_it_that_may() {
    let scene = scene().await;
    let b = scene.town.partner("rp-b").await;
    let tokens = made(&scene).await;
    let (id, token) = (tokens.member("grant_id"), tokens.member("access_token"));
    let second = made(&scene).await;
    assert_ne!(second.member("grant_id"), id, "create makes a grant of its own");
    let code = scene.alice.browser.agrees(&b.pushed(&[("scope", BOTH)]).await, &[]).await;
    let of_b = b.redeems(&code).await.expect(200);
    let plain = scene.a.refreshes(&tokens.member("refresh_token"), &[("scope", "openid")]).await.expect(200);
    let reading = [("scope", "openid grant_management_query")];
    let reading = scene.a.refreshes(&tokens.member("refresh_token"), &reading).await.expect(200);

    let before = scene.town.state().await;
    for method in [Method::GET, Method::DELETE] {
        let path = format!("/grants/{id}");
        let answer = scene.a.http.send(scene.a.http.request(method.clone(), &path), &path).await;
        let challenge = answer.refused(401, "invalid_token").header("www-authenticate").to_owned();
        assert!(challenge.contains("/.well-known/oauth-protected-resource/grants"), "{challenge}");
        for other in ["refresh_token", "id_token"] {
            let answer = scene.a.at_grant(method.clone(), &id, &tokens.member(other)).await;
            answer.refused(401, "invalid_token");
        }
        // A token of another grant of the same client, and of another client: as of a grant that never was.
        let never = "0".repeat(32);
        let attempts = [
            (&scene.a, second.member("access_token"), id.as_str()),
            (&b, of_b.member("access_token"), id.as_str()),
            (&scene.a, token.clone(), never.as_str()),
            (&scene.a, token.clone(), "x"),
        ];
        let mut bodies = Vec::new();
        for (client, token, id) in attempts {
            bodies.push(client.at_grant(method.clone(), id, &token).await.expect(404).body);
        }
        bodies.dedup();
        assert_eq!(bodies, [r#"{"error":"invalid_grant_id"}"#]);
        let answer = scene.a.at_grant(method, &id, &plain.member("access_token")).await;
        answer.refused(403, "insufficient_scope");
    }
    let answer = scene.a.at_grant(Method::DELETE, &id, &reading.member("access_token")).await;
    answer.refused(403, "insufficient_scope");
    assert_eq!(scene.town.state().await, before);
    scene.a.at_grant(Method::GET, &id, &reading.member("access_token")).await.expect(200);
    // One proof, one look.
    let proof = scene.a.proof("GET", &format!("/grants/{id}"), Some(&token));
    scene.a.reads_with(&format!("/grants/{id}"), &token, &proof).await.expect(200);
    scene.a.reads_with(&format!("/grants/{id}"), &token, &proof).await.refused(401, "invalid_dpop_proof");
    let other = scene.a.at_grant(Method::POST, &id, &token).await;
    assert_eq!(other.status.as_u16(), 405, "{}", other.body);
    withdraw(&scene).await;
    scene.a.at_grant(Method::GET, &id, &token).await.refused(401, "invalid_token");
}

#[tokio::test]
async fn a_grant_that_is_replaced_keeps_its_name_and_nothing_else() {
    let scene = scene().await;
    let tokens = made(&scene).await;
    let id = tokens.member("grant_id");
    let address = scene.a.pushed(&change("replace", &id, BUILDING)).await;
    // She is asked, although what the app may read already would cover it for the most part.
    let page = scene.alice.browser.open(&address).await.expect(200);
    assert!(page.path.starts_with("/consent/"), "{}", page.path);
    scene.a.reads("/vault/claims", &tokens.member("access_token")).await.expect(200);

    let code = scene.alice.browser.agrees(&address, &["building_no"]).await;
    // With her yes, what was issued before is dead.
    for token in ["access_token", "refresh_token"] {
        scene.a.finds_dead(&tokens.member(token)).await;
    }
    scene.a.reads("/vault/claims", &tokens.member("access_token")).await.refused(401, "invalid_token");
    scene.a.refreshes(&tokens.member("refresh_token"), &[]).await.refused(400, "invalid_grant");
    let new = scene.a.redeems(&code).await.expect(200);
    assert_eq!(new.member("grant_id"), id);
    assert_eq!(new.json()["authorization_details"], granted(&["is_resident", "building_no"]));
    let read = scene.a.reads("/vault/claims", &new.member("access_token")).await.expect(200);
    assert_eq!(read.json()["claims"], json!({ "is_resident": true, "community_id": "340104-001" }));
    assert_eq!(scene.town.count("oauth_grant").await, 1);
    assert_eq!(scene.town.count("consent_current WHERE state = 'superseded'").await, 1);
    assert_eq!(scene.town.count("consent_current WHERE ended_at IS NULL").await, 1);
}

#[tokio::test]
async fn a_grant_that_is_merged_has_what_it_had_and_what_she_added() {
    let scene = scene().await;
    let id = made(&scene).await.member("grant_id");
    let slim = [
        ("scope", "openid offline_access"),
        ("authorization_details", BUILDING),
        ("grant_management_action", "merge"),
        ("grant_id", id.as_str()),
    ];
    let address = scene.a.pushed(&slim).await;
    let page = scene.alice.browser.open(&address).await.expect(200);
    for claim in ["plate_masked", "building_no"] {
        assert!(page.body.contains(&format!("value=\"{claim}\"")), "the page asks for all that the app will have");
    }
    let code = scene.alice.browser.agrees(&address, &["plate_masked", "building_no"]).await;
    let tokens = scene.a.redeems(&code).await.expect(200);
    assert_eq!(tokens.member("grant_id"), id);
    assert_eq!(tokens.json()["authorization_details"], granted(&["is_resident", "plate_masked", "building_no"]));
    let scope = tokens.member("scope");
    for name in BOTH.split(' ').chain(["offline_access"]) {
        assert!(scope.split(' ').any(|known| known == name), "{name} in {scope}");
    }
    // She may leave out what she gave before: her word counts, not the app's.
    let address = scene.a.pushed(&change("merge", &id, PLATE)).await;
    let code = scene.alice.browser.agrees(&address, &["building_no"]).await;
    let tokens = scene.a.redeems(&code).await.expect(200);
    assert_eq!(tokens.json()["authorization_details"], granted(&["is_resident", "building_no"]));
}

#[tokio::test]
async fn a_grant_is_changed_by_its_client_and_its_resident_alone() {
    let scene = scene().await;
    let b = scene.town.partner("rp-b").await;
    let tokens = made(&scene).await;
    let id = tokens.member("grant_id");
    let before = scene.town.state().await;
    for (changes, code) in [
        (vec![("grant_id", id.as_str())], "invalid_request"),
        (vec![("grant_management_action", "create"), ("grant_id", &id)], "invalid_request"),
        (vec![("grant_management_action", "merge")], "invalid_request"),
        (vec![("grant_management_action", "replace")], "invalid_request"),
        (vec![("grant_management_action", "update"), ("grant_id", &id)], "invalid_request"),
        (change("merge", "0a", PLATE), "invalid_grant_id"),
        (change("replace", &"0".repeat(32), PLATE), "invalid_grant_id"),
    ] {
        scene.a.pushes(&changes).await.refused(400, code);
    }
    b.pushes(&change("merge", &id, PLATE)).await.refused(400, "invalid_grant_id");
    assert_eq!(scene.town.state().await, before);

    // Bob is signed in where Alice should be.
    let bob = scene.town.neighbour("bob").await;
    let address = scene.a.pushed(&change("merge", &id, PLATE)).await;
    let answer = bob.browser.get(&address).await.expect(303);
    assert_eq!(answer.parameter("error").unwrap(), "invalid_grant_id");
    assert_eq!(answer.parameter("state").unwrap(), "s t&a");
    // Nobody is asked nothing about a change.
    let silent = [change("merge", &id, PLATE), vec![("prompt", "none")]].concat();
    let answer = scene.alice.browser.get(&scene.a.pushed(&silent).await).await.expect(303);
    assert_eq!(answer.parameter("error").unwrap(), "consent_required");
    // It was given back while she read the page.
    let address = scene.a.pushed(&change("replace", &id, PLATE)).await;
    let page = scene.alice.browser.open(&address).await.expect(200);
    scene.a.at_grant(Method::DELETE, &id, &tokens.member("access_token")).await.expect(204);
    let before = scene.town.state().await;
    scene.alice.browser.submit_only(&page, &page.path, &[("decision", "yes")]).await.error_page();
    assert_eq!(scene.town.state().await, before, "no consent without its grant");
    scene.a.pushes(&change("replace", &id, PLATE)).await.refused(400, "invalid_grant_id");
}

#[tokio::test]
async fn discovery_says_what_may_be_done_with_grants() {
    let scene = scene().await;
    let metadata = scene.a.http.get("/.well-known/oauth-authorization-server").await.json();
    assert_eq!(metadata["grant_management_endpoint"], format!("{ISSUER}/grants"));
    assert_eq!(metadata["grant_management_action_required"], false);
    let actions = json!(["create", "query", "replace", "merge", "revoke"]);
    assert_eq!(metadata["grant_management_actions_supported"], actions);
    for resource in metadata["protected_resources"].as_array().unwrap() {
        let path = resource.as_str().unwrap().strip_prefix(ISSUER).unwrap();
        let own = scene.a.http.get(&format!("/.well-known/oauth-protected-resource{path}")).await.expect(200);
        assert_eq!(own.json()["resource"], *resource);
    }
}
