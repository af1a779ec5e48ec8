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

/// Some of a resident's entries.
#[derive(Debug)]
pub struct Lines {
    /// Those that were found and opened, the newest first.
    pub lines: Vec<Line>,
    /// The numbers of those that are missing or were altered: somebody had a hand in the database.
    pub lost: Vec<u64>,
    /// How many she has in all.
    pub all: u64,
    /// The number to go on from, if there are older ones.
    pub older: Option<u64>,
}

/// The resident's entries number `to` down to `to - count + 1`, newest first; `to` of `None` is the newest.
/// With them, how many entries she has in all.
///
/// # Errors
/// When the database fails, an entry is missing, or one is not what its leaf commits to.
pub async fn lines(
    tx: &mut Tx, custody: &Custody, resident: &ResidentId, to: Option<u64>, count: u64,
) -> Result<(Vec<Line>, u64), Fault> {
    let Lines { lines, lost, all, .. } = found(tx, custody, resident, to, count).await?;
    if lost.is_empty() { Ok((lines, all)) } else { Err(Fault::Ledger("an entry of a resident is missing or altered")) }
}

/// As [`lines`], for her own eyes: what is missing or altered is named instead of keeping the rest from her.
///
/// # Errors
/// When the database fails, or her log key does not open.
pub async fn found(
    tx: &mut Tx, custody: &Custody, resident: &ResidentId, to: Option<u64>, count: u64,
) -> Result<Lines, Fault> {
    let Some(keys) = store::wrapped_keys(tx, resident).await? else {
        return Ok(Lines { lines: Vec::new(), lost: Vec::new(), all: 0, older: None });
    };
    let key = custody.log_key(resident, &keys.wrapped_lk)?;
    let to = to.unwrap_or(keys.counter).min(keys.counter);
    let from = to.saturating_sub(count);
    // One more than there should be: whoever puts her counter back hides the newest ones.
    let beyond = (to == keys.counter).then_some(keys.counter + 1);
    let numbers: Vec<u64> = (from + 1..=to).chain(beyond).collect();
    let tags: Vec<[u8; 32]> = numbers.iter().map(|n| key.tag(*n)).collect();
    let stored = ledger::by_tags(tx, &tags).await?;
    let (mut lines, mut lost) = (Vec::with_capacity(stored.len()), Vec::new());
    for (n, tag) in numbers.into_iter().zip(&tags).rev() {
        let entry = stored.iter().find(|entry| entry.tag == tag);
        let opened = entry.and_then(|entry| open(custody, resident, &key, entry).ok());
        match opened.filter(|line| line.detail.n == n && n <= keys.counter) {
            Some(line) => lines.push(line),
            None if entry.is_some() || n <= keys.counter => lost.push(n),
            None => {}
        }
    }
    Ok(Lines { lines, lost, all: keys.counter, older: Some(from).filter(|from| *from > 0) })
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
