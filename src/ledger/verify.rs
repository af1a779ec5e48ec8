//! Walks the whole ledger and says where it was broken.
//!
//! 1. Positions are gapless, and every leaf reads and repeats its tag.
//! 2. Every review opens and matches the leaf's commitment.
//! 3. Every leaf hashes to what the tree stored for it; the roots are those of all checkpoints ever signed.
//!
//! What only residents' keys can tell (details, gapless counters) is checked by custody on top of this.

use std::collections::BTreeMap;

use tlog_tiles::tlog::{self, Hash};
use zeroize::Zeroizing;

use super::checkpoint::{self, Checkpoint};
use super::entry;
use super::read_back::Review;
use super::{Leaf, Stored, StoredTree, leaf_hash, store};
use crate::db::Tx;
use crate::fault::Fault;

/// What a walk found.
#[derive(Debug, Clone, PartialEq)]
pub enum Finding {
    /// Nothing was altered, left out or put elsewhere.
    Whole {
        /// Entries walked.
        entries: u64,
        /// How many of them the last checkpoint covers.
        covered: u64,
        /// Root over all of them.
        root: Hash,
    },
    /// The first thing that is wrong.
    Broken {
        /// The entry, where one can be named.
        position: Option<u64>,
        /// What is wrong with it.
        what: &'static str,
    },
}

/// What the walk must be told: who signs, and how reviews open.
pub struct Keys<'a> {
    /// The ledger's name.
    pub origin: &'a str,
    /// The ledger's public key.
    pub public_key: &'a [u8; 32],
    /// What custody remembers to have signed last: the database must not have fallen behind it.
    pub last_signed: Option<Checkpoint>,
    /// Opens the sealed review of an entry: blind ‖ review.
    pub open_review: &'a (dyn Fn(&Stored) -> Result<Zeroizing<Vec<u8>>, Fault> + Sync),
}

const BATCH: u32 = 1_000;

/// Walks everything that is committed.
///
/// # Errors
/// When the database fails; what is wrong with the ledger itself is a [`Finding`].
pub async fn walk(tx: &mut Tx, keys: Keys<'_>) -> Result<Finding, Fault> {
    let size = store::size(tx).await?;
    let mut signed = match signed_roots(store::checkpoints(tx).await?, &keys) {
        Ok(signed) => signed,
        Err(what) => return Ok(Finding::Broken { position: None, what }),
    };
    let covered = signed.keys().next_back().copied().unwrap_or(0);
    // Custody may have signed just before a crash that kept the database from storing it: the tree must agree.
    if let Some(last) = keys.last_signed {
        signed.entry(last.size).or_insert(last.root);
    }
    let furthest = signed.keys().next_back().copied().unwrap_or(0);
    if furthest > size {
        return Ok(Finding::Broken { position: Some(size), what: "signed by a checkpoint, and gone" });
    }
    let mut tree = StoredTree::empty();
    while tree.size() < size {
        let first = tree.size();
        let entries = store::entries_from(tx, first, BATCH).await?;
        let at: Vec<u64> = (first..).take(entries.len()).map(|n| tlog::stored_hash_index(0, n)).collect();
        let hashes = store::hashes(tx, &at).await?;
        if entries.is_empty() {
            return Ok(Finding::Broken { position: Some(first), what: "missing" });
        }
        for entry in &entries {
            let position = tree.size();
            let broken = |what| Ok(Finding::Broken { position: Some(position), what });
            if let Err(what) = check_entry(position, entry, &keys) {
                return broken(what);
            }
            let hash = leaf_hash(&entry.leaf);
            let stored = hashes.get(&tlog::stored_hash_index(0, position));
            if stored.map_or(position < covered, |stored| *stored != hash) {
                return broken("the leaf is not what the tree was built from");
            }
            tree.push(hash)?;
            if let Some(root) = signed.get(&tree.size())
                && tree.root()? != *root
            {
                return broken("the tree up to here is not what a checkpoint signed");
            }
        }
        tree.prune();
    }
    if let [extra, ..] = store::entries_from(tx, size, 1).await?.as_slice() {
        let position = Some(extra.position.cast_unsigned());
        return Ok(Finding::Broken { position, what: "stands behind the head" });
    }
    Ok(Finding::Whole { entries: size, covered, root: tree.root()? })
}

fn signed_roots(rows: Vec<store::StoredCheckpoint>, keys: &Keys<'_>) -> Result<BTreeMap<u64, Hash>, &'static str> {
    let mut roots = BTreeMap::new();
    for (size, root, note) in rows {
        let signed = checkpoint::verify(keys.origin, keys.public_key, note.as_bytes())
            .map_err(|_| "a stored checkpoint was not signed by this ledger")?;
        if signed.size != size.cast_unsigned() || signed.root.0.as_slice() != root {
            return Err("a stored checkpoint says something else than its signed note");
        }
        roots.insert(signed.size, signed.root);
    }
    Ok(roots)
}

fn check_entry(position: u64, entry: &Stored, keys: &Keys<'_>) -> Result<(), &'static str> {
    if entry.position.cast_unsigned() != position {
        return Err("missing");
    }
    let leaf = Leaf::decode(&entry.leaf).map_err(|_| "the leaf does not read")?;
    if leaf.tag.as_slice() != entry.tag {
        return Err("the tag is not the leaf's");
    }
    let opened = (keys.open_review)(entry).map_err(|_| "the review does not open")?;
    if entry::review_commitment(&opened) != leaf.review {
        return Err("the review is not what the leaf commits to");
    }
    let review = opened.get(32..).ok_or("the review does not read")?;
    Review::decode(review).map_err(|_| "the review does not read")?;
    Ok(())
}
