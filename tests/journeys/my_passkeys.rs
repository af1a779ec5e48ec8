//! What a resident does with her passkeys: adds, removes, ends sessions elsewhere.

use serde_json::json;

use crate::support::forge::Lies;
use crate::support::{SoftPasskey, TestApp};

#[tokio::test]
async fn case_120_a_removed_passkey_does_not_come_back() {
    let town = TestApp::start().await;
    let mut alice = town.forged("alice", &Lies::default()).await;
    let mut phone = SoftPasskey::new();
    let page = alice.browser.open("/me/passkeys").await;
    let page = alice.browser.registers(&page, &mut phone).await.expect(200);
    let old = resident_key(&town, &alice.resident.id, 1).await;
    alice.browser.submit(&page, &format!("/me/passkeys/{old}/remove"), &[]).await;
    alice.browser.signs_in(&mut phone).await;

    let page = alice.browser.open("/me/passkeys").await.expect(200);
    let options = alice.browser.begins(&page).await;
    let made = alice.forge.create(&options, &Lies::default());
    assert_eq!(alice.browser.finishes(&page, &made).await.expect(400).problem(), "passkey-refused");
}

/// The id of a resident's passkey, counted from the newest.
async fn resident_key(town: &TestApp, resident: &latchkey::ids::ResidentId, at: usize) -> String {
    latchkey::resident::keys(&town.app, resident).await.unwrap()[at].id.to_string()
}

#[tokio::test]
async fn case_122_a_further_passkey_wants_a_sign_in_of_the_last_five_minutes() {
    let town = TestApp::start().await;
    let mut alice = town.neighbour("alice").await;
    let browser = alice.browser.clone();
    let mut tablet = SoftPasskey::new();

    // Begun in time, finished too late.
    town.pass_seconds(299);
    let page = browser.open("/me/passkeys").await;
    let options = browser.begins(&page).await;
    town.pass_seconds(1);
    let made = tablet.create(&options).await.unwrap();
    assert_eq!(browser.finishes(&page, &made).await.expect(403).problem(), "not-fresh");
    assert_eq!(town.key_count(&alice.resident.id).await, 1);

    // Not begun at all; the page asks for the passkey first, and then offers it.
    let (_, _, csrf) = page.ceremony();
    let refused = browser.post_json("/me/passkeys/begin", &csrf, &json!({ "csrf": csrf })).await.expect(403);
    assert_eq!(refused.problem(), "not-fresh");
    let page = browser.open("/me/passkeys").await;
    let page = browser.signs_in_on(&page, &mut alice.phone).await.expect(200);
    assert_eq!(page.path, "/me/passkeys");
    let mut tablet = SoftPasskey::new();
    browser.registers(&page, &mut tablet).await.expect(200);
    assert_eq!(town.key_count(&alice.resident.id).await, 2);
    assert_eq!(town.entries_of(&alice.resident.id).await.iter().filter(|reason| *reason == "passkey_added").count(), 2);
    town.browser().signs_in(&mut tablet).await;
}

#[tokio::test]
async fn case_122_the_last_passkey_stays_unless_there_are_recovery_codes() {
    let town = TestApp::start().await;
    let alice = town.neighbour("alice").await;
    let id = resident_key(&town, &alice.resident.id, 0).await;
    let remove = format!("/me/passkeys/{id}/remove");
    let page = alice.browser.open("/me/passkeys").await;
    let fields = [("csrf", page.csrf())];
    let refused = alice.browser.in_english().post(&remove, &fields).await.expect(409);
    assert!(refused.text().contains("This is the last one"));
    assert_eq!(town.key_count(&alice.resident.id).await, 1);

    let page = alice.browser.open("/me/passkeys").await;
    alice.browser.submit(&page, "/me/recovery-codes", &[]).await.expect(200);
    let page = alice.browser.open("/me/passkeys").await;
    alice.browser.post(&remove, &[("csrf", page.csrf())]).await.expect(303);
    assert_eq!(town.key_count(&alice.resident.id).await, 0);
    assert_eq!(town.entries_of(&alice.resident.id).await[0], "passkey_removed");
    assert!(!alice.browser.is_in().await, "the session it had opened is over");
}

#[tokio::test]
async fn case_122_other_sessions_are_offered_for_ending() {
    let town = TestApp::start().await;
    let mut alice = town.neighbour("alice").await;
    let library = town.browser();
    library.signs_in(&mut alice.phone).await;
    let page = alice.browser.in_english().open("/me/passkeys").await.expect(200);
    assert!(page.text().contains("You are signed in in one other browser"));
    alice.browser.submit(&page, "/me/sessions/end-others", &[]).await.expect(200);
    let page = alice.browser.in_english().open("/me/passkeys").await.expect(200);
    assert!(page.text().contains("You are signed in in no other browser"));
    // Apps may be left, so the button is there.
    assert!(page.body.contains("end-others"));
    assert!(!library.is_in().await);
    assert!(alice.browser.is_in().await);
}

#[tokio::test]
async fn a_passkey_is_removed_by_its_owner_alone() {
    let town = TestApp::start().await;
    let alice = town.neighbour("alice").await;
    let bob = town.neighbour("bob").await;
    let hers = resident_key(&town, &alice.resident.id, 0).await;
    for id in [hers.as_str(), "0", &"0".repeat(32)] {
        let page = bob.browser.open("/me/passkeys").await;
        bob.browser.post(&format!("/me/passkeys/{id}/remove"), &[("csrf", page.csrf())]).await.expect(404);
    }
    assert_eq!(town.key_count(&alice.resident.id).await, 1);
}
