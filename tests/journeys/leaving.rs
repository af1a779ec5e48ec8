//! Whoever is erased, or moves away, leaves nobody behind who acts for her; and the desk undoes an erasure with her own
//! word.

use latchkey::erasure;
use latchkey::inbox::Word;

use crate::erasure::{DAY, alice_and_parking, asks};
use crate::family::{EVERYTHING, accepts, offers, told};
use crate::support::TestApp;
use crate::support::browser::Answer;
use crate::support::desk::Colleague;
use crate::support::town::Neighbour;

/// Bob may act for alice; where he does.
async fn helped(town: &TestApp) -> (Neighbour, Neighbour, String) {
    let (mut alice, mut bob) = (town.neighbour("alice").await, town.neighbour("bob").await);
    let link = offers(&mut alice, "family", &EVERYTHING).await;
    let place = accepts(&mut bob, &link).await;
    bob.browser.open(&place).await.expect(200);
    (alice, bob, place)
}

#[tokio::test]
async fn nobody_acts_any_more_for_whoever_was_erased() {
    let town = TestApp::start().await;
    let (mut alice, mut bob, place) = helped(&town).await;
    asks(&mut alice).await;
    town.pass_seconds(7 * DAY);
    assert_eq!(erasure::sweep(&town.app).await.unwrap(), 1);
    assert!(told(&town, &bob.resident.id).await.contains(&Word::MandateEnded));
    assert_eq!(town.entries_of(&bob.resident.id).await[0], "mandate_ended");
    assert_eq!(town.count("mandate WHERE ended_at IS NULL").await, 0);
    bob.browser.signs_in(&mut bob.phone).await.expect(200);
    assert!(bob.browser.open(&place).await.status.is_client_error());
    crate::erasure::is_whole(&town).await;
}

#[tokio::test]
async fn whoever_moves_away_is_helped_by_nobody_here_and_helps_nobody_here() {
    let town = TestApp::start().await;
    let (mut alice, mut bob, place) = helped(&town).await;
    let mut carol = town.neighbour("carol").await;
    let link = offers(&mut carol, "family", &EVERYTHING).await;
    let for_carol = accepts(&mut alice, &link).await;
    alice.browser.open(&for_carol).await.expect(200);
    let page = alice.browser.open("/me/rights/move").await.expect(200);
    alice.browser.confirms(&page, "/me/rights/move/out", &[], &mut alice.phone).await.expect(200);
    assert_eq!(town.count("mandate WHERE ended_at IS NULL").await, 0);
    for (browser, path) in [(&bob.browser, &place), (&alice.browser, &for_carol)] {
        assert!(browser.open(path).await.status.is_client_error(), "{path}");
    }
    for who in [&bob, &carol] {
        assert!(told(&town, &who.resident.id).await.contains(&Word::MandateEnded));
    }
    let book = carol.browser.open("/me/book").await.expect(200).text();
    assert!(book.contains("代办"), "by whose hand stands in her book: {book}");
    bob.browser.signs_in(&mut bob.phone).await.expect(200);
}

/// The page for her phone of an act prepared at the desk.
async fn on_her_phone(town: &TestApp, act: &Answer) -> String {
    let id = act.path.rsplit('/').next().unwrap();
    let act = latchkey::desk::act(&town.app, &latchkey::ids::DeskActId::parse(id).unwrap()).await.unwrap();
    format!("/at-desk/{}", act.token())
}

async fn prepares(wang: &Colleague) -> Answer {
    let sitting = wang.finds("13805510001").await;
    assert!(sitting.text().contains("将删除全部信息"), "{}", sitting.text());
    wang.browser.submit(&sitting, &format!("{}/prepare", sitting.path), &[("kind", "keep")]).await
}

#[tokio::test]
async fn an_erasure_is_undone_at_the_desk_with_her_own_word() {
    let town = TestApp::start().await;
    let mut wang = town.staff("王敏").await;
    let (mut alice, _, _) = alice_and_parking(&town).await;
    town.index(&alice.resident).await;
    asks(&mut alice).await;
    town.pass_seconds(6 * DAY);
    wang.signs_in().await;
    let act = prepares(&wang).await.expect(200);
    assert_eq!(town.count("erasure WHERE undone_at IS NOT NULL").await, 0, "staff alone undo nothing");
    let path = on_her_phone(&town, &act).await;
    alice.browser.signs_in(&mut alice.phone).await.expect(200);
    let page = alice.browser.open(&path).await.expect(200);
    assert!(page.text().contains("撤销删除全部信息"), "{}", page.text());
    alice.browser.confirms(&page, &path, &[], &mut alice.phone).await.expect(200);
    assert_eq!(town.count("erasure WHERE undone_at IS NOT NULL").await, 1);
    let reasons = town.entries_of(&alice.resident.id).await;
    assert!(reasons[..3].contains(&"erasure_undone".to_owned()), "{reasons:?}");
    town.pass_seconds(2 * DAY);
    assert_eq!(erasure::sweep(&town.app).await.unwrap(), 0);
    alice.browser.signs_in(&mut alice.phone).await.expect(200);
}

#[tokio::test]
async fn at_the_desk_too_it_is_too_late_after_seven_days() {
    let town = TestApp::start().await;
    let mut wang = town.staff("王敏").await;
    let (mut alice, _, _) = alice_and_parking(&town).await;
    town.index(&alice.resident).await;
    asks(&mut alice).await;
    town.pass_seconds(7 * DAY - 60);
    wang.signs_in().await;
    let act = prepares(&wang).await.expect(200);
    let path = on_her_phone(&town, &act).await;
    alice.browser.signs_in(&mut alice.phone).await.expect(200);
    let page = alice.browser.open(&path).await.expect(200);
    town.pass_seconds(60);
    alice.browser.confirms(&page, &path, &[], &mut alice.phone).await.expect(409);
    assert_eq!(erasure::sweep(&town.app).await.unwrap(), 1);
}
