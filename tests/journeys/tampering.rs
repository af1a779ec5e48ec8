//! A ledger that somebody tampered with who holds the database and the signing key: the strongest there is outside custody's
//! own code. The tree is built again over the false entries and signed anew, so that it fits itself. Each time it is found,
//! by the resident and her device, by an auditor who kept a checkpoint, and by a witness.

use std::fs;

use latchkey::audit::memory::Memory;
use latchkey::audit::source::Source;
use latchkey::audit::{Audit, Finding, audit, papers};
use latchkey::custody::{self, checkpointer};
use latchkey::ledger::checkpoint::{self, Checkpoint};
use latchkey::ledger::evidence::Evidence;
use latchkey::ledger::{self, Entry, Kind, proof};
use latchkey::witness::{Refusal, Witness, key};
use signed_note::Verifier;

use crate::support::TestApp;
use crate::support::device::Device;
use crate::support::town::Neighbour;

/// Which of Alice's entries the stories are about: the second read of her plate.
const READ: u64 = 6;

/// What the parties keep of the honest ledger.
struct Kept {
    alice: Neighbour,
    evidence: String,
    head: Checkpoint,
    witness: Witness,
    device: Device,
    folder: tempfile::TempDir,
}

async fn last(town: &TestApp) -> (Checkpoint, String) {
    let checkpoint = checkpointer::catch_up(&town.app.db, &town.app.custody, town.app.now()).await.unwrap().unwrap();
    (checkpoint, town.browser().get("/ledger/checkpoint").await.expect(200).body)
}

async fn signs(town: &TestApp) {
    last(town).await;
}

impl Kept {
    /// Alice's app read, others came after her, and everybody looked.
    async fn of(town: &TestApp) -> Self {
        let (parking, alice) = (town.partner("rp-a").await, town.neighbour("alice").await);
        let code = alice.browser.agrees(&parking.pushed(&[]).await, &["plate_masked"]).await;
        let token = parking.redeems(&code).await.expect(200).member("access_token");
        for _ in 0..3 {
            parking.reads("/vault/claims", &token).await.expect(200);
        }
        let folder = tempfile::tempdir().unwrap();
        let device = Device::new(folder.path());
        assert_eq!(device.checks(town, &alice.browser, || signs(town)).await, "whole");
        town.neighbour("bob").await;
        let (head, note) = last(town).await;
        let place = folder.path().join("witness");
        key::make(&place, "witness.example").unwrap();
        let logs = vec![town.app.custody.verifier_key().clone()];
        let witness = Witness::open(&place, logs, town.app.clock.clone()).unwrap();
        witness.add_checkpoint(request(0, &[], &note).as_bytes()).unwrap();
        let evidence = alice.browser.get("/me/book/evidence/file").await.expect(200).body;
        let kept = Self { alice, evidence, head, witness, device, folder };
        assert_eq!(kept.auditor(town).await, []);
        assert_eq!(kept.resident(town).await, []);
        kept
    }

    /// The auditor, who keeps every checkpoint.
    async fn auditor(&self, town: &TestApp) -> Vec<Finding> {
        let memory = Some(Memory::open(&self.folder.path().join("auditor")).unwrap());
        audit(&Audit { memory, ..Audit::of(source(town)) }).await.unwrap().findings
    }

    /// The resident: what she is shown now, against the tree that is served and the checkpoint that she kept.
    async fn resident(&self, town: &TestApp) -> Vec<Finding> {
        let shown = self.alice.browser.get("/me/book/evidence/file").await.expect(200).body;
        let held = match papers::evidence(&shown, Some(town.app.custody.verifier_key())).unwrap() {
            Ok(held) => held,
            Err(finding) => return vec![finding],
        };
        let before = papers::evidence(&self.evidence, None).unwrap().unwrap().seen;
        let others = vec![held.seen, before];
        let whole = Audit { others, claim: Some(held.claim), ..Audit::of(source(town)) };
        audit(&whole).await.unwrap().findings
    }

    /// Her own device, with the script of the page. It writes into her book: called last.
    async fn device(&self, town: &TestApp) -> String {
        self.device.checks(town, &self.alice.browser, || signs(town)).await
    }

    /// The witness, shown the new tree with the best proof that the log can make.
    async fn witness(&self, town: &TestApp) -> Result<(), Refusal> {
        let (head, note) = last(town).await;
        let mut tx = town.app.db.read().await.unwrap();
        let path = match self.head.size <= head.size {
            true => proof::growth(&mut tx, self.head.size, head.size).await.unwrap(),
            false => Vec::new(),
        };
        let lines: Vec<String> = path.iter().map(proof::line).collect();
        let old = self.head.size.min(head.size);
        self.witness.add_checkpoint(request(old, &lines, &note).as_bytes()).map(|_| ())
    }
}

