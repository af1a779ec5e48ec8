//! Metadata of the doors that take tokens (RFC 9728).

use serde_json::json;

use super::scene;
use crate::support::TestApp;
use crate::support::app::ISSUER;

const WELL_KNOWN: &str = "/.well-known/oauth-protected-resource";

#[tokio::test]
async fn each_protected_resource_says_what_it_is() {
    let town = TestApp::start().await;
    let browser = town.browser();
    for path in ["", "/vault", "/vault/claims", "/userinfo", "/grants"] {
        let answer = browser.get(&format!("{WELL_KNOWN}{path}")).await.expect(200);
        assert_eq!(answer.header("content-type"), "application/json");
        let metadata = answer.json();
        assert_eq!(metadata["resource"], format!("{ISSUER}{path}"), "byte for byte (RFC 9728 §3.3)");
        assert_eq!(metadata["authorization_servers"], json!([ISSUER]));
        assert_eq!(metadata["bearer_methods_supported"], json!(["header"]));
        assert_eq!(metadata["dpop_signing_alg_values_supported"], json!(["ES256", "EdDSA", "Ed25519", "PS256"]));
        let has = |scope: &str| metadata["scopes_supported"].as_array().unwrap().contains(&json!(scope));
        let vault = path.is_empty() || path.starts_with("/vault");
        let userinfo = path.is_empty() || path == "/userinfo";
        assert_eq!(
            (has("cc:parking.book"), has("openid"), has("cc:signin.basic")),
            (vault, userinfo, userinfo),
            "{path}"
        );
        let types = metadata.get("authorization_details_types_supported");
        let bound = metadata.get("dpop_bound_access_tokens_required") == Some(&json!(true));
        assert_eq!(bound, path.starts_with("/vault"), "{path}");
        assert_eq!(types, vault.then(|| json!(["cn-community-data"])).as_ref(), "{path}");
    }
    for not in ["/", "/token", "/vault/", "/vault/claims/x", "/authorize"] {
        browser.get(&format!("{WELL_KNOWN}{not}")).await.expect(404);
    }
}

#[tokio::test]
async fn every_challenge_leads_to_the_metadata_of_its_resource() {
    let scene = scene().await;
    for path in ["/vault/claims", "/userinfo"] {
        for answer in
            [scene.a.http.get(path).await, scene.a.reads(path, "unknown").await, scene.a.bears(path, "unknown").await]
        {
            let answer = answer.expect(401);
            let challenges: Vec<_> = answer.headers.get_all("www-authenticate").iter().collect();
            assert!(!challenges.is_empty());
            for challenge in challenges {
                let address = format!("resource_metadata=\"{ISSUER}{WELL_KNOWN}{path}\"");
                let challenge = challenge.to_str().unwrap();
                assert!(
                    challenge.ends_with(&address) && challenge.matches("resource_metadata").count() == 1,
                    "{challenge}"
                );
            }
        }
        let metadata = scene.a.http.get(&format!("{WELL_KNOWN}{path}")).await.expect(200).json();
        assert_eq!(metadata["resource"], format!("{ISSUER}{path}"), "the address that was asked at");
    }
    // Where no token is shown, nothing is said about one.
    let answer = scene.a.asks("/token", &[]).await.expect(400);
    assert_eq!(answer.header("www-authenticate"), "");
}
