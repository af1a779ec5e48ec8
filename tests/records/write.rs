//! New versions of a record that is here already: sealed, entered, found by the new value and no more by the old one.

use std::collections::BTreeMap;

use latchkey::custody::book;
use latchkey::ids::ResidentId;
use latchkey::ledger::verify::Finding;
use latchkey::ledger::{self, By, Kind};
use latchkey::vault::{self, Change, NotWritten};

use crate::town::Town;

async fn write(town: &Town, resident: &ResidentId, fields: &[(&'static str, &str)]) -> Result<u64, NotWritten> {
    let fields: BTreeMap<_, _> = fields.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
    let mut tx = town.app.db.begin().await.unwrap();
    let mut head = ledger::hold(&mut tx).await.unwrap();
    let by = By::Resident;
    let change = Change { resident, fields, fingerprint: None, by: &by, reason: "correction", request: None };
    let position = vault::write(&mut tx, &town.app, &mut head, change).await?;
    head.commit(tx).await.unwrap();
    Ok(position)
}

async fn marked(town: &Town, field: &'static str, value: &str) -> Vec<String> {
    let digest = town.app.custody.blind_index(field, value).unwrap();
    let query = "SELECT resident FROM resident_index WHERE field = $1 AND digest = $2";
    match &town.app.db {
        latchkey::db::Db::Sqlite { writer, .. } => {
            sqlx::query_scalar(query).bind(field).bind(digest).fetch_all(writer).await.unwrap()
        }
        latchkey::db::Db::Postgres(pool) => {
            sqlx::query_scalar(query).bind(field).bind(digest).fetch_all(pool).await.unwrap()
        }
    }
}

#[tokio::test]
async fn a_correction_is_the_next_version_and_the_ledger_knows_it() {
    let town = Town::start().await;
    let alice = town.resident(&[("name", "张丽华"), ("phone", "13805510001")]).await;
    town.turn(60);
    let position = write(&town, &alice, &[("phone", "13805519999"), ("email", "a@b.test")]).await.unwrap();

    let names = ["name", "phone", "email"].map(str::to_owned);
    let fields = vault::look(&town.app, &alice, &latchkey::ledger::By::Resident, &names, town.request()).await.unwrap();
    assert_eq!(fields["phone"], "13805519999");
    assert_eq!((fields["email"].as_str(), fields["name"].as_str()), ("a@b.test", "张丽华"));
    let mut tx = town.app.db.read().await.unwrap();
    let origins = vault::origins(&mut tx, &alice).await.unwrap();
    assert_eq!((origins["phone"].source.as_str(), origins["name"].source.as_str()), ("resident", "operator"));
    let (lines, _) = book::lines(&mut tx, &town.app.custody, &alice, None, 10).await.unwrap();
    drop(tx);
    let line = lines.iter().find(|line| line.position == position).unwrap();
    assert_eq!((line.kind, line.detail.reason.as_str()), (Kind::Write, "correction"));
    assert_eq!(line.detail.claims, ["email", "phone"]);

    town.checkpoint().await;
    let finding = vault::verify::verify(&town.app.db, &town.app.custody).await.unwrap();
    assert!(matches!(finding, Finding::Whole { .. }), "{finding:?}");
    town.tamper(
        "UPDATE vault_field SET sealed = (SELECT sealed FROM vault_field WHERE field = 'name') WHERE field = 'phone'",
    )
    .await;
    let finding = vault::verify::verify(&town.app.db, &town.app.custody).await.unwrap();
    assert!(matches!(finding, Finding::Broken { .. }), "{finding:?}");
}

#[tokio::test]
async fn a_resident_is_found_by_her_new_number_and_no_more_by_the_old_one() {
    let town = Town::start().await;
    let alice = town.resident(&[("phone", "13805510001")]).await;
    let bob = town.resident(&[("phone", "13805510002")]).await;
    write(&town, &alice, &[("phone", "13805510003"), ("document_number", "11010519491231002X")]).await.unwrap();
    write(&town, &alice, &[("phone", "13805510004")]).await.unwrap();
    assert_eq!(marked(&town, "phone", "13805510003").await, Vec::<String>::new());
    assert_eq!(marked(&town, "phone", "13805510004").await, [alice.as_str()]);

    // Two may share a phone; a document is one person's, and then nothing at all is written.
    write(&town, &bob, &[("phone", "13805510004")]).await.unwrap();
    assert_eq!(marked(&town, "phone", "13805510004").await.len(), 2);
    let refused = write(&town, &bob, &[("name", "李明"), ("document_number", "11010519491231002X")]).await;
    assert!(matches!(refused, Err(NotWritten::DocumentTaken)));
    let fields = vault::look(&town.app, &bob, &latchkey::ledger::By::Resident, &["name".to_owned()], town.request())
        .await
        .unwrap();
    assert!(fields.is_empty());
    write(&town, &alice, &[("document_number", "")]).await.unwrap();
    write(&town, &bob, &[("document_number", "11010519491231002X")]).await.unwrap();
    assert_eq!(marked(&town, "document", "11010519491231002X").await, [bob.as_str()]);
}

#[tokio::test]
async fn what_was_erased_is_not_written_again() {
    let town = Town::start().await;
    let alice = town.resident(&[("phone", "13805510001")]).await;
    town.tamper("UPDATE resident_key SET wrapped_rk = NULL").await;
    assert!(matches!(write(&town, &alice, &[("phone", "13805510009")]).await, Err(NotWritten::Erased)));
}

#[tokio::test]
async fn two_who_write_at_once_both_stand_in_the_ledger() {
    let town = Town::start().await;
    let alice = town.resident(&[("phone", "13805510001")]).await;
    let (one, other) = tokio::join!(
        write(&town, &alice, &[("phone", "13805510002")]),
        write(&town, &alice, &[("phone", "13805510003")])
    );
    assert_ne!(one.unwrap(), other.unwrap());
    town.checkpoint().await;
    let finding = vault::verify::verify(&town.app.db, &town.app.custody).await.unwrap();
    assert!(matches!(finding, Finding::Whole { .. }), "{finding:?}");
}
