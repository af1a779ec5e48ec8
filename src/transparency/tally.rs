//! Counting what is new in the ledger, each entry once, a step at a time.

use std::collections::BTreeMap;

use super::store;
use crate::app::App;
use crate::clock::Timestamp;
use crate::fault::Fault;
use crate::ledger::{self, Kind, Leaf, Review};

/// Entries in one transaction.
const STEP: u32 = 500;

/// What is counted: month, kind, client or ''.
pub(super) type Row = (String, u8, String);

/// Counts on until nothing is left.
///
/// # Errors
/// When the database fails, or an entry does not read.
pub async fn tally(app: &App) -> Result<(), Fault> {
    while step(app).await? == STEP as usize {}
    Ok(())
}

/// Counts one step; how many entries that were. Of two nodes that count at the same time, one counts.
async fn step(app: &App) -> Result<usize, Fault> {
    let mut tx = app.db.read().await?;
    let from = store::progress(&mut tx).await?;
    let entries = ledger::entries_from(&mut tx, from, STEP).await?;
    drop(tx);
    if entries.is_empty() {
        return Ok(0);
    }
    let mut counts: BTreeMap<Row, u64> = BTreeMap::new();
    for entry in &entries {
        let leaf = Leaf::decode(&entry.leaf).map_err(|_| Fault::Stored("a leaf does not read"))?;
        let (month, kind) = (month(app, Timestamp::from_seconds(i64::from(leaf.hour) * 3_600)), leaf.kind.number());
        *counts.entry((month.clone(), kind, String::new())).or_default() += 1;
        if matches!(leaf.kind, Kind::Disclosure | Kind::Refusal)
            && let Some(client) = client(app, entry)?
        {
            *counts.entry((month, kind, client)).or_default() += 1;
        }
    }
    let mut tx = app.db.begin().await?;
    let to = from.saturating_add(entries.len() as u64);
    if !store::advance(&mut tx, from, to).await? {
        return Ok(entries.len());
    }
    for (row, count) in &counts {
        store::add(&mut tx, row, *count).await?;
    }
    tx.commit().await?;
    Ok(entries.len())
}

/// The client of an entry, as the auditors' half has it.
fn client(app: &App, entry: &ledger::Stored) -> Result<Option<String>, Fault> {
    let opened = app.custody.open_review(entry)?;
    let body = opened.get(32..).ok_or(Fault::Stored("a review without its blind"))?;
    Ok(Review::decode(body).map_err(|_| Fault::Stored("a review does not read"))?.client)
}

/// The month of a moment, in the community's time zone.
pub(super) fn month(app: &App, at: Timestamp) -> String {
    let moment = jiff::Timestamp::from_second(at.seconds()).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    let date = moment.to_zoned(app.config.zone()).date();
    format!("{:04}-{:02}", date.year(), date.month())
}
