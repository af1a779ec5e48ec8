//! Races on an emergency (T-RACE-8): two approvals and a taking back at once, and more readers than there are reads.

use std::collections::BTreeMap;

use latchkey::app::App;
use latchkey::crypto::random;
use latchkey::emergency::listed;
use latchkey::ids::ResidentId;
use latchkey::inbox::Word;
use latchkey::ledger::{self, By};
use latchkey::vault;

use super::{FALL, id, opened, story, told};
use crate::support::desk::Colleague;
use crate::support::races::{at_once, rounds};

/// Everything of an approval but the last step: its form token, and the device's answer.
async fn ready(who: &mut Colleague, emergency: &str) -> [(&'static str, String); 2] {
    let page = who.browser.open(emergency).await.expect(200);
    let (_, signed) = who.browser.signs(&page, &format!("{emergency}/approve"), &[], &mut who.phone).await.unwrap();
    [("csrf", page.csrf()), ("confirmation", signed)]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn race_8_of_two_approvals_and_a_taking_back_one_counts() {
    let mut story = story().await;
    let mut zhao = story.town.staff("赵芳").await;
    let sitting = story.wang.finds("13805510001").await;
    let form = format!("{}/emergency", sitting.path);
    let mut approved = 0;
    for round in 0..rounds().div_ceil(10) {
        let page = story.wang.browser.open(&form).await.expect(200);
        let asked = story.wang.browser.confirms(&page, &form, &FALL, &mut story.wang.phone).await.expect(200);
        let path = asked.path.clone();
        let posts = [
            (story.li.browser.clone(), format!("{path}/approve"), ready(&mut story.li, &path).await.to_vec()),
            (zhao.browser.clone(), format!("{path}/approve"), ready(&mut zhao, &path).await.to_vec()),
            (story.wang.browser.clone(), format!("{path}/end"), vec![("csrf", asked.csrf())]),
        ];
        let racers =
            posts.map(|(browser, path, fields)| async move { browser.post(&path, &fields).await.status.as_u16() });
        let statuses = at_once(racers.into_iter().collect()).await;
        assert!(statuses.iter().all(|status| [303, 409].contains(status)), "round {round}: {statuses:?}");
        let one = id(&path);
        let row = |what: &str| format!("emergency WHERE id = '{one}' AND {what}");
        let yes = story.town.count(&row("approved_at IS NOT NULL")).await;
        // Taken back before it was approved, or closed after.
        let before = story.town.count(&row("outcome IN ('cancelled', 'declined')")).await;
        assert_eq!(yes + before, 1, "round {round}: {statuses:?}");
        assert_eq!(story.town.count(&format!("vault_emergency WHERE id = '{one}'")).await, yes);
        let closed = story.town.count(&row("outcome = 'closed'")).await;
        let shut = story.town.count(&format!("vault_emergency WHERE id = '{one}' AND closed_at IS NOT NULL")).await;
        assert_eq!(closed, shut, "round {round}: what is closed is closed at the gate");
        approved += yes;
    }
    assert_eq!(
        i64::try_from(told(&story.town, &story.alice.resident.id, Word::EmergencyOpened).await).unwrap(),
        approved.min(100)
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_more_readers_than_reads_as_many_read_as_there_are() {
    let mut story = story().await;
    let path = opened(&mut story).await;
    let mut posts = Vec::new();
    for number in 0..26 {
        let browser = if number % 2 == 0 { &story.wang.browser } else { &story.li.browser };
        let csrf = browser.open(&path).await.expect(200).csrf();
        posts.push((browser.clone(), csrf));
    }
    let to = format!("{path}/read");
    let racers = posts.into_iter().map(|(browser, csrf)| {
        let to = to.clone();
        async move { browser.post(&to, &[("csrf", csrf)]).await.status.as_u16() }
    });
    let statuses = at_once(racers.collect()).await;
    let read = statuses.iter().filter(|status| **status == 200).count();
    assert_eq!((read, statuses.len() - read), (20, 6), "{statuses:?}");
    assert_eq!(story.town.count("vault_emergency_resident WHERE reads_left = 0").await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_moves_while_she_says_so_is_on_the_list_of_no_house_where_she_does_not_live() {
    let story = story().await;
    let (app, alice) = (&story.town.app, &story.alice.resident.id);
    for round in 0..rounds() {
        let house = format!("{}", 4 + round % 2);
        let (says, moves) = (says_so(app.clone(), alice.clone()), moves(app.clone(), alice.clone(), house.clone()));
        tokio::join!(tokio::spawn(says), tokio::spawn(moves)).0.unwrap();
        let mut tx = app.db.read().await.unwrap();
        if listed::is_listed(&mut tx, alice).await.unwrap() == Some(true) {
            let hers = app.custody.blind_index("emergency_building", &house).unwrap();
            let row = format!("emergency_listed WHERE building = '{hers}'");
            assert_eq!(story.town.count(&row).await, 1, "round {round}: listed in a house she has left");
        }
        drop(tx);
        story.town.tamper("DELETE FROM emergency_listed").await;
    }
}

async fn says_so(app: App, alice: ResidentId) {
    assert!(listed::change(&app, &alice, true, &random::id().unwrap()).await.unwrap());
}

async fn moves(app: App, alice: ResidentId, house: String) {
    let mut tx = app.db.begin().await.unwrap();
    let mut head = ledger::hold(&mut tx).await.unwrap();
    let change = vault::Change {
        resident: &alice,
        fields: BTreeMap::from([("building", house)]),
        fingerprint: None,
        by: &By::Operator,
        reason: "correction",
        request: None,
    };
    vault::write(&mut tx, &app, &mut head, change).await.unwrap();
    head.commit(tx).await.unwrap();
}
