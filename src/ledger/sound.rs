//! Whether leaves are still what was entered. Whoever can write to the database can alter a leaf's hour or kind, and what
//! is found by them: a leaf is believed when the tree has its hash.

use tlog_tiles::tlog;

use super::store::{self, Stored};
use super::{Leaf, leaf_hash};
use crate::db::Tx;
use crate::fault::Fault;

/// The leaf of each entry, in the same order; `None` where it does not read, or is not the one that the tree has hashed.
/// What is newer than the tree (a second, at most, while the service runs) has nothing to be held against yet.
///
/// # Errors
/// When the database fails.
pub async fn sound_leaves(tx: &mut Tx, entries: &[Stored]) -> Result<Vec<Option<Leaf>>, Fault> {
    let at = |entry: &Stored| tlog::stored_hash_index(0, entry.position.cast_unsigned());
    let indexes: Vec<u64> = entries.iter().map(at).collect();
    let hashes = store::hashes(tx, &indexes).await?;
    let sound = |entry: &Stored| {
        let hash = hashes.get(&at(entry));
        let leaf = Leaf::decode(&entry.leaf).ok();
        leaf.filter(|_| hash.is_none_or(|hash| *hash == leaf_hash(&entry.leaf)))
    };
    Ok(entries.iter().map(sound).collect())
}
