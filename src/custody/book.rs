//! A resident's own entries, found and opened with her log key.

use super::{Custody, store};
use crate::crypto::sealed;
use crate::db::Tx;
use crate::fault::Fault;
use crate::ids::ResidentId;
use crate::ledger::{self, Detail, Kind, Leaf, detail_commitment};

/// One entry, as the resident may read it.
#[derive(Debug, Clone)]
pub struct Line {
    /// Where it stands in the ledger.
    pub position: u64,
    /// What kind of event.
    pub kind: Kind,
    /// All that was recorded.
    pub detail: Detail,
}

/// The resident's entries number `to` down to `to - count + 1`, newest first; `to` of `None` is the newest.
/// With them, how many entries she has in all.
///
/// # Errors
/// When the database fails, an entry is missing, or one is not what its leaf commits to.
pub async fn lines(
    tx: &mut Tx, custody: &Custody, resident: &ResidentId, to: Option<u64>, count: u64,
) -> Result<(Vec<Line>, u64), Fault> {
    let Some(keys) = store::wrapped_keys(tx, resident).await? else { return Ok((Vec::new(), 0)) };
    let key = custody.log_key(resident, &keys.wrapped_lk)?;
    if !ledger::by_tags(tx, &[key.tag(keys.counter + 1)]).await?.is_empty() {
        return Err(Fault::Ledger("a resident's counter was put back"));
    }
    let to = to.unwrap_or(keys.counter).min(keys.counter);
    let from = to.saturating_sub(count);
    let tags: Vec<[u8; 32]> = (from + 1..=to).map(|n| key.tag(n)).collect();
    let stored = ledger::by_tags(tx, &tags).await?;
    if stored.len() != tags.len() {
        return Err(Fault::Ledger("an entry of a resident is missing"));
    }
    let mut lines = Vec::with_capacity(stored.len());
    for entry in &stored {
        lines.push(open(custody, resident, &key, entry)?);
    }
    lines.sort_by_key(|line| std::cmp::Reverse(line.detail.n));
    Ok((lines, keys.counter))
}

/// The resident's entry at a position of the ledger. `None`: there is none, or it is not hers.
///
/// # Errors
/// As [`lines`].
pub async fn line(tx: &mut Tx, custody: &Custody, resident: &ResidentId, position: u64) -> Result<Option<Line>, Fault> {
    let Some(keys) = store::wrapped_keys(tx, resident).await? else { return Ok(None) };
    let key = custody.log_key(resident, &keys.wrapped_lk)?;
    let stored = ledger::entries_from(tx, position, 1).await?;
    let Some(stored) = stored.into_iter().find(|stored| stored.position.cast_unsigned() == position) else {
        return Ok(None);
    };
    match open(custody, resident, &key, &stored) {
        // Her key opens what is hers, and nothing else: that is how it is told apart.
        Err(Fault::Sealed(_)) => Ok(None),
        opened => opened.map(Some),
    }
}

pub(super) fn open(
    custody: &Custody, resident: &ResidentId, key: &super::LogKey, entry: &ledger::Stored,
) -> Result<Line, Fault> {
    let position = entry.position.cast_unsigned();
    let place = custody.place("detail", Some(resident), position);
    let opened = sealed::open(key.detail_key(), place, &entry.detail)?;
    let leaf = Leaf::decode(&entry.leaf).map_err(|_| Fault::Ledger("a leaf does not read"))?;
    if detail_commitment(&opened) != leaf.detail {
        return Err(Fault::Ledger("a detail is not what its leaf commits to"));
    }
    let body = opened.get(32..).unwrap_or_default();
    let detail = Detail::decode(body).map_err(|_| Fault::Ledger("a detail does not read"))?;
    Ok(Line { position, kind: leaf.kind, detail })
}
