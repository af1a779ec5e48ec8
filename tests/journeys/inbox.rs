//! What a resident is told: that an app read for the first time, that a day is unlike others, that somebody recovers.

use crate::support::partner::Partner;
use crate::support::town::Neighbour;
use crate::support::{SoftPasskey, TestApp, html};

const DAY: u64 = 86_400;

/// What her inbox says now.
async fn inbox(of: &Neighbour) -> String {
    html::text(&of.browser.open("/me/inbox").await.expect(200).body)
}

async fn agreed(parking: &Partner, alice: &Neighbour) -> String {
    let code = alice.browser.agrees(&parking.pushed(&[]).await, &["plate_masked"]).await;
    parking.redeems(&code).await.expect(200).member("refresh_token")
}

/// Reads so many times with a fresh token.
async fn reads(parking: &Partner, refresh: &str, times: usize) {
    let token = parking.refreshes(refresh, &[]).await.expect(200).member("access_token");
    for _ in 0..times {
        parking.reads("/vault/claims", &token).await.expect(200);
    }
}

#[tokio::test]
async fn the_first_read_of_an_app_is_told_and_the_second_is_not() {
    let town = TestApp::start().await;
    let (parking, alice, bob) =
        (town.partner("rp-a").await, town.neighbour("alice").await, town.neighbour("bob").await);
    let refresh = agreed(&parking, &alice).await;
    assert!(inbox(&alice).await.contains("还没有消息"), "a consent alone is no read");

    reads(&parking, &refresh, 3).await;
    let told = inbox(&alice).await;
    assert_eq!(told.matches("第一次看了您的信息").count(), 1, "{told}");
    assert!(told.contains("有 1 条新消息"), "{told}");
    assert!(html::text(&alice.browser.open("/me").await.body).contains("有 1 条新消息"));

    assert!(inbox(&bob).await.contains("还没有消息"), "an inbox is one's own");

    town.pass_seconds(10 * DAY);
    let mut phone = alice.phone;
    alice.browser.signs_in(&mut phone).await;
    reads(&parking, &refresh, 1).await;
    let alice = Neighbour { phone, ..alice };
    assert_eq!(inbox(&alice).await.matches("第一次看了您的信息").count(), 1);
}

#[tokio::test]
async fn opening_the_inbox_changes_nothing_and_a_press_does() {
    let town = TestApp::start().await;
    let (parking, alice) = (town.partner("rp-a").await, town.neighbour("alice").await);
    let refresh = agreed(&parking, &alice).await;
    reads(&parking, &refresh, 1).await;
    inbox(&alice).await;
    let page = alice.browser.open("/me/inbox").await.expect(200);
    assert!(html::text(&page.body).contains("有 1 条新消息"));
    let after = alice.browser.submit(&page, "/me/inbox/seen", &[]).await.expect(200);
    let after = html::text(&after.body);
    assert!(after.contains("没有新消息") && after.contains("第一次看了您的信息"), "{after}");
}

#[tokio::test]
async fn a_day_with_far_more_reads_than_usual_is_told_once() {
    let town = TestApp::start().await;
    let (parking, mut alice) = (town.partner("rp-a").await, town.neighbour("alice").await);
    let refresh = agreed(&parking, &alice).await;
    for _ in 0..3 {
        reads(&parking, &refresh, 2).await;
        town.pass_seconds(DAY);
    }
    reads(&parking, &refresh, 9).await;
    alice.browser.signs_in(&mut alice.phone).await;
    assert!(!inbox(&alice).await.contains("和平常不一样"), "nine are not many");
    reads(&parking, &refresh, 40).await;
    let told = inbox(&alice).await;
    assert_eq!(told.matches("和平常不一样").count(), 1, "{told}");
}

#[tokio::test]
async fn whoever_recovers_or_adds_a_passkey_is_told_of_where_she_looks() {
    let town = TestApp::start().await;
    let alice = town.neighbour("alice").await;
    let page = alice.browser.open("/me/passkeys").await.expect(200);
    let sheet = alice.browser.submit(&page, "/me/recovery-codes", &[]).await.expect(200);
    let text = html::text(&sheet.body);
    let code = text.split(' ').find(|word| word.len() == 29 && word.matches('-').count() == 5).unwrap();

    let stranger = town.browser();
    let page = stranger.open("/recover").await.expect(200);
    let page = stranger.submit(&page, "/recover", &[("code", code)]).await.expect(200);
    assert!(inbox(&alice).await.contains("有人开始为您找回登录"), "before anything has changed");

    stranger.registers(&page, &mut SoftPasskey::new()).await.expect(200);
    let alice = Neighbour { browser: stranger, ..alice };
    assert!(inbox(&alice).await.contains("您的登录已经找回"));
}