impl Kept {
    /// Where her entry of this number stood.
    fn hers(&self, n: u64) -> u64 {
        let document: Evidence = serde_json::from_str(&self.evidence).unwrap();
        document.entries.iter().find(|piece| piece.n == n).unwrap().position
    }

    /// Takes everything from this entry of hers on out of the ledger, and puts her counter back to it.
    fn cut_off(&self, read: u64) -> [String; 2] {
        let hers = &self.alice.resident.id;
        [
            format!("DELETE FROM ledger_entry WHERE position >= {read}"),
            format!("UPDATE resident_key SET counter = {} WHERE resident = '{hers}'", READ - 1),
        ]
    }

    fn counter(&self) -> u64 {
        serde_json::from_str::<Evidence>(&self.evidence).unwrap().counter
    }
}

fn source(town: &TestApp) -> Source {
    Source::at(&format!("http://{}", town.address)).unwrap()
}

fn request(old: u64, path: &[String], note: &str) -> String {
    format!("old {old}\n{}\n{note}", path.iter().map(|line| format!("{line}\n")).collect::<String>())
}

/// Whoever holds the database and the key: changes entries, then makes the tree fit and signs it.
async fn forge(town: &TestApp, statements: &[String]) {
    let statements = statements.iter().map(String::as_str).chain([
        "DELETE FROM ledger_hash",
        "DELETE FROM ledger_checkpoint",
        "UPDATE ledger_head SET size = (SELECT count(*) FROM ledger_entry)",
    ]);
    for statement in statements {
        town.tamper(statement).await;
    }
    fs::remove_file(town.folder().join("keys/checkpoint.last")).unwrap();
    last(town).await;
}

/// Makes room before a position, or closes a gap behind it.
fn moved(from: u64, by: i64) -> [String; 2] {
    let far = 1_000_000;
    [
        format!("UPDATE ledger_entry SET position = position + {far} WHERE position >= {from}"),
        format!("UPDATE ledger_entry SET position = position - {} WHERE position >= {far}", far - by),
    ]
}

fn paper(what: &str) -> Vec<Finding> {
    vec![Finding::Paper(what.into())]
}

fn rewritten(size: u64) -> Finding {
    Finding::Rewritten { size, when: "it was seen before, or given by whoever audits" }
}

#[tokio::test]
async fn a_changed_entry_is_found_by_everybody() {
    let town = TestApp::start().await;
    let kept = Kept::of(&town).await;
    let (size, read) = (kept.head.size, kept.hers(READ));
    let change = format!(
        "UPDATE ledger_entry SET leaf = (SELECT leaf FROM ledger_entry WHERE position = 1) WHERE position = {read}"
    );
    forge(&town, &[change]).await;
    let twice = Finding::Tag { first: 1, second: read };
    assert_eq!(kept.auditor(&town).await, [twice, rewritten(size)]);
    let line = format!("entry number {READ} of this resident: its leaf is another entry's");
    assert_eq!(kept.resident(&town).await, paper(&line));
    assert!(matches!(kept.witness(&town).await, Err(Refusal::Forked)));
    assert_eq!(kept.device(&town).await, format!("altered {READ}"));
}

#[tokio::test]
async fn a_deleted_entry_is_a_gap_in_hers_and_another_tree_for_the_others() {
    let town = TestApp::start().await;
    let kept = Kept::of(&town).await;
    let (size, read) = (kept.head.size, kept.hers(READ));
    let delete = format!("DELETE FROM ledger_entry WHERE position = {read}");
    forge(&town, &[&[delete], moved(read, -1).as_slice()].concat()).await;
    assert_eq!(kept.resident(&town).await, paper(&format!("entry number {READ} of this resident is missing")));
    assert_eq!(kept.auditor(&town).await, [Finding::Shrunk { before: size, now: size - 1 }]);
    assert!(matches!(kept.witness(&town).await, Err(Refusal::Stale(seen)) if seen == size));
    // That the ledger grows over it later does not hide it.
    town.neighbour("granny").await;
    last(&town).await;
    assert_eq!(kept.auditor(&town).await, [rewritten(size)]);
    assert!(matches!(kept.witness(&town).await, Err(Refusal::NotGrown)));
    assert_eq!(kept.device(&town).await, format!("gap {READ}"));
}

