//! Counting what is new in the ledger, each entry once, a step at a time.

use std::collections::BTreeMap;

use super::calendar::month;
use super::store;
use crate::app::App;
use crate::clock::Timestamp;
use crate::fault::Fault;
use crate::ledger::{self, Kind, Leaf, Review, review_commitment};

/// Entries in one transaction.
const STEP: u32 = 500;

/// What is counted: month, kind, client or ''.
pub(super) type Row = (String, u8, String);

/// Counts on until nothing is left.
///
/// # Errors
/// When the database fails.
pub async fn tally(app: &App) -> Result<(), Fault> {
    while step(app).await? == STEP as usize {}
    Ok(())
}

/// Counts one step; how many entries that were. Of two nodes that count at the same time, one counts.
async fn step(app: &App) -> Result<usize, Fault> {
    let mut tx = app.db.read().await?;
    let from = store::progress(&mut tx).await?.position;
    let entries = ledger::entries_from(&mut tx, from, STEP).await?;
    drop(tx);
    let Some(last) = entries.last() else { return Ok(0) };
    let to = last.position.cast_unsigned().saturating_add(1);
    // Somebody may have taken out, or altered, what was written: the others are counted, and the page says so.
    let mut unread = to.saturating_sub(from).saturating_sub(entries.len() as u64);
    let mut counts: BTreeMap<Row, u64> = BTreeMap::new();
    for entry in &entries {
        let Ok(leaf) = Leaf::decode(&entry.leaf) else {
            unread += not_read(entry, "a leaf does not read");
            continue;
        };
        let (month, kind) = (month(app, Timestamp::from_seconds(i64::from(leaf.hour) * 3_600)), leaf.kind.number());
        *counts.entry((month.clone(), kind, String::new())).or_default() += 1;
        if !matches!(leaf.kind, Kind::Disclosure | Kind::Refusal) {
            continue;
        }
        match client(app, entry, &leaf) {
            Ok(Some(client)) => *counts.entry((month, kind, client)).or_default() += 1,
            Ok(None) => {}
            Err(why) => unread += not_read(entry, why),
        }
    }
    let mut tx = app.db.begin().await?;
    if !store::advance(&mut tx, from, to, unread).await? {
        return Ok(entries.len());
    }
    for (row, count) in &counts {
        store::add(&mut tx, row, *count).await?;
    }
    tx.commit().await?;
    Ok(entries.len())
}

/// One more that was not read, said to the operator.
fn not_read(entry: &ledger::Stored, why: &'static str) -> u64 {
    tracing::error!(
        position = entry.position,
        why,
        "an entry was not counted: `latchkey ledger verify` names what is wrong"
    );
    1
}

/// The client of an entry, as the auditors' half has it.
fn client(app: &App, entry: &ledger::Stored, leaf: &Leaf) -> Result<Option<String>, &'static str> {
    let opened = app.custody.open_review(entry).map_err(|_| "a review does not open")?;
    if review_commitment(&opened) != leaf.review {
        return Err("a review is not what its leaf commits to");
    }
    let body = opened.get(32..).ok_or("a review without its blind")?;
    Ok(Review::decode(body).map_err(|_| "a review does not read")?.client)
}
