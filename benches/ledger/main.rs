//! The ledger at a million entries: appending, start-up, proofs, and an audit from outside.
//!
//! `bin/bench ledger` builds and runs it; `BENCH_ENTRIES` (1,000,000), `BENCH_PEOPLE` (1,000) and `BENCH_PROOFS` (5,000)
//! size it. Timings are printed, never asserted.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "a benchmark"
)]

#[path = "../../tests/journeys/support/mod.rs"]
mod support;

use std::time::{Duration, Instant};

use latchkey::app::App;
use latchkey::audit::memory::Memory;
use latchkey::audit::source::Source;
use latchkey::audit::{Audit, audit};
use latchkey::clock::Clock;
use latchkey::crypto::random;
use latchkey::custody::{self, checkpointer};
use latchkey::ids::{ClientId, ResidentId};
use latchkey::ledger::{self, Actor, Entry, Kind};
use latchkey::vault::{self, NewRecord};
use support::TestApp;

/// Entries of one transaction, as the gate takes them when many wait.
const BATCH: u64 = 256;

fn number(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|number| number.parse().ok()).unwrap_or(default)
}

fn quantile(times: &mut [f64], part: f64) -> f64 {
    times.sort_by(f64::total_cmp);
    times[((times.len() - 1) as f64 * part) as usize]
}

#[tokio::main]
async fn main() {
    let (entries, people) = (number("BENCH_ENTRIES", 1_000_000), number("BENCH_PEOPLE", 1_000));
    let mut town = TestApp::start_by(Clock::System, |_| {}).await;
    let residents = admitted(&town.app, people).await;
    let early = singly(&town.app, &residents).await;
    appends(&town.app, &residents, entries).await;
    let late = singly(&town.app, &residents).await;
    println!(
        "one at a time  p50 {early:.2} ms at {people} entries, {late:.2} ms at the end; ratio {:.2}",
        late / early
    );
    sizes(&town).await;
    proofs(&town).await;
    audits(&town).await;
    starts(&mut town).await;
}

async fn admitted(app: &App, people: u64) -> Vec<ResidentId> {
    let mut residents = Vec::new();
    let mut tx = app.db.begin().await.unwrap();
    let mut head = ledger::hold(&mut tx).await.unwrap();
    let records: Vec<NewRecord> = (0..people)
        .map(|_| NewRecord { resident: random::id().unwrap(), fields: [("name", "张三".to_owned())].into() })
        .collect();
    for some in records.chunks(200) {
        vault::admit(&mut tx, app, &mut head, some).await.unwrap();
        residents.extend(some.iter().map(|record| record.resident.clone()));
    }
    head.commit(tx).await.unwrap();
    residents
}

/// Disclosures, entered as the gate enters them; what the first batches cost, and what the last ones.
async fn appends(app: &App, residents: &[ResidentId], entries: u64) {
    let mut times = Vec::new();
    let mut hashing = Duration::ZERO;
    let mut next = ledger::size(&mut app.db.read().await.unwrap()).await.unwrap();
    let begun = Instant::now();
    while next < entries {
        let batch = (0..BATCH.min(entries - next))
            .map(|at| entry(&residents[((next + at) as usize * 7) % residents.len()], app));
        let batch: Vec<Entry> = batch.collect();
        next += batch.len() as u64;
        let started = Instant::now();
        let mut tx = app.db.begin().await.unwrap();
        let mut head = ledger::hold(&mut tx).await.unwrap();
        let _pending = custody::enter_all(&mut tx, &app.custody, &mut head, batch).await.unwrap();
        head.commit(tx).await.unwrap();
        times.push(started.elapsed().as_secs_f64() * 1_000.0);
        // The checkpointer signs once a second; here after every fortieth batch.
        if times.len() % 40 == 0 || next == entries {
            let started = Instant::now();
            checkpointer::catch_up(&app.db, &app.custody, app.now()).await.unwrap();
            hashing += started.elapsed();
        }
    }
    let whole = begun.elapsed().as_secs_f64();
    // The first 40,000 entries and the last: long enough that pages are copied back from the WAL in both.
    let some = 160.min(times.len() / 2);
    let (first, last) = (&times[..some], &times[times.len() - some..]);
    let mean = |some: &[f64]| some.iter().sum::<f64>() / some.len() as f64;
    let median = |some: &[f64]| quantile(&mut some.to_vec(), 0.5);
    println!("appending      {entries} entries in {whole:.0} s, {:.0} a second with hashing", entries as f64 / whole);
    println!(
        "a batch of {BATCH} p50 {:.2} ms for the first {}, {:.2} ms for the last; ratio {:.2}",
        median(first),
        some as u64 * BATCH,
        median(last),
        median(last) / median(first)
    );
    let (early, late) = (mean(first), mean(last));
    println!("               mean {early:.2} ms and {late:.2} ms; ratio {:.2}", late / early);
    println!(
        "hashing        {:.1} us an entry, checkpoints and their signatures included",
        hashing.as_secs_f64() * 1e6 / entries as f64
    );
}

