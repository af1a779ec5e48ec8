//! What a witness answers to whom (C2SP tlog-witness, add-checkpoint), over real HTTP.

use latchkey::clock::{Clock, Timestamp};
use latchkey::ledger::cosignature::Cosignature;
use latchkey::witness::request::body;
use latchkey::witness::{Witness, key, memory};

use crate::support::app::START;
use crate::support::log::Log;
use crate::support::witness::{Said, Watch, add, client, copy};

const ORIGIN: &str = "latchkey/00000000000000000000000000000001";

fn clock() -> Clock {
    Clock::by_hand(Timestamp::from_seconds(START))
}

/// A log with ten entries, and a witness of it that has not seen it yet.
async fn watched() -> (Log, Watch) {
    let mut log = Log::new(ORIGIN);
    log.grow(10, "entry");
    let watch = Watch::start("witness.example/w1", vec![log.key()], &clock()).await;
    (log, watch)
}

fn assert_cosigned(said: &Said, watch: &Watch, log: &Log, size: u64) {
    assert_eq!(said.status, 200, "{said:?}");
    let cosignature = Cosignature::find(&said.body, &watch.key, &log.text(size)).unwrap();
    assert_eq!(cosignature.at().seconds(), START);
    assert_eq!(cosignature.line(), said.body, "one line, and nothing else");
}

fn assert_refused(said: &Said, status: u16) {
    assert_eq!(said.status, status, "{said:?}");
    assert!(!said.body.contains('\u{2014}'), "no signature leaves with a refusal");
}

/// 409, and the size that was cosigned last.
fn assert_stale(said: &Said, size: u64) {
    assert_eq!((said.status, said.kind.as_str()), (409, "text/x.tlog.size"), "{said:?}");
    assert_eq!(said.body, format!("{size}\n"));
}

#[tokio::test]
async fn what_grows_is_cosigned_from_the_first_checkpoint_on_and_again_when_asked_again() {
    let (mut log, watch) = watched().await;
    assert_cosigned(&watch.add(log.asks(0, 0)).await, &watch, &log, 0);
    assert_cosigned(&watch.add(log.asks(0, 1)).await, &watch, &log, 1);
    assert_cosigned(&watch.add(log.asks(1, 10)).await, &watch, &log, 10);
    assert_cosigned(&watch.add(log.asks(10, 10)).await, &watch, &log, 10);
    log.grow(700, "more");
    assert_cosigned(&watch.add(log.asks(10, 300)).await, &watch, &log, 300);
    assert_cosigned(&watch.add(log.asks(300, 710)).await, &watch, &log, 710);

    let about = watch.get("/").await;
    let place = format!("/{}/checkpoint", memory::name(ORIGIN));
    assert!(about.body.contains(&watch.key.to_string()) && about.body.contains(&format!("{ORIGIN} 710 {place}")));
    let shown = watch.get(&place).await.body;
    assert!(shown.starts_with(&log.note(710)), "the log's own signature");
    assert!(Cosignature::find(&shown, &watch.key, &log.text(710)).is_ok(), "and the witness's");
    assert_eq!(watch.get("/health").await.status, 200);
    assert_eq!(watch.get("/add-checkpoint/").await.status, 404);
}

#[tokio::test]
async fn each_wrong_request_gets_the_status_of_the_specification_and_changes_nothing() {
    let (log, watch) = watched().await;
    watch.add(log.asks(0, 5)).await;
    let good = log.asks(5, 10);

    assert_refused(&watch.add("").await, 400);
    assert_refused(&watch.add(good.replace("old 5", "old five")).await, 400);
    assert_refused(&watch.add(good.replace("\n\n", "\n")).await, 400);
    assert_refused(&watch.add(good.replace("\u{2014} ", "-- ")).await, 400);
    assert_refused(&watch.add(vec![0xff; 40]).await, 400);
    assert_refused(&watch.add("x".repeat(70_000)).await, 413);
    // The old size is larger than the checkpoint's: malformed, whatever was seen last.
    assert_refused(&watch.add(log.asks(10, 7)).await, 400);

    let mut stranger = Log::new("latchkey/ffffffffffffffffffffffffffffffff");
    stranger.grow(3, "entry");
    assert_refused(&watch.add(stranger.asks(0, 3)).await, 404);
    let mut thief = Log::with_key(ORIGIN, 2);
    thief.grow(10, "entry");
    assert_refused(&watch.add(thief.asks(5, 10)).await, 403);
    // The log's own line, over another text.
    assert_refused(&watch.add(good.replace("\n10\n", "\n11\n")).await, 403);

    assert_stale(&watch.add(log.asks(0, 10)).await, 5);
    assert_stale(&watch.add(log.asks(4, 10)).await, 5);
    assert_stale(&watch.add(log.asks(7, 10)).await, 5);
    assert_stale(&watch.add(log.asks(0, 3)).await, 5);

    let (path, note) = (log.proof(5, 10), log.note(10));
    for proof in [&path[1..], &path[..path.len() - 1], &[], &log.proof(5, 9), &[path.clone(), path.clone()].concat()] {
        assert_refused(&watch.add(body(5, proof, &note)).await, 422);
    }
    assert_eq!(watch.get("/").await.body.lines().nth(1).unwrap().split(' ').nth(2), Some("5"), "nothing moved");
    assert_cosigned(&watch.add(good).await, &watch, &log, 10);
}

