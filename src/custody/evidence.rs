//! A resident's entries for checking: opened as far as they open, and nothing made good that is missing.

use super::{Custody, store};
use crate::crypto::sealed;
use crate::db::Tx;
use crate::fault::Fault;
use crate::ids::ResidentId;
use crate::ledger::evidence::Piece;
use crate::ledger::{self, proof};

/// A stretch of a resident's entries.
pub struct Stretch {
    /// What makes her tags.
    pub tag_key: [u8; 32],
    /// How many entries she has in all.
    pub counter: u64,
    /// Those that were found, in their order; their proofs lead to the tree that was asked for.
    pub pieces: Vec<Piece>,
}

/// The resident's entries from number `from` on, at most `count`, with proofs for the tree of `size` leaves. An entry that
/// is missing is left out, and one that does not open comes without its detail: it is for whoever checks to say so.
///
/// # Errors
/// When the resident is unknown or the database fails.
pub async fn stretch(
    tx: &mut Tx, custody: &Custody, resident: &ResidentId, from: u64, count: u64, size: u64,
) -> Result<Stretch, Fault> {
    let keys = store::wrapped_keys(tx, resident).await?.ok_or(Fault::Stored("a resident without keys"))?;
    let key = custody.log_key(resident, &keys.wrapped_lk)?;
    let last = from.saturating_add(count).min(keys.counter.saturating_add(1));
    let tags: Vec<[u8; 32]> = (from..last).map(|n| key.tag(n)).collect();
    let stored = ledger::by_tags(tx, &tags).await?;
    let mut pieces = Vec::with_capacity(stored.len());
    for (n, tag) in (from..last).zip(&tags) {
        let Some(entry) = stored.iter().find(|entry| entry.tag == tag) else { continue };
        let position = entry.position.cast_unsigned();
        let opened = sealed::open(key.detail_key(), custody.place("detail", Some(resident), position), &entry.detail);
        pieces.push(Piece::of(n, position, &entry.leaf, opened.ok().as_deref().map(Vec::as_slice)));
    }
    prove(tx, &mut pieces, size).await?;
    Ok(Stretch { tag_key: *key.tag_key().expose(), counter: keys.counter, pieces })
}

async fn prove(tx: &mut Tx, pieces: &mut [Piece], size: u64) -> Result<(), Fault> {
    let covered: Vec<u64> = pieces.iter().map(|piece| piece.position).filter(|position| *position < size).collect();
    let paths = proof::inclusions(tx, &covered, size).await?;
    for (piece, path) in pieces.iter_mut().filter(|piece| piece.position < size).zip(paths) {
        piece.path = Some(path.iter().map(proof::line).collect());
    }
    Ok(())
}
