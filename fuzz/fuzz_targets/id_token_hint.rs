//! A hint: only an ID token that we signed is taken, whatever is changed about it, and nothing panics.
#![no_main]

use std::collections::BTreeMap;
use std::sync::LazyLock;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use latchkey::clock::Timestamp;
use latchkey::config::Issuer;
use latchkey::crypto::keyring::Keyring;
use latchkey::crypto::secret::Secret;
use latchkey::oauth::hint;
use libfuzzer_sys::fuzz_target;

const NOW: Timestamp = Timestamp::from_seconds(1_800_000_000);

static KEYS: LazyLock<Keyring> = LazyLock::new(|| {
    let folder = std::env::temp_dir().join(format!("latchkey-fuzz-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder of its own");
    let root = Secret::take(&mut [7; 32]).expect("thirty-two bytes");
    let keys = Keyring::open(&folder, &root, &[7; 16], NOW).expect("fresh keys");
    std::fs::remove_dir_all(&folder).expect("it was made just now");
    keys
});
static ISSUER: LazyLock<Issuer> = LazyLock::new(|| Issuer::parse("https://id.test").expect("it is an issuer"));
static GOOD: LazyLock<String> = LazyLock::new(|| sign("JWT", "https://id.test"));

fn sign(typ: &str, issuer: &str) -> String {
    let claims = BTreeMap::from([("iss", issuer), ("sub", "s"), ("aud", "rp-a")]);
    KEYS.signer(NOW).expect("a key signs").sign(typ, &claims).expect("it is signed")
}

fn is_taken(text: &str) -> bool {
    hint::read(&KEYS, &ISSUER, text).is_ok()
}

/// The good token with one part replaced, or, where the change is short, overlaid.
fn changed(which: u8, change: &[u8]) -> Option<String> {
    let mut parts: Vec<Vec<u8>> =
        GOOD.split('.').map(|part| URL_SAFE_NO_PAD.decode(part).expect("base64url")).collect();
    let part = parts.get_mut(usize::from(which % 3))?;
    if which & 0x80 == 0 {
        *part = change.to_vec();
    } else {
        part.iter_mut().zip(change).for_each(|(byte, change)| *byte ^= change);
    }
    Some(parts.iter().map(|part| URL_SAFE_NO_PAD.encode(part)).collect::<Vec<_>>().join("."))
}

fuzz_target!(|data: &[u8]| {
    assert!(is_taken(&GOOD));
    let Some((which, change)) = data.split_first() else { return };
    if let Ok(text) = std::str::from_utf8(data) {
        assert_eq!(is_taken(text), text == *GOOD, "only what we signed is taken");
        // Genuine, and of another type, or of another issuer.
        assert!(text == "JWT" || !is_taken(&sign(text, "https://id.test")));
        assert!(text == "https://id.test" || !is_taken(&sign("JWT", text)));
    }
    if let Some(text) = changed(*which, change) {
        assert_eq!(is_taken(&text), text == *GOOD, "no part of it may be changed");
    }
});