#[tokio::test]
async fn a_fork_is_refused_at_the_same_size_and_at_a_larger_one_and_kept_as_evidence() {
    let (log, watch) = watched().await;
    watch.add(log.asks(0, 6)).await;
    let mut fork = Log::new(ORIGIN);
    fork.grow(5, "entry");
    fork.grow(5, "another story");

    // The same size and another root: 409, and it is not the other 409, which would invite to try again.
    let same_size = watch.add(fork.asks(6, 6)).await;
    assert_refused(&same_size, 409);
    assert_ne!(same_size.kind, "text/x.tlog.size");
    // A larger tree that does not begin with what was seen: 422, with its own proof or the true one.
    assert_refused(&watch.add(fork.asks(6, 10)).await, 422);
    assert_refused(&watch.add(body(6, &log.proof(6, 10), &fork.note(10))).await, 422);
    // Two trees of one size, both signed by the log: that is evidence. Of the larger one nobody knows yet.
    let both = watch.keeps("evidence");
    assert_eq!(both.len(), 2, "{both:?}");
    assert!(both.iter().any(|(_, note)| *note == fork.note(6)), "what the log signed and should not have");
    let other = both.iter().find(|(_, note)| note.starts_with(&log.note(6))).expect("and what it signed before");
    assert!(Cosignature::find(&other.1, &watch.key, &log.text(6)).is_ok());
    let unproved = watch.keeps("unproved");
    assert!(unproved.len() == 1 && unproved[0].1 == fork.note(10), "{unproved:?}");
    watch.add(fork.asks(6, 6)).await;
    watch.add(fork.asks(6, 10)).await;
    assert_eq!((watch.keeps("evidence"), watch.keeps("unproved")), (both, unproved), "each once");

    assert_cosigned(&watch.add(log.asks(6, 10)).await, &watch, &log, 10);
    assert_refused(&watch.add(fork.asks(10, 10)).await, 409);
}

#[tokio::test]
async fn whoever_sends_good_checkpoints_with_bad_proofs_takes_no_room_from_evidence() {
    let (mut log, watch) = watched().await;
    watch.add(log.asks(0, 2)).await;
    log.grow(140, "more");
    // Anybody can: the log's checkpoints are public.
    for size in 10..=140 {
        assert_refused(&watch.add(body(2, &[], &log.note(size))).await, 422);
    }
    assert_eq!(watch.keeps("evidence"), []);
    let kept = watch.keeps("unproved");
    assert_eq!(kept.len(), 20, "a few");
    assert!(kept.iter().any(|(_, note)| *note == log.note(140)), "the last of them among them");
    // The one that is evidence has its place.
    let mut fork = Log::new(ORIGIN);
    fork.grow(2, "another story");
    assert_refused(&watch.add(fork.asks(2, 2)).await, 409);
    assert_eq!(watch.keeps("evidence").len(), 2);
    assert_cosigned(&watch.add(log.asks(2, 140)).await, &watch, &log, 140);
}

#[tokio::test]
async fn what_is_sent_again_and_again_is_cosigned_and_wears_out_no_disk() {
    use std::os::unix::fs::MetadataExt;
    let clock = clock();
    let mut log = Log::new(ORIGIN);
    log.grow(10, "entry");
    let watch = Watch::start("witness.example/w1", vec![log.key()], &clock).await;
    watch.add(log.asks(0, 10)).await;
    let place = format!("{}.checkpoint", memory::name(ORIGIN));
    // Whatever is written anew is another file.
    let file = || std::fs::metadata(watch.folder().join(&place)).unwrap().ino();
    let first = file();
    for minute in 1..=5 {
        clock.advance(std::time::Duration::from_secs(60));
        let said = watch.add(log.asks(10, 10)).await;
        let cosignature = Cosignature::find(&said.body, &watch.key, &log.text(10)).unwrap();
        assert_eq!(cosignature.at().seconds(), START + 60 * minute);
        assert_eq!(file(), first, "it is there already");
    }
    let shown = watch.get(&format!("/{}/checkpoint", memory::name(ORIGIN))).await.body;
    let shown = Cosignature::find(&shown, &watch.key, &log.text(10)).unwrap();
    assert_eq!(shown.at().seconds(), START + 300, "the newest signature is shown");
    log.grow(1, "more");
    watch.add(log.asks(10, 11)).await;
    assert_ne!(file(), first);
}

