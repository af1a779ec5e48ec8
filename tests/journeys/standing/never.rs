//! What she never gives does not go out: at once, whatever was agreed, and whoever asks.

use latchkey::consent::never::{self, Told};
use latchkey::ids::{MandateId, RequestId};
use latchkey::ledger::By;
use serde_json::json;

use crate::support::browser::Answer;
use crate::telling::{Scene, scene};

async fn says(scene: &Scene, verb: &str, claim: &str, party: &str) -> Answer {
    let page = scene.alice.browser.open("/me/never").await.expect(200);
    // One form for each claim: the page's first is of another.
    let form = [("csrf", page.csrf()), ("claim", claim.to_owned()), (verb, party.to_owned())];
    let answer = scene.alice.browser.post("/me/never", &form).await;
    scene.alice.browser.follow(answer).await
}

#[tokio::test]
async fn what_is_never_given_to_companies_does_not_go_out_though_it_was_agreed_to() {
    let scene = scene().await;
    let token = scene.gives(&["plate_masked"]).await.member("access_token");
    let read = |claims: &'static str| {
        let (a, token) = (&scene.a, token.clone());
        async move { a.reads(&format!("/vault/claims{claims}"), &token).await }
    };
    assert_eq!(read("").await.expect(200).json()["claims"]["plate_masked"], "皖A·**123");

    // Another kind of party than the one behind rp-a.
    says(&scene, "keep", "plate_masked", "medical").await.expect(200);
    assert_eq!(read("").await.expect(200).json()["claims"]["plate_masked"], "皖A·**123");
    let page = says(&scene, "keep", "plate_masked", "company").await.expect(200);
    assert!(page.text().contains("有 1 样信息，您长期不给") && page.text().contains("不给：公司"), "{}", page.text());
    assert_eq!(read("").await.expect(200).json()["claims"], json!({ "is_resident": true }));
    let refused = read("?claims=plate_masked").await.expect(403);
    assert_eq!(refused.member("reason"), "kept_back");
    let book = scene.alice.browser.open("/me/book").await.expect(200).text();
    assert!(book.contains("您定下：这一样长期不给") && book.contains("这一样您长期不给"), "{book}");
    let apps = scene.alice.browser.open("/me/apps").await.expect(200);
    assert!(!apps.text().contains("皖A·**123"), "{}", apps.text());

    // Said twice is said once; let go, it goes out again as it was agreed.
    let before = scene.town.count("ledger_entry").await;
    says(&scene, "keep", "plate_masked", "company").await.expect(200);
    assert_eq!(scene.town.count("ledger_entry").await, before);
    says(&scene, "free", "plate_masked", "company").await.expect(200);
    assert_eq!(read("").await.expect(200).json()["claims"]["plate_masked"], "皖A·**123");
    says(&scene, "keep", "plate_masked", "anybody").await.expect(200);
    assert_eq!(read("").await.expect(200).json()["claims"], json!({ "is_resident": true }));
}

#[tokio::test]
async fn what_is_no_claim_or_no_party_changes_nothing() {
    let scene = scene().await;
    let page = scene.alice.browser.open("/me/never").await.expect(200);
    assert!(!page.body.contains("value=\"is_resident\""), "one bit is no matter for this page");
    let before = scene.town.state().await;
    for fields in [
        vec![("claim", "shoe_size"), ("keep", "company")],
        vec![("claim", "is_resident"), ("keep", "company")],
        vec![("claim", "phone_masked"), ("keep", "burglars")],
        vec![("claim", "phone_masked")],
        vec![("keep", "company")],
        vec![("claim", "phone_masked"), ("keep", "company"), ("free", "company")],
    ] {
        let page = scene.alice.browser.open("/me/never").await.expect(200);
        let answer = scene.alice.browser.submit_only(&page, "/me/never", &[]).await;
        assert_eq!(answer.status.as_u16(), 400);
        let page = scene.alice.browser.open("/me/never").await.expect(200);
        let mut form = vec![("csrf", page.csrf())];
        form.extend(fields.iter().map(|(name, value)| (*name, (*value).to_owned())));
        let answer = scene.alice.browser.post("/me/never", &form).await;
        assert_eq!(answer.status.as_u16(), 400, "{fields:?}");
    }
    assert_eq!((scene.town.state().await, scene.town.count("resident_preference").await), (before, 0));
}

