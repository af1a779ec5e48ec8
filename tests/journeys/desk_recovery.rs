//! Recovery by two members of staff: a wait, a notice, a stop; and then the old passkeys are void.

use crate::support::browser::Answer;
use crate::support::desk::Colleague;
use crate::support::town::Neighbour;
use crate::support::{SoftPasskey, TestApp};

const HOUR: u64 = 3_600;

struct Story {
    town: TestApp,
    wang: Colleague,
    li: Colleague,
    alice: Neighbour,
}

/// Alice lost her phone; Wang Min begins.
async fn begun() -> Story {
    let town = TestApp::start().await;
    let (wang, li) = (town.staff("王敏").await, town.staff("李强").await);
    let alice = town.neighbour("alice").await;
    town.index(&alice.resident).await;
    let sitting = wang.finds("13805510001").await;
    let page = wang.browser.submit(&sitting, &format!("{}/recover", sitting.path), &[]).await.expect(200);
    assert_eq!(page.path, "/desk/recoveries");
    Story { town, wang, li, alice }
}

fn door(page: &Answer, verb: &str) -> Option<String> {
    let actions = page.body.split("action=\"/desk/recoveries/").skip(1);
    let mut paths = actions.filter_map(|rest| rest.split('"').next());
    paths.find(|path| path.ends_with(verb)).map(|path| format!("/desk/recoveries/{path}"))
}

async fn seconded(story: &mut Story) -> Answer {
    story.li.signs_in().await;
    let page = story.li.browser.open("/desk/recoveries").await.expect(200);
    let second = door(&page, "second").expect("a second signature is asked for");
    story.li.browser.submit(&page, &second, &[]).await.expect(200)
}

fn link_of(page: &Answer) -> String {
    let at = page.body.find("data-link>").expect("a link") + "data-link>".len();
    page.body[at..at + page.body[at..].find('<').unwrap()].trim_start_matches("https://id.test").to_owned()
}

#[tokio::test]
async fn two_of_the_staff_and_three_days_give_a_new_passkey_and_void_the_old_one() {
    let mut story = begun().await;
    let page = story.wang.browser.open("/desk/recoveries").await.expect(200);
    assert!(door(&page, "second").is_none(), "not by the same hand");
    assert!(page.text().contains("要另一位同事签名"), "{}", page.text());
    let page = seconded(&mut story).await;
    assert!(page.text().contains("李强已签名"), "{}", page.text());
    assert!(door(&page, "link").is_none(), "the wait has begun");
    let stop = door(&page, "stop").unwrap();
    let early = stop.replace("stop", "link");
    story.town.pass_seconds(71 * HOUR);
    story.wang.signs_in().await;
    let page = story.wang.browser.open("/desk/recoveries").await;
    story.wang.browser.post(&early, &[("csrf", page.csrf())]).await.expect(409);
    assert_eq!(story.town.key_count(&story.alice.resident.id).await, 1);

    story.town.pass_seconds(HOUR);
    story.wang.signs_in().await;
    let page = story.wang.browser.open("/desk/recoveries").await.expect(200);
    let shown = story.wang.browser.submit(&page, &door(&page, "link").unwrap(), &[]).await.expect(200);
    let (browser, mut phone) = (story.town.browser(), SoftPasskey::new());
    let regain = browser.open(&link_of(&shown)).await.expect(200);
    assert!(regain.text().contains("张*") && regain.text().contains("以前所有的通行密钥"), "{}", regain.text());
    let welcome = browser.registers(&regain, &mut phone).await.expect(200);
    assert_eq!(welcome.path, "/me/welcome");

    assert_eq!(story.town.key_count(&story.alice.resident.id).await, 1, "the new one alone");
    assert!(!story.alice.browser.is_in().await);
    let page = story.alice.browser.open("/sign-in").await;
    let options = story.alice.browser.begins(&page).await;
    let shown = story.alice.phone.get(&options).await.unwrap();
    assert_eq!(story.alice.browser.finishes(&page, &shown).await.expect(400).problem(), "passkey-refused");
    let reasons = story.town.entries_of(&story.alice.resident.id).await;
    for reason in ["recovery_begun", "recovery_seconded", "recovery_link", "recovered_at_desk"] {
        assert!(reasons.contains(&reason.to_owned()), "{reason} in {reasons:?}");
    }
    let inbox = browser.open("/me/inbox").await.expect(200).text();
    assert!(inbox.contains("您的登录已经找回"), "{inbox}");
    // The link is used up, and nothing is under way any more.
    assert_eq!(story.town.count("desk_recovery WHERE ended_at IS NULL").await, 0);
    story.town.browser().open(&regain.path).await.expect(400);
}

