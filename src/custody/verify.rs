//! The whole ledger, checked with all keys: the walk over the leaves, then every resident's own entries.

use std::collections::HashMap;

use super::{Custody, book, store};
use crate::crypto::sealed;
use crate::db::Tx;
use crate::fault::Fault;
use crate::ids::ResidentId;
use crate::ledger::checkpoint::Checkpoint;
use crate::ledger::verify::{Finding, Keys, walk};
use crate::ledger::{self, Detail, Kind, Stored};

const BATCH: u64 = 500;

/// The reason of the entry that tells that a data key was destroyed.
pub const ERASED: &str = "erased";

/// What each write entry said last of a resident's fields: (resident, field) → record version, SHA-256.
pub type Written = HashMap<(ResidentId, String), (u64, Vec<u8>)>;

/// Walks the ledger, then checks that every resident's counter is gapless and every detail is what its leaf
/// commits to: the earliest entry that is broken is named. With it, what was last written to each field.
/// `last_signed` was read before the transaction began.
///
/// # Errors
/// When the database fails; what is wrong with the ledger itself is a [`Finding`].
pub async fn verify(
    tx: &mut Tx, custody: &Custody, last_signed: Option<Checkpoint>,
) -> Result<(Finding, Written), Fault> {
    let open_review = |entry: &Stored| custody.open_review(entry);
    let keys = Keys {
        origin: custody.origin(),
        public_key: custody.ledger_public_key(),
        last_signed,
        open_review: &open_review,
    };
    let mut written = Written::new();
    let mut finding = walk(tx, keys).await?;
    let mut after = String::new();
    loop {
        let residents = store::residents_after(tx, &after, 200).await?;
        let Some((last, _)) = residents.last() else { return Ok((finding, written)) };
        after = last.as_str().to_owned();
        for (resident, keys) in &residents {
            if let Some(broken) = own_entries(tx, custody, resident, keys, &mut written).await? {
                finding = earlier(finding, broken);
            }
        }
    }
}

/// The finding that names the earlier entry: a wrong root says "up to here", the detail says which one it was.
fn earlier(known: Finding, other: Finding) -> Finding {
    let at = |finding: &Finding| match finding {
        Finding::Whole { .. } => (u64::MAX, 1),
        Finding::Broken { position, .. } => (position.unwrap_or(u64::MAX), 0),
    };
    if at(&other) < at(&known) { other } else { known }
}

async fn own_entries(
    tx: &mut Tx, custody: &Custody, resident: &ResidentId, keys: &store::WrappedKeys, written: &mut Written,
) -> Result<Option<Finding>, Fault> {
    let broken = |position, what| Ok(Some(Finding::Broken { position, what }));
    let Ok(key) = custody.log_key(resident, &keys.wrapped_lk) else {
        return broken(None, "a resident's log key does not open");
    };
    let (mut n, mut erased) = (0, None);
    let is_gone = keys.wrapped_rk.is_none();
    while n < keys.counter {
        let to = (n + BATCH).min(keys.counter);
        let tags: Vec<[u8; 32]> = (n + 1..=to).map(|n| key.tag(n)).collect();
        let mut entries = ledger::by_tags(tx, &tags).await?;
        entries.sort_by_key(|entry| entry.position);
        if entries.len() != tags.len() {
            return broken(None, "a resident's counter has a gap: an entry is missing");
        }
        for (entry, expected) in entries.iter().zip(n + 1..) {
            let position = Some(entry.position.cast_unsigned());
            let Ok(line) = book::open(custody, resident, &key, entry) else {
                return broken(position, "the detail is not what the leaf commits to");
            };
            if line.detail.n != expected || line.detail.resident.as_deref() != Some(resident.as_str()) {
                return broken(position, "the detail tells of another resident or number");
            }
            if line.kind == Kind::Erasure && line.detail.reason == ERASED {
                erased = position;
            }
            // What was erased is not looked for.
            if !is_gone {
                remember(written, resident, &line.detail);
            }
        }
        n = to;
    }
    if is_gone && erased.is_none() {
        return broken(None, "a resident's data key is gone, and no entry tells of an erasure");
    }
    if !is_gone && erased.is_some() {
        return broken(erased, "a resident was erased, and her data key is there again");
    }
    // Whoever lowers the counter hides the newest entries from her book; the tags after it tell.
    match ledger::by_tags(tx, &[key.tag(keys.counter + 1)]).await?.first() {
        Some(entry) => broken(Some(entry.position.cast_unsigned()), "a resident's counter was put back before it"),
        None => Ok(None),
    }
}

fn remember(written: &mut Written, resident: &ResidentId, detail: &Detail) {
    for (field, version, digest) in detail.written() {
        written.insert((resident.clone(), field), (version, digest));
    }
}

impl Custody {
    /// Opens the review of an entry: blind ‖ review.
    ///
    /// # Errors
    /// When it was altered or moved.
    pub fn open_review(&self, entry: &Stored) -> Result<zeroize::Zeroizing<Vec<u8>>, Fault> {
        let place = self.place("review", None, entry.position.cast_unsigned());
        sealed::open(&self.review, place, &entry.review)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn broken(position: Option<u64>) -> Finding {
        Finding::Broken { position, what: "" }
    }

    #[test]
    fn the_earliest_entry_is_named() {
        let whole = || Finding::Whole { entries: 9, covered: 9, root: tlog_tiles::tlog::EMPTY_HASH };
        assert_eq!(earlier(broken(Some(8)), broken(Some(4))), broken(Some(4)));
        assert_eq!(earlier(broken(Some(4)), broken(Some(8))), broken(Some(4)));
        assert_eq!(earlier(broken(None), broken(Some(8))), broken(Some(8)));
        assert_eq!(earlier(broken(Some(4)), broken(None)), broken(Some(4)));
        assert_eq!(earlier(whole(), broken(None)), broken(None));
    }
}
