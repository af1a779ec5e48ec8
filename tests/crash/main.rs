//! `kill -9` under mixed load, again and again: L1 to L4 of the fault plan hold afterwards.
//!
//! 20 kills by default; `CRASH_KILLS=1000` makes a long run of it, `CRASH_SEED` repeats one. On both engines.
//!
//! | | what must hold | seen by |
//! | --- | --- | --- |
//! | L1 | what was acknowledged is there | every consent and withdrawal that was answered, asked for again |
//! | L2 | what was delivered is entered | every position an answer named holds a disclosure |
//! | L3 | what was dead stays dead | every used code and every withdrawn token, tried again |
//! | L4 | no position is used twice or changes | leaves compared after each kill, `latchkey ledger verify` each time |

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "tests"
)]

#[path = "../journeys/support/mod.rs"]
mod support;

mod journal;
mod load;
#[allow(dead_code, reason = "the benchmark uses the rest")]
mod process;
mod replay;
mod witness;

use std::collections::BTreeMap;
use std::time::Duration;

use journal::Journal;
use latchkey::clock::Clock;
use latchkey::db::Db;
use latchkey::ledger::{self, Kind, Leaf};
use process::Service;
use support::TestApp;

/// Kills are known to all workers of this process: one story at a time.
static ALONE: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

const RESIDENTS: [&str; 4] = ["alice", "bob", "陈晨", "周舟"];

fn number(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|number| number.parse().ok()).unwrap_or(default)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nothing_acknowledged_is_lost_and_nothing_dead_comes_back_when_the_service_is_killed() {
    let _alone = ALONE.lock().await;
    let kills = number("CRASH_KILLS", 20);
    let mut seed = number("CRASH_SEED", u64::from(std::process::id()));
    println!("CRASH_SEED={seed} CRASH_KILLS={kills}");
    process::quiet_after_a_kill();

    let mut town = TestApp::start_by(Clock::System, |_| {}).await;
    let mut people = Vec::new();
    for (at, name) in RESIDENTS.iter().enumerate() {
        people.push(load::Person::new(&town, name, &format!("rp-{}", ["a", "b", "c", "d"][at])).await);
    }
    town.close().await;

    let journal = Journal::default();
    let mut leaves = BTreeMap::new();
    for kill in 0..kills {
        let service = Service::start(&town).await;
        journal.check_after_a_crash(&people).await;
        service.verify();
        let workers: Vec<_> = people.iter().flat_map(|person| load::run(person, &journal)).collect();
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        tokio::time::sleep(Duration::from_millis(200 + (seed >> 33) % 800)).await;
        service.kill();
        for worker in workers {
            // A worker ends when its request is cut off; what it had been told stands in the journal.
            let _ = worker.await;
        }
        compare_leaves(&town, &mut leaves, kill).await;
    }
    let service = Service::start(&town).await;
    journal.check_after_a_crash(&people).await;
    service.verify();
    service.kill();
    journal.check_positions(&leaves);
    println!("{}", journal.summary());
}

/// L4: what stood at a position stands there still; what is new is remembered.
async fn compare_leaves(town: &TestApp, leaves: &mut BTreeMap<u64, Vec<u8>>, kill: u64) {
    let db = Db::open(&town.app.config.database.url).await.unwrap();
    let mut tx = db.read().await.unwrap();
    let size = ledger::size(&mut tx).await.unwrap();
    assert!(leaves.keys().next_back().is_none_or(|last| *last < size), "entries are gone after kill {kill}");
    let mut position = 0;
    loop {
        let entries = ledger::entries_from(&mut tx, position, 1_000).await.unwrap();
        let Some(last) = entries.last() else { break };
        position = last.position.cast_unsigned() + 1;
        for entry in entries {
            let at = entry.position.cast_unsigned();
            let known = leaves.entry(at).or_insert_with(|| entry.leaf.clone());
            assert_eq!(*known, entry.leaf, "entry {at} changed after kill {kill}");
        }
    }
    assert_eq!(u64::try_from(leaves.len()).unwrap(), size, "positions have gaps after kill {kill}");
    drop(tx);
    db.close().await;
}

/// Whether the leaf at a position tells of a disclosure.
fn is_disclosure(leaf: &[u8]) -> bool {
    Leaf::decode(leaf).unwrap().kind == Kind::Disclosure
}
