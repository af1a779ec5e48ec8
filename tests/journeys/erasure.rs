//! Everything about a resident goes: asked for, undone, carried out on the seventh day, certified, and forgotten.

use latchkey::crypto::jws::Unverified;
use latchkey::custody::checkpointer;
use latchkey::ledger::verify::Finding;
use latchkey::{erasure, vault};
use serde_json::Value;

use crate::support::browser::{Answer, Browser};
use crate::support::partner::Partner;
use crate::support::town::Neighbour;
use crate::support::{TestApp, html};

pub const DAY: u64 = 86_400;

/// Alice, an app that reads her plate, and the token it does so with.
pub async fn alice_and_parking(town: &TestApp) -> (Neighbour, Partner, String) {
    let parking = town.partner("rp-a").await;
    let alice = town.neighbour("alice").await;
    let code = alice.browser.agrees(&parking.pushed(&[]).await, &["plate_masked"]).await;
    let token = parking.redeems(&code).await.expect(200).member("access_token");
    parking.reads("/vault/claims", &token).await.expect(200);
    (alice, parking, token)
}

/// Signs in if she is not, and asks for the erasure; the page that follows.
pub async fn asks(alice: &mut Neighbour) -> Answer {
    if !alice.browser.is_in().await {
        alice.browser.signs_in(&mut alice.phone).await.expect(200);
    }
    let page = alice.browser.open("/me/erasure").await.expect(200);
    alice.browser.confirms(&page, "/me/erasure", &[], &mut alice.phone).await.expect(200)
}

/// The address of the certificate, as the page shows it.
pub fn address(page: &Answer) -> String {
    let qr = html::attribute(&page.body, "class=\"address\"", "src").unwrap();
    qr.strip_suffix("/qr").unwrap().to_owned()
}

#[tokio::test]
async fn what_goes_and_what_a_law_keeps_stands_there_before_anything_happens() {
    let town = TestApp::start().await;
    let (alice, _, _) = alice_and_parking(&town).await;
    let page = alice.browser.in_english().open("/me/erasure").await.expect(200).text();
    for told in ["Document number", "Number plate", "One passkey", "What one app may see", "Parking A", "article 21"] {
        assert!(page.contains(told), "{told}: {page}");
    }
    for day in ["Sealed until 29 May 2027", "Gone by 29 December 2026"] {
        assert!(page.contains(day), "{day}: {page}");
    }
    let state = town.state().await;
    alice.browser.open("/me/erasure").await.expect(200);
    assert_eq!(town.state().await, state, "looking changes nothing");
    assert_eq!(town.count("erasure").await, 0);
}

#[tokio::test]
async fn for_seven_days_nobody_reads_and_undoing_brings_everything_back() {
    let town = TestApp::start().await;
    let (mut alice, parking, token) = alice_and_parking(&town).await;
    let page = asks(&mut alice).await;
    let link = address(&page);
    assert_eq!(parking.reads("/vault/claims", &token).await.expect(403).problem(), "access-suspended");
    assert_eq!(town.entries_of(&alice.resident.id).await[0], "access_suspended", "she sees who tried");
    let home = alice.browser.in_english().open("/me").await.expect(200).text();
    assert!(home.contains("All your information will be erased on 29 November at 09:30"), "{home}");
    let seen = town.browser().in_english().open(&link).await.expect(200).text();
    assert!(seen.contains("Will be erased on 29 November at 09:30"), "{seen}");
    assert!(alice.browser.in_english().open("/me/inbox").await.text().contains("will be erased in 7 days"));

    // Once more changes nothing: the first day counts.
    town.pass_seconds(6 * DAY);
    assert_eq!(erasure::sweep(&town.app).await.unwrap(), 0);
    alice.browser.signs_in(&mut alice.phone).await.expect(200);
    let page = alice.browser.open("/me/erasure").await.expect(200);
    assert_eq!(address(&page), link);
    assert!(!page.body.contains("action=\"/me/erasure\""), "what runs is not asked for again");

    let undone = alice.browser.submit(&page, "/me/erasure/undo", &[]).await.expect(200);
    assert!(undone.body.contains("action=\"/me/erasure\""), "it may be asked for again");
    assert_eq!(town.count("erasure").await, 1);
    assert_eq!(town.entries_of(&alice.resident.id).await[0], "erasure_undone");
    let code = alice.browser.agrees(&parking.pushed(&[]).await, &["plate_masked"]).await;
    let token = parking.redeems(&code).await.expect(200).member("access_token");
    parking.reads("/vault/claims", &token).await.expect(200);
    let seen = town.browser().in_english().open(&link).await.expect(200).text();
    assert!(seen.contains("Undone on"), "{seen}");
    town.pass_seconds(30 * DAY);
    assert_eq!(erasure::sweep(&town.app).await.unwrap(), 0);
    alice.browser.signs_in(&mut alice.phone).await.expect(200);
    assert!(alice.browser.is_in().await);
    assert!(!alice.browser.in_english().open("/me").await.text().contains("will be erased on"));
}