#[tokio::test]
async fn the_resident_is_told_and_stops_it_with_the_phone_that_was_not_lost() {
    let mut story = begun().await;
    seconded(&mut story).await;
    let inbox = story.alice.browser.open("/me/inbox").await.expect(200).text();
    assert!(inbox.contains("有人开始为您找回登录"), "{inbox}");
    let mine = story.alice.browser.open("/me/desk").await.expect(200);
    assert!(mine.text().contains("有人说您的通行密钥都丢了"), "{}", mine.text());
    let action = mine.body.split("action=\"/me/desk/recovery/").nth(1).unwrap().split('"').next().unwrap();
    let action = format!("/me/desk/recovery/{action}");

    // Only she may.
    let bob = story.town.neighbour("bob").await;
    bob.browser.post(&action, &[("csrf", bob.browser.open("/me").await.csrf())]).await.expect(409);
    let after = story.alice.browser.submit(&mine, &action, &[]).await.expect(200);
    assert!(!after.text().contains("有人说您的通行密钥都丢了"));
    story.town.pass_seconds(100 * HOUR);
    story.wang.signs_in().await;
    let page = story.wang.browser.open("/desk/recoveries").await.expect(200);
    assert!(page.text().contains("0 位"), "{}", page.text());
    assert_eq!(story.town.entries_of(&story.alice.resident.id).await[0], "recovery_stopped");
    assert_eq!(story.town.key_count(&story.alice.resident.id).await, 1);
}

#[tokio::test]
async fn a_link_that_was_handed_out_is_void_when_it_is_stopped() {
    let mut story = begun().await;
    seconded(&mut story).await;
    story.town.pass_seconds(72 * HOUR);
    story.li.signs_in().await;
    let page = story.li.browser.open("/desk/recoveries").await.expect(200);
    let shown = story.li.browser.submit(&page, &door(&page, "link").unwrap(), &[]).await.expect(200);
    let (thief, mut phone) = (story.town.browser(), SoftPasskey::new());
    let regain = thief.open(&link_of(&shown)).await.expect(200);
    let options = thief.begins(&regain).await;
    let made = phone.create(&options).await.unwrap();
    let page = story.li.browser.open("/desk/recoveries").await.expect(200);
    story.li.browser.submit(&page, &door(&page, "stop").unwrap(), &[]).await.expect(200);
    assert_eq!(thief.finishes(&regain, &made).await.expect(400).problem(), "ceremony-ended");
    assert_eq!(story.town.key_count(&story.alice.resident.id).await, 1);
}

#[tokio::test]
async fn one_recovery_at_a_time_and_none_for_whoever_never_enrolled() {
    let story = begun().await;
    let sitting = story.wang.finds("13805510001").await;
    assert!(sitting.text().contains("正在找回登录"));
    let again = format!("{}/recover", sitting.path);
    story.wang.browser.post(&again, &[("csrf", sitting.csrf())]).await.expect(409);
    let granny = story.town.known("granny").await;
    let sitting = story.wang.finds_person("王桂英", "1944-02-01", "3", "2", "101").await;
    let never = format!("{}/recover", sitting.path);
    story.wang.browser.post(&never, &[("csrf", sitting.csrf())]).await.expect(409);
    assert_eq!(story.town.count("desk_recovery").await, 1);
    assert_eq!(story.town.key_count(&granny.id).await, 0);
}
