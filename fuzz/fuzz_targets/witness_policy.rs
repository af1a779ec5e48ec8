//! A policy is read or refused, never misread: what is no policy does not ask for nothing.
#![no_main]

use latchkey::ledger::policy::Policy;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    if let Ok(policy) = Policy::parse(text) {
        assert!(policy.is_met(|_| true), "all of its witnesses are always enough");
        assert_eq!(policy.is_met(|_| false), !policy.asks(), "none are enough only where none are asked for");
        assert!(policy.least() <= policy.witnesses().len());
    }
});
