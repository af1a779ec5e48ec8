//! Races, each at its P figure by default; `RACE_ROUNDS=100000` makes a long run of it. On both engines.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "tests"
)]

#[path = "../journeys/support/mod.rs"]
mod support;

mod erasure;
mod withdrawal;

/// How often: the figure of the P tier, or `RACE_ROUNDS`.
fn rounds(of_p: usize) -> usize {
    std::env::var("RACE_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(of_p)
}
