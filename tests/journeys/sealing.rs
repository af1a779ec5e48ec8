//! A resident has died (PIPL 49): two of the staff seal the record, whoever is alive says so, and a near relative is
//! answered.

use latchkey::inbox::Word;
use latchkey::{erasure, resident, sealing};

use crate::erasure::{DAY, alice_and_parking};
use crate::family::{EVERYTHING, accepts, offers, told};
use crate::support::TestApp;
use crate::support::browser::Answer;
use crate::support::desk::Colleague;
use crate::support::partner::Partner;
use crate::support::town::Neighbour;

struct Story {
    town: TestApp,
    wang: Colleague,
    li: Colleague,
    alice: Neighbour,
    parking: Partner,
    token: String,
}

/// Where the row's button leads.
fn door(page: &Answer, step: &str) -> Option<String> {
    let mut paths = page.body.split("action=\"/desk/sealings/").skip(1).filter_map(|rest| rest.split('"').next());
    paths.find(|path| path.ends_with(&format!("/{step}"))).map(|path| format!("/desk/sealings/{path}"))
}

/// Alice's app reads; Wang Min records that she has died.
async fn said() -> Story {
    let town = TestApp::start().await;
    let (wang, li) = (town.staff("王敏").await, town.staff("李强").await);
    let (alice, parking, token) = alice_and_parking(&town).await;
    town.index(&alice.resident).await;
    says(&wang).await;
    Story { town, wang, li, alice, parking, token }
}

async fn says(wang: &Colleague) -> Answer {
    let sitting = wang.finds("13805510001").await;
    let seal = format!("{}/seal", sitting.path);
    let page = wang.browser.submit(&sitting, &seal, &[("evidence", "death_certificate")]).await.expect(200);
    assert_eq!(page.path, "/desk/sealings");
    page
}

/// A colleague presses a button of the list.
async fn presses(colleague: &Colleague, step: &str) -> Answer {
    let page = colleague.browser.open("/desk/sealings").await.expect(200);
    let path = door(&page, step).unwrap_or_else(|| panic!("no {step} in {}", page.text()));
    colleague.browser.submit(&page, &path, &[]).await
}

async fn sealed() -> Story {
    let mut story = said().await;
    story.li.signs_in().await;
    presses(&story.li, "confirm").await.expect(200);
    story
}

/// The seven days of a sealing are over.
async fn for_good() -> Story {
    let mut story = sealed().await;
    story.town.pass_seconds(7 * DAY);
    sealing::sweep(&story.town.app).await.unwrap();
    story.wang.signs_in().await;
    story.li.signs_in().await;
    story
}

#[tokio::test]
async fn two_of_the_staff_seal_a_record_and_from_then_on_no_app_reads_and_nobody_signs_in() {
    let mut story = said().await;
    let own = story.wang.browser.open("/desk/sealings").await.expect(200);
    assert!(door(&own, "confirm").is_none() && own.text().contains("要另一位同事签名"), "{}", own.text());
    let forced = door(&own, "stop").unwrap().replace("stop", "confirm");
    story.wang.browser.post(&forced, &[("csrf", own.csrf())]).await.expect(403);
    story.parking.reads("/vault/claims", &story.token).await.expect(200);

    story.li.signs_in().await;
    let page = presses(&story.li, "confirm").await.expect(200);
    assert!(page.text().contains("记录封存了"), "{}", page.text());
    let refused = story.parking.reads("/vault/claims", &story.token).await.expect(403);
    assert!(!refused.body.contains("sealed"), "no app learns of a death: {}", refused.body);
    assert_eq!(refused.problem(), "access-suspended");
    let id = &story.alice.resident.id;
    let reasons = story.town.entries_of(id).await;
    assert_eq!(reasons[..2], ["resident_sealed", "sealed"], "{reasons:?}");
    assert!(reasons.contains(&"sealing_asked".to_owned()));
    assert!(!story.alice.browser.is_in().await);
    let words = told(&story.town, id).await;
    assert!(words.contains(&Word::SealingAsked) && words.contains(&Word::Sealed), "{words:?}");
    // The desk finds her no more, and the operator's unlocking opens nothing.
    let desk = story.wang.browser.open("/desk").await.expect(200);
    let nobody = story.wang.browser.submit(&desk, "/desk/find", &[("number", "13805510001")]).await;
    assert!(!nobody.path.starts_with("/desk/sitting/"), "{}", nobody.path);
    assert!(!resident::unlock(&story.town.app, id, "try").await.unwrap());
    story.parking.reads("/vault/claims", &story.token).await.expect(403);
    assert_eq!(story.town.count("consent_current WHERE ended_at IS NULL").await, 1, "nothing is lost yet");
}

