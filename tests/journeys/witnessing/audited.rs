//! What an auditor finds who holds the ledger against the witnesses of a policy.

use std::path::Path;
use std::time::Duration;

use latchkey::audit::memory::Memory;
use latchkey::audit::source::Source;
use latchkey::audit::{Audit, Finding, Report, audit};
use latchkey::custody::checkpointer;
use latchkey::ledger::checkpoint::{self, Checkpoint};
use latchkey::ledger::policy::Policy;
use latchkey::witness::request::body;
use tlog_tiles::tlog::Hash;

use super::{Watched, policy};
use crate::audit_command::{audit as command, code};
use crate::clients_command::said;

impl Watched {
    /// An audit by a policy of the service's witnesses, of which so many are enough; from the first entry, or onward.
    async fn audited(&self, least: usize, memory: &Path, whole: bool) -> Report {
        let source = Source::at(&format!("http://{}", self.town.address)).unwrap();
        let asked = Audit {
            memory: Some(Memory::open(memory).unwrap()),
            policy: Some(Policy::parse(&policy(&self.witnesses, least)).unwrap()),
            clock: self.town.app.clock.clone(),
            whole,
            ..Audit::of(source)
        };
        audit(&asked).await.unwrap()
    }

    /// Signs what is new; nobody is asked.
    async fn signs(&self) {
        let app = &self.town.app;
        checkpointer::catch_up(&app.db, &app.custody, app.now()).await.unwrap();
    }

    /// The size of the newest checkpoint with a cosignature.
    async fn cosigned(&self) -> u64 {
        self.town.number("SELECT MAX(size) FROM ledger_cosignature").await.cast_unsigned()
    }

    /// Lets each witness cosign a note now, and puts that in the database in the place of what they saw.
    async fn cosign_in_the_table(&self, size: u64, old: u64, note: &str) {
        for watch in &self.witnesses {
            let said = watch.add(body(old, &[], note)).await;
            assert_eq!(said.status, 200, "{said:?}");
            let (line, key) = (said.body, watch.key.to_string());
            let at = self.town.app.now().seconds();
            self.town
                .force(&format!(
                    "INSERT INTO ledger_cosignature (size, witness, at, line) VALUES ({size}, '{key}', {at}, '{line}')
                     ON CONFLICT (size, witness) DO UPDATE SET at = excluded.at, line = excluded.line"
                ))
                .await;
        }
    }
}

#[tokio::test]
async fn a_ledger_whose_newest_entries_wait_for_their_witnesses_is_whole_by_the_policy() {
    let watched = Watched::start(3, 2).await;
    let folder = tempfile::tempdir().unwrap();
    watched.town.neighbour("alice").await;
    watched.round().await;
    let first = watched.audited(2, folder.path(), true).await;
    assert_eq!((first.findings, first.witnessed), (vec![], Some(first.checkpoint.size)));

    // What is newer was not shown to anybody yet: that is how a ledger stands at most moments.
    watched.town.neighbour("bob").await;
    watched.signs().await;
    let newer = watched.audited(2, folder.path(), true).await;
    assert_eq!((newer.findings, newer.witnessed), (vec![], Some(first.checkpoint.size)));
    assert!(newer.checkpoint.size > first.checkpoint.size);
    // Onward, what the witnesses saw lies below the place from where the audit goes on: it is proved to be its beginning.
    watched.town.neighbour("carol").await;
    watched.signs().await;
    let onward = watched.audited(2, folder.path(), false).await;
    assert_eq!((onward.findings, onward.witnessed), (vec![], Some(first.checkpoint.size)));
    assert!(onward.hashed < onward.checkpoint.size, "only what is new");
}

#[tokio::test]
async fn too_few_witnesses_and_a_quorum_of_long_ago_are_found() {
    let mut watched = Watched::start(2, 1).await;
    let folder = tempfile::tempdir().unwrap();
    watched.town.neighbour("alice").await;
    assert_eq!(watched.town.count("ledger_cosignature").await, 0);
    watched.signs().await;
    let none = watched.audited(2, folder.path(), true).await.findings;
    assert_eq!(none, [Finding::Witnesses { have: 0, need: 2 }]);

    watched.witnesses[1].dies().await;
    watched.round().await;
    assert_eq!(watched.audited(1, folder.path(), true).await.findings, []);
    let few = watched.audited(2, folder.path(), true).await.findings;
    assert_eq!(few, [Finding::Witnesses { have: 1, need: 2 }]);

    watched.witnesses[0].dies().await;
    watched.minutes(20).await;
    assert_eq!(watched.audited(1, folder.path(), false).await.findings, []);
    watched.minutes(1).await;
    let late = watched.audited(1, folder.path(), false).await.findings;
    assert_eq!(late, [Finding::Unwatched { minutes: Some(21) }]);
}

