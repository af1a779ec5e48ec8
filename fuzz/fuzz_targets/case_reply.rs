//! What a client answers a resident: nothing panics, and what is taken is short, plain text.
#![no_main]

use latchkey::cases::Said;
use latchkey::cases::reply::Reply;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|body: &[u8]| {
    let Ok(reply) = Reply::parse(body) else { return };
    let words = reply.words.as_str();
    assert!((1..=Said::MOST).contains(&words.chars().count()), "neither nothing nor too much");
    assert!(words.chars().all(|c| !c.is_control() || c == '\n' || c == '\t'), "plain text");
    assert_eq!(words, words.trim());
});
