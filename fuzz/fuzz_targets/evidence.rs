//! Papers that somebody hands to an auditor: evidence that nobody signed never holds, bundles of leaves have one reading,
//! and an export that is none is only that.
#![no_main]

use latchkey::audit::{export, papers, source};
use latchkey::ledger::evidence::{Evidence, check};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Ok(evidence) = serde_json::from_slice::<Evidence>(data) {
        assert!(check(&evidence).is_err(), "nobody signed this");
    }
    if let Ok(text) = std::str::from_utf8(data) {
        assert!(!matches!(papers::evidence(text, None), Ok(Ok(_))), "nobody signed this either");
    }
    for width in [1, 2, 256] {
        if let Some(leaves) = source::leaves(data, width) {
            let again: Vec<u8> =
                leaves.iter().flat_map(|leaf| [&(leaf.len() as u16).to_be_bytes()[..], leaf].concat()).collect();
            assert_eq!(again, data, "a bundle has one reading");
        }
    }
    assert!(!matches!(export::export(data, br#"{"keys":[]}"#), Ok(Ok(_))), "signed by nobody");
});
