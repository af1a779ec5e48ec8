//! Tokens at resources: what they open, what they do not, and how they end (cases 94 to 101, V73).

use std::time::Duration;

use serde_json::json;

use super::codes::withdraw;
use super::{Scene, scene};
use crate::support::app::ISSUER;
use crate::support::partner::VERIFIER;

#[tokio::test]
async fn case_94_a_token_opens_what_was_consented_and_says_nothing_of_the_rest() {
    let scene = scene().await;
    let tokens = scene.tokens().await;
    let token = tokens.member("access_token");
    let read = scene.a.reads("/vault/claims", &token).await.expect(200);
    assert_eq!(read.json()["claims"], json!({ "is_resident": true, "plate_masked": "皖A·**123" }));
    assert!(!read.header("ledger-position").is_empty());
    assert_eq!(read.header("cache-control"), "no-store");

    // What she left out, and what nobody asked for.
    for claims in ["building_no", "plate_masked,building_no", "phone_masked"] {
        let answer = scene.a.reads(&format!("/vault/claims?claims={claims}"), &token).await.expect(403);
        assert_eq!(answer.problem(), "scope-too-narrow");
        assert!(!answer.body.contains("building") && !answer.body.contains("phone"), "{}", answer.body);
    }
    // A scope without the purpose.
    let narrow = scene.a.refreshes(&tokens.member("refresh_token"), &[("scope", "openid")]).await.expect(200);
    assert_eq!(narrow.member("scope"), "openid");
    let answer = scene.a.reads("/vault/claims", &narrow.member("access_token")).await;
    assert_eq!(answer.status.as_u16(), 403, "{}", answer.body);
    // A scope without openid tells no name.
    let silent = scene.a.refreshes(&tokens.member("refresh_token"), &[("scope", "cc:parking.book")]).await.expect(200);
    let answer = scene.a.reads("/userinfo", &silent.member("access_token")).await.refused(403, "insufficient_scope");
    assert!(answer.header("www-authenticate").contains("insufficient_scope"));

    withdraw(&scene).await;
    let answer = scene.a.reads("/vault/claims", &token).await.expect(403);
    assert_eq!(
        (answer.problem().as_str(), answer.member("reason").as_str()),
        ("consent-required", "consent_withdrawn")
    );
    scene.a.reads("/userinfo", &token).await.refused(401, "invalid_token");
}

#[tokio::test]
async fn case_94_a_token_of_a_sign_in_does_not_open_the_vault() {
    let scene = scene().await;
    let native = scene.town.native().await;
    let code = scene.alice.browser.agrees(&native.plain(&[("scope", "openid profile")]), &["name_masked"]).await;
    let form = [
        ("grant_type", "authorization_code"),
        ("client_id", "nat-n"),
        ("code", code.as_str()),
        ("redirect_uri", native.redirect_uri.as_str()),
        ("code_verifier", VERIFIER),
    ];
    let form: Vec<_> = form.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let tokens = native.post("/token", &form, None).await.expect(200);
    let before = scene.town.state().await;
    native.bears("/vault/claims", &tokens.member("access_token")).await.refused(401, "invalid_token");
    assert_eq!(scene.town.state().await, before);
}

#[tokio::test]
async fn case_96_no_token_passes_for_another() {
    let scene = scene().await;
    let tokens = scene.tokens().await;
    let before = scene.town.state().await;
    for path in ["/userinfo", "/vault/claims"] {
        for other in ["id_token", "refresh_token"] {
            scene.a.reads(path, &tokens.member(other)).await.refused(401, "invalid_token");
        }
        scene.a.http.get(path).await.refused(401, "invalid_token");
    }
    scene.a.refreshes(&tokens.member("access_token"), &[]).await.refused(400, "invalid_grant");
    scene.a.refreshes(&tokens.member("id_token"), &[]).await.refused(400, "invalid_grant");
    assert_eq!(scene.town.state().await, before);
}

#[tokio::test]
async fn case_98_giving_back_what_is_not_ones_own_changes_nothing() {
    let scene = scene().await;
    let b = scene.town.partner("rp-b").await;
    let tokens = scene.tokens().await;
    let before = scene.town.state().await;
    scene.a.asks("/revoke", &[("token", "unknown")]).await.expect(200);
    for token in [tokens.member("access_token"), tokens.member("refresh_token")] {
        let answer = b.asks("/revoke", &[("token", token.as_str())]).await.expect(200);
        assert_eq!(answer.body, "");
    }
    scene.a.asks("/revoke", &[]).await.refused(400, "invalid_request");
    assert_eq!(scene.town.state().await, before);
    scene.a.reads("/userinfo", &tokens.member("access_token")).await.expect(200);
}

