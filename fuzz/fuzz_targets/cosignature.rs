//! A cosignature has one spelling; what a witness signed is found and good for that text alone, and nobody else made one with
//! its key. The same of verifier keys.
#![no_main]

use latchkey::clock::Timestamp;
use latchkey::ledger::cosignature::{Cosignature, Cosigner};
use latchkey::ledger::verifier_key::{Signs, VerifierKey};
use libfuzzer_sys::fuzz_target;

/// The public key of RFC 8032, test 1: it has cosigned no checkpoint.
const KEY: [u8; 32] = [
    0xd7, 0x5a, 0x98, 0x01, 0x82, 0xb1, 0x0a, 0xb7, 0xd5, 0x4b, 0xfe, 0xd3, 0xc9, 0x64, 0x07, 0x3a, 0x0e, 0xe1, 0x72,
    0xf3, 0xda, 0xa6, 0x23, 0x25, 0xaf, 0x02, 0x1a, 0x68, 0xf7, 0x07, 0x51, 0x1a,
];

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    if let Ok(cosignature) = Cosignature::parse(text) {
        assert_eq!(cosignature.line(), format!("{text}\n"), "one spelling");
    }
    if let Ok(key) = VerifierKey::parse(text) {
        assert_eq!(key.to_string(), text, "one spelling");
    }
    let key = VerifierKey::new("w", Signs::Cosignatures, KEY).expect("a good key");
    assert!(Cosignature::find(text, &key, b"latchkey/0\n1\nAAAA\n").is_err(), "nobody signed this");

    let witness = Cosigner::from_seed("w", &[7; 32]).expect("a good name");
    let at = Timestamp::from_seconds(data.len() as i64);
    let line = witness.sign(data, at).expect("after 1970");
    let found = Cosignature::find(&line, witness.verifier_key(), data);
    assert!(found.is_ok_and(|found| found.at() == at && found.line() == line), "what it signed is found");
    assert!(Cosignature::find(&line, witness.verifier_key(), &[data, b"x"].concat()).is_err(), "over this text alone");
    assert!(Cosignature::find(&line, &key, data).is_err(), "and by this witness alone");
    // Among the lines of others it is found as well, or one of them spoils it; another moment never comes of it.
    if let Ok(found) = Cosignature::find(&format!("{text}\n{line}"), witness.verifier_key(), data) {
        assert_eq!(found.at(), at);
    }
});
