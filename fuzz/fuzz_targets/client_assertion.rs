//! A client's assertion: nothing that was altered is taken, and nothing panics.
#![no_main]

use std::sync::LazyLock;

use latchkey::clock::Timestamp;
use latchkey::config::Issuer;
use latchkey::oauth::{Client, assertion};
use libfuzzer_sys::fuzz_target;

const GOOD: &str = include_str!("../corpus/client_assertion/good");

static CLIENT: LazyLock<Client> =
    LazyLock::new(|| Client::parse(include_str!("../corpus/client_manifest/partner")).expect("the seed is a client"));
static ISSUER: LazyLock<Issuer> = LazyLock::new(|| Issuer::parse("https://id.test").expect("it is an issuer"));

fuzz_target!(|text: &str| {
    let _ = assertion::claimed_by(text);
    let taken = assertion::check(text, &CLIENT, &ISSUER, Timestamp::from_seconds(1_800_000_000)).is_ok();
    assert_eq!(taken, text == GOOD, "only what the client signed is taken");
});