#[tokio::test]
async fn a_delegate_keeps_more_back_and_lets_nothing_go() {
    let scene = scene().await;
    let (app, alice) = (&scene.town.app, &scene.alice.resident.id);
    let request: RequestId = latchkey::crypto::random::id().unwrap();
    let daughter = By::Delegate(MandateId::from_bytes([7; 16]));
    let what = ("phone_masked", "company");
    assert_eq!(never::keep_back(app, alice, what, &daughter, &request).await.unwrap(), Told::Done);
    assert_eq!(never::let_go(app, alice, what, &daughter, &request).await.unwrap(), Told::HersAlone);
    assert_eq!(never::let_go(app, alice, what, &By::Resident, &request).await.unwrap(), Told::Done);
    assert_eq!(never::let_go(app, alice, what, &By::Resident, &request).await.unwrap(), Told::WasSo);
}

#[tokio::test]
async fn what_is_never_given_is_not_offered_and_the_page_says_why() {
    let scene = scene().await;
    says(&scene, "keep", "plate_masked", "company").await.expect(200);
    let page = scene.alice.browser.open(&scene.a.pushed(&[]).await).await.expect(200);
    let text = page.text();
    assert!(text.contains("车牌号（打码），不给公司看") && text.contains("去改这一条"), "{text}");
    assert!(page.body.contains("href=\"/me/never\"") && !text.contains("皖A·**123"), "{text}");
    assert!(!page.body.contains("name=\"claim\" value=\"plate_masked\""), "no switch for it");

    // A form that asks for it all the same agrees to nothing, and uses nothing up.
    let before = scene.town.count("consent_event").await;
    let forged = [("claim", "plate_masked"), ("decision", "yes")];
    let refused = scene.alice.browser.submit_only(&page, &page.path, &forged).await;
    let refused = refused.error_page();
    assert!(refused.text().contains("什么都没有同意"), "{}", refused.text());
    assert_eq!(scene.town.count("consent_event").await, before);
    let page = scene.alice.browser.open(&page.path).await.expect(200);
    let fields = [("claim", "building_no"), ("decision", "yes")];
    let code = scene.alice.browser.submit_only(&page, &page.path, &fields).await.expect(303).parameter("code").unwrap();
    let tokens = scene.a.redeems(&code).await.expect(200).json();
    assert!(!tokens["authorization_details"].to_string().contains("plate"), "{tokens}");

    // Said while the page lies open, it holds as well.
    let page = scene.alice.browser.open(&scene.a.pushed(&[("prompt", "consent")]).await).await.expect(200);
    says(&scene, "keep", "building_no", "anybody").await.expect(200);
    let records = scene.town.count("consent_event").await;
    let fields = [("claim", "building_no"), ("decision", "yes")];
    scene.alice.browser.submit_only(&page, &page.path, &fields).await.error_page();
    assert_eq!(scene.town.count("consent_event").await, records);
}

#[tokio::test]
async fn what_a_service_cannot_do_without_and_she_never_gives_leaves_no_yes() {
    let scene = scene().await;
    // One bit is no choice of the page's today; a purpose of tomorrow may require more than that.
    let row = "INSERT INTO resident_preference (resident, claim, party, made_at) VALUES ";
    let id = scene.alice.resident.id.as_str();
    scene.town.force(&format!("{row} ('{id}', 'is_resident', 'company', 0)")).await;
    let page = scene.alice.browser.open(&scene.a.pushed(&[]).await).await.expect(200);
    assert!(page.text().contains("这次同意不了"), "{}", page.text());
    assert!(!page.body.contains("value=\"yes\"") && page.body.contains("value=\"later\""));
    let forged = scene.alice.browser.submit_only(&page, &page.path, &[("decision", "yes")]).await;
    forged.error_page();
    assert_eq!(scene.town.count("consent_event").await, 0);
    let page = scene.alice.browser.open(&page.path).await.expect(200);
    let later = scene.alice.browser.submit_only(&page, &page.path, &[("decision", "later")]).await.expect(303);
    assert_eq!(later.parameter("error").as_deref(), Some("access_denied"));
}
