//! Erasure and the tree: what was proved before is proved after, of everybody, and nothing readable of her is left.

use latchkey::custody::{book, checkpointer};
use latchkey::erasure;
use latchkey::ledger::checkpoint::{self, Checkpoint};
use latchkey::ledger::proof::{self, Inclusion};
use latchkey::ledger::{self, Leaf, Review, StoredTree, leaf_hash};

use crate::erasure::{DAY, alice_and_parking, asks, is_whole};
use crate::support::TestApp;
use crate::support::town::Neighbour;

/// The last checkpoint, its signature checked.
async fn signed(town: &TestApp) -> Checkpoint {
    checkpointer::catch_up(&town.app.db, &town.app.custody, town.app.now()).await.unwrap();
    let note = town.browser().get("/ledger/checkpoint").await.expect(200).body;
    let custody = &town.app.custody;
    checkpoint::verify(custody.origin(), custody.ledger_public_key(), note.as_bytes()).unwrap()
}

/// A proof of each entry, as anybody fetches and keeps them.
async fn proofs(town: &TestApp, size: u64) -> Vec<String> {
    let mut all = Vec::new();
    for position in 0..size {
        all.push(town.browser().get(&format!("/ledger/proof/{position}")).await.expect(200).body);
    }
    all
}

/// That the later tree grew out of the earlier one, by the public door.
async fn grew(town: &TestApp, earlier: &Checkpoint, later: &Checkpoint) {
    let path = format!("/ledger/consistency?from={}&to={}", earlier.size, later.size);
    let lines = town.browser().get(&path).await.expect(200).body;
    let path: Vec<_> = lines.lines().map(|line| proof::hash(line).unwrap()).collect();
    proof::check_growth(&path, earlier, later).unwrap();
}

/// The root of the first leaves of the table, hashed anew.
async fn root(town: &TestApp, size: u64) -> [u8; 32] {
    let mut tx = town.app.db.read().await.unwrap();
    let mut tree = StoredTree::empty();
    for entry in ledger::entries_from(&mut tx, 0, u32::try_from(size).unwrap()).await.unwrap() {
        tree.push(leaf_hash(&entry.leaf)).unwrap();
    }
    tree.root().unwrap().0
}

/// Positions of somebody's own entries.
async fn own(town: &TestApp, who: &Neighbour) -> Vec<u64> {
    let mut tx = town.app.db.read().await.unwrap();
    let (lines, _) = book::lines(&mut tx, &town.app.custody, &who.resident.id, None, 1_000).await.unwrap();
    lines.into_iter().map(|line| line.position).collect()
}

/// Fails when the auditors' half of any entry, opened, or any byte of the table, says who or what she was.
async fn nothing_readable(town: &TestApp, alice: &Neighbour) {
    let mut tx = town.app.db.read().await.unwrap();
    let entries = ledger::entries_from(&mut tx, 0, 10_000).await.unwrap();
    let hers: Vec<String> = alice.resident.fields.values().filter(|value| value.len() > 3).cloned().collect();
    assert!(hers.len() >= 5 && !entries.is_empty());
    for entry in &entries {
        let opened = town.app.custody.open_review(entry).unwrap();
        let review = Review::decode(&opened[32..]).unwrap();
        let whole = [opened.as_slice(), &entry.leaf, &entry.detail, &entry.review].concat();
        let has = |text: &str| whole.windows(text.len()).any(|part| part == text.as_bytes());
        assert!(!has(alice.resident.id.as_str()), "{review:?}");
        for value in &hers {
            assert!(!has(value), "{value}: {review:?}");
        }
    }
}

struct Before {
    tree: Checkpoint,
    proofs: Vec<String>,
    alice: Vec<u64>,
    bob: Vec<u64>,
    leaves: Vec<Leaf>,
}

async fn before(town: &TestApp, alice: &Neighbour, bob: &Neighbour) -> Before {
    let tree = signed(town).await;
    let mut tx = town.app.db.read().await.unwrap();
    let entries = ledger::entries_from(&mut tx, 0, 10_000).await.unwrap();
    drop(tx);
    Before {
        proofs: proofs(town, tree.size).await,
        alice: own(town, alice).await,
        bob: own(town, bob).await,
        leaves: entries.iter().map(|entry| Leaf::decode(&entry.leaf).unwrap()).collect(),
        tree,
    }
}

