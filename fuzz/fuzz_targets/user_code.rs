//! User codes: whatever a person types, what is read as a code is eight letters of the alphabet, and is read again from
//! how screens show it.
#![no_main]

use latchkey::oauth::device::UserCode;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|typed: &str| {
    let Some(code) = UserCode::read(typed) else { return };
    let shown = code.shown();
    assert_eq!(shown.len(), 9);
    assert_eq!(shown.as_bytes().get(4), Some(&b'-'));
    assert!(shown.bytes().all(|letter| b"BCDFGHJKLMNPQRSTVWXZ-".contains(&letter)));
    for again in [shown.clone(), shown.to_lowercase(), shown.replace('-', " "), format!(" {shown} ")] {
        assert_eq!(UserCode::read(&again).map(|code| code.shown()), Some(shown.clone()));
    }
});