#[tokio::test]
async fn case_98_and_v40_giving_back_is_not_acknowledged_when_it_could_not_be_stored() {
    let scene = scene().await;
    let token = scene.tokens().await.member("refresh_token");
    // The table of tokens is away: the client authenticates, and then nothing can be found out.
    scene.town.force_schema("ALTER TABLE oauth_token RENAME TO oauth_token_away").await;
    let answer = scene.a.asks("/revoke", &[("token", token.as_str())]).await;
    assert_eq!(answer.status.as_u16(), 503, "{}", answer.body);
    assert_eq!(answer.json()["error"], "temporarily_unavailable");
    scene.town.force_schema("ALTER TABLE oauth_token_away RENAME TO oauth_token").await;
    scene.a.refreshes(&token, &[]).await.expect(200);
}

#[tokio::test]
async fn case_99_giving_a_refresh_token_back_ends_its_access_tokens() {
    let scene = scene().await;
    let tokens = scene.tokens().await;
    let second = scene.a.refreshes(&tokens.member("refresh_token"), &[]).await.expect(200);
    scene.a.asks("/revoke", &[("token", tokens.member("access_token").as_str())]).await.expect(200);
    scene.a.reads("/userinfo", &tokens.member("access_token")).await.refused(401, "invalid_token");
    scene.a.reads("/userinfo", &second.member("access_token")).await.expect(200);

    let form = [("token", tokens.member("refresh_token")), ("token_type_hint", "access_token".to_owned())];
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
    scene.a.asks("/revoke", &form).await.expect(200);
    for path in ["/userinfo", "/vault/claims"] {
        scene.a.reads(path, &second.member("access_token")).await.refused(401, "invalid_token");
    }
    scene.a.refreshes(&tokens.member("refresh_token"), &[]).await.refused(400, "invalid_grant");
}

#[tokio::test]
async fn case_101_two_clients_cannot_find_out_that_they_know_the_same_resident() {
    let Scene { town, a, alice } = scene().await;
    let b = town.partner("rp-b").await;
    let mut told = Vec::new();
    for client in [&a, &b] {
        let code = alice.browser.agrees(&client.pushed(&[]).await, &[]).await;
        let tokens = client.redeems(&code).await.expect(200);
        let userinfo = client.reads("/userinfo", &tokens.member("access_token")).await.expect(200);
        let claims = client.reads("/vault/claims", &tokens.member("access_token")).await.expect(200);
        assert_eq!(userinfo.member("sub").len(), 32);
        told.push((userinfo.member("sub"), [userinfo.body, claims.body, tokens.body].join(" ")));
    }
    assert_ne!(told[0].0, told[1].0);
    // No text of some length stands in both clients' answers, save what is the same for every resident.
    let same = [
        ISSUER,
        "authorization_details",
        "cn-community-data",
        "plate_masked",
        "building_no",
        "access_token",
        "refresh_token",
    ];
    let words = |text: &str| -> Vec<String> {
        let parts = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_');
        parts.filter(|part| part.len() >= 12).map(str::to_owned).collect()
    };
    let (mine, yours) = (words(&told[0].1), words(&told[1].1));
    let id_token_header = told[0].1.split("eyJ").nth(1).unwrap().split('.').next().unwrap();
    for word in mine {
        let public = same.iter().any(|known| word.contains(known)) || word.contains(id_token_header);
        assert!(public || !yours.contains(&word), "both were told {word}");
    }
    // Its own name stays the same.
    let code = alice.browser.agrees(&a.pushed(&[]).await, &[]).await;
    let again = a.redeems(&code).await.expect(200);
    assert_eq!(a.reads("/userinfo", &again.member("access_token")).await.member("sub"), told[0].0);
}

#[tokio::test]
async fn v73_no_grant_forgets_the_consent() {
    for ended in ["withdrawn", "expired", "narrower"] {
        let scene = scene().await;
        let tokens = scene.tokens().await;
        let code = scene.code().await;
        match ended {
            "withdrawn" => withdraw(&scene).await,
            "expired" => scene.town.pass(Duration::from_secs(93 * 86_400)),
            _ => {
                // She is asked again, and gives less: the older record is superseded.
                let address = scene.a.pushed(&[("prompt", "consent")]).await;
                scene.alice.browser.agrees(&address, &[]).await;
            }
        }
        scene.a.redeems(&code).await.refused(400, "invalid_grant");
        scene.a.refreshes(&tokens.member("refresh_token"), &[]).await.refused(400, "invalid_grant");
        let read = scene.a.reads("/vault/claims", &tokens.member("access_token")).await;
        assert!(matches!(read.status.as_u16(), 401 | 403), "{ended}: {}", read.body);
        assert!(!read.body.contains("皖A"), "{ended}");
    }
}

#[tokio::test]
async fn an_access_token_lives_as_long_as_its_purpose_says() {
    let scene = scene().await;
    let token = scene.tokens().await.member("access_token");
    scene.town.pass_seconds(599);
    scene.a.reads("/vault/claims", &token).await.expect(200);
    scene.town.pass_seconds(1);
    for path in ["/userinfo", "/vault/claims"] {
        scene.a.reads(path, &token).await.refused(401, "invalid_token");
    }
}
