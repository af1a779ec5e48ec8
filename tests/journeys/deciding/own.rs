//! A sensitive claim is asked about on a page of its own, and a yes to it is signed.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use latchkey::crypto::hash;
use serde_json::{Value, json};

use super::{Scene, scene};
use crate::support::browser::Answer;

/// Says yes on the first page, giving nothing that is not sensitive; the page that is next.
async fn says_yes(scene: &Scene, page: &Answer) -> Answer {
    scene.granny.browser.submit(page, &page.path, &[("decision", "yes")]).await.expect(200)
}

async fn body(scene: &Scene) -> latchkey::consent::Body {
    let record = scene.consents().await.remove(0);
    let mut tx = scene.town.app.db.read().await.unwrap();
    latchkey::consent::body(&mut tx, &scene.town.app, &record).await.unwrap().unwrap()
}

#[tokio::test]
async fn a_sensitive_claim_is_lowered_and_given_by_an_act_of_its_own() {
    let mut scene = scene().await;
    let page = scene.question().await;
    assert!(!page.body.contains("name=\"claim\" value=\"care_level_band\""), "no switch for what is sensitive");

    let own = says_yes(&scene, &page).await;
    let text = own.text();
    assert!(own.path.ends_with("/own") && text.contains("幸福助餐"), "{} {text}", own.path);
    for part in ["为什么需要", "好安排合适的人", "可能有什么坏处", "推销", "需不需要照料", "不给会怎样"]
    {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(scene.consents().await.is_empty(), "nothing is agreed to before the last answer");

    let fields = [("form", "care_needed")];
    let answer =
        scene.granny.browser.confirms_only(&own, &own.path, &fields, &mut scene.granny.phone).await.expect(303);
    let code = answer.parameter("code").unwrap();
    let read = scene.reads(&scene.care, &code).await;
    assert_eq!(read, json!({ "over_60": true, "care_needed": true }), "in the form she chose, under its own name");

    let body = body(&scene).await;
    let [act] = body.acts.as_slice() else { panic!("{:?}", body.acts) };
    let proof = act.proof.as_ref().unwrap();
    let record = URL_SAFE_NO_PAD.decode(&proof.record).unwrap();
    let data = URL_SAFE_NO_PAD.decode(proof.assertion["response"]["clientDataJSON"].as_str().unwrap()).unwrap();
    let data: Value = serde_json::from_slice(&data).unwrap();
    assert_eq!(data["challenge"], URL_SAFE_NO_PAD.encode(hash::sha256(&record)), "what was signed is this act");
    assert!(String::from_utf8_lossy(&record).contains("care_needed"));
    let receipt = body.receipt.split('.').nth(1).unwrap();
    let receipt: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(receipt).unwrap()).unwrap();
    assert_eq!(receipt["consent_kind"], "separate");
    assert_eq!(receipt["separate_acts"][0]["claim"], "care_level_band");
    assert_eq!(receipt["notice"]["rendered_sha256"], body.rendered);
}

#[tokio::test]
async fn a_sensitive_claim_that_is_refused_leaves_the_rest_and_is_not_asked_again() {
    let scene = scene().await;
    let page = scene.question().await;
    let fields = [("claim", "phone_masked"), ("decision", "yes")];
    let own = scene.granny.browser.submit(&page, &page.path, &fields).await.expect(200);
    let answer = scene.granny.browser.submit_only(&own, &own.path, &[("decision", "no")]).await.expect(303);
    let read = scene.reads(&scene.care, &answer.parameter("code").unwrap()).await;
    assert_eq!(read, json!({ "over_60": true, "phone_masked": "136****0004" }));
    assert!(scene.town.entries_of(&scene.granny.resident.id).await.contains(&"left_out".to_owned()));

    // Asked again for the same, with the page: what she said no to stays closed, and she may open it.
    let again = [super::ASKS.as_slice(), &[("prompt", "consent")]].concat();
    let page = scene.granny.browser.open(&scene.care.pushed(&again).await).await.expect(200);
    assert!(page.text().contains("说过不给，所以不再问"), "{}", page.text());
    let answer = scene.granny.browser.submit_only(&page, &page.path, &[("decision", "yes")]).await.expect(303);
    assert!(answer.parameter("code").is_some(), "in one round trip: {:?}", answer.location());

    scene.town.pass_seconds(90 * 86_400);
    let mut granny = scene.granny;
    granny.browser.signs_in(&mut granny.phone).await.expect(200);
    let page = granny.browser.open(&scene.care.pushed(&again).await).await.expect(200);
    let own = granny.browser.submit(&page, &page.path, &[("decision", "yes")]).await.expect(200);
    assert!(own.path.ends_with("/own"), "after ninety days it may ask again: {}", own.path);
}

#[tokio::test]
async fn a_sensitive_claim_is_not_given_without_its_act() {
    let mut scene = scene().await;
    // By a switch that no page has.
    let page = scene.question().await;
    let fields = [("claim", "care_level_band"), ("decision", "yes")];
    let own = scene.granny.browser.submit(&page, &page.path, &fields).await.expect(200);
    let answer = scene.granny.browser.submit_only(&own, &own.path, &[("decision", "no")]).await;
    answer.error_page();
    assert!(scene.consents().await.is_empty());

    // By a press without the passkey.
    let page = scene.question().await;
    let own = says_yes(&scene, &page).await;
    scene
        .granny
        .browser
        .submit_only(&own, &own.path, &[("decision", "give"), ("form", "care_needed")])
        .await
        .error_page();

    // Signed for the lower form, sent for the higher one.
    let own = scene.granny.browser.open(&own.path).await.expect(200);
    let (browser, action) = (scene.granny.browser.clone(), own.path.clone());
    let signed = browser.signs(&own, &action, &[("form", "care_needed")], &mut scene.granny.phone).await;
    let (mut fields, answer) = signed.unwrap();
    for (name, value) in &mut fields {
        if name == "form" {
            *value = "care_level_band".to_owned();
        }
    }
    browser.posts_confirmed(&own, &fields, &action, &answer).await.error_page();
    assert!(scene.consents().await.is_empty(), "and nothing was agreed to");
}
