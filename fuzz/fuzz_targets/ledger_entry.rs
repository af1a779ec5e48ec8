//! Leaves, details and reviews: one value has one encoding.
#![no_main]

use latchkey::ledger::{Detail, Leaf, Review};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Ok(leaf) = Leaf::decode(data) {
        assert_eq!(leaf.encode(), data, "a leaf has one encoding");
    }
    if Detail::decode(data).is_ok() || Review::decode(data).is_ok() {
        let mut longer = data.to_vec();
        longer.push(0xf6);
        assert!(Detail::decode(&longer).is_err() && Review::decode(&longer).is_err(), "nothing hides behind it");
    }
});