#[tokio::test]
async fn after_seven_days_consents_and_mandates_end_for_good_and_a_passkey_opens_nothing() {
    let mut story = said().await;
    let mut bob = story.town.neighbour("bob").await;
    let offer = offers(&mut story.alice, "family", &EVERYTHING).await;
    accepts(&mut bob, &offer).await;
    story.li.signs_in().await;
    presses(&story.li, "confirm").await.expect(200);
    assert_eq!(sealing::sweep(&story.town.app).await.unwrap(), 0, "not before its day");
    story.town.pass_seconds(7 * DAY);
    assert_eq!(sealing::sweep(&story.town.app).await.unwrap(), 1);
    assert_eq!(sealing::sweep(&story.town.app).await.unwrap(), 0, "and once");
    assert_eq!(story.town.count("consent_current WHERE ended_at IS NULL").await, 0);
    assert_eq!(story.town.count("mandate WHERE ended_at IS NULL").await, 0);
    assert!(told(&story.town, &bob.resident.id).await.contains(&Word::MandateEnded));
    let refused = story.alice.browser.signs_in(&mut story.alice.phone).await;
    assert_eq!(refused.problem(), "passkey-refused");
}

#[tokio::test]
async fn whoever_is_seen_after_it_was_said_is_alive() {
    let mut story = said().await;
    story.town.pass_seconds(90);
    story.alice.browser.open("/me").await.expect(200);
    story.li.signs_in().await;
    presses(&story.li, "confirm").await.expect(409);
    story.parking.reads("/vault/claims", &story.token).await.expect(200);
    assert!(story.town.entries_of(&story.alice.resident.id).await.contains(&"sealing_alive".to_owned()));
    assert_eq!(story.town.count("sealing WHERE ended_at IS NULL").await, 0);
    assert_eq!(story.town.count("resident WHERE sealed_at IS NOT NULL").await, 0);
}

#[tokio::test]
async fn a_passkey_undoes_a_mistaken_sealing_and_everything_is_as_it_was() {
    let mut story = sealed().await;
    let page = story.alice.browser.signs_in(&mut story.alice.phone).await.expect(200);
    assert_eq!(page.path, "/still-here");
    assert!(page.text().contains("您的记录被登记为已故") && !story.alice.browser.is_in().await, "{}", page.text());
    // Somebody else's passkey says nothing here.
    let mut bob = story.town.neighbour("bob").await;
    let other = bob.browser.open("/still-here").await.expect(200);
    assert_eq!(bob.browser.signs_in_on(&other, &mut bob.phone).await.problem(), "passkey-refused");
    let home = story.alice.browser.signs_in_on(&page, &mut story.alice.phone).await.expect(200);
    assert_eq!(home.path, "/me");
    assert!(story.alice.browser.is_in().await);
    let book = story.alice.browser.open("/me/book").await.expect(200).text();
    assert!(book.contains("服务中心封存了您的记录") && book.contains("您的记录解封了"), "{book}");
    let code = story.alice.browser.agrees(&story.parking.pushed(&[]).await, &["plate_masked"]).await;
    let token = story.parking.redeems(&code).await.expect(200).member("access_token");
    story.parking.reads("/vault/claims", &token).await.expect(200);
    story.town.pass_seconds(8 * DAY);
    assert_eq!(sealing::sweep(&story.town.app).await.unwrap(), 0);
}

#[tokio::test]
async fn later_two_of_the_staff_open_a_record_that_was_sealed_by_mistake() {
    let mut story = for_good().await;
    presses(&story.wang, "ask-lift").await.expect(200);
    let page = story.wang.browser.open("/desk/sealings").await.expect(200);
    assert!(door(&page, "lift").is_none(), "not by the same hand");
    presses(&story.li, "lift").await.expect(200);
    let home = story.alice.browser.signs_in(&mut story.alice.phone).await.expect(200);
    assert_eq!(home.path, "/me");
    assert!(told(&story.town, &story.alice.resident.id).await.contains(&Word::Unsealed));
}

/// Bob asks about alice; the address of his case at the desk.
async fn asks(bob: &Neighbour, asks: &str) -> (String, String) {
    let page = bob.browser.open("/me/rights/relative").await.expect(200);
    let fields = [("deceased", "张丽华"), ("relation", "child"), ("words", "办理继承"), ("asks", asks)];
    let case = bob.browser.submit(&page, "/me/rights/relative", &fields).await.expect(200);
    assert!(case.path.starts_with("/me/cases/"), "{}", case.path);
    (case.path.clone(), case.path.replace("/me/", "/desk/"))
}

