//! Slips after the import: the same link again, or a new one; never for who has a passkey.

use std::time::Duration;

use latchkey::custody::book;
use latchkey::ledger::Kind;
use latchkey::ledger::queue::{Asker, Denied};
use latchkey::resident;
use latchkey::roster::{self, Invited, invitation};

use crate::roster_gen;
use crate::town::Town;

async fn town_of(people: usize) -> (Town, Vec<Invited>) {
    let town = Town::start().await;
    let roster = roster::read(roster_gen::roster(people).as_bytes()).unwrap();
    let outcome = roster::import(&town.app, &roster, |_| {}).await.unwrap();
    (town, outcome.invitations)
}

fn links(invited: &[Invited]) -> Vec<(String, String)> {
    let mut links: Vec<_> = invited.iter().map(|one| (one.link.token.expose().to_owned(), one.name.clone())).collect();
    links.sort();
    links
}

#[tokio::test]
async fn printing_again_gives_the_same_links_with_the_same_names() {
    let (town, first) = town_of(30).await;
    let again = invitation::open_invitations(&town.app).await.unwrap();
    assert_eq!(links(&first), links(&again));
    assert_eq!(first[0].link.until, again[0].link.until);
    for invited in &again {
        let found = resident::invitation(&town.app, invited.link.token.expose()).await.unwrap();
        assert_eq!(found.until, invited.link.until);
    }
}

#[tokio::test]
async fn a_name_on_a_slip_was_opened_through_the_gate_and_stands_in_the_book() {
    let (town, first) = town_of(1).await;
    invitation::open_invitations(&town.app).await.unwrap();
    let who = resident::invitation(&town.app, first[0].link.token.expose()).await.unwrap().resident;
    let mut tx = town.app.db.read().await.unwrap();
    let (lines, count) = book::lines(&mut tx, &town.app.custody, &who, None, 10).await.unwrap();
    assert_eq!((count, lines[0].kind), (2, Kind::Operator));
    assert_eq!(lines[0].detail.claims, ["name", "birth_date", "building", "unit", "room"]);
    assert_eq!((lines[0].detail.actor.as_str(), lines[0].detail.reason.as_str()), ("operator", "invitation"));
}

#[tokio::test]
async fn an_operator_sees_no_more_than_a_slip_says() {
    let (town, first) = town_of(1).await;
    let who = resident::invitation(&town.app, first[0].link.token.expose()).await.unwrap().resident;
    let asker = Asker::Operator { resident: who, reason: "invitation" };
    let asked = vec!["name".to_owned(), "document_number".to_owned()];
    let denied = town.app.gate.ask(asker, Some(asked), town.request()).await.unwrap_err();
    assert!(matches!(denied, Denied::Basis("not_for_operators", 1)), "{denied:?}");
}

#[tokio::test]
async fn renewing_is_for_those_whose_invitation_ran_out() {
    let (town, first) = town_of(20).await;
    assert!(invitation::renew(&town.app, false).await.unwrap().is_empty());
    town.app.clock.advance(Duration::from_secs(30 * 86_400));
    assert!(resident::invitation(&town.app, first[0].link.token.expose()).await.is_err());
    assert!(invitation::open_invitations(&town.app).await.unwrap().is_empty());

    let renewed = invitation::renew(&town.app, false).await.unwrap();
    // Children had none and get none.
    assert_eq!((first.len(), renewed.len()), (18, 18));
    assert!(resident::invitation(&town.app, renewed[0].link.token.expose()).await.is_ok());
    assert_eq!(links(&renewed), links(&invitation::open_invitations(&town.app).await.unwrap()));
}

#[tokio::test]
async fn renewing_for_all_ends_the_slips_that_were_handed_out() {
    let (town, first) = town_of(3).await;
    let renewed = invitation::renew(&town.app, true).await.unwrap();
    assert_eq!(renewed.len(), 3);
    for invited in &first {
        let refused = resident::invitation(&town.app, invited.link.token.expose()).await.unwrap_err();
        assert!(matches!(refused, resident::Refusal::InvitationUnknown), "{refused:?}");
    }
}

#[tokio::test]
async fn who_has_a_passkey_gets_no_slip() {
    let (town, _) = town_of(2).await;
    town.tamper(
        "INSERT INTO resident_passkey (id, resident, credential, passkey, counter, synced, created_at)
         SELECT id, id, id, handle, 0, 0, 0 FROM resident ORDER BY id LIMIT 1",
    )
    .await;
    assert_eq!(invitation::open_invitations(&town.app).await.unwrap().len(), 1);
    assert_eq!(invitation::renew(&town.app, true).await.unwrap().len(), 1);
}
