//! What a client says of a deletion order: nothing panics, and what is taken is within bounds.
#![no_main]

use latchkey::orders::{Receipt, Said};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|body: &[u8]| {
    let Ok(receipt) = Receipt::parse(body) else { return };
    assert_eq!(receipt.order.as_str().len(), 32);
    let Said::Kept { claims, law, .. } = receipt.said else { return };
    assert!((1..=100).contains(&claims.len()) && claims.iter().chain([&law]).all(|name| (1..=64).contains(&name.len())));
});
