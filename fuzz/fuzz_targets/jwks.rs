//! A set of keys from somebody's server: what is taken holds no secret, is bounded, and reads the same once written.
#![no_main]

use latchkey::crypto::jwks;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let handed = jwks::handed(bytes);
    let Ok(keys) = jwks::published(bytes) else {
        assert!(handed.is_err() || handed.is_ok_and(|keys| keys.is_empty()), "handed over is the stricter reading");
        return;
    };
    assert!((1..=jwks::MOST_KEYS).contains(&keys.len()));
    let written = jwks::document(&keys).to_string();
    for secret in ["\"d\"", "\"k\"", "\"p\"", "\"q\"", "\"dp\"", "\"dq\"", "\"qi\"", "\"oth\""] {
        assert!(!written.contains(&format!("{secret}:")), "a private member got through");
    }
    let again = jwks::handed(written.as_bytes()).expect("what we write we read");
    let prints = |keys: &[latchkey::crypto::jwk::PublicKey]| -> Vec<String> {
        keys.iter().map(|key| key.thumbprint().to_owned()).collect()
    };
    assert_eq!(prints(&again), prints(&keys));
});