#[tokio::test]
async fn an_inserted_entry_is_found_by_everybody() {
    let town = TestApp::start().await;
    let kept = Kept::of(&town).await;
    let (size, read) = (kept.head.size, kept.hers(READ));
    // Another entry's leaf; the column beside it has to be one that is not there yet.
    let insert = format!(
        "INSERT INTO ledger_entry (position, leaf, tag, detail, review)
         SELECT {read}, leaf, substr(leaf, 39, 32), detail, review FROM ledger_entry WHERE position = 1"
    );
    forge(&town, &[moved(read, 1).as_slice(), &[insert]].concat()).await;
    assert_eq!(kept.auditor(&town).await, [Finding::Tag { first: 1, second: read }, rewritten(size)]);
    // Her entry opens at its own place and nowhere else.
    assert_eq!(kept.resident(&town).await, paper(&format!("entry number {READ} of this resident: it does not open")));
    assert!(matches!(kept.witness(&town).await, Err(Refusal::NotGrown)));
    assert_eq!(kept.device(&town).await, format!("altered {READ}"));
}

#[tokio::test]
async fn entries_that_changed_places_are_found_by_everybody() {
    let town = TestApp::start().await;
    let kept = Kept::of(&town).await;
    let (size, read) = (kept.head.size, kept.hers(READ));
    let [one, other] = [read, read + 1];
    let swap = [(one, 2_000_000), (other, one), (2_000_000, other)]
        .map(|(from, to)| format!("UPDATE ledger_entry SET position = {to} WHERE position = {from}"));
    forge(&town, &swap).await;
    assert_eq!(kept.auditor(&town).await, [rewritten(size)]);
    assert_eq!(kept.resident(&town).await, paper(&format!("entry number {READ} of this resident: it does not open")));
    assert!(matches!(kept.witness(&town).await, Err(Refusal::Forked)));
    assert_eq!(kept.device(&town).await, format!("altered {READ}"));
}

#[tokio::test]
async fn an_end_that_was_cut_off_is_missed_even_when_her_counter_is_put_back_too() {
    let town = TestApp::start().await;
    let kept = Kept::of(&town).await;
    let (size, read) = (kept.head.size, kept.hers(READ));
    forge(&town, &kept.cut_off(read)).await;
    let shrunk = Finding::Shrunk { before: size, now: read };
    assert_eq!(kept.auditor(&town).await, std::slice::from_ref(&shrunk));
    assert_eq!(kept.resident(&town).await, [shrunk], "her own browser kept the larger one");
    assert!(matches!(kept.witness(&town).await, Err(Refusal::Stale(seen)) if seen == size));
    assert!(kept.device(&town).await.starts_with("shrunk "));
}

#[tokio::test]
async fn a_ledger_that_goes_on_from_an_old_copy_shows_two_trees() {
    let town = TestApp::start().await;
    let kept = Kept::of(&town).await;
    let (size, read) = (kept.head.size, kept.hers(READ));
    forge(&town, &kept.cut_off(read)).await;
    for name in ["granny", "kid", "tenant"] {
        town.neighbour(name).await;
    }
    let (head, _) = last(&town).await;
    assert!(head.size > size, "it has grown beyond what was seen");
    assert_eq!(kept.auditor(&town).await, [rewritten(size)]);
    assert_eq!(kept.resident(&town).await, [rewritten(size)]);
    assert!(matches!(kept.witness(&town).await, Err(Refusal::NotGrown)));
    assert!(kept.device(&town).await.starts_with("rewritten "));
    // What the auditor puts aside proves it to anybody: two trees, one key.
    let aside = fs::read_dir(kept.folder.path().join("auditor")).unwrap();
    let aside = aside.map(|file| file.unwrap().path()).find(|path| path.extension().is_some_and(|end| end == "note"));
    let key = town.app.custody.verifier_key();
    let note = fs::read(aside.unwrap()).unwrap();
    assert_eq!(checkpoint::verify(key.name(), key.bytes(), &note).unwrap(), head);
    // Who never saw the other tree is content with this one: one has to keep something.
    let newcomer = Audit::of(source(&town));
    assert_eq!(audit(&newcomer).await.unwrap().findings, []);
}

#[tokio::test]
async fn an_entry_that_only_she_is_not_shown_is_found_in_the_open_ledger() {
    let town = TestApp::start().await;
    let kept = Kept::of(&town).await;
    let last = kept.counter();
    let fewer = format!("UPDATE resident_key SET counter = counter - 1 WHERE resident = '{}'", kept.alice.resident.id);
    town.tamper(&fewer).await;
    assert_eq!(kept.resident(&town).await, [Finding::Hidden { position: kept.hers(last) }]);
    assert_eq!(kept.auditor(&town).await, [], "the tree itself is as it was");
}