#[tokio::test]
async fn a_witness_that_lost_what_it_saw_of_one_log_does_not_start() {
    let (log, mut watch) = watched().await;
    watch.add(log.asks(0, 6)).await;
    watch.dies().await;
    let open = |folder: &std::path::Path| Witness::open(folder, vec![log.key()], clock());
    let place = format!("{}.checkpoint", memory::name(ORIGIN));
    let lost = tempfile::tempdir().unwrap();
    copy(&watch.folder(), lost.path());
    assert!(open(lost.path()).is_ok(), "a whole folder opens");
    std::fs::remove_file(lost.path().join(&place)).unwrap();
    let refused = open(lost.path()).unwrap_err().to_string();
    assert!(refused.contains("what this witness saw of a log is gone"), "{refused}");

    // A folder from before its memory listed the logs: the first request lists it, even one that brings nothing new.
    let old = tempfile::tempdir().unwrap();
    copy(&watch.folder(), old.path());
    std::fs::write(old.path().join("memory"), "This folder is the memory of a witness.\n").unwrap();
    let witness = open(old.path()).unwrap();
    witness.add_checkpoint(log.asks(6, 6).as_bytes()).unwrap();
    // Taken away while it runs, too, it is not forgotten.
    std::fs::remove_file(old.path().join(&place)).unwrap();
    assert!(witness.add_checkpoint(log.asks(0, 10).as_bytes()).is_err());
    drop(witness);
    assert!(open(old.path()).is_err());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_trees_sent_at_the_same_moment_one_is_cosigned_whoever_comes_first() {
    for round in 0..8 {
        let (log, watch) = watched().await;
        watch.add(log.asks(0, 3)).await;
        let mut fork = Log::new(ORIGIN);
        fork.grow(3, "entry");
        fork.grow(7, "another story");
        let senders = (0..16).map(|n| {
            let (body, tree) = if n % 2 == 0 { (log.asks(3, 10), 0) } else { (fork.asks(3, 10), 1) };
            let to = watch.address;
            tokio::spawn(async move {
                let said = add(&client(), to, body.into_bytes()).await.unwrap();
                (said.status == 200).then_some(tree)
            })
        });
        let senders: Vec<_> = senders.collect();
        let mut cosigned = Vec::new();
        for sender in senders {
            cosigned.extend(sender.await.unwrap());
        }
        assert_eq!(cosigned.len(), 1, "round {round}: the others had an old size that was over");
    }
}

#[tokio::test]
async fn a_log_that_changes_its_key_is_known_by_either() {
    let mut old = Log::with_key(ORIGIN, 1);
    let mut new = Log::with_key(ORIGIN, 2);
    for log in [&mut old, &mut new] {
        log.grow(4, "entry");
    }
    let watch = Watch::start("witness.example/w1", vec![old.key(), new.key()], &clock()).await;
    assert_cosigned(&watch.add(old.asks(0, 2)).await, &watch, &old, 2);
    assert_cosigned(&watch.add(new.asks(2, 4)).await, &watch, &new, 4);
    assert_eq!(watch.get("/").await.body.lines().count(), 2, "one log");
}

#[tokio::test]
async fn a_witness_remembers_over_a_restart_and_is_nobody_without_its_memory() {
    let (log, mut watch) = watched().await;
    watch.add(log.asks(0, 6)).await;
    let open = |folder: &std::path::Path| Witness::open(folder, vec![log.key()], clock()).map(|_| ());
    assert!(open(&watch.folder()).unwrap_err().to_string().contains("another process"), "one process at a time");

    watch.dies().await;
    watch.comes_back(vec![log.key()], &clock()).await;
    assert_stale(&watch.add(log.asks(0, 10)).await, 6);
    assert_cosigned(&watch.add(log.asks(6, 10)).await, &watch, &log, 10);

    // The key alone, in a fresh folder: it would begin at nothing, and cosign any tree.
    let elsewhere = tempfile::tempdir().unwrap();
    std::fs::copy(watch.folder().join("witness.key"), elsewhere.path().join("witness.key")).unwrap();
    assert!(open(elsewhere.path()).unwrap_err().to_string().contains("no memory"));
    // What does not read is never taken for nothing.
    let damaged = tempfile::tempdir().unwrap();
    copy(&watch.folder(), damaged.path());
    let checkpoint = damaged.path().join(format!("{}.checkpoint", memory::name(ORIGIN)));
    std::fs::write(&checkpoint, "").unwrap();
    let witness = Witness::open(damaged.path(), vec![log.key()], clock()).unwrap();
    assert!(witness.add_checkpoint(log.asks(0, 10).as_bytes()).is_err());
    assert!(key::make(damaged.path(), "again").is_err(), "a witness is not made where one is");
}
