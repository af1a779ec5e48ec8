//! Proofs: what is read is written back byte for byte, and whatever path is shown, at most one root holds with it.
#![no_main]

use latchkey::ledger::checkpoint::Checkpoint;
use latchkey::ledger::proof::{self, Inclusion};
use libfuzzer_sys::fuzz_target;
use tlog_tiles::tlog::Hash;

fuzz_target!(|data: (u64, u64, Vec<[u8; 32]>, [u8; 32], [u8; 32], &str)| {
    let (position, size, path, first, second, text) = data;
    if let Ok(proof) = Inclusion::parse(text) {
        assert_eq!(proof.text(), text, "a proof has one spelling");
        let _ = proof.check(&Checkpoint { size, root: Hash(first) });
    }
    let path: Vec<Hash> = path.into_iter().map(Hash).collect();
    let of = |size, root| Checkpoint { size, root: Hash(root) };
    let holds = |root| proof::check(&path, position, Hash([7; 32]), &of(size, root)).is_ok();
    assert!(first == second || !(holds(first) && holds(second)), "one path, two roots");
    let grew = |root| proof::check_growth(&path, &of(position, [7; 32]), &of(size, root)).is_ok();
    assert!(first == second || position == 0 || !(grew(first) && grew(second)), "one path, two later trees");
});