/// All that was proved is proved still: by what was kept, and by what is served now.
async fn still_holds(town: &TestApp, before: &Before) {
    let after = signed(town).await;
    assert!(after.size > before.tree.size);
    grew(town, &before.tree, &after).await;
    assert_eq!(root(town, before.tree.size).await, before.tree.root.0, "not one leaf was touched");
    for (position, kept) in before.proofs.iter().enumerate() {
        let kept = Inclusion::parse(kept).unwrap();
        kept.check(&before.tree).unwrap();
        let now = town.browser().get(&format!("/ledger/proof/{position}")).await.expect(200).body;
        let now = Inclusion::parse(&now).unwrap();
        now.check(&after).unwrap();
        assert_eq!(now.leaf, kept.leaf, "entry {position}");
        assert_eq!(Leaf::decode(&now.leaf).unwrap(), before.leaves[position]);
    }
}

#[tokio::test]
async fn after_an_erasure_all_proofs_hold_hers_too_and_the_tree_is_what_it_was() {
    let town = TestApp::start().await;
    let (mut alice, _, _) = alice_and_parking(&town).await;
    let bob = town.neighbour("bob").await;
    asks(&mut alice).await;
    let before = before(&town, &alice, &bob).await;
    assert!(before.alice.len() > 5 && !before.bob.is_empty());

    town.pass_seconds(7 * DAY);
    assert_eq!(erasure::sweep(&town.app).await.unwrap(), 1);
    still_holds(&town, &before).await;
    nothing_readable(&town, &alice).await;
    // Her log key is kept for six months: the details open for whoever has it, and say codes, not values.
    let mut tx = town.app.db.read().await.unwrap();
    let (lines, _) = book::lines(&mut tx, &town.app.custody, &alice.resident.id, None, 1_000).await.unwrap();
    drop(tx);
    assert!(lines.len() > before.alice.len(), "the steps of the erasure stand there as well");
    for line in &lines {
        let said = format!("{:?}", line.detail);
        for value in alice.resident.fields.values().filter(|value| value.len() > 3 && *value != "zh-Hans") {
            assert!(!said.contains(value.as_str()), "{value}: {said}");
        }
    }
    assert_eq!(own(&town, &bob).await, before.bob, "his book is what it was");
    is_whole(&town).await;
}

#[tokio::test]
async fn once_the_log_key_is_destroyed_her_entries_are_commitments_that_nobody_opens() {
    let town = TestApp::start().await;
    let (mut alice, _, _) = alice_and_parking(&town).await;
    let bob = town.neighbour("bob").await;
    asks(&mut alice).await;
    let before = before(&town, &alice, &bob).await;
    let hers: Vec<i64> = before.alice.iter().map(|position| position.cast_signed()).collect();
    let list = hers.iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
    let details = format!("ledger_entry WHERE position IN ({list}) AND length(detail) > 0");

    town.pass_seconds(7 * DAY);
    erasure::sweep(&town.app).await.unwrap();
    let wrapped = format!("resident_key WHERE resident = '{}' AND wrapped_lk IS NOT NULL", alice.resident.id);
    assert_eq!(town.count(&wrapped).await, 1, "kept for the law's six months");
    town.pass_seconds(190 * DAY);
    erasure::sweep(&town.app).await.unwrap();
    assert_eq!(town.count(&wrapped).await, 0, "destroyed");
    assert_eq!(town.count(&details).await, i64::try_from(hers.len()).unwrap(), "what is left is noise without the key");

    still_holds(&town, &before).await;
    nothing_readable(&town, &alice).await;
    assert!(own(&town, &alice).await.is_empty(), "nobody finds which of them were hers");
    assert_eq!(own(&town, &bob).await, before.bob);
    // What `ledger verify` says: all of it is whole; hers are checked as leaves, and as nothing more.
    is_whole(&town).await;
}
