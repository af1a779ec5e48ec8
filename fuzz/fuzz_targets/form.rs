//! Form bodies and queries: no panic, no parameter twice but `resource`.
#![no_main]

use latchkey::oauth::Params;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Ok(params) = Params::parse(data) else { return };
    for name in ["client_id", "state", "a", ""] {
        assert!(params.get(name).is_none_or(|value| !value.is_empty()), "an empty value is none");
        assert_eq!(params.get(name).is_some(), params.required(name, "missing").is_ok());
    }
    let resources = params.resources();
    assert!(resources.iter().all(|resource| !resource.is_empty()) && params.get("resource").is_none());
    let mut twice = data.to_vec();
    twice.extend_from_slice(b"&client_id=x&client_id=x");
    assert!(Params::parse(&twice).is_err(), "a parameter that stands twice is refused");
});
