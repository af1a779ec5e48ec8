//! The tree, built again from nothing but its leaves, and compared with the tiles that are served.

use tlog_tiles::tlog::{EMPTY_HASH, Hash, node_hash};

use crate::ledger::leaf_hash;
use crate::ledger::tile::{Tile, WIDTH};

/// A tree that only grows: the roots of its complete subtrees, the largest first.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Range {
    size: u64,
    hashes: Vec<Hash>,
}

impl Range {
    /// The tree of `size` leaves with these subtrees. `None`: a tree of that size has another number of them.
    #[must_use]
    pub fn of(size: u64, hashes: Vec<Hash>) -> Option<Self> {
        (hashes.len() == usize::try_from(size.count_ones()).ok()?).then_some(Self { size, hashes })
    }

    /// How many leaves.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The roots of its complete subtrees, the largest first.
    #[must_use]
    pub fn hashes(&self) -> &[Hash] {
        &self.hashes
    }

    /// Adds a leaf.
    pub fn push(&mut self, leaf: Hash) {
        let mut carried = leaf;
        let mut size = self.size;
        while size & 1 == 1
            && let Some(left) = self.hashes.pop()
        {
            carried = node_hash(left, carried);
            size >>= 1;
        }
        self.hashes.push(carried);
        self.size += 1;
    }

    /// The root (RFC 6962 §2.1).
    #[must_use]
    pub fn root(&self) -> Hash {
        let mut hashes = self.hashes.iter().rev();
        let Some(last) = hashes.next() else { return EMPTY_HASH };
        hashes.fold(*last, |right, left| node_hash(*left, right))
    }
}

/// The tiles of hashes, as they have to be: one open tile on each level.
#[derive(Debug, Default)]
pub struct Shelves {
    levels: Vec<(u64, Vec<Hash>)>,
}

impl Shelves {
    /// Adds a leaf; the tiles that became full with it, with what they have to hold.
    pub fn push(&mut self, leaf: &[u8]) -> Vec<(Tile, Vec<u8>)> {
        let mut full = Vec::new();
        let mut carried = leaf_hash(leaf);
        for level in 0..=7_u8 {
            if self.levels.len() <= usize::from(level) {
                self.levels.push((0, Vec::new()));
            }
            let Some((index, hashes)) = self.levels.get_mut(usize::from(level)) else { break };
            hashes.push(carried);
            if u64::try_from(hashes.len()).is_ok_and(|count| count < WIDTH) {
                break;
            }
            let mut root = Range::default();
            hashes.iter().for_each(|hash| root.push(*hash));
            carried = root.root();
            full.push((Tile { level: Some(level), index: *index, width: WIDTH }, bytes(hashes)));
            *index += 1;
            hashes.clear();
        }
        full
    }

    /// The tiles at the right edge that are not full.
    #[must_use]
    pub fn partial(&self) -> Vec<(Tile, Vec<u8>)> {
        let open = (0..).zip(&self.levels).filter(|(_, (_, hashes))| !hashes.is_empty());
        let tile = |(level, (index, hashes)): (u8, &(u64, Vec<Hash>))| {
            (Tile { level: Some(level), index: *index, width: hashes.len() as u64 }, bytes(hashes))
        };
        open.map(tile).collect()
    }
}

fn bytes(hashes: &[Hash]) -> Vec<u8> {
    hashes.iter().flat_map(|hash| hash.0).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::ledger::StoredTree;

    #[test]
    fn it_is_the_tree_that_the_service_builds() {
        let (mut ours, mut theirs) = (Range::default(), StoredTree::empty());
        assert_eq!(ours.root(), theirs.root().unwrap());
        for leaf in 0..700_u32 {
            let hash = leaf_hash(&leaf.to_be_bytes());
            ours.push(hash);
            theirs.push(hash).unwrap();
            theirs.prune();
            assert_eq!(ours.root(), theirs.root().unwrap(), "{leaf}");
            assert_eq!(Range::of(ours.size(), ours.hashes().to_vec()).as_ref(), Some(&ours));
        }
        assert_eq!(Range::of(3, Vec::new()), None);
    }

    #[test]
    fn tiles_fill_on_every_level() {
        let mut shelves = Shelves::default();
        let mut full: Vec<String> = Vec::new();
        for leaf in 0..70_000_u32 {
            full.extend(shelves.push(&leaf.to_be_bytes()).into_iter().map(|(tile, _)| tile.to_string()));
        }
        let partial: Vec<String> = shelves.partial().into_iter().map(|(tile, _)| tile.to_string()).collect();
        // The example of C2SP tlog-tiles.
        assert_eq!(partial, ["0/273.p/112", "1/001.p/17", "2/000.p/1"]);
        assert_eq!(full.len(), 274);
        assert!(full.contains(&"1/000".to_owned()));
    }
}
