//! A checkpoint is a note that the ledger's key signed, and one that it signed has one spelling; nothing else is one.
#![no_main]

mod signed;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use latchkey::ledger::checkpoint;
use libfuzzer_sys::fuzz_target;
use signed::ORIGIN;

/// The public key of RFC 8032, test 1: it has signed no checkpoint.
const STRANGER: [u8; 32] = [
    0xd7, 0x5a, 0x98, 0x01, 0x82, 0xb1, 0x0a, 0xb7, 0xd5, 0x4b, 0xfe, 0xd3, 0xc9, 0x64, 0x07, 0x3a, 0x0e, 0xe1, 0x72,
    0xf3, 0xda, 0xa6, 0x23, 0x25, 0xaf, 0x02, 0x1a, 0x68, 0xf7, 0x07, 0x51, 0x1a,
];

fuzz_target!(|data: &[u8]| {
    assert!(checkpoint::verify(ORIGIN, &STRANGER, data).is_err(), "nobody signed this");
    let Ok(text) = std::str::from_utf8(data) else { return };
    let (key, note) = (*signed::key().bytes(), signed::note(text));
    assert!(checkpoint::verify(ORIGIN, &STRANGER, note.as_bytes()).is_err(), "somebody else signed this");
    let Ok(read) = checkpoint::verify(ORIGIN, &key, note.as_bytes()) else { return };
    let root = STANDARD.encode(read.root.0);
    assert_eq!(text, format!("{ORIGIN}\n{}\n{root}\n", read.size), "a checkpoint has one spelling");
    // The same signature over another size is none.
    let other = note.replacen(&format!("\n{}\n", read.size), &format!("\n{}\n", read.size ^ 1), 1);
    assert!(checkpoint::verify(ORIGIN, &key, other.as_bytes()).is_err(), "this was not signed");
});
