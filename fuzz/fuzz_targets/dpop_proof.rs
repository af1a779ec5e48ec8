//! A proof of possession: nothing is taken but what the key signed, and nothing panics.
//!
//! Two ways at it: the text of a proof as it comes, which the corpus seeds with a good one; and the good one with a
//! part of it (header, claims or signature) changed behind its base64url, where the text alone is seldom changed well.
#![no_main]

use std::sync::LazyLock;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use latchkey::clock::Timestamp;
use latchkey::crypto::nonce::NonceKey;
use latchkey::crypto::secret::Secret;
use latchkey::oauth::dpop::{self, Target};
use libfuzzer_sys::fuzz_target;

const GOOD: &str = include_str!("../corpus/dpop_proof/good");

static NONCES: LazyLock<NonceKey> =
    LazyLock::new(|| NonceKey::new(Secret::take(&mut [7; 32]).expect("thirty-two bytes")));

fn is_taken(text: &str) -> bool {
    let target = Target { method: "POST", uri: "https://id.test/token", access_token: None };
    dpop::check(text, target, &NONCES, Timestamp::from_seconds(1_800_000_000)).is_ok()
}

/// The good proof with one part replaced, or, where the change is short, overlaid.
fn changed(which: u8, change: &[u8]) -> Option<String> {
    let mut parts: Vec<Vec<u8>> =
        GOOD.split('.').map(|part| URL_SAFE_NO_PAD.decode(part).expect("base64url")).collect();
    let at = usize::from(which % 3);
    let part = parts.get_mut(at)?;
    if which & 0x80 == 0 {
        *part = change.to_vec();
    } else {
        part.iter_mut().zip(change).for_each(|(byte, change)| *byte ^= change);
    }
    Some(parts.iter().map(|part| URL_SAFE_NO_PAD.encode(part)).collect::<Vec<_>>().join("."))
}

fuzz_target!(|data: &[u8]| {
    if let Ok(text) = std::str::from_utf8(data) {
        assert_eq!(is_taken(text), text == GOOD, "only what the key signed is taken");
    }
    let Some((which, change)) = data.split_first() else { return };
    if let Some(text) = changed(*which, change) {
        assert_eq!(is_taken(&text), text == GOOD, "no part of it may be changed");
    }
});
