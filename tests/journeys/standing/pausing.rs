//! Pause and resume: nothing is read meanwhile, nothing is given up, and each is one press.

use latchkey::consent::{self, Pausing, Record};
use latchkey::ids::{ConsentId, MandateId, RequestId};
use latchkey::ledger::By;
use serde_json::json;

use crate::family::{EVERYTHING, accepts, offers};
use crate::support::browser::Answer;
use crate::telling::{Scene, scene};

/// The record that Alice gave last.
pub async fn record(scene: &Scene) -> Record {
    let mut tx = scene.town.app.db.read().await.unwrap();
    consent::of_resident(&mut tx, &scene.alice.resident.id).await.unwrap().remove(0)
}

/// Presses a button of the app's page; where that leads.
async fn presses(scene: &Scene, id: &ConsentId, verb: &str) -> Answer {
    let page = scene.alice.browser.open(&format!("/me/apps/{id}")).await.expect(200);
    scene.alice.browser.submit(&page, &format!("/me/apps/{id}/{verb}"), &[]).await.expect(200)
}

#[tokio::test]
async fn a_paused_app_reads_nothing_until_it_is_resumed_and_then_what_it_read_before() {
    let scene = scene().await;
    let tokens = scene.gives(&["plate_masked"]).await;
    let token = tokens.member("access_token");
    let before = scene.a.reads("/vault/claims", &token).await.expect(200).json()["claims"].clone();
    let given = record(&scene).await;

    scene.town.pass_seconds(60);
    let page = presses(&scene, &given.id, "pause").await;
    assert_eq!(page.path, format!("/me/apps/{}", given.id));
    assert!(page.text().contains("暂时看不到"), "{}", page.text());
    assert!(!page.text().contains("皖A·**123"), "what it may not see is not opened: {}", page.text());
    let answer = scene.a.reads("/vault/claims", &token).await.expect(403);
    assert_eq!((answer.problem().as_str(), answer.member("reason").as_str()), ("consent-required", "consent_paused"));
    scene.a.reads("/userinfo", &token).await.refused(401, "invalid_token");
    let refresh = tokens.member("refresh_token");
    scene.a.refreshes(&refresh, &[]).await.refused(400, "invalid_grant");
    let home = scene.alice.browser.open("/me").await.expect(200).text();
    assert!(home.contains("现在没有应用"), "{home}");
    let book = scene.alice.browser.open("/me/book").await.expect(200).text();
    assert!(book.contains("您暂停了") && book.contains("同意暂停了"), "{book}");

    scene.town.pass_seconds(60);
    let page = presses(&scene, &given.id, "resume").await;
    assert!(page.text().contains("皖A·**123"), "{}", page.text());
    let after = scene.a.reads("/vault/claims", &token).await.expect(200).json()["claims"].clone();
    assert_eq!(after, before);
    scene.a.refreshes(&refresh, &[]).await.expect(200);
    let now = record(&scene).await;
    assert_eq!((&now.id, now.valid_until, now.paused_at), (&given.id, given.valid_until, None));
    scene.deliver().await;
    assert_eq!(scene.kinds().await, ["consent-given", "consent-paused", "consent-resumed"]);
}

