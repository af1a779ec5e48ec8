//! A roster, whatever its bytes: every record gets one verdict, and the same one each time.
#![no_main]

use latchkey::roster;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Ok(read) = roster::read(data) else { return };
    let today = jiff::civil::date(2026, 11, 22);
    let verdicts = roster::judge_alone(&read, today);
    assert_eq!(verdicts.len(), read.lines.len(), "one verdict for each record");
    for (verdict, again) in verdicts.iter().zip(roster::judge_alone(&read, today)) {
        assert_eq!(verdict.is_accepted(), again.is_accepted());
        assert!(verdict.is_accepted() || verdict.codes.iter().next().is_some(), "a rejection says why");
    }
});
