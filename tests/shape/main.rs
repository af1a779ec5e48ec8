//! The shape of the house, as a test: floors, where SQL, axum and the clock may stand, sizes, names.
//!
//! Each rule is a function from a file to its breaches (`places.rs`, `sizes.rs`, `names.rs`, on the text as
//! `source.rs` reads it), and each is seen to fail on a breach beside it. What a rule lets pass is a list here, with the reason beside it.

#![allow(clippy::expect_used, reason = "a test may stop where it stands")]

mod names;
mod places;
mod sizes;
mod source;

use source::{Source, sources};

/// From the ground up. A module uses its own floor and the floors below.
const FLOORS: &[&str] = &[
    "fault",
    "ids",
    "clock",
    "claims",
    "config",
    "crypto",
    "db",
    "once",
    "limit",
    "outgoing",
    "outbox",
    "inbox",
    "ledger",
    "witness",
    "audit",
    "custody",
    "app",
    "webauthn",
    "people",
    "cosigning",
    "resident",
    "mandate",
    "orders",
    "consent",
    "paper",
    "oauth",
    "events",
    "vault",
    "roster",
    "cases",
    "rights",
    "erasure",
    "desk",
    "sealing",
    "emergency",
    "reviews",
    "transparency",
    "text",
    "courier",
    "http",
    "cli",
];

/// Functions longer than a screen because they are a table: file, name.
const TABLES: &[(&str, &str)] = &[];

/// The most lines a file may have.
const FILE_LINES: usize = 300;
/// The same for tests: a file of stories reads from top to bottom, and none needs the one before it.
const STORY_LINES: usize = 400;
/// The most lines that the middle file of `src` has.
const MEDIAN_LINES: usize = 150;
/// The most lines a function may have.
const FUNCTION_LINES: usize = 60;

/// Runs one rule over the files of some folders and fails with every breach, not only the first.
fn hold(folders: &[&str], rule: impl Fn(&Source) -> Vec<String>) {
    let files = sources(folders);
    assert!(!files.is_empty(), "no files under {folders:?}: the test looks in the wrong place");
    let breaches: Vec<String> =
        files.iter().flat_map(|file| rule(file).into_iter().map(|breach| format!("{}: {breach}", file.path))).collect();
    assert!(breaches.is_empty(), "\n{}\n", breaches.join("\n"));
}

#[test]
fn modules_use_only_the_floors_below() {
    hold(&["src"], |file| places::floors(file, FLOORS));
}

#[test]
fn sql_stands_in_store_files_only() {
    hold(&["src"], places::sql);
}

#[test]
fn axum_stands_under_http_only() {
    hold(&["src"], places::axum);
}

#[test]
fn the_system_clock_is_read_in_clock_rs_only() {
    hold(&["src"], places::system_clock);
}

#[test]
fn every_source_file_says_first_what_it_is() {
    hold(&["src", "tests", "examples"], sizes::module_doc);
}

#[test]
fn no_file_is_longer_than_three_hundred_lines() {
    hold(&["src", "examples", "fuzz/fuzz_targets"], |file| sizes::file_length(file, FILE_LINES));
    hold(&["tests", "benches"], |file| sizes::file_length(file, STORY_LINES));
}

#[test]
fn the_middle_file_fits_two_screens() {
    let median = sizes::median(sources(&["src"]).iter().map(Source::lines).collect());
    assert!(median <= MEDIAN_LINES, "half of the files under src have more than {median} lines");
}

#[test]
fn no_function_is_longer_than_a_screen_unless_it_is_a_table() {
    hold(&["src", "tests", "examples"], |file| sizes::function_length(file, FUNCTION_LINES, TABLES));
}

#[test]
fn no_room_is_called_utils() {
    hold(&["src", "tests", "examples"], names::vague_name);
}

#[test]
fn things_are_called_by_the_words_of_the_glossary() {
    hold(&["src"], names::glossary);
}

#[test]
fn nothing_is_left_half_done() {
    hold(&["src", "tests", "examples", "fuzz/fuzz_targets"], names::half_done);
}

#[test]
fn examples_use_nothing_but_the_public_http_surface() {
    hold(&["examples"], places::from_outside);
}
