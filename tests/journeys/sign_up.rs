//! From the invitation in the letter box to the next sign-in.

use std::time::Duration;

use crate::support::{SoftPasskey, TestApp};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

#[tokio::test]
async fn an_invitation_becomes_a_passkey_and_the_passkey_signs_in() {
    let town = TestApp::start().await;
    let alice = town.resident("alice").await;
    let browser = town.browser();
    let mut phone = SoftPasskey::new();

    let page = browser.open(&format!("/invitation/{}", alice.invitation)).await.expect(200);
    assert!(page.text().contains("张*") && page.text().contains("锦绣花园"), "{}", page.text());
    let welcome = browser.registers(&page, &mut phone).await.expect(200);
    assert_eq!(welcome.path, "/me/welcome");
    assert!(browser.is_in().await);
    assert_eq!(town.entries_of(&alice.id).await[0], "passkey_added");

    let other = town.browser();
    other.signs_in(&mut phone).await;
    assert!(other.is_in().await);
}

#[tokio::test]
async fn opening_an_invitation_changes_nothing() {
    let town = TestApp::start().await;
    let alice = town.resident("alice").await;
    let path = format!("/invitation/{}", alice.invitation);
    for _ in 0..5 {
        // A chat program that previews the link, without cookies or script.
        town.browser().get(&path).await.expect(200);
    }
    let browser = town.browser();
    let page = browser.open(&path).await.expect(200);
    browser.begins(&page).await;
    browser.begins(&page).await;
    browser.registers(&page, &mut SoftPasskey::new()).await.expect(200);
}

#[tokio::test]
async fn v26_an_invitation_is_used_once_whichever_browser_was_first() {
    let town = TestApp::start().await;
    let alice = town.resident("alice").await;
    let path = format!("/invitation/{}", alice.invitation);
    let (hers, theirs) = (town.browser(), town.browser().in_english());
    let (page, their_page) = (hers.open(&path).await, theirs.open(&path).await);
    let their_options = theirs.begins(&their_page).await;
    hers.registers(&page, &mut SoftPasskey::new()).await.expect(200);

    let theirs_made = SoftPasskey::new().create(&their_options).await.unwrap();
    assert_eq!(theirs.finishes(&their_page, &theirs_made).await.expect(400).problem(), "invitation-used");
    assert!(!theirs.is_in().await);
    assert!(theirs.open(&path).await.expect(400).text().contains("This invitation was used"));
    let (begin, _, csrf) = their_page.ceremony();
    let again = theirs.post_json(&begin, &csrf, &serde_json::json!({ "csrf": csrf })).await.expect(400);
    assert_eq!(again.problem(), "invitation-used");
    assert_eq!(town.key_count(&alice.id).await, 1);
}

#[tokio::test]
async fn v26_a_renewed_invitation_lets_no_second_device_in() {
    let town = TestApp::start().await;
    let alice = town.neighbour("alice").await;
    let mut tx = town.app.db.begin().await.unwrap();
    let renewed =
        latchkey::resident::invite(&mut tx, &town.app.custody, &alice.resident.id, town.app.now()).await.unwrap();
    tx.commit().await.unwrap();
    let finder = town.browser().in_english();
    let page = finder.open(&format!("/invitation/{}", renewed.token.expose())).await.expect(400);
    assert!(page.text().contains("This invitation was used"));
}

#[tokio::test]
async fn a_newer_invitation_replaces_the_older() {
    let town = TestApp::start().await;
    let alice = town.resident("alice").await;
    let mut tx = town.app.db.begin().await.unwrap();
    let renewed = latchkey::resident::invite(&mut tx, &town.app.custody, &alice.id, town.app.now()).await.unwrap();
    tx.commit().await.unwrap();
    let browser = town.browser().in_english();
    let old = browser.open(&format!("/invitation/{}", alice.invitation)).await.expect(400);
    assert!(old.text().contains("There is no such invitation"));
    browser.enrols(renewed.token.expose(), &mut SoftPasskey::new()).await.expect(200);
}

#[tokio::test]
async fn an_invitation_is_good_for_thirty_days() {
    let town = TestApp::start().await;
    let (alice, bob) = (town.resident("alice").await, town.resident("bob").await);
    town.pass(DAY * 30 - Duration::from_secs(1));
    town.browser().enrols(&alice.invitation, &mut SoftPasskey::new()).await.expect(200);
    town.pass_seconds(1);
    let late = town.browser().in_english().open(&format!("/invitation/{}", bob.invitation)).await.expect(400);
    assert!(late.text().contains("This invitation has run out"));
    assert!(late.text().contains("Ask the desk"));
}

#[tokio::test]
async fn an_invitation_that_nobody_made_says_nothing() {
    let town = TestApp::start().await;
    for token in ["x", &"A".repeat(43), "%E5%BC%A0", &"y".repeat(400)] {
        let page = town.browser().in_english().open(&format!("/invitation/{token}")).await.expect(400);
        assert!(page.text().contains("There is no such invitation"), "{token}");
    }
}