#[tokio::test]
async fn a_tile_that_is_not_what_was_signed_is_named() {
    let town = TestApp::start().await;
    let kept = Kept::of(&town).await;
    town.tamper("UPDATE ledger_hash SET hash = (SELECT hash FROM ledger_hash WHERE at = 0) WHERE at = 1").await;
    let width = kept.head.size;
    assert_eq!(kept.auditor(&town).await, [Finding::Tile { tile: format!("0/000.p/{width}") }]);
}

/// Somebody with the database hides the newest entry about her: out of the column by which it is found, and out of her count.
async fn hides(town: &TestApp, kept: &Kept, hidden: u64) {
    town.tamper(&format!("UPDATE ledger_entry SET tag = substr(detail, 1, 32) WHERE position = {hidden}")).await;
    let fewer = format!("UPDATE resident_key SET counter = counter - 1 WHERE resident = '{}'", kept.alice.resident.id);
    town.tamper(&fewer).await;
}

#[tokio::test]
async fn a_number_that_is_given_out_again_hides_nothing() {
    let town = TestApp::start().await;
    let kept = Kept::of(&town).await;
    let (hidden, newest) = (kept.hers(kept.counter()), kept.counter());
    hides(&town, &kept, hidden).await;
    // The ledger goes on: the number is another entry's now, and no number is missing.
    kept.alice.browser.open("/me/data").await.expect(200);
    last(&town).await;
    let shown: Evidence =
        serde_json::from_str(&kept.alice.browser.get("/me/book/evidence/file").await.expect(200).body).unwrap();
    assert_eq!(shown.counter, newest);
    let second = shown.entries.last().unwrap().position;
    assert!(second > hidden);
    assert_eq!(kept.auditor(&town).await, [Finding::Tag { first: hidden, second }]);
    // A device that saw it knows the number; one that never did reads the open ledger.
    assert_eq!(kept.device(&town).await, format!("replaced {newest}"));
    let folder = tempfile::tempdir().unwrap();
    let other = Device::new(folder.path());
    assert_eq!(other.checks(&town, &kept.alice.browser, || signs(&town)).await, format!("hidden {hidden}"));
}

#[tokio::test]
async fn a_ledger_that_is_held_still_does_not_hold_what_her_device_made_up() {
    let town = TestApp::start().await;
    let kept = Kept::of(&town).await;
    // Nothing is signed any more: whatever she is shown is as it was.
    let found = kept.device.checks(&town, &kept.alice.browser, || async {}).await;
    assert!(found.starts_with("stale "), "{found}");
    assert_eq!(kept.device(&town).await, "whole", "when it goes on, all is there");
}

/// So many entries that are about nobody.
async fn grows(town: &TestApp, by: usize) {
    let mut tx = town.app.db.begin().await.unwrap();
    let mut head = ledger::hold(&mut tx).await.unwrap();
    let entries = vec![Entry::about_nobody(Kind::Padding, town.app.now()); by];
    custody::enter_all(&mut tx, &town.app.custody, &mut head, entries).await.unwrap();
    head.commit(tx).await.unwrap();
}

#[tokio::test]
async fn a_ledger_too_long_for_one_visit_is_read_from_further_on_and_her_device_says_so() {
    let town = TestApp::start().await;
    let kept = Kept::of(&town).await;
    grows(&town, 1_500).await;
    let folder = tempfile::tempdir().unwrap();
    let other = Device::reading(folder.path(), 500);
    let check = || other.checks(&town, &kept.alice.browser, || signs(&town));
    assert_eq!(check().await, "whole from 768");
    grows(&town, 300).await;
    assert_eq!(check().await, "whole from 768", "it goes on where it stopped");
    grows(&town, 1_000).await;
    assert_eq!(check().await, "whole from 2304", "away for too long");
    // What is kept from her in the part that it reads is found.
    kept.alice.browser.open("/me/data").await.expect(200);
    last(&town).await;
    let shown: Evidence =
        serde_json::from_str(&kept.alice.browser.get("/me/book/evidence/file").await.expect(200).body).unwrap();
    hides(&town, &kept, shown.entries.last().unwrap().position).await;
    assert_eq!(check().await, format!("hidden {}", shown.entries.last().unwrap().position));
}
