//! Step-up (RFC 9470): what is sensitive is read while the resident is near, and the app learns how to bring her back.

use serde_json::json;

use crate::support::TestApp;
use crate::support::partner::Partner;
use crate::support::town::Neighbour;

const ASKED: &str = r#"[{"type":"cn-community-data","purpose":"elder.care","items":[{"claim":"care_level_band"},{"claim":"name_masked"}]}]"#;
const REQUEST: [(&str, &str); 2] = [("scope", "openid cc:elder.care"), ("authorization_details", ASKED)];

/// A town where sessions last longer than a sensitive claim may be read, an app of elder care, and 王桂英.
async fn scene() -> (TestApp, Partner, Neighbour) {
    let town = TestApp::start_with(|config| config.oauth.session_idle_seconds = 86_400).await;
    let care = town.unregistered("rp-e");
    town.register(&care.manifest().replace("parking.book", "elder.care")).await;
    let granny = town.neighbour("granny").await;
    (town, care, granny)
}

#[tokio::test]
async fn a_sensitive_claim_is_read_again_after_the_resident_has_signed_in_again() {
    let (town, care, mut granny) = scene().await;
    let address = care.pushed(&REQUEST).await;
    let browser = granny.browser.clone();
    let code = browser.agrees_to_own(&address, &["name_masked"], "care_level_band", &mut granny.phone).await;
    let tokens = care.redeems(&code).await.expect(200);
    let everything = json!({ "over_60": true, "name_masked": "王*", "care_level_band": "2" });
    let read = care.reads("/vault/claims", &tokens.member("access_token")).await.expect(200);
    assert_eq!(read.json()["claims"], everything);

    // To the second, and not one more.
    town.pass_seconds(1_800);
    let refresh = tokens.member("refresh_token");
    let token = care.refreshes(&refresh, &[]).await.expect(200).member("access_token");
    care.reads("/vault/claims", &token).await.expect(200);
    town.pass_seconds(1);
    for path in ["/vault/claims", "/vault/claims?claims=care_level_band"] {
        let answer = care.reads(path, &token).await.refused(401, "insufficient_user_authentication");
        let challenge = answer.header("www-authenticate").to_owned();
        let told = r#"error="insufficient_user_authentication", acr_values="phr", max_age="1800""#;
        assert!(challenge.starts_with("DPoP ") && challenge.contains(told), "{challenge}");
        assert!(challenge.contains("resource_metadata="), "{challenge}");
        assert!(!answer.header("ledger-position").is_empty(), "an attempt with a good token is entered");
        assert!(!answer.body.contains("care") && !answer.body.contains('2'), "{}", answer.body);
    }
    assert_eq!(town.entries_of(&granny.resident.id).await[..2], ["sign_in_too_old", "sign_in_too_old"]);
    // What is not sensitive may be read all the while.
    let rest = care.reads("/vault/claims?claims=name_masked,over_60", &token).await.expect(200);
    assert_eq!(rest.json()["claims"], json!({ "over_60": true, "name_masked": "王*" }));

    // Coming back without a word about it is no newer sign-in …
    let code = granny.browser.agrees(&care.pushed(&REQUEST).await, &[]).await;
    let same = care.redeems(&code).await.expect(200).member("access_token");
    care.reads("/vault/claims", &same).await.refused(401, "insufficient_user_authentication");
    // … and neither is asking nobody.
    let silent = care.pushed(&[REQUEST.as_slice(), &[("max_age", "1800"), ("prompt", "none")]].concat()).await;
    let answer = granny.browser.get(&silent).await.expect(303);
    assert_eq!(answer.parameter("error").unwrap(), "login_required");

    // With what the challenge said, she signs in, and is asked nothing that she has answered.
    let asked = [REQUEST.as_slice(), &[("max_age", "1800"), ("acr_values", "phr")]].concat();
    let page = granny.browser.open(&care.pushed(&asked).await).await.expect(200);
    assert!(page.path.starts_with("/sign-in?request="), "{}", page.path);
    let back = granny.browser.signs_in_on(&page, &mut granny.phone).await.expect(303);
    let tokens = care.redeems(&back.parameter("code").unwrap()).await.expect(200);
    let read = care.reads("/vault/claims", &tokens.member("access_token")).await.expect(200);
    assert_eq!(read.json()["claims"], everything);
}

#[tokio::test]
async fn a_consent_that_has_ended_is_told_before_a_sign_in_that_is_old() {
    let (town, care, mut granny) = scene().await;
    let (address, browser) = (care.pushed(&REQUEST).await, granny.browser.clone());
    let code = browser.agrees_to_own(&address, &[], "care_level_band", &mut granny.phone).await;
    let tokens = care.redeems(&code).await.expect(200);
    town.pass_seconds(1_801);
    let token = care.refreshes(&tokens.member("refresh_token"), &[]).await.expect(200).member("access_token");
    // She leaves the sensitive claim out the next time: what is left needs no newer sign-in.
    let again = [REQUEST.as_slice(), &[("prompt", "consent")]].concat();
    let page = granny.browser.open(&care.pushed(&again).await).await.expect(200);
    let own = granny.browser.submit(&page, &page.path, &[("decision", "yes")]).await.expect(200);
    let code = granny.browser.submit_only(&own, &own.path, &[("decision", "no")]).await.expect(303);
    let code = code.parameter("code").unwrap();
    let answer = care.reads("/vault/claims", &token).await.expect(403);
    assert_eq!(answer.member("reason"), "consent_superseded");
    let tokens = care.redeems(&code).await.expect(200);
    let read = care.reads("/vault/claims", &tokens.member("access_token")).await.expect(200);
    assert_eq!(read.json()["claims"], json!({ "over_60": true }));
}
