//! Proofs, checked by two verifiers that must never differ: the one of this crate, and the script that residents' browsers
//! run (assets/ledger.js, here in Node). The proofs are those of RFC 6962 test trees as transparency-dev shares them, and of
//! trees that another implementation (`ct-merkle`) made.
//!
//! `VERIFIER_PAIRS`: how many proofs of the other implementation's trees (100,000; a tenth as many are spoilt).

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop where it stands")]

mod case;
mod shared;
mod trees;

use std::io::Write;
use std::process::{Command, Stdio};

use case::Case;

/// Both verifiers say of each case what it is.
fn both_say(cases: &[Case]) {
    for case in cases {
        assert_eq!(case.holds_in_rust(), case.holds, "Rust: {case:?}");
    }
    let mut node = Command::new("node");
    node.arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/verifier/check.mjs"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped());
    let mut node = node.spawn().unwrap();
    let mut input = std::io::BufWriter::new(node.stdin.take().unwrap());
    for case in cases {
        serde_json::to_writer(&mut input, case).unwrap();
        input.write_all(b"\n").unwrap();
    }
    drop(input);
    let output = node.wait_with_output().unwrap();
    assert!(output.status.success(), "the script stopped");
    let answers = String::from_utf8(output.stdout).unwrap();
    let answers: Vec<&str> = answers.lines().collect();
    assert_eq!(answers.len(), cases.len());
    for (case, answer) in cases.iter().zip(answers) {
        assert_eq!(answer, if case.holds { "holds" } else { "no" }, "the script: {case:?}");
    }
}

#[test]
fn the_shared_test_proofs_hold_and_none_of_their_spoilt_ones() {
    let cases = shared::cases();
    assert!(cases.iter().filter(|case| case.holds).count() == 9 && cases.len() > 150, "{}", cases.len());
    both_say(&cases);
}

#[test]
fn proofs_of_another_implementation_are_ours_and_hold_and_no_spoilt_one_does() {
    let pairs = std::env::var("VERIFIER_PAIRS").map_or(100_000, |number| number.parse().unwrap());
    let cases = trees::cases(pairs);
    let spoilt = cases.iter().filter(|case| !case.holds).count();
    assert!(cases.len() - spoilt >= pairs && spoilt >= pairs / 10, "{} {spoilt}", cases.len());
    both_say(&cases);
}
