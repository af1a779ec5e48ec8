//! The bytes of a mark on paper: any come out as a mark or as none, and a mark says what its bytes say.
#![no_main]

use latchkey::paper::{Mark, Sheet};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some(mark) = Mark::decode(bytes) else { return };
    assert_eq!(bytes.len(), 29);
    assert!((0..=i64::from(u32::MAX)).contains(&mark.printed_at));
    let id = match &mark.sheet {
        Sheet::Receipt(consent) => consent.as_str(),
        Sheet::Apps(resident, _) | Sheet::Codes(resident, _) => resident.as_str(),
    };
    assert_eq!(id.len(), 32);
});
