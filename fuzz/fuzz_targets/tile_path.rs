//! The address of a tile has one spelling, and whether a tree has the tile is known without looking.
#![no_main]

use latchkey::ledger::tile::Tile;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: (u64, &str)| {
    let (size, path) = data;
    let Ok(tile) = Tile::parse(path) else { return };
    assert_eq!(tile.to_string(), path, "one spelling");
    // A tile of a tree is one of every larger tree.
    if tile.is_in(size) {
        assert!(tile.is_in(size.saturating_add(1)) && tile.is_in(u64::MAX), "what was served stays");
    }
});