/// Entries appended in transactions of their own, 400 of them: the median, in milliseconds.
async fn singly(app: &App, residents: &[ResidentId]) -> f64 {
    let mut times = Vec::new();
    for resident in residents.iter().cycle().take(400) {
        let started = Instant::now();
        let mut tx = app.db.begin().await.unwrap();
        let mut head = ledger::hold(&mut tx).await.unwrap();
        let _pending = custody::enter(&mut tx, &app.custody, &mut head, entry(resident, app)).await.unwrap();
        head.commit(tx).await.unwrap();
        times.push(started.elapsed().as_secs_f64() * 1_000.0);
    }
    checkpointer::catch_up(&app.db, &app.custody, app.now()).await.unwrap();
    quantile(&mut times, 0.5)
}

fn entry(resident: &ResidentId, app: &App) -> Entry {
    Entry {
        client: Some(ClientId::stored("rp-a".into())),
        actor: Actor::Client,
        purpose: Some("parking.book".into()),
        claims: vec!["is_resident".into(), "plate_masked".into()],
        consent: Some(random::id().unwrap()),
        request: Some(random::id().unwrap()),
        ..Entry::about(Kind::Disclosure, resident, app.now())
    }
}

async fn sizes(town: &TestApp) {
    let size = ledger::size(&mut town.app.db.read().await.unwrap()).await.unwrap();
    let bytes = |name: &str| std::fs::metadata(town.folder().join(name)).map_or(0, |file| file.len());
    let stored = bytes("latchkey.db") + bytes("latchkey.db-wal");
    println!(
        "stored         {:.0} bytes an entry ({:.0} MiB)",
        stored as f64 / size as f64,
        stored as f64 / 1_048_576.0
    );
}

async fn proofs(town: &TestApp) {
    let size = ledger::size(&mut town.app.db.read().await.unwrap()).await.unwrap();
    let anybody = town.browser();
    let mut times = Vec::new();
    for at in 0..number("BENCH_PROOFS", 5_000) {
        let position = (at * 7_919 + 13) * 104_729 % size;
        let started = Instant::now();
        anybody.get(&format!("/ledger/proof/{position}")).await.expect(200);
        times.push(started.elapsed().as_secs_f64() * 1_000.0);
    }
    let (p50, p99) = (quantile(&mut times, 0.5), quantile(&mut times, 0.99));
    println!("inclusion      {} proofs over HTTP, p50 {p50:.2} ms, p99 {p99:.2} ms", times.len());
}

async fn audits(town: &TestApp) {
    let folder = tempfile::tempdir().unwrap();
    for (what, whole) in [("audit, whole", true), ("audit, onward", false)] {
        let memory = Some(Memory::open(folder.path()).unwrap());
        let source = Source::at(&format!("http://{}", town.address)).unwrap();
        let report = audit(&Audit { memory, whole, ..Audit::of(source) }).await.unwrap();
        assert!(report.findings.is_empty(), "{:?}", report.findings);
        let rate = report.hashed as f64 / report.seconds;
        println!("{what:14} {} entries in {:.2} s, {rate:.0} a second", report.hashed, report.seconds);
    }
}

async fn starts(town: &mut TestApp) {
    town.close().await;
    let config = (*town.app.config).clone();
    let started = Instant::now();
    let (app, _waiting) = App::open(config, Clock::System).await.unwrap();
    println!("start-up       {:.0} ms", started.elapsed().as_secs_f64() * 1_000.0);
    app.db.close().await;
}
