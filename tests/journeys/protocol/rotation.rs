//! Refresh tokens of public clients: exchanged each time, given again to whom the answer did not reach, and the end of
//! the family for whoever comes too late (D1).

use std::time::Duration;

use latchkey::oauth;
use serde_json::json;

use crate::support::TestApp;
use crate::support::browser::Answer;
use crate::support::keys::{Key, with};
use crate::support::partner::Partner;
use crate::support::town::Neighbour;

const DAY: Duration = Duration::from_secs(86_400);

/// A public app that uses DPoP, and alice, who let it stay signed in.
pub struct Family {
    pub town: TestApp,
    pub native: Partner,
    pub alice: Neighbour,
    pub first: Answer,
}

pub async fn family() -> Family {
    let town = TestApp::start().await;
    let native = town.native().await;
    let alice = town.neighbour("alice").await;
    let code = alice.browser.agrees(&native.plain(&[("scope", "openid offline_access")]), &[]).await;
    let first = native.redeems(&code).await.expect(200);
    Family { town, native, alice, first }
}

impl Family {
    pub fn token(&self) -> String {
        self.first.member("refresh_token")
    }

    /// Nothing of the family opens anything any more.
    pub async fn assert_is_dead(&self, all: &[&Answer]) {
        for answer in all {
            self.native.reads("/userinfo", &answer.member("access_token")).await.refused(401, "invalid_token");
            self.native.refreshes(&answer.member("refresh_token"), &[]).await.refused(400, "invalid_grant");
        }
        assert_eq!(self.town.count("oauth_grant WHERE ended_at IS NULL").await, 0);
    }

    async fn replays(&self) -> usize {
        let entries = self.town.entries_of(&self.alice.resident.id).await;
        entries.iter().filter(|reason| *reason == "refresh_replayed").count()
    }
}

#[tokio::test]
async fn case_76_an_answer_that_was_lost_is_given_again_to_the_same_key() {
    let family = family().await;
    let (native, token) = (&family.native, family.token());
    let second = native.refreshes(&token, &[]).await.expect(200);
    assert_ne!(second.member("refresh_token"), token);
    let mut answers = vec![second];
    for _ in 0..3 {
        family.town.pass_seconds(10);
        let again = native.refreshes(&token, &[]).await.expect(200);
        assert_eq!(again.member("refresh_token"), answers[0].member("refresh_token"));
        assert_ne!(again.member("access_token"), answers.last().unwrap().member("access_token"));
        assert_eq!(again.json()["expires_in"], 300);
        assert_eq!(again.member("token_type"), "DPoP");
        answers.push(again);
    }
    for answer in &answers {
        native.reads("/userinfo", &answer.member("access_token")).await.expect(200);
    }
    // The one token of all four answers is good, once.
    let third = native.refreshes(&answers[0].member("refresh_token"), &[]).await.expect(200);
    native.reads("/userinfo", &third.member("access_token")).await.expect(200);
    assert_eq!(family.replays().await, 0);
}

#[tokio::test]
async fn case_76_after_half_a_minute_nothing_is_given_again() {
    let family = family().await;
    let second = family.native.refreshes(&family.token(), &[]).await.expect(200);
    family.town.pass_seconds(31);
    family.native.refreshes(&family.token(), &[]).await.refused(400, "invalid_grant");
    family.assert_is_dead(&[&family.first, &second]).await;
    assert_eq!(family.replays().await, 1);
}

#[tokio::test]
async fn case_75_a_token_that_comes_after_its_successor_was_used_ends_the_family() {
    let family = family().await;
    let second = family.native.refreshes(&family.token(), &[]).await.expect(200);
    let third = family.native.refreshes(&second.member("refresh_token"), &[]).await.expect(200);
    family.native.refreshes(&family.token(), &[]).await.refused(400, "invalid_grant");
    family.assert_is_dead(&[&family.first, &second, &third]).await;
    // She is told, once, in her own book.
    assert_eq!(family.replays().await, 1);
    let book = family.alice.browser.in_english().open("/me/book").await.expect(200).text();
    assert!(book.contains("A key of App N was used twice"), "{book}");
    let book = family.alice.browser.with_header("accept-language", "zh-CN").open("/me/book").await.text();
    assert!(book.contains("乙应用的登录凭证被人用了两次"), "{book}");
}

