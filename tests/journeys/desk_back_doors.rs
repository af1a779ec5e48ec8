//! The desk's back doors: what two members of staff, or an impostor who stood there once, would try.

use crate::desk::{bears_witness, card_of, carded, link_of};
use crate::recovery::{enters, sheet};
use crate::support::browser::Answer;
use crate::support::desk::Colleague;
use crate::support::town::Neighbour;
use crate::support::{SoftPasskey, TestApp};

/// The door of a verb on the page of recoveries.
fn door(page: &Answer, verb: &str) -> String {
    let actions = page.body.split("action=\"/desk/recoveries/").skip(1);
    let mut paths = actions.filter_map(|rest| rest.split('"').next());
    format!("/desk/recoveries/{}", paths.find(|path| path.ends_with(verb)).unwrap_or_else(|| panic!("no {verb}")))
}

/// A recovery from its beginning in a sitting to the second signature.
async fn two_sign(wang: &mut Colleague, li: &mut Colleague, sitting: &Answer) {
    wang.browser.submit(sitting, &format!("{}/recover", sitting.path), &[]).await.expect(200);
    li.signs_in().await;
    let page = li.browser.open("/desk/recoveries").await.expect(200);
    li.browser.submit(&page, &door(&page, "second"), &[]).await.expect(200);
}

/// Presses for the link after the wait.
async fn link(wang: &mut Colleague) -> Answer {
    wang.signs_in().await;
    let page = wang.browser.open("/desk/recoveries").await.expect(200);
    wang.browser.submit(&page, &door(&page, "link"), &[]).await
}

/// A colleague agrees to an act that the console does not offer.
async fn witnesses(li: &mut Colleague, act: &Answer) -> Answer {
    li.signs_in().await;
    let home = li.browser.open("/desk").await.expect(200);
    assert!(!home.body.contains(act.path.as_str()), "nobody is asked to bear witness: {}", home.text());
    let yes = [("csrf", home.csrf()), ("decision", "yes".to_owned())];
    li.browser.post(&format!("{}/witness", act.path), &yes).await
}

#[tokio::test]
async fn an_impostor_who_was_enrolled_comes_back_by_no_code_after_the_undoing() {
    let town = TestApp::start().await;
    let (wang, mut li) = (town.staff("王敏").await, town.staff("李强").await);
    let granny = town.known("granny").await;
    let sitting = wang.finds_person("王桂英", "1944-02-01", "3", "2", "101").await;
    let act = wang.browser.submit(&sitting, &format!("{}/prepare", sitting.path), &[("kind", "enrol")]).await;
    bears_witness(&mut li).await;
    let done = wang.browser.open(&act.path).await.expect(200);
    let shown = wang.browser.submit(&done, &format!("{}/link", act.path), &[]).await.expect(200);
    let mut impostor = Neighbour { browser: town.browser(), phone: SoftPasskey::new(), resident: granny };
    let invited = impostor.browser.open(&link_of(&shown)).await.expect(200);
    impostor.browser.registers(&invited, &mut impostor.phone).await.expect(200);
    let codes = sheet(&impostor).await;
    assert_eq!(codes.len(), 8);
    // One code is entered already, and its right lies ready.
    let ready = town.browser();
    let right = enters(&ready, &codes[0]).await.expect(200);

    let mine = impostor.browser.open("/me/desk").await.expect(200);
    let undo = mine.body.split("action=\"/me/desk/").nth(1).unwrap().split('"').next().unwrap();
    impostor.browser.submit(&mine, &format!("/me/desk/{undo}"), &[]).await;
    assert_eq!(town.key_count(&impostor.resident.id).await, 0);
    for code in &codes {
        enters(&town.browser(), code).await.expect(400);
    }
    let (begin, _, csrf) = right.ceremony();
    let refused = ready.post_json(&begin, &csrf, &serde_json::json!({ "csrf": csrf })).await;
    assert_eq!(refused.expect(400).problem(), "ceremony-ended");
    assert_eq!(town.key_count(&impostor.resident.id).await, 0);
    assert_eq!(town.count("resident WHERE sheet_made_at IS NOT NULL").await, 0, "no sheet is hers");
}

