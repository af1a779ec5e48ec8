//! A request to a witness has one spelling: what is read is written back byte for byte.
#![no_main]

use latchkey::witness::request::{self, Request};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Ok(request) = Request::parse(data) {
        let note = String::from_utf8(request.note.to_bytes()).expect("a note is text");
        let head = request::body(request.old, &request.proof, "");
        assert!(data.starts_with(head.as_bytes()), "old size and proof have one spelling");
        let again = Request::parse(request::body(request.old, &request.proof, &note).as_bytes());
        assert_eq!(again.as_ref(), Ok(&request), "what was read is read again");
    }
});