#[tokio::test]
async fn case_75_a_replay_is_known_as_one_months_later() {
    let family = family().await;
    let mut newest = family.native.refreshes(&family.token(), &[]).await.expect(200);
    for _ in 0..5 {
        family.town.pass(DAY * 13);
        let mut tx = family.town.app.db.begin().await.unwrap();
        let before = family.town.app.now().minus(DAY);
        latchkey::once::sweep(&mut tx, before, family.town.app.now()).await.unwrap();
        oauth::sweep(&mut tx, before).await.unwrap();
        tx.commit().await.unwrap();
        newest = family.native.refreshes(&newest.member("refresh_token"), &[]).await.expect(200);
    }
    family.native.refreshes(&family.token(), &[]).await.refused(400, "invalid_grant");
    family.assert_is_dead(&[&newest]).await;
    assert_eq!(family.replays().await, 1);
}

#[tokio::test]
async fn case_70_a_public_clients_token_is_its_keys_for_ever() {
    let mut family = family().await;
    let before = family.town.state().await;
    let own = std::mem::replace(&mut family.native.dpop, Key::new());
    family.native.refreshes(&family.token(), &[]).await.refused(400, "invalid_grant");
    let bare = with(
        &family.native.authentication(),
        &[("grant_type", "refresh_token"), ("refresh_token", family.token().as_str())],
    );
    family.native.post("/token", &bare, None).await.refused(400, "invalid_dpop_proof");
    assert_eq!(family.town.state().await, before);
    family.native.dpop = own;
    family.native.refreshes(&family.token(), &[]).await.expect(200);
}

#[tokio::test]
async fn an_exchanged_token_in_other_hands_ends_the_family() {
    for with_a_key in [true, false] {
        let mut family = family().await;
        let second = family.native.refreshes(&family.token(), &[]).await.expect(200);
        let own = std::mem::replace(&mut family.native.dpop, Key::new());
        if with_a_key {
            family.native.refreshes(&family.token(), &[]).await.refused(400, "invalid_grant");
        } else {
            let form = [("grant_type", "refresh_token"), ("refresh_token", &family.token())];
            let form = with(&family.native.authentication(), &form);
            family.native.post("/token", &form, None).await.refused(400, "invalid_grant");
        }
        family.native.dpop = own;
        family.assert_is_dead(&[&family.first, &second]).await;
        assert_eq!(family.replays().await, 1);
    }
}

#[tokio::test]
async fn a_successor_that_was_ended_is_not_given_again_and_nobody_is_suspected() {
    let family = family().await;
    let second = family.native.refreshes(&family.token(), &[]).await.expect(200);
    let digest = crate::support::keys::digest(&second.member("refresh_token"));
    family.town.force(&format!("UPDATE oauth_token SET ended_at = 1 WHERE digest = '{digest}'")).await;
    family.native.refreshes(&family.token(), &[]).await.refused(400, "invalid_grant");
    assert_eq!(family.replays().await, 0);
    assert_eq!(family.town.count("oauth_grant WHERE ended_at IS NULL").await, 1);
}

#[tokio::test]
async fn a_request_that_the_network_repeats_costs_nobody_the_family() {
    let family = family().await;
    let form =
        with(&family.native.authentication(), &[("grant_type", "refresh_token"), ("refresh_token", &family.token())]);
    let proof = family.native.proof("POST", "/token", None);
    let second = family.native.post("/token", &form, Some(&proof)).await.expect(200);
    family.town.pass_seconds(31);
    family.native.post("/token", &form, Some(&proof)).await.refused(400, "invalid_dpop_proof");
    family.native.refreshes(&second.member("refresh_token"), &[]).await.expect(200);
    assert_eq!(family.replays().await, 0);
}

