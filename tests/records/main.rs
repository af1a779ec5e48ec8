//! Ledger, custody, consent and vault on a real database, on both engines (`TEST_DATABASE_URL`).

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "tests"
)]

mod consent;
#[path = "../journeys/support/database.rs"]
#[allow(dead_code, reason = "the journeys use more of it")]
mod database;
mod import;
mod invitations;
mod ledger;
#[path = "../support/roster_gen.rs"]
mod roster_gen;
mod town;
mod write;
