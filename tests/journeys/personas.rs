//! People for whom such services are usually not made (docs/personas.md): each gets as far as everybody else.
//!
//! Who comes to the desk, lives with a guardian or a mandate, or has died, has stories in the files of those slices.

use std::collections::BTreeMap;

use latchkey::crypto::random;
use latchkey::ids::ResidentId;
use latchkey::vault::NewRecord;
use latchkey::{ledger, resident, vault};
use serde_json::Value;

use crate::family::{EVERYTHING, offers, told};
use crate::support::partner::Partner;
use crate::support::town::Neighbour;
use crate::support::{SoftPasskey, TestApp, html};

const DAY: u64 = 86_400;

/// A resident whose record the property office wrote so, with a phone of her own.
async fn somebody(town: &TestApp, fields: &[(&'static str, &str)]) -> Neighbour {
    let id: ResidentId = random::id().unwrap();
    let fields: BTreeMap<_, _> = fields.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
    let now = town.app.now();
    let mut tx = town.app.db.begin().await.unwrap();
    let mut head = ledger::hold(&mut tx).await.unwrap();
    resident::admit(&mut tx, &id, now).await.unwrap();
    let record = NewRecord { resident: id.clone(), fields: fields.clone() };
    vault::admit(&mut tx, &town.app, &mut head, &[record]).await.unwrap();
    let invitation = resident::invite(&mut tx, &town.app.custody, &id, now).await.unwrap();
    head.commit(tx).await.unwrap();
    let resident = crate::support::town::Resident { id, invitation: invitation.token.expose().to_owned(), fields };
    let (browser, mut phone) = (town.browser(), SoftPasskey::new());
    browser.enrols(&resident.invitation, &mut phone).await.expect(200);
    Neighbour { resident, browser, phone }
}

async fn agrees(app: &Partner, who: &Neighbour, claims: &[&str]) -> String {
    let code = who.browser.agrees(&app.pushed(&[]).await, claims).await;
    app.redeems(&code).await.expect(200).member("access_token")
}

async fn read(app: &Partner, token: &str) -> Value {
    app.reads("/vault/claims", token).await.expect(200).json()["claims"].clone()
}

/// From her home page: the one press that stops the one app she has.
async fn stops(who: &Neighbour) {
    let home = who.browser.open("/me").await.expect(200);
    let home = if home.body.contains("/stop\"") { home } else { who.browser.open("/me/apps").await.expect(200) };
    let action = home.body.split('"').find(|part| part.ends_with("/stop")).expect("a way to stop it").to_owned();
    who.browser.submit(&home, &action, &[]).await.expect(200);
}

#[tokio::test]
async fn somebody_who_does_not_read_hears_the_page_and_presses_one_of_two_buttons() {
    let town = TestApp::start().await;
    let (parking, alice) = (town.partner("rp-a").await, town.neighbour("alice").await);
    let large = alice.browser.open("/me").await.expect(200);
    alice.browser.submit(&large, "/preferences", &[("mode", "large")]).await.expect(200);

    let page = alice.browser.open(&parking.pushed(&[]).await).await.expect(200);
    assert!(page.body.contains("data-hear") && page.body.contains("data-mode=\"large\""));
    let buttons = ["value=\"no\"", "value=\"yes\""].map(|value| page.body.matches(value).count());
    assert_eq!(buttons, [1, 1], "one yes and one no");
    let token = agrees(&parking, &alice, &[]).await;
    assert_eq!(read(&parking, &token).await["is_resident"], true);
    for path in ["/me", "/me/book", "/me/apps"] {
        assert!(alice.browser.open(path).await.expect(200).body.contains("data-hear"), "{path} can be heard");
    }
    stops(&alice).await;
    parking.reads("/vault/claims", &token).await.expect(403);
}

#[tokio::test]
async fn a_tenant_who_moved_in_yesterday_has_what_an_owner_has() {
    let town = TestApp::start().await;
    let parking = town.partner("rp-a").await;
    let home = [("building", "3"), ("unit", "1"), ("room", "1602"), ("birth_date", "1998-06-01")];
    let tenant = [&home[..], &[("name", "陈雨"), ("tenure", "tenant"), ("relation", "tenant")]].concat();
    let owner = [&home[..], &[("name", "周明"), ("tenure", "owner"), ("relation", "owner")]].concat();
    let (tenant, owner) = (somebody(&town, &tenant).await, somebody(&town, &owner).await);
    let mut seen = Vec::new();
    for who in [&tenant, &owner] {
        let token = agrees(&parking, who, &["building_no"]).await;
        seen.push(read(&parking, &token).await);
        assert!(html::text(&who.browser.open("/me/book").await.body).contains("甲停车"));
        stops(who).await;
        parking.reads("/vault/claims", &token).await.expect(403);
    }
    assert_eq!(seen[0], seen[1], "nothing tells a tenant from an owner");
}

#[tokio::test]
async fn a_worker_from_elsewhere_is_a_resident_and_no_app_learns_where_he_is_registered() {
    let town = TestApp::start().await;
    let parking = town.partner("rp-a").await;
    // A number issued in another province, and no local registration anywhere in the record.
    let record = [
        ("name", "马强"),
        ("document_number", "522101199003071234"),
        ("building", "3"),
        ("room", "102"),
        ("tenure", "tenant"),
    ];
    let worker = somebody(&town, &record).await;
    let token = agrees(&parking, &worker, &[]).await;
    let claims = read(&parking, &token).await;
    assert_eq!(claims, serde_json::json!({ "is_resident": true }));
    let tells = |field: &str| ["document_number", "document_type"].contains(&field);
    let telling: Vec<_> =
        town.app.catalogue.claims().filter(|(_, claim)| claim.reads.iter().any(|f| tells(f))).collect();
    assert!(telling.is_empty(), "no claim is made of where somebody comes from: {telling:?}");
    stops(&worker).await;
    parking.reads("/vault/claims", &token).await.expect(403);
}

#[tokio::test]
async fn a_resident_abroad_needs_neither_the_desk_nor_a_telephone() {
    let town = TestApp::start().await;
    let (parking, alice) = (town.partner("rp-a").await, town.neighbour("alice").await);
    let token = agrees(&parking, &alice, &[]).await;
    let page = alice.browser.open("/me/passkeys").await.expect(200);
    let sheet = html::text(&alice.browser.submit(&page, "/me/recovery-codes", &[]).await.expect(200).body);
    let code = sheet.split(' ').find(|word| word.len() == 29 && word.matches('-').count() == 5).unwrap();

    // Half a year later, on another continent, with another phone and an English browser.
    town.pass_seconds(40 * DAY);
    let abroad = town.browser().in_english();
    let page = abroad.open("/recover").await.expect(200);
    let page = abroad.submit(&page, "/recover", &[("code", code)]).await.expect(200);
    abroad.registers(&page, &mut SoftPasskey::new()).await.expect(200);
    let alice = Neighbour { browser: abroad, ..alice };
    let home = html::text(&alice.browser.open("/me").await.expect(200).body);
    assert!(home.contains("One app can see"), "{home}");
    let book = html::text(&alice.browser.open("/me/book").await.expect(200).body);
    assert!(book.contains("local time"), "whose clock it is: {book}");
    stops(&alice).await;
    assert!([401, 403].contains(&parking.reads("/vault/claims", &token).await.status.as_u16()));
}

#[tokio::test]
async fn whoever_was_made_to_say_yes_takes_it_back_alone_and_unseen() {
    let town = TestApp::start().await;
    let (parking, mut alice, other) =
        (town.partner("rp-a").await, town.neighbour("alice").await, town.neighbour("bob").await);
    // Somebody stands beside her: she lets an app in, and makes him her delegate.
    let token = agrees(&parking, &alice, &["plate_masked"]).await;
    let link = offers(&mut alice, "family", &EVERYTHING).await;
    let mut other = other;
    let base = crate::family::accepts(&mut other, &link).await;
    other.browser.open(&base).await.expect(200);
    let before = told(&town, &other.resident.id).await;

    // He is gone. One press each, and he is told nothing of it.
    stops(&alice).await;
    let own = base.replace("/for/", "/me/family/");
    let page = alice.browser.open(&own).await.expect(200);
    alice.browser.submit(&page, &format!("{own}/end"), &[("quietly", "yes")]).await.expect(200);
    parking.reads("/vault/claims", &token).await.expect(403);
    other.browser.open(&base).await.expect(403);
    assert_eq!(told(&town, &other.resident.id).await, before);
}