#[tokio::test]
async fn on_the_seventh_day_all_of_it_goes_and_the_certificate_stays() {
    let town = TestApp::start().await;
    let (mut alice, parking, token) = alice_and_parking(&town).await;
    let bob = town.neighbour("bob").await;
    let link = address(&asks(&mut alice).await);
    town.pass_seconds(7 * DAY - 1);
    assert_eq!(erasure::sweep(&town.app).await.unwrap(), 0, "not a second before");
    town.pass_seconds(1);
    assert_eq!(erasure::sweep(&town.app).await.unwrap(), 1);
    assert_eq!(erasure::sweep(&town.app).await.unwrap(), 0, "and once");

    parking.reads("/vault/claims", &token).await.expect(401);
    let refused = alice.browser.signs_in(&mut alice.phone).await;
    assert_eq!(refused.problem(), "passkey-refused");
    let slip = town.browser().open(&format!("/invitation/{}", alice.resident.invitation)).await;
    assert!(slip.status.is_client_error(), "{}", slip.status);
    let (id, gone) = (alice.resident.id.as_str(), ["vault_field", "resident_index", "resident_passkey", "oauth_grant"]);
    for table in gone {
        assert_eq!(town.count(&format!("{table} WHERE resident = '{id}'")).await, 0, "{table}");
    }
    assert_eq!(town.count(&format!("resident_key WHERE resident = '{id}' AND wrapped_rk IS NULL")).await, 1);
    assert!(town.count(&format!("vault_field WHERE resident = '{}'", bob.resident.id)).await > 5);

    let certificate = certificate(&town, &link).await;
    assert_eq!(certificate["erased"]["data_key"], "destroyed");
    assert_eq!(certificate["erased"]["consents_ended"], 1);
    assert_eq!(certificate["erased"]["passkeys"], 1);
    let whole = certificate.to_string();
    assert!(!whole.contains(id) && !whole.contains("张"), "it names nobody: {whole}");
    let seen = town.browser().in_english().open(&link).await.expect(200).text();
    assert!(seen.contains("Erased on 29 November 2026") && seen.contains("Sealed until 29 May 2027"), "{seen}");
    is_whole(&town).await;
}

/// The whole of the records verifies.
pub async fn is_whole(town: &TestApp) {
    checkpointer::catch_up(&town.app.db, &town.app.custody, town.app.now()).await.unwrap();
    let finding = vault::verify::verify(&town.app.db, &town.app.custody).await.unwrap();
    assert!(matches!(finding, Finding::Whole { .. }), "{finding:?}");
}

/// The certificate under a link, verified by the keys that are published.
async fn certificate(town: &TestApp, link: &str) -> Value {
    let got = town.browser().get(&format!("{link}/certificate")).await.expect(200);
    assert_eq!(got.header("content-type"), "application/jwt");
    let read = Unverified::read(&got.body).unwrap();
    assert_eq!(read.header("typ"), Some("erasure-certificate+jwt"));
    let key = town.app.keyring.public(read.header("kid").unwrap()).unwrap();
    read.verify(&key).unwrap()
}

