//! Making entries: number, tag, commitments, sealed halves.

use std::collections::HashMap;

use super::store;
use super::{Custody, LogKey};
use crate::crypto::{random, sealed};
use crate::db::Tx;
use crate::fault::Fault;
use crate::ids::ResidentId;
use crate::ledger::{Entry, Head, Leaf, Pending, Prepared, detail_commitment, review_commitment};

/// Enters one act, at the held head.
///
/// # Errors
/// When the resident has no log key, or the database fails.
pub async fn enter(tx: &mut Tx, custody: &Custody, head: &mut Head, entry: Entry) -> Result<Pending, Fault> {
    let mut pending = enter_all(tx, custody, head, vec![entry]).await?;
    pending.pop().ok_or(Fault::Internal("an entry vanished"))
}

/// Enters many acts in their order, with two statements in all.
///
/// # Errors
/// When one of the residents has no log key, or the database fails.
pub async fn enter_all(
    tx: &mut Tx, custody: &Custody, head: &mut Head, entries: Vec<Entry>,
) -> Result<Vec<Pending>, Fault> {
    if entries.is_empty() {
        return Ok(Vec::new());
    }
    let mut counts: HashMap<&ResidentId, u64> = HashMap::new();
    for resident in entries.iter().filter_map(|entry| entry.resident.as_ref()) {
        *counts.entry(resident).or_default() += 1;
    }
    let mut numbers = Numbers::default();
    for (resident, keys) in store::take_numbers(tx, &counts).await? {
        let first = keys.counter - counts.get(&resident).copied().unwrap_or_default();
        numbers.0.insert(resident.clone(), (custody.log_key(&resident, &keys.wrapped_lk)?, first));
    }
    let mut prepared = Vec::with_capacity(entries.len());
    for (position, entry) in (head.next()..).zip(&entries) {
        prepared.push(custody.prepare(position, entry, numbers.next(entry)?)?);
    }
    head.append(tx, prepared).await
}

/// Log keys and the last number given, per resident of a batch.
#[derive(Default)]
struct Numbers(HashMap<ResidentId, (LogKey, u64)>);

impl Numbers {
    fn next(&mut self, entry: &Entry) -> Result<Option<(&LogKey, u64)>, Fault> {
        let Some(resident) = &entry.resident else { return Ok(None) };
        let (key, last) = self.0.get_mut(resident).ok_or(Fault::Ledger("an entry about a resident without log key"))?;
        *last += 1;
        Ok(Some((key, *last)))
    }
}

impl Custody {
    fn prepare(&self, position: u64, entry: &Entry, own: Option<(&LogKey, u64)>) -> Result<Prepared, Fault> {
        let resident = entry.resident.as_ref();
        let (tag, n, detail_key) = match own {
            Some((key, n)) => (key.tag(n), n, key.detail_key()),
            // About nobody: a tag that nobody can make again, and the auditors' key for both halves.
            None => (random::bytes()?, 0, &self.review),
        };
        let aliases =
            own.map(|(key, _)| (key.resident_alias(), entry.consent.as_ref().map(|id| key.consent_alias(id))));
        let detail = blinded(&entry.detail(n))?;
        let review = blinded(&entry.review(aliases.map(|(alias, _)| alias), aliases.and_then(|(_, consent)| consent)))?;
        let leaf = Leaf {
            kind: entry.kind,
            hour: entry.at.hours(),
            tag,
            detail: detail_commitment(&detail),
            review: review_commitment(&review),
        };
        Ok(Prepared {
            resident: resident.cloned(),
            leaf: leaf.encode(),
            tag,
            detail: sealed::seal(detail_key, 1, self.place("detail", resident, position), &detail)?,
            review: sealed::seal(&self.review, 1, self.place("review", None, position), &review)?,
        })
    }
}

fn blinded(body: &[u8]) -> Result<Vec<u8>, Fault> {
    let mut out = random::bytes::<32>()?.to_vec();
    out.extend_from_slice(body);
    Ok(out)
}
