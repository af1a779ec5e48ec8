//! A building's list: whoever said so herself is on it, and nobody else.

use latchkey::inbox::Word;

use super::{asks, entered, presses, signs, story, told};
use crate::support::browser::{Answer, Browser};
use crate::support::desk::Colleague;

const FIRE: [(&str, &str); 6] = [
    ("building", "3"),
    ("reason", "fire"),
    ("words", "三楼起火，需要逐户确认"),
    ("case", "F-12"),
    ("claim", "name_masked"),
    ("claim", "phone_full"),
];

const FORM: &str = "/desk/emergencies/building";

async fn asks_for_the_building(who: &mut Colleague) -> Answer {
    let page = who.browser.open(FORM).await.expect(200);
    who.browser.confirms(&page, FORM, &FIRE, &mut who.phone).await
}

async fn says(browser: &Browser, on: bool) -> Answer {
    let page = browser.open("/me/emergencies").await.expect(200);
    browser.submit(&page, "/me/emergencies", &[("list", if on { "on" } else { "off" })]).await.expect(200)
}

#[tokio::test]
async fn a_buildings_list_holds_those_who_said_so_themselves_and_each_of_them_is_told() {
    let mut story = story().await;
    let (bob, granny) = (story.town.neighbour("bob").await, story.town.neighbour("granny").await);
    // Nobody is on it by default.
    asks_for_the_building(&mut story.wang).await.expect(409);
    let page = says(&story.alice.browser, true).await;
    assert!(page.text().contains("您在本楼的名单上"), "{}", page.text());
    says(&bob.browser, true).await;
    says(&granny.browser, true).await;
    says(&granny.browser, false).await;

    let path = asks_for_the_building(&mut story.wang).await.expect(200).path;
    signs(&mut story.li, &path, "approve", &[]).await.expect(200);
    let values = presses(&story.li, &path, "read").await.expect(200);
    assert!(values.text().contains("13805510001") && values.text().contains("13905510002"), "{}", values.text());
    assert!(!values.text().contains("13605510004"), "she took herself off the list");
    for (resident, times) in [(&story.alice.resident.id, 1), (&bob.resident.id, 1), (&granny.resident.id, 0)] {
        assert_eq!(told(&story.town, resident, Word::EmergencyOpened).await, times);
        let read = entered(&story.town, resident).await.into_iter().filter(|(why, _)| why == "emergency_read").count();
        assert_eq!(read, times);
    }
    let mine = bob.browser.open("/me/emergencies").await.expect(200);
    assert!(mine.text().contains("按本楼名单"), "{}", mine.text());
}

#[tokio::test]
async fn whoever_moved_since_is_on_no_list_until_she_says_so_again() {
    let mut story = story().await;
    says(&story.alice.browser, true).await;
    let alice = story.alice.resident.id.clone();
    story
        .town
        .force(&format!(
            "UPDATE vault_field SET version = version + 1 WHERE resident = '{alice}' AND field = 'building'"
        ))
        .await;
    let page = story.alice.browser.open("/me/emergencies").await.expect(200);
    assert!(page.text().contains("您的住址变了"), "{}", page.text());
    asks_for_the_building(&mut story.wang).await.expect(409);
    assert_eq!(story.town.count("emergency").await, 0);
}

#[tokio::test]
async fn an_emergency_about_one_resident_needs_no_list_and_opens_nobody_elses_record() {
    let mut story = story().await;
    let bob = story.town.neighbour("bob").await;
    says(&bob.browser, true).await;
    let path = asks(&mut story.wang, &super::FALL).await.expect(200).path;
    signs(&mut story.li, &path, "approve", &[]).await.expect(200);
    let values = presses(&story.wang, &path, "read").await.expect(200);
    assert!(!values.text().contains("13905510002"), "{}", values.text());
    assert_eq!(told(&story.town, &bob.resident.id, Word::EmergencyOpened).await, 0);
}

#[tokio::test]
async fn one_damaged_record_hides_nobody_else_of_the_building() {
    let mut story = story().await;
    let (bob, granny) = (story.town.neighbour("bob").await, story.town.neighbour("granny").await);
    for browser in [&story.alice.browser, &bob.browser, &granny.browser] {
        says(browser, true).await;
    }
    // Granny's keys are damaged before it is approved: nothing could be written in her book, so nothing of hers is opened.
    let broken = granny.resident.id.clone();
    story.town.force(&format!("UPDATE resident_key SET wrapped_lk = wrapped_rk WHERE resident = '{broken}'")).await;
    let path = asks_for_the_building(&mut story.wang).await.expect(200).path;
    signs(&mut story.li, &path, "approve", &[]).await.expect(200);
    assert_eq!(story.town.count("vault_emergency_resident").await, 2);

    // Bob's number is damaged afterwards.
    let his = bob.resident.id.clone();
    let other = "(SELECT f.sealed FROM vault_field f WHERE f.field = 'name' AND f.resident = vault_field.resident)";
    let damaged = format!("UPDATE vault_field SET sealed = {other} WHERE resident = '{his}' AND field = 'phone'");
    story.town.force(&damaged).await;
    let values = presses(&story.wang, &path, "read").await.expect(200);
    assert!(values.text().contains("13805510001") && !values.text().contains("13905510002"), "{}", values.text());
    assert!(values.text().contains("还有 1 份档案没有打开"), "{}", values.text());
}

/// How many are on the list of the largest house; `LISTED` says another number.
fn listed() -> usize {
    std::env::var("LISTED").ok().and_then(|count| count.parse().ok()).unwrap_or(100)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[allow(clippy::print_stdout, reason = "how long a large house takes is worth knowing")]
async fn a_large_house_is_approved_in_a_few_statements_and_each_of_it_is_told_and_read_once() {
    let mut story = story().await;
    says(&story.alice.browser, true).await;
    for number in 1..listed() {
        story.town.resident(&format!("居民{number}")).await;
    }
    // They said so as Alice did.
    story
        .town
        .force(
            "INSERT INTO emergency_listed (resident, building, version, at)
             SELECT f.resident, l.building, f.version, l.at FROM vault_field f, emergency_listed l
              WHERE f.field = 'building' AND f.resident <> l.resident",
        )
        .await;
    let count = i64::try_from(listed()).unwrap();
    let path = asks_for_the_building(&mut story.wang).await.expect(200).path;
    let before = story.town.count("ledger_entry").await;
    let began = std::time::Instant::now();
    signs(&mut story.li, &path, "approve", &[]).await.expect(200);
    let approved = began.elapsed();
    assert_eq!(story.town.count("ledger_entry").await, before + count);
    assert_eq!(story.town.count("inbox_message WHERE word = 'emergency-opened'").await, count);
    let values = presses(&story.li, &path, "read").await.expect(200);
    println!("{count} residents: approved in {approved:?}, read in {:?}", began.elapsed() - approved);
    assert_eq!(story.town.count("ledger_entry").await, before + 2 * count);
    assert_eq!(i64::try_from(values.body.matches("13705510003").count()).unwrap(), count - 1, "each of them");
    assert_eq!(story.town.count("vault_emergency_resident WHERE reads_left = 19").await, count);
}