#[tokio::test]
async fn after_the_months_of_the_log_nothing_leads_to_her_any_more() {
    let town = TestApp::start().await;
    let (mut alice, _, _) = alice_and_parking(&town).await;
    let link = address(&asks(&mut alice).await);
    town.pass_seconds(7 * DAY);
    erasure::sweep(&town.app).await.unwrap();
    let id = alice.resident.id.as_str().to_owned();
    let proofs = format!("consent_event WHERE resident = '{id}'");
    assert!(town.count(&proofs).await > 0, "what proves her consents is kept, sealed");
    town.pass_seconds(180 * DAY);
    erasure::sweep(&town.app).await.unwrap();
    assert!(town.count(&proofs).await > 0, "six months are more than 180 days");
    let entries = town.count("ledger_entry").await;
    town.pass_seconds(4 * DAY);
    erasure::sweep(&town.app).await.unwrap();
    assert_eq!(town.count(&proofs).await, 0);
    assert_eq!(town.count(&format!("resident_key WHERE resident = '{id}'")).await, 0);
    assert_eq!(town.count(&format!("erasure WHERE resident = '{id}'")).await, 0);
    assert_eq!(town.count("ledger_entry").await, entries + 1, "the ledger only grows");
    let seen = town.browser().in_english().open(&link).await.expect(200).text();
    assert!(seen.contains("Destroyed as well, on"), "{seen}");
    is_whole(&town).await;
}

#[tokio::test]
async fn without_her_passkey_on_this_very_act_nothing_begins() {
    let town = TestApp::start().await;
    let (mut alice, mut bob) = (town.neighbour("alice").await, town.neighbour("bob").await);
    let page = alice.browser.open("/me/erasure").await.expect(200);
    let hers = alice.browser.signs(&page, "/me/erasure", &[], &mut alice.phone).await.unwrap().1;
    let his_page = bob.browser.open("/me/erasure").await.expect(200);
    let his = bob.browser.signs(&his_page, "/me/erasure", &[], &mut bob.phone).await.unwrap().1;
    let state = town.state().await;
    alice.browser.submit_only(&page, "/me/erasure", &[]).await.expect(400);
    let moved = hers.replacen("authenticatorData\":\"", "authenticatorData\":\"AAAA", 1);
    assert_ne!(moved, hers);
    for wrong in [his.as_str(), "{}", "no JSON", &moved] {
        let page = alice.browser.open("/me/erasure").await.expect(200);
        alice.browser.posts_confirmed(&page, &[], "/me/erasure", wrong).await.expect(400);
    }
    assert_eq!((town.count("erasure").await, town.state().await), (0, state));
}

#[tokio::test]
async fn a_lock_undoes_what_somebody_with_her_phone_began() {
    let town = TestApp::start().await;
    let mut alice = town.neighbour("alice").await;
    asks(&mut alice).await;
    latchkey::erasure::lock(&town.app, &alice.resident.id, "called: phone stolen").await.unwrap();
    assert_eq!(town.entries_of(&alice.resident.id).await[..2], ["erasure_undone", "resident_locked"], "at once");
    latchkey::resident::unlock(&town.app, &alice.resident.id, "new phone").await.unwrap();
    town.pass_seconds(8 * DAY);
    assert_eq!(erasure::sweep(&town.app).await.unwrap(), 0);
    alice.browser.signs_in(&mut alice.phone).await.expect(200);
    assert!(alice.browser.is_in().await);
}

#[tokio::test]
async fn an_address_that_is_none_says_nothing_and_a_certificate_comes_only_after() {
    let town = TestApp::start().await;
    let mut alice = town.neighbour("alice").await;
    let link = address(&asks(&mut alice).await);
    let nobody: Browser = town.browser();
    nobody.get("/erased/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA").await.expect(404);
    nobody.get(&format!("{link}/certificate")).await.expect(404);
    assert_eq!(nobody.get(&format!("{link}/qr")).await.expect(200).header("content-type"), "image/svg+xml");
    nobody.get("/me/erasure").await.expect(303);
    town.pass_seconds(7 * DAY);
    // The seven days are over, though nobody has swept yet: it cannot be undone any more.
    let page = {
        alice.browser.signs_in(&mut alice.phone).await.expect(200);
        alice.browser.open("/me/erasure").await.expect(200)
    };
    alice.browser.submit(&page, "/me/erasure/undo", &[]).await.expect(200);
    assert_eq!(town.count("erasure WHERE undone_at IS NULL").await, 1);
    assert_eq!(erasure::sweep(&town.app).await.unwrap(), 1);
}
