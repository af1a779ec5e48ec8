//! Language and size are remembered with the resident, not only with the browser.

use crate::support::{SoftPasskey, TestApp};

#[tokio::test]
async fn another_browser_speaks_as_she_likes_it_as_soon_as_she_is_signed_in() {
    let town = TestApp::start().await;
    let mut alice = town.neighbour("alice").await;
    let page = alice.browser.open("/me").await.expect(200);
    assert!(page.body.contains("data-mode=\"standard\"") && page.body.contains("lang=\"zh-Hans\""));
    let page = alice.browser.submit(&page, "/preferences", &[("mode", "large")]).await.expect(200);
    alice.browser.submit(&page, "/preferences", &[("language", "en")]).await.expect(200);

    let kiosk = town.browser();
    let before = kiosk.open("/sign-in").await.expect(200);
    assert!(before.body.contains("lang=\"zh-Hans\"") && before.body.contains("data-mode=\"standard\""));
    let after = kiosk.signs_in(&mut alice.phone).await.expect(200);
    assert!(after.body.contains("<html lang=\"en\" data-mode=\"large\">"), "{}", &after.body[..200]);
    // Whoever comes next at the same kiosk is not spoken to in her way.
    let page = kiosk.open("/me/mine").await;
    kiosk.submit(&page, "/sign-out", &[]).await;
    assert!(kiosk.open("/sign-in").await.body.contains("data-mode=\"standard\""));
}

#[tokio::test]
async fn a_wish_is_one_entry_and_the_same_wish_again_is_none() {
    let town = TestApp::start().await;
    let alice = town.neighbour("alice").await;
    for _ in 0..3 {
        let page = alice.browser.open("/me/book").await;
        alice.browser.submit(&page, "/preferences", &[("mode", "large")]).await.expect(200);
    }
    let wishes = |reasons: Vec<String>| reasons.iter().filter(|reason| *reason == "preference").count();
    assert_eq!(wishes(town.entries_of(&alice.resident.id).await), 1);
    let shown = alice.browser.open("/me/data").await.expect(200).text();
    assert!(shown.contains("大字"), "{shown}");
    let page = alice.browser.open("/me/book").await;
    alice.browser.submit(&page, "/preferences", &[("mode", "standard")]).await.expect(200);
    assert_eq!(wishes(town.entries_of(&alice.resident.id).await), 2);
}

#[tokio::test]
async fn a_stranger_s_wish_is_the_browser_s_alone() {
    let town = TestApp::start().await;
    let bob = town.neighbour("bob").await;
    let before = town.entries_of(&bob.resident.id).await.len();
    let stranger = town.browser();
    let page = stranger.open("/sign-in").await;
    stranger.submit(&page, "/preferences", &[("mode", "large")]).await.expect(200);
    assert!(stranger.open("/sign-in").await.body.contains("data-mode=\"large\""));
    assert_eq!(town.entries_of(&bob.resident.id).await.len(), before);
    // She never said how she likes it: then the browser's way is hers.
    let mut phone = SoftPasskey::new();
    let carol = town.resident("carol").await;
    let page = stranger.enrols(&carol.invitation, &mut phone).await.expect(200);
    assert!(page.body.contains("data-mode=\"large\""));
}