#[tokio::test]
async fn a_pause_pressed_twice_is_one_and_ends_by_a_stop_or_its_day_all_the_same() {
    let scene = scene().await;
    scene.gives(&[]).await;
    let id = record(&scene).await.id;
    let page = scene.alice.browser.open(&format!("/me/apps/{id}")).await.expect(200);
    presses(&scene, &id, "pause").await;
    let before = scene.town.state().await;
    let again = scene.alice.browser.submit(&page, &format!("/me/apps/{id}/pause"), &[]).await;
    // The form of the old page was used up by nobody: pressed again, it changes nothing.
    assert!(again.status.is_success() || again.status.as_u16() == 403, "{}", again.status);
    assert_eq!(scene.town.count("consent_event WHERE type = 'paused'").await, 1);
    assert_eq!(scene.town.state().await, before);

    let list = scene.alice.browser.open("/me/apps").await.expect(200);
    assert!(list.text().contains("暂停的") && list.text().contains("恢复"), "{}", list.text());
    let page = presses(&scene, &id, "stop").await;
    assert!(page.text().contains("已停止"), "{}", page.text());
    let request: RequestId = latchkey::crypto::random::id().unwrap();
    let (app, alice) = (&scene.town.app, &scene.alice.resident.id);
    let late = consent::resume(app, alice, &id, &By::Resident, &request).await.unwrap();
    assert!(matches!(late, Pausing::WasSo(_)), "what has ended is not resumed: {late:?}");

    scene.town.pass_seconds(1);
    scene.gives(&[]).await;
    let second = record(&scene).await.id;
    presses(&scene, &second, "pause").await;
    scene.town.pass_seconds(400 * 86_400);
    assert_eq!(consent::expire(app).await.unwrap(), 1, "a pause does not make it last longer");
    let mut tx = app.db.read().await.unwrap();
    for rebuilt in consent::rebuilt(&mut tx).await.unwrap() {
        assert_eq!(consent::current(&mut tx, &rebuilt.id).await.unwrap(), Some(rebuilt));
    }
}

#[tokio::test]
async fn an_app_that_is_paused_and_asks_again_is_answered_by_her_and_not_by_what_she_gave() {
    let scene = scene().await;
    scene.gives(&["plate_masked"]).await;
    let first = record(&scene).await.id;
    presses(&scene, &first, "pause").await;
    let silent = scene.a.pushed(&[("prompt", "none")]).await;
    let led = scene.alice.browser.get(&silent).await;
    assert!(led.header("location").contains("consent_required"), "{}", led.header("location"));
    scene.town.pass_seconds(1);
    let tokens = scene.gives(&[]).await;
    scene.a.reads("/vault/claims", &tokens.member("access_token")).await.expect(200);
    let records = {
        let mut tx = scene.town.app.db.read().await.unwrap();
        consent::of_resident(&mut tx, &scene.alice.resident.id).await.unwrap()
    };
    assert_eq!(records.iter().filter(|record| record.stands(scene.town.app.now())).count(), 1);
    scene.deliver().await;
    let events = scene.events().await;
    let told = events.last().unwrap().1["events"].as_object().unwrap().values().next().unwrap().clone();
    assert_eq!(told["replaces"], json!([first.as_str()]));
}

#[tokio::test]
async fn nobody_else_pauses_her_apps_and_a_delegate_does_not_open_what_she_paused() {
    let mut scene = scene().await;
    scene.gives(&[]).await;
    let id = record(&scene).await.id;
    let mut bob = scene.town.neighbour("bob").await;
    for verb in ["pause", "resume"] {
        let page = bob.browser.open("/me/apps").await.expect(200);
        let before = scene.town.state().await;
        let answer = bob.browser.post(&format!("/me/apps/{id}/{verb}"), &[("csrf", page.csrf())]).await;
        assert_eq!(answer.status.as_u16(), 404);
        assert_eq!(scene.town.state().await, before);
    }

    let base = accepts(&mut bob, &offers(&mut scene.alice, "family", &EVERYTHING).await).await;
    let daughter = By::Delegate(MandateId::parse(base.strip_prefix("/for/").unwrap()).unwrap());
    let (app, alice) = (&scene.town.app, &scene.alice.resident.id);
    let request: RequestId = latchkey::crypto::random::id().unwrap();
    presses(&scene, &id, "pause").await;
    let refused = consent::resume(app, alice, &id, &daughter, &request).await.unwrap();
    assert_eq!(refused, Pausing::HersAlone);
    presses(&scene, &id, "resume").await;
    for (verb, expected) in [("pause", true), ("resume", false)] {
        let done = match verb {
            "pause" => consent::pause(app, alice, &id, &daughter, &request).await.unwrap(),
            _ => consent::resume(app, alice, &id, &daughter, &request).await.unwrap(),
        };
        let Pausing::Done(record, _) = done else { panic!("{done:?}") };
        assert_eq!(record.paused_at.is_some(), expected, "a delegate takes back what a delegate did");
    }
}
