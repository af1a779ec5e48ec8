//! A client's certificate, and the name that it is registered under: nothing panics, nothing speaks for two names.
#![no_main]

use latchkey::clock::Timestamp;
use latchkey::crypto::certificate::{self, DistinguishedName, PeerCertificate, SubjectName};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    // A name on the first line, DER after it.
    let end = input.iter().position(|byte| *byte == b'\n').unwrap_or(input.len());
    let (line, der) = (&input[..end], input.get(end + 1..).unwrap_or_default());
    let Ok(text) = std::str::from_utf8(line) else { return };
    let Some(shown) = PeerCertificate::shown(&[der.to_vec()]) else { unreachable!("one certificate was shown") };
    assert_eq!(shown.thumbprint(), certificate::thumbprint(der));
    let valid = shown.is_valid_at(Timestamp::from_seconds(1_800_000_000));
    assert!(!valid || certificate::is_one(der), "what is no certificate is never valid");
    let others =
        [SubjectName::Dns(text.to_owned()), SubjectName::Uri(text.to_owned()), SubjectName::Email(text.to_owned())];
    for name in &others {
        assert!(!shown.is_for(name) || certificate::is_one(der));
    }
    if let Some(name) = DistinguishedName::parse(text) {
        assert!(text.contains('='), "a name has a type and a value");
        let spaced = format!(" {text}");
        assert_eq!(DistinguishedName::parse(&spaced), Some(name.clone()), "a space in front says nothing");
        let _ = shown.is_for(&SubjectName::Distinguished(name));
    }
});
