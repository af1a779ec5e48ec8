//! What a client says when it fetches events: nothing panics, and what is taken is within bounds.
#![no_main]

use latchkey::events::request::PollRequest;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|body: &[u8]| {
    let Ok(asked) = PollRequest::parse(body) else { return };
    assert!(asked.max_events <= 100 && asked.ack.len() <= 100 && asked.set_errs.len() <= 100);
    let names = asked.ack.iter().chain(asked.set_errs.iter().map(|(name, _)| name));
    for name in names {
        assert!((1..=64).contains(&name.len()), "a name of ours has 32 characters");
    }
    for (_, why) in &asked.set_errs {
        assert!(why.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'), "a fixed word");
    }
});