#[tokio::test]
async fn no_witness_speaks_for_somebody_who_can_confirm_herself() {
    let town = TestApp::start().await;
    let (mut wang, mut li) = (town.staff("王敏").await, town.staff("李强").await);
    let alice = town.neighbour("alice").await;
    town.index(&alice.resident).await;
    town.known("granny").await;
    let card = [("kind", "card")];

    // She has a passkey: a card is hers to confirm.
    let sitting = wang.finds("13805510001").await;
    let act = wang.browser.submit(&sitting, &format!("{}/prepare", sitting.path), &card).await.expect(200);
    assert!(!act.text().contains("请一位同事作证"), "{}", act.text());
    witnesses(&mut li, &act).await.expect(409);
    assert_eq!(town.count("desk_act WHERE settled_at IS NOT NULL").await, 0);
    assert_eq!(town.count("desk_card").await, 0);

    // She has a card: another one is made with it, and not with a colleague.
    let sitting = wang.finds_person("王桂英", "1944-02-01", "3", "2", "101").await;
    let code = carded(&town, &wang, &mut li, &sitting).await;
    let act = wang.browser.submit(&sitting, &format!("{}/prepare", sitting.path), &card).await.expect(200);
    assert!(!act.text().contains("请一位同事作证"), "{}", act.text());
    witnesses(&mut li, &act).await.expect(409);
    let fields = [("code", code.as_str()), ("number", "270416")];
    wang.browser.submit(&act, &format!("{}/card", act.path), &fields).await.expect(200);
    let fields = [("number", "581903"), ("again", "581903")];
    let page = wang.browser.open(&act.path).await.expect(200);
    let second = wang.browser.submit(&page, &format!("{}/issue", act.path), &fields).await.expect(200);
    assert_ne!(card_of(&second), code);
    assert_eq!(town.count("desk_card WHERE ended_at IS NULL").await, 1);

    // She lost it and has no phone: two sign, three days pass, and only then the old one ends.
    let sitting = wang.finds_person("王桂英", "1944-02-01", "3", "2", "101").await;
    two_sign(&mut wang, &mut li, &sitting).await;
    assert_eq!(town.count("desk_card WHERE ended_at IS NULL").await, 1);
    town.pass_seconds(72 * 3_600);
    let handed = link(&mut wang).await.expect(200);
    assert_eq!(town.count("desk_card WHERE ended_at IS NULL").await, 0);
    let sitting = wang.finds_person("王桂英", "1944-02-01", "3", "2", "101").await;
    carded(&town, &wang, &mut li, &sitting).await;
    // The card is what she came for: the link of the same recovery leads nowhere any more.
    town.browser().open(&link_of(&handed)).await.expect(400);
    assert_eq!(town.count("desk_recovery WHERE ended_at IS NULL").await, 0);
}

#[tokio::test]
async fn a_link_is_no_good_without_its_recovery() {
    for (passes, sql) in [
        (60, Some("UPDATE desk_recovery SET ended_at = 1, outcome = 'stopped'")),
        // Fourteen days after it was begun it lapses, though the link is not an hour old.
        (1_900, None),
    ] {
        let town = TestApp::start().await;
        let (mut wang, mut li) = (town.staff("王敏").await, town.staff("李强").await);
        let alice = town.neighbour("alice").await;
        town.index(&alice.resident).await;
        let sitting = wang.finds("13805510001").await;
        two_sign(&mut wang, &mut li, &sitting).await;
        town.pass_seconds(14 * 86_400 - 1_800);
        let shown = link(&mut wang).await.expect(200);
        let (browser, mut phone) = (town.browser(), SoftPasskey::new());
        let regain = browser.open(&link_of(&shown)).await.expect(200);
        let options = browser.begins(&regain).await;
        let made = phone.create(&options).await.unwrap();
        town.pass_seconds(passes);
        if let Some(sql) = sql {
            town.force(sql).await;
        }
        let refused = browser.finishes(&regain, &made).await.expect(400);
        assert_eq!(refused.problem(), "ceremony-ended");
        assert_eq!(town.key_count(&alice.resident.id).await, 1);
        assert!(!browser.is_in().await);
        alice.browser.open("/me/desk").await;
    }
}

#[tokio::test]
async fn a_recovery_that_lapsed_is_neither_seconded_nor_handed_out() {
    let town = TestApp::start().await;
    let (mut wang, mut li) = (town.staff("王敏").await, town.staff("李强").await);
    let alice = town.neighbour("alice").await;
    town.index(&alice.resident).await;
    let sitting = wang.finds("13805510001").await;
    wang.browser.submit(&sitting, &format!("{}/recover", sitting.path), &[]).await.expect(200);
    town.pass_seconds(14 * 86_400 - 60);
    li.signs_in().await;
    let page = li.browser.open("/desk/recoveries").await.expect(200);
    let second = door(&page, "second");
    town.pass_seconds(60);
    li.browser.post(&second, &[("csrf", page.csrf())]).await.expect(409);
    town.force(&format!("UPDATE desk_recovery SET seconded_by = '{}', seconded_at = 1, ready_at = 1", li.id)).await;
    wang.signs_in().await;
    let page = wang.browser.open("/desk").await.expect(200);
    wang.browser.post(&second.replace("second", "link"), &[("csrf", page.csrf())]).await.expect(409);
    assert_eq!(town.count("once WHERE kind = 'desk_recovery'").await, 0);
}
