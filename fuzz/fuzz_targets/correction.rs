//! What somebody types into the field of a correction, and a package that somebody brings: any text is judged without a
//! panic, and what is taken is in its one spelling already.
#![no_main]

use latchkey::clock::Timestamp;
use latchkey::rights::{field, unpack};
use latchkey::roster;
use libfuzzer_sys::fuzz_target;

const TODAY: jiff::civil::Date = jiff::civil::Date::constant(2026, 11, 22);

fuzz_target!(|data: (u8, &str, &str)| {
    let (which, kind, text) = data;
    let (name, _) = field::FIELDS[usize::from(which) % field::FIELDS.len()];
    if let Ok(kept) = roster::value(name, text, kind, TODAY) {
        assert!(!kept.chars().any(char::is_control) && kept.chars().count() <= 200);
        assert_eq!(roster::value(name, &kept, kind, TODAY).as_ref(), Ok(&kept), "{name} is kept in one spelling");
    }
    assert!(unpack(text, &[], Timestamp::from_seconds(0)).is_err(), "nobody's key signed it");
});
