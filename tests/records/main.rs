//! Ledger, custody, consent and vault on a real database, on both engines (`TEST_DATABASE_URL`).

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "tests")]

mod consent;
mod ledger;
mod town;
