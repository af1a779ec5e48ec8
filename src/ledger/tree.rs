//! The tree over the leaves: RFC 6962 hashing, kept as the hashes of its complete subtrees.

use std::cell::RefCell;
use std::collections::HashMap;

use tlog_tiles::tlog::{self, EMPTY_HASH, Hash, HashReader, RecordProof, TreeProof};

use super::store;
use crate::db::Tx;
use crate::fault::Fault;

/// The Merkle hash of an encoded leaf: SHA-256(00 ‖ leaf) (RFC 6962 §2.1).
#[must_use]
pub fn leaf_hash(leaf: &[u8]) -> Hash {
    tlog::record_hash(leaf)
}

/// Stored hashes of a tree, read from the database as far as they are needed, and grown in memory.
#[derive(Debug, Default)]
pub struct StoredTree {
    hashes: HashMap<u64, Hash>,
    size: u64,
}

impl StoredTree {
    /// A tree without leaves.
    #[must_use]
    pub fn empty() -> Self {
        Self::default()
    }

    /// The tree of `size` leaves, of which nothing is read yet.
    #[must_use]
    pub fn of(size: u64) -> Self {
        Self { hashes: HashMap::new(), size }
    }

    /// The right edge of the tree of `size` leaves: enough to add leaves and to know the root.
    ///
    /// # Errors
    /// When the database fails or a hash is missing.
    pub async fn edge(tx: &mut Tx, size: u64) -> Result<Self, Fault> {
        let mut tree = Self::of(size);
        if size > 0 {
            tree.load(tx, &tlog::sub_tree_index(0, size, Vec::new())).await?;
        }
        Ok(tree)
    }

    /// How many leaves it has.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Adds a leaf hash; the hashes to store, in storage order.
    ///
    /// # Errors
    /// When a hash of the right edge is missing.
    pub fn push(&mut self, leaf: Hash) -> Result<Vec<Hash>, Fault> {
        let new = tlog::stored_hashes_for_record_hash(self.size, leaf, self).map_err(|_| MISSING)?;
        let first = tlog::stored_hash_index(0, self.size);
        self.hashes.extend((first..).zip(new.iter().copied()));
        self.size += 1;
        Ok(new)
    }

    /// Forgets what is not needed to go on: all but the right edge.
    pub fn prune(&mut self) {
        let edge = match self.size {
            0 => Vec::new(),
            size => tlog::sub_tree_index(0, size, Vec::new()),
        };
        self.hashes.retain(|at, _| edge.contains(at));
    }

    /// The root hash.
    ///
    /// # Errors
    /// When a hash of the right edge is missing.
    pub fn root(&self) -> Result<Hash, Fault> {
        if self.size == 0 {
            return Ok(EMPTY_HASH);
        }
        tlog::tree_hash(self.size, self).map_err(|_| MISSING)
    }

    /// The proof that this tree only added to what it was at `earlier` leaves.
    ///
    /// # Errors
    /// When the database fails or a hash is missing.
    pub async fn prove_growth(&mut self, tx: &mut Tx, earlier: u64) -> Result<TreeProof, Fault> {
        // Which hashes a proof needs does not depend on their values: ask once with a reader that only listens.
        let listener = Listener::default();
        tlog::prove_tree(self.size, earlier, &listener).map_err(|_| MISSING)?;
        let needed: Vec<u64> = listener.asked.into_inner();
        self.load(tx, &needed).await?;
        tlog::prove_tree(self.size, earlier, self).map_err(|_| MISSING)
    }

    /// The proofs that entries stand in this tree, with one look at the database for all of them.
    ///
    /// # Errors
    /// When the database fails or a hash is missing.
    pub async fn prove_entries(&mut self, tx: &mut Tx, positions: &[u64]) -> Result<Vec<RecordProof>, Fault> {
        let listener = Listener::default();
        for position in positions {
            tlog::prove_record(self.size, *position, &listener).map_err(|_| MISSING)?;
        }
        let mut needed: Vec<u64> = listener.asked.into_inner();
        needed.sort_unstable();
        needed.dedup();
        self.load(tx, &needed).await?;
        positions.iter().map(|position| tlog::prove_record(self.size, *position, self).map_err(|_| MISSING)).collect()
    }

    async fn load(&mut self, tx: &mut Tx, indexes: &[u64]) -> Result<(), Fault> {
        let unknown: Vec<u64> = indexes.iter().copied().filter(|at| !self.hashes.contains_key(at)).collect();
        if !unknown.is_empty() {
            self.hashes.extend(store::hashes(tx, &unknown).await?);
        }
        Ok(())
    }
}

const MISSING: Fault = Fault::Ledger("a hash of the tree is missing");

impl HashReader for StoredTree {
    fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<Hash>, tlog::Error> {
        let hash = |at: &u64| self.hashes.get(at).copied().ok_or(tlog::Error::InvalidInput(String::new()));
        indexes.iter().map(hash).collect()
    }
}

#[derive(Default)]
struct Listener {
    asked: RefCell<Vec<u64>>,
}

impl HashReader for Listener {
    fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<Hash>, tlog::Error> {
        self.asked.borrow_mut().extend_from_slice(indexes);
        Ok(vec![EMPTY_HASH; indexes.len()])
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    // RFC 6962 test vectors as the reference implementations of Certificate Transparency share them.
    const LEAVES: [&str; 8] =
        ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
    const ROOTS: [&str; 8] = [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];

    #[test]
    fn the_roots_are_those_of_rfc_6962_trees() {
        let mut tree = StoredTree::empty();
        for (leaf, root) in LEAVES.iter().zip(ROOTS) {
            tree.push(leaf_hash(&hex::decode(leaf).unwrap())).unwrap();
            tree.prune();
            assert_eq!(hex::encode(tree.root().unwrap().0), root);
        }
        assert_eq!(tree.size(), 8);
    }
}