#[tokio::test]
async fn entries_that_are_kept_from_the_witnesses_are_found_after_their_hour() {
    let watched = Watched::start(2, 2).await;
    let folder = tempfile::tempdir().unwrap();
    watched.town.neighbour("alice").await;
    watched.round().await;
    let seen = watched.cosigned().await;
    let note = watched.town.browser().get("/ledger/checkpoint").await.expect(200).body;
    watched.town.neighbour("bob").await;
    watched.signs().await;
    // For an hour the witnesses are shown the old tree alone, again and again, and say so.
    watched.town.pass(Duration::from_secs(3_600));
    watched.cosign_in_the_table(seen, seen, &note).await;
    for whole in [true, false] {
        let found = watched.audited(2, folder.path(), whole).await;
        assert_eq!(found.findings, [Finding::Unwitnessed { position: seen }], "whole: {whole}");
        assert_eq!(found.witnessed, Some(seen));
    }
}

#[tokio::test]
async fn a_tree_that_was_shown_to_the_witnesses_alone_is_found() {
    let watched = Watched::start(2, 2).await;
    let folder = tempfile::tempdir().unwrap();
    watched.town.neighbour("alice").await;
    watched.signs().await;
    let size = watched.town.number("SELECT MAX(size) FROM ledger_checkpoint").await;
    watched.town.neighbour("bob").await;
    watched.signs().await;
    // An auditor who never asked for witnesses has built it.
    let source = Source::at(&format!("http://{}", watched.town.address)).unwrap();
    let memory = Some(Memory::open(folder.path()).unwrap());
    assert_eq!(audit(&Audit { memory, ..Audit::of(source) }).await.unwrap().findings, []);

    let custody = &*watched.town.app.custody;
    let other = Checkpoint { size: size.cast_unsigned(), root: Hash([7; 32]) };
    let note = checkpoint::sign(custody.origin(), &other, custody).unwrap();
    watched.town.force(&format!("UPDATE ledger_checkpoint SET note = '{note}' WHERE size = {size}")).await;
    watched.cosign_in_the_table(other.size, 0, &note).await;
    let found = |when| Finding::Rewritten { size: other.size, when };
    let onward = watched.audited(2, folder.path(), false).await;
    assert_eq!(onward.findings, [found("witnesses cosigned it")]);
    let whole = watched.audited(2, folder.path(), true).await;
    assert_eq!(whole.findings, [found("it was seen before, or given by whoever audits")]);
    // What the log and the witnesses signed is put aside: with the other one it proves two trees.
    let aside = folder.path().join(format!("contradiction-{size}-{}.note", hex::encode([7; 32])));
    let aside = std::fs::read_to_string(aside).unwrap();
    assert!(aside.contains("\u{2014} witness.example/w1 "), "{aside}");
}

#[tokio::test]
async fn her_evidence_and_a_proof_carry_what_the_witnesses_signed() {
    let watched = Watched::start(2, 2).await;
    let (town, folder) = (&watched.town, tempfile::tempdir().unwrap());
    let alice = town.neighbour("alice").await;
    watched.round().await;
    std::fs::write(folder.path().join("policy"), policy(&watched.witnesses, 2)).unwrap();
    std::fs::write(folder.path().join("key"), watched.log_key().to_string()).unwrap();
    let put = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    let told = async |arguments: &[&str]| {
        let output = command(folder.path(), &[arguments, &["--key", "key", "--policy", "policy"]].concat()).await;
        (code(&output), said(&output))
    };
    // Somebody else came since: the newest checkpoint waits for its witnesses, the one before holds all that is hers.
    town.neighbour("bob").await;
    watched.signs().await;
    put("mine.json", &alice.browser.get("/me/book/evidence/file").await.expect(200).body);
    let (good, words) = told(&["evidence", "mine.json"]).await;
    assert_eq!(good, 0, "{words}");
    put("witnessed.proof", &town.browser().get("/ledger/proof/0?checkpoint=witnessed").await.expect(200).body);
    assert_eq!(told(&["proof", "witnessed.proof"]).await.0, 0);

    // Proofs of what no witness has seen yet lead to a checkpoint that they did not sign.
    put("newest.proof", &town.browser().get("/ledger/proof/0").await.expect(200).body);
    let (bad, words) = told(&["proof", "witnessed.proof", "newest.proof"]).await;
    assert!(bad == 1 && words.contains("WRONG: newest.proof: 0 of the policy's witnesses"), "{words}");
    alice.browser.open("/me/data").await.expect(200);
    watched.signs().await;
    put("newer.json", &alice.browser.get("/me/book/evidence/file").await.expect(200).body);
    let (bad, words) = told(&["evidence", "newer.json"]).await;
    assert!(bad == 1 && words.contains("WRONG: 0 of the policy's witnesses"), "{words}");
    let (more, words) = told(&["evidence", "mine.json", "--service", "http://127.0.0.1:9"]).await;
    assert!(more == 2 && words.contains("could not be fetched"), "{words}");
    // Ten seconds later the witnesses have seen that, too.
    town.pass_seconds(10);
    watched.round().await;
    put("newer.json", &alice.browser.get("/me/book/evidence/file").await.expect(200).body);
    let (good, words) = told(&["evidence", "newer.json"]).await;
    assert_eq!(good, 0, "{words}");
}
