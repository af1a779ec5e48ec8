//! T-RACE-7: two nodes erase one resident, while others read and write her record.
//!
//! On the log alone: after the entry that tells of the erasure no look and no write of hers was allowed. In the
//! database: no key, no field. (There is no job yet that wraps keys anew; it joins this race when there is one.)

use std::collections::BTreeMap;

use latchkey::crypto::random;
use latchkey::erasure;
use latchkey::ids::ResidentId;
use latchkey::ledger::queue::{Asker, Denied};
use latchkey::ledger::verify::Finding;
use latchkey::ledger::{self, By, Kind, Leaf, Review};
use latchkey::vault::{self, Change, NotWritten};

use crate::support::TestApp;
use crate::support::races::at_once;
use crate::support::steps::somebody;

const READERS: usize = 6;
const WRITERS: usize = 2;

/// What a racer came to.
#[derive(Debug, PartialEq)]
enum Came {
    Erased(usize),
    Read(bool),
    Wrote(bool),
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn t_race_7_no_read_and_no_write_after_the_erasure_and_no_key_comes_back() {
    let town = TestApp::start().await;
    let (mut reads, mut writes) = (0, 0);
    for _ in 0..crate::rounds(100) {
        let resident = due(&town).await;
        let mut racers: Vec<std::pin::Pin<Box<dyn Future<Output = Came> + Send>>> = Vec::new();
        for _ in 0..2 {
            let app = town.app.clone();
            racers.push(Box::pin(async move { Came::Erased(erasure::sweep(&app).await.unwrap()) }));
        }
        for _ in 0..READERS {
            racers.push(Box::pin(read(town.app.clone(), resident.clone())));
        }
        for _ in 0..WRITERS {
            racers.push(Box::pin(write(town.app.clone(), resident.clone())));
        }
        let came = at_once(racers).await;
        let erased: usize = came.iter().map(|came| if let Came::Erased(count) = came { *count } else { 0 }).sum();
        assert_eq!(erased, 1, "one of the two: {came:?}");
        reads += came.iter().filter(|came| **came == Came::Read(true)).count();
        writes += came.iter().filter(|came| **came == Came::Wrote(true)).count();
        assert_eq!(read(town.app.clone(), resident.clone()).await, Came::Read(false), "afterwards nobody reads");
        assert_eq!(write(town.app.clone(), resident.clone()).await, Came::Wrote(false), "and nobody writes");
        let keys = format!("resident_key WHERE resident = '{resident}' AND wrapped_rk IS NOT NULL");
        assert_eq!(town.count(&keys).await, 0, "the key has come back");
        assert_eq!(town.count(&format!("vault_field WHERE resident = '{resident}'")).await, 0);
    }
    assert!(reads + writes > 0, "the erasure was always first: nothing was raced");
    check_the_log(&town, crate::rounds(100)).await;
    latchkey::custody::checkpointer::catch_up(&town.app.db, &town.app.custody, town.app.now()).await.unwrap();
    let finding = vault::verify::verify(&town.app.db, &town.app.custody).await.unwrap();
    assert!(matches!(finding, Finding::Whole { .. }), "{finding:?}");
}

/// A resident whose seven days are over.
async fn due(town: &TestApp) -> ResidentId {
    let resident = town.resident(&somebody()).await.id;
    let (id, link): (ResidentId, ResidentId) = (random::id().unwrap(), random::id().unwrap());
    let now = town.app.now().seconds();
    town.force(&format!("UPDATE resident SET erases_at = {now} WHERE id = '{resident}'")).await;
    town.force(&format!(
        "INSERT INTO erasure (id, resident, begun_at, due_at, link) VALUES ('{id}', '{resident}', {now}, {now}, '{link}')"
    ))
    .await;
    resident
}

async fn read(app: latchkey::app::App, resident: ResidentId) -> Came {
    let asker = Asker::Operator { resident, reason: "race" };
    match app.gate.ask(asker, Some(vec!["name".to_owned()]), random::id().unwrap()).await {
        Ok(_) => Came::Read(true),
        Err(Denied::Basis("resident_erased", _)) => Came::Read(false),
        Err(other) => panic!("{other:?}"),
    }
}

async fn write(app: latchkey::app::App, resident: ResidentId) -> Came {
    let mut tx = app.db.begin().await.unwrap();
    let mut head = ledger::hold(&mut tx).await.unwrap();
    let change = Change {
        resident: &resident,
        fields: BTreeMap::from([("note", "又写了一次".to_owned())]),
        fingerprint: None,
        by: &By::Operator,
        reason: "race",
        request: None,
    };
    match vault::write(&mut tx, &app, &mut head, change).await {
        Ok(_) => {
            head.commit(tx).await.unwrap();
            Came::Wrote(true)
        }
        Err(NotWritten::Erased) => Came::Wrote(false),
        Err(other) => panic!("{other:?}"),
    }
}

/// Reads ledger and reviews alone, as an auditor could for ever.
async fn check_the_log(town: &TestApp, rounds: usize) {
    let mut erased = std::collections::HashSet::new();
    let (mut position, mut refused) = (0, 0);
    let mut tx = town.app.db.read().await.unwrap();
    loop {
        let entries = ledger::entries_from(&mut tx, position, 1_000).await.unwrap();
        let Some(last) = entries.last() else { break };
        position = last.position.cast_unsigned() + 1;
        for entry in &entries {
            let kind = Leaf::decode(&entry.leaf).unwrap().kind;
            let review = Review::decode(&town.app.custody.open_review(entry).unwrap()[32..]).unwrap();
            let Some(alias) = review.resident else { continue };
            if kind == Kind::Erasure {
                assert!(erased.insert(alias), "erased twice");
            } else if erased.contains(&alias) {
                assert_eq!(review.outcome, "refused", "{kind:?} after the erasure, entry {}", entry.position);
                refused += 1;
            }
        }
    }
    assert_eq!(erased.len(), rounds);
    assert!(refused >= rounds, "each round tried once more afterwards: {refused}");
}
