//! A checkpoint is a note that the ledger's key signed; nothing else is one.
#![no_main]

use std::sync::LazyLock;

use latchkey::ledger::checkpoint;
use libfuzzer_sys::fuzz_target;

/// The public key of RFC 8032, test 1: it has signed no checkpoint.
const KEY: [u8; 32] = [
    0xd7, 0x5a, 0x98, 0x01, 0x82, 0xb1, 0x0a, 0xb7, 0xd5, 0x4b, 0xfe, 0xd3, 0xc9, 0x64, 0x07, 0x3a, 0x0e, 0xe1, 0x72,
    0xf3, 0xda, 0xa6, 0x23, 0x25, 0xaf, 0x02, 0x1a, 0x68, 0xf7, 0x07, 0x51, 0x1a,
];

static ORIGIN: LazyLock<String> = LazyLock::new(|| checkpoint::origin(&[0; 16]));

fuzz_target!(|data: &[u8]| {
    assert!(checkpoint::verify(&ORIGIN, &KEY, data).is_err(), "nobody signed this");
});
