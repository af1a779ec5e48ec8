//! The partner path from end to end: push, consent, code, tokens, who it is, and the way back.

use serde_json::json;

use crate::support::TestApp;
use crate::support::app::ISSUER;

#[tokio::test]
async fn a_partner_signs_a_resident_in_and_is_told_a_name_made_for_it_alone() {
    let town = TestApp::start().await;
    let parking = town.partner("rp-a").await;
    let alice = town.neighbour("alice").await;

    let address = parking.pushed(&[]).await;
    let page = alice.browser.open(&address).await.expect(200);
    assert!(page.text().contains("甲停车"), "{}", page.text());
    assert!(page.text().contains("皖A·**123"), "the value that would go out is shown: {}", page.text());

    let answer = alice.browser.says(&address, "yes", &["plate_masked"]).await.expect(303);
    assert_eq!(answer.parameter("state").unwrap(), "s t&a");
    assert_eq!(answer.parameter("iss").unwrap(), ISSUER);
    assert_eq!(answer.parameters(), ["code", "state", "iss"]);

    let tokens = parking.redeems(&answer.parameter("code").unwrap()).await.expect(200);
    assert_eq!(tokens.header("cache-control"), "no-store");
    assert_eq!(tokens.member("token_type"), "DPoP");
    assert_eq!(tokens.member("scope"), "openid cc:parking.book");
    assert_eq!(tokens.json()["expires_in"], 600);
    let granted = json!([{
        "type": "cn-community-data",
        "purpose": "parking.book",
        "items": [{"claim": "is_resident"}, {"claim": "plate_masked"}],
        "mode": "QUERY",
    }]);
    assert_eq!(tokens.json()["authorization_details"], granted);

    let told = parking.reads("/userinfo", &tokens.member("access_token")).await.expect(200);
    assert_eq!(told.json(), json!({ "sub": told.member("sub") }), "a partner's claims are the vault's alone");
    let again = parking.refreshes(&tokens.member("refresh_token"), &[]).await.expect(200);
    assert_eq!(again.json().get("refresh_token"), None, "it keeps the one it has");
    parking.reads("/userinfo", &again.member("access_token")).await.expect(200);
}

#[tokio::test]
async fn an_ordinary_client_signs_a_resident_in_and_is_not_asked_about_twice() {
    let town = TestApp::start().await;
    let app = town.native().await;
    let alice = town.neighbour("alice").await;

    let code = alice.browser.agrees(&app.plain(&[]), &[]).await;
    let form = [("grant_type", "authorization_code"), ("code", &code), ("redirect_uri", &app.redirect_uri)];
    let form = [&form[..], &[("code_verifier", crate::support::partner::VERIFIER), ("client_id", &app.id)]].concat();
    let form: Vec<_> = form.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let tokens = app.post("/token", &form, None).await.expect(200);
    assert_eq!((tokens.member("token_type").as_str(), &tokens.json()["expires_in"]), ("Bearer", &json!(300)));
    assert_eq!(tokens.json().get("refresh_token"), None);
    let told = app.bears("/userinfo", &tokens.member("access_token")).await.expect(200);
    assert_eq!(told.json(), json!({ "sub": told.member("sub") }));

    let again = alice.browser.open(&app.plain(&[("prompt", "none")])).await.expect(303);
    assert!(again.parameter("code").is_some(), "{:?}", again.location());
}

#[tokio::test]
async fn an_ordinary_client_learns_the_claims_that_were_given_at_userinfo() {
    let town = TestApp::start().await;
    let app = town.native().await;
    let alice = town.neighbour("alice").await;
    let code = alice.browser.agrees(&app.plain(&[("scope", "openid profile")]), &["name_masked"]).await;
    let tokens = app.redeems(&code).await.expect(200);
    assert_eq!(tokens.member("token_type"), "DPoP", "a key that was offered is honoured");
    let told = app.reads("/userinfo", &tokens.member("access_token")).await.expect(200);
    assert_eq!(told.json(), json!({ "sub": told.member("sub"), "name_masked": "张*" }));
}

#[tokio::test]
async fn a_resident_who_says_no_changes_nothing() {
    let town = TestApp::start().await;
    let parking = town.partner("rp-a").await;
    let alice = town.neighbour("alice").await;
    let address = parking.pushed(&[]).await;
    let answer = alice.browser.says(&address, "no", &[]).await.expect(303);
    assert_eq!(answer.parameter("error").unwrap(), "access_denied");
    assert_eq!(answer.parameters(), ["error", "state", "iss"]);
    let mut tx = town.app.db.read().await.unwrap();
    assert!(latchkey::consent::of_resident(&mut tx, &alice.resident.id).await.unwrap().is_empty());
    drop(tx);
    alice.browser.open(&address).await.error_page();
}
