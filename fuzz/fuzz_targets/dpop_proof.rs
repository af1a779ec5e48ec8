//! A proof of possession: nothing that was altered is taken, and nothing panics.
#![no_main]

use latchkey::clock::Timestamp;
use latchkey::oauth::dpop::{self, Target};
use libfuzzer_sys::fuzz_target;

const GOOD: &str = include_str!("../corpus/dpop_proof/good");

fuzz_target!(|text: &str| {
    let target = Target { method: "POST", uri: "https://id.test/token", access_token: None };
    let taken = dpop::check(text, target, Timestamp::from_seconds(1_800_000_000)).is_ok();
    assert_eq!(taken, text == GOOD, "only what the key signed is taken");
});