#[tokio::test]
async fn case_80_a_family_is_as_old_as_its_first_token() {
    let family = family().await;
    let mut newest = family.first.clone();
    for _ in 0..6 {
        family.town.pass(DAY * 14 - Duration::from_secs(1));
        newest = family.native.refreshes(&newest.member("refresh_token"), &[]).await.expect(200);
    }
    // Eighty-four days old: six more, however lately it was used.
    family.town.pass(DAY * 5);
    newest = family.native.refreshes(&newest.member("refresh_token"), &[]).await.expect(200);
    family.town.pass(DAY + Duration::from_secs(7));
    family.native.refreshes(&newest.member("refresh_token"), &[]).await.refused(400, "invalid_grant");

    let idle = super::rotation::family().await;
    idle.town.pass(DAY * 14 + Duration::from_secs(1));
    idle.native.refreshes(&idle.token(), &[]).await.refused(400, "invalid_grant");
    assert_eq!((family.replays().await, idle.replays().await), (0, 0));
}

#[tokio::test]
async fn case_79_a_refresh_that_asks_for_too_much_uses_nothing_up() {
    let family = family().await;
    let larger = [("scope", "openid offline_access profile")];
    family.native.refreshes(&family.token(), &larger).await.refused(400, "invalid_scope");
    let narrow = family.native.refreshes(&family.token(), &[("scope", "openid")]).await.expect(200);
    assert_eq!(narrow.member("scope"), "openid");
    let whole = family.native.refreshes(&narrow.member("refresh_token"), &[]).await.expect(200);
    assert_eq!(whole.member("scope"), "openid offline_access");
}

#[tokio::test]
async fn what_is_left_behind_for_a_retry_is_wiped() {
    let family = family().await;
    let left = "once WHERE kind = 'refresh_token' AND state IS NOT NULL";
    assert_eq!(family.town.count(left).await, 0);
    let second = family.native.refreshes(&family.token(), &[]).await.expect(200);
    assert_eq!(family.town.count(left).await, 1);
    for (seconds, still) in [(40, 1), (40, 0)] {
        family.town.pass_seconds(seconds);
        let mut tx = family.town.app.db.begin().await.unwrap();
        oauth::wipe_successors(&mut tx, family.town.app.now()).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(family.town.count(left).await, still);
    }
    family.native.refreshes(&family.token(), &[]).await.refused(400, "invalid_grant");
    family.assert_is_dead(&[&second]).await;
}

#[tokio::test]
async fn an_app_goes_on_in_her_absence_only_if_she_was_asked() {
    let town = TestApp::start().await;
    let native = town.native().await;
    let alice = town.neighbour("alice").await;
    // A bare sign-in, agreed to; a second one needs no page.
    alice.browser.agrees(&native.plain(&[]), &[]).await;
    assert!(alice.browser.open(&native.plain(&[])).await.parameter("code").is_some());

    let offline = native.plain(&[("scope", "openid offline_access")]);
    let silent = native.plain(&[("scope", "openid offline_access"), ("prompt", "none")]);
    let refused = alice.browser.open(&silent).await;
    assert_eq!(refused.parameter("error").as_deref(), Some("consent_required"));
    let page = alice.browser.in_english().open(&offline).await.expect(200);
    assert!(page.text().contains("While you are away"), "{}", page.text());
    let code = alice.browser.agrees(&offline, &[]).await;
    assert!(native.redeems(&code).await.expect(200).json()["refresh_token"].is_string());
    // From then on it is settled, and a bare sign-in gets none.
    let code = alice.browser.open(&silent).await.parameter("code").unwrap();
    assert!(native.redeems(&code).await.expect(200).json()["refresh_token"].is_string());
    let code = alice.browser.open(&native.plain(&[])).await.parameter("code").unwrap();
    assert_eq!(native.redeems(&code).await.expect(200).json()["refresh_token"], json!(null));
}
