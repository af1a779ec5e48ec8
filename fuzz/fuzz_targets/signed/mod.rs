//! A ledger's key that signs whatever a target makes up, so that what lies behind the signature is tried, too.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use latchkey::ledger::checkpoint;
use latchkey::ledger::verifier_key::{Signs, VerifierKey};
use ring::signature::{Ed25519KeyPair, KeyPair};

/// The name of the ledger.
pub const ORIGIN: &str = "latchkey/00000000000000000000000000000000";

fn pair() -> ([u8; 32], Ed25519KeyPair) {
    let pair = Ed25519KeyPair::from_seed_unchecked(&[1; 32]).expect("a seed");
    (pair.public_key().as_ref().try_into().expect("32 bytes"), pair)
}

/// What it is verified with.
pub fn key() -> VerifierKey {
    VerifierKey::new(ORIGIN, Signs::Checkpoints, pair().0).expect("a good key")
}

/// A text as a note that the ledger signed.
pub fn note(text: &str) -> String {
    let (public, pair) = pair();
    let id = checkpoint::key_id(ORIGIN, &public).to_be_bytes();
    let signature = [&id, pair.sign(text.as_bytes()).as_ref()].concat();
    format!("{text}\n\u{2014} {ORIGIN} {}\n", STANDARD.encode(signature))
}
