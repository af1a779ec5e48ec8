//! The benchmark: import, disclosures, tokens, and the same server's bare JSON answer in the same run.
//!
//! `bin/bench` builds and runs it; `BENCH_PEOPLE` (20,000), `BENCH_READS` (20,000), `BENCH_TOKENS` (5,000) and
//! `BENCH_CONNECTIONS` (64) size it.
//! Timings are printed, never asserted.

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

#[path = "../../tests/support/roster_gen.rs"]
mod roster_gen;

#[path = "../../tests/crash/process.rs"]
#[allow(dead_code, reason = "the crash harness does more with it")]
mod process;

mod import;
mod load;
mod reviews;
mod tokens;

use std::sync::Arc;

use latchkey::app::App;
use latchkey::clock::Clock;
use load::Measured;
use process::Service;
use reqwest::{Client, Method, Request};
use support::TestApp;
use support::partner::Partner;

fn number(name: &str, default: usize) -> usize {
    std::env::var(name).ok().and_then(|number| number.parse().ok()).unwrap_or(default)
}

#[tokio::main]
async fn main() {
    // `cargo bench` passes `--bench`; there is nothing to choose.
    let (people, reads) = (number("BENCH_PEOPLE", 20_000), number("BENCH_READS", 20_000));
    let connections = number("BENCH_CONNECTIONS", 64);
    let mut town = TestApp::start_by(Clock::System, |_| {}).await;
    let parking = town.partner("rp-a").await;
    let alice = town.neighbour("alice").await;
    town.close().await;

    let roster = town.folder().join("roster.csv");
    std::fs::write(&roster, roster_gen::roster(people)).unwrap();
    let service = Service::start(&town).await;
    let (seconds, peak) = import::run(service.config(), &roster);
    println!(
        "import         {people} records in {seconds:.1} s ({:.0} a second), peak {peak:.0} MiB",
        people as f64 / seconds
    );

    let (parking, alice) = (Arc::new(parking), Arc::new(alice));
    let code = alice.browser.agrees(&parking.pushed(&[]).await, &["plate_masked"]).await;
    let token = parking.redeems(&code).await.expect(200).member("access_token");
    let base = format!("http://{}", town.address);
    let client = Client::new();
    // Proofs are made beforehand, and are good for a minute: what is timed is the service.
    let disclosures = (0..reads).map(|_| disclosure(&client, &base, &parking, &token)).collect();
    let disclosed = load::run(connections, disclosures).await;
    say("disclosures", &disclosed);
    let bare = (0..reads).map(|_| client.get(format!("{base}/health")).build().unwrap()).collect();
    let bare = load::run(connections, bare).await;
    say("bare JSON", &bare);
    ratio("disclosures", &disclosed, &bare);

    // Codes live for half a minute: as many as can be had in less.
    let codes = tokens::codes(&parking, &alice, number("BENCH_TOKENS", 5_000), connections).await;
    let exchanges = codes.iter().map(|code| tokens::exchange(&client, &base, &parking, code)).collect();
    let exchanged = load::run(connections, exchanges).await;
    say("codes", &exchanged);
    ratio("codes", &exchanged, &bare);
    let refreshes = tokens::members(&exchanged.bodies, "refresh_token");
    let refreshes = refreshes.iter().map(|token| tokens::refresh(&client, &base, &parking, token)).collect();
    let refreshed = load::run(connections, refreshes).await;
    say("refreshes", &refreshed);
    ratio("refreshes", &refreshed, &bare);
    let access = tokens::members(&refreshed.bodies, "access_token");
    let questions = access.iter().map(|token| tokens::introspection(&client, &base, &parking, token)).collect();
    let answered = load::run(connections, questions).await;
    assert!(answered.bodies.iter().all(|body| body.contains("\"active\":true")), "tokens that live");
    say("introspections", &answered);
    ratio("introspections", &answered, &bare);

    service.verify();
    service.kill();
    println!("ledger         verified whole");
    let (app, _waiting) = App::open((*town.app.config).clone(), Clock::System).await.unwrap();
    let (searched, counted, again) = reviews::measure(&app).await;
    println!(
        "reviews        {searched:.0} opened a second, {counted:.0} counted a second, counted again in {again:.2} s"
    );
}

fn disclosure(client: &Client, base: &str, parking: &Partner, token: &str) -> Request {
    let proof = parking.proof("GET", "/vault/claims", Some(token));
    let request = client.request(Method::GET, format!("{base}/vault/claims"));
    request.header("dpop", proof).header("authorization", format!("DPoP {token}")).build().unwrap()
}

fn ratio(what: &str, measured: &Measured, bare: &Measured) {
    println!("ratio          {:.2} {what} for one bare answer", measured.per_second / bare.per_second);
}

fn say(what: &str, measured: &Measured) {
    let (median, p99) = (measured.median.as_secs_f64() * 1e3, measured.p99.as_secs_f64() * 1e3);
    println!("{what:<14} {:.0} a second, p50 {median:.1} ms, p99 {p99:.1} ms", measured.per_second);
}
