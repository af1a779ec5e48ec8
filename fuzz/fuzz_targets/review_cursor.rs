//! Cursors and filters of the auditors' searches: one place and one search have one spelling.
#![no_main]

use latchkey::http::extract::Fields;
use latchkey::reviews::{Cursor, Filter};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    if let Ok(cursor) = Cursor::parse(text) {
        assert_eq!(cursor.to_string(), text, "a cursor has one spelling");
    }
    let read = |query: &str| {
        let fields = Fields::parse(query.as_bytes()).ok()?;
        Filter::read(&fields.rest(), &jiff::tz::TimeZone::UTC).ok()
    };
    if let Some(filter) = read(text) {
        let query = filter.query();
        assert_eq!(read(&query).as_ref(), Some(&filter), "a filter reads back from its own query");
    }
});
