//! The running service, called by schemathesis: nothing but `/openapi.json` tells it what to send and what may come back.
//!
//! `bin/test schema` runs it (the program `st` is found through `SCHEMATHESIS`). The service gets a resident, a partner and
//! a client with a secret, all real; what a program cannot invent (assertions, proofs of possession, tokens) its hooks
//! (`hooks.py`) ask of a second server here, which signs as those clients would.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "tests"
)]

#[path = "../journeys/support/mod.rs"]
#[allow(dead_code, reason = "the journeys do more with it")]
mod support;

mod signer;

use std::process::{Command, ExitCode};

use latchkey::clock::Clock;
use latchkey::config::Limits;
use latchkey::custody::checkpointer;
use support::TestApp;

/// Calls for each door and kind of data; about as many as there is time for.
const EXAMPLES: &str = "60";
/// However slow the machine: tokens live five minutes.
const MOST_SECONDS: &str = "90";

/// What is not asked of it, and why: a code or token that was made up is well formed and no good (400), and parameters
/// that nobody knows are left alone at the doors of clients (RFC 6749 §3.2).
const NOT_ASKED: &str = "positive_data_acceptance,negative_data_rejection";

#[tokio::main]
async fn main() -> ExitCode {
    let Ok(program) = std::env::var("SCHEMATHESIS") else {
        println!("say where schemathesis is: SCHEMATHESIS=…/bin/st (bin/test schema does)");
        return ExitCode::FAILURE;
    };
    // As configured by default; but it fails at being a client far more often than anybody may.
    let limits = |limits: &mut Limits| {
        *limits = Limits::default();
        limits.failed_authentications_per_client = 0;
        limits.failed_authentications_per_address = 0;
        limits.pushed_requests_per_client = 0;
    };
    let town = TestApp::start_by(Clock::System, |config| {
        limits(&mut config.limits);
        // Nobody waits for events that will not come.
        config.events.long_poll_seconds = 0;
    })
    .await;
    let signer = signer::start(&town).await;
    checkpointer::catch_up(&town.app.db, &town.app.custody, town.app.now()).await.unwrap();
    let service = format!("http://{}", town.address);
    let mut run = Command::new(program);
    run.args(["run", &format!("{service}/openapi.json"), "--url", &service, "--checks", "all"])
        .args(["--exclude-checks", NOT_ASKED, "--max-examples", EXAMPLES, "--max-time", MOST_SECONDS])
        .args(["--generation-deterministic", "--suppress-health-check", "all"])
        .args(["--request-timeout", "20", "--continue-on-failure", "--no-color", "--output-sanitize", "false"])
        .env("SCHEMATHESIS_HOOKS", "hooks")
        .env("PYTHONPATH", concat!(env!("CARGO_MANIFEST_DIR"), "/tests/schema"))
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .env("LATCHKEY_SIGNER", signer)
        .current_dir(town.folder());
    let status = tokio::task::spawn_blocking(move || run.status()).await.unwrap().expect("schemathesis runs");
    println!("case: schemathesis {}", if status.success() { "ok" } else { "FAILED" });
    if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