/// Wang Min reads the case and agrees, about the one record that may be chosen (or none); the answer.
async fn agrees(wang: &Colleague, at: &str) -> Answer {
    let page = wang.browser.open(at).await.expect(200);
    assert!(!page.body.contains("value=\"agreed\"") && !page.text().contains("张丽华"), "{}", page.text());
    let page = wang.browser.submit(&page, &format!("{at}/read"), &[]).await.expect(200);
    assert!(page.text().contains("张丽华") && page.text().contains("办理继承"), "{}", page.text());
    let record = page.body.split("<option value=\"").find(|rest| rest.len() > 32 && rest.as_bytes()[32] == b'"');
    let record = record.map_or("", |rest| &rest[..32]);
    let fields = [("outcome", "agreed"), ("words", "已核对亲属关系。"), ("record", record)];
    wang.browser.submit(&page, &format!("{at}/answer"), &fields).await
}

#[tokio::test]
async fn a_near_relative_is_granted_a_copy_and_nobody_else_reads_it() {
    let mut story = sealed().await;
    let mut bob = story.town.neighbour("bob").await;
    let (mine, at) = asks(&bob, "copy").await;
    agrees(&story.wang, &at).await.expect(409);
    story.town.pass_seconds(7 * DAY);
    story.wang.signs_in().await;
    agrees(&story.wang, &at).await.expect(200);

    bob.browser.signs_in(&mut bob.phone).await.expect(200);
    let page = bob.browser.open(&mine).await.expect(200);
    assert!(page.text().contains("打开副本") && page.text().contains("已核对亲属关系。"), "{}", page.text());
    let path = mine.replace("/me/cases/", "/me/rights/relative/");
    let copy = bob.browser.open(&path).await.expect(200).text();
    assert!(copy.contains("13805510001") && copy.contains("340104196203152344"), "{copy}");
    let reasons = story.town.entries_of(&story.alice.resident.id).await;
    assert_eq!(reasons[..2], ["relative_copy", "relative_granted"], "{reasons:?}");
    let mut carol = story.town.neighbour("carol").await;
    carol.browser.signs_in(&mut carol.phone).await.expect(200);
    carol.browser.open(&path).await.expect(404);
    story.town.pass_seconds(31 * DAY);
    bob.browser.signs_in(&mut bob.phone).await.expect(200);
    bob.browser.open(&path).await.expect(404);
}

#[tokio::test]
async fn what_she_arranged_in_her_lifetime_goes_before_the_relatives() {
    let mut story = said().await;
    let page = story.alice.browser.open("/me/rights/after").await.expect(200);
    let fields = [("choice", "named"), ("named", "王小红")];
    let page = story.alice.browser.submit(&page, "/me/rights/after", &fields).await.expect(200);
    assert!(page.body.contains("王小红") && page.body.contains("value=\"named\" checked"), "{}", page.body);
    story.li.signs_in().await;
    presses(&story.li, "confirm").await.expect(200);
    story.town.pass_seconds(7 * DAY);
    story.wang.signs_in().await;
    let bob = story.town.neighbour("bob").await;
    let (mine, at) = asks(&bob, "copy").await;
    agrees(&story.wang, &at).await.expect(409);
    assert_eq!(story.town.count("relative_grant").await, 0);
    let page = bob.browser.open(&mine).await.expect(200);
    assert!(!page.text().contains("打开副本"), "the case is open still: {}", page.text());
    let page = story.wang.browser.open(&at).await.expect(200);
    let fields = [("outcome", "declined"), ("words", "本人生前另有安排。")];
    story.wang.browser.submit(&page, &format!("{at}/answer"), &fields).await.expect(200);
    assert!(bob.browser.open(&mine).await.expect(200).text().contains("本人生前另有安排。"));
}

#[tokio::test]
async fn a_near_relative_has_the_record_erased_and_seven_days_pass_first() {
    let story = for_good().await;
    let bob = story.town.neighbour("bob").await;
    let (_, at) = asks(&bob, "erase").await;
    agrees(&story.wang, &at).await.expect(200);
    assert_eq!(erasure::sweep(&story.town.app).await.unwrap(), 0, "nothing is undone by the lock of the sealing");
    let id = story.alice.resident.id.as_str();
    assert_eq!(story.town.count("erasure WHERE undone_at IS NULL").await, 1);
    story.town.pass_seconds(7 * DAY);
    assert_eq!(erasure::sweep(&story.town.app).await.unwrap(), 1);
    for table in ["vault_field", "sealing", "resident_arrangement", "relative_grant"] {
        assert_eq!(story.town.count(&format!("{table} WHERE resident = '{id}'")).await, 0, "{table}");
    }
    crate::erasure::is_whole(&story.town).await;
}
