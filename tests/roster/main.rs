//! Rosters as property offices send them, and the verdict on each of their records.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "tests")]

mod columns;
mod command;
mod files;
mod people;
mod sheets;
mod workbook;

use jiff::civil::Date;
use latchkey::roster::{self, Verdict};

/// The day on which every roster of these tests is read.
pub const TODAY: Date = Date::constant(2026, 11, 22);

/// The path of a roster in tests/data.
pub fn data(name: &str) -> std::path::PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "tests", "data", name].iter().collect()
}

/// The verdicts on a roster's bytes.
pub fn verdicts(bytes: &[u8]) -> Vec<Verdict> {
    roster::judge_alone(&roster::read(bytes).expect("a roster"), TODAY)
}

/// The codes of each record of a CSV text, `!` in front of those that reject.
pub fn codes(csv: &str) -> Vec<String> {
    let mark = |verdict: &Verdict| if verdict.is_accepted() { "" } else { "!" };
    verdicts(csv.as_bytes()).iter().map(|verdict| format!("{}{}", mark(verdict), verdict.codes)).collect()
}

/// A resident ID number with its right check digit.
pub fn checked(body: &str) -> String {
    format!("{body}{}", roster::check_digit(body).expect("17 digits"))
}
