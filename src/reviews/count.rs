//! Counting the ledger back to an hour. What 4,096 entries come to is counted once and kept, sealed, in the background or by
//! the first page that needs it; the rest, up to the newest entry, is counted anew.

use std::time::Duration;

use super::look::{self, Row};
use super::tally::Tally;
use super::{anomaly, store};
use crate::app::App;
use crate::custody::Desk;
use crate::db::Tx;
use crate::fault::Fault;
use crate::ledger::{self, Leaf};

/// Entries of a block.
const BLOCK: u64 = 4_096;

/// What was counted.
#[derive(Debug, Clone, Default)]
pub struct Counted {
    /// What it comes to.
    pub tally: Tally,
    /// None: all of it, back to the hour that was asked for. Or since when (Unix seconds) everything has been counted;
    /// nothing can be said about the time before.
    pub only_since: Option<i64>,
    /// How many reviews were opened for it.
    pub opened: u64,
}

/// Counts what stands before position `end`, back to an hour. Blocks that nobody has counted before are counted as far as
/// the settings allow for one page.
///
/// # Errors
/// When the database fails, or a review is not what its leaf commits to.
pub async fn count(app: &App, end: u64, since: u32) -> Result<Counted, Fault> {
    let _turn = look::turn(app).await?;
    let mut block = end / BLOCK;
    let (mut tally, mut opened) = stretch(app, block * BLOCK, end).await?;
    let mut fresh = 0;
    while block > 0 && tally.hours.keys().next().is_none_or(|oldest| *oldest >= since) {
        block -= 1;
        if end_of(app, block).await? < since {
            break;
        }
        let kept = store::block(&mut app.db.read().await?, block).await?;
        if let Some(sealed) = kept {
            let bytes = app.custody.open_for_auditors(place(&block.to_string()), &sealed)?;
            let one: Tally = ciborium::from_reader(bytes.as_slice()).map_err(|_| Fault::Stored("a block's tally"))?;
            tally.before(&one);
            continue;
        }
        if fresh == app.config.reviews.fresh_blocks {
            return Ok(Counted { tally, only_since: Some(moment_of(app, (block + 1) * BLOCK).await?), opened });
        }
        fresh += 1;
        let (one, more) = keep(app, block).await?;
        tally.before(&one);
        opened += more;
    }
    Ok(Counted { tally, only_since: None, opened })
}

/// Counts every complete block that charts or rules can need and nobody has counted; how many those were.
///
/// # Errors
/// As [`count`].
pub async fn count_ahead(app: &App) -> Result<u32, Fault> {
    let mut tx = app.db.read().await?;
    let (size, kept) = (ledger::size(&mut tx).await?, store::blocks(&mut tx).await?);
    drop(tx);
    let since = (app.now().seconds() - (anomaly::SHOWN + anomaly::USUAL + 1) * 86_400).div_euclid(3_600);
    let mut counted = 0;
    for block in (0..size / BLOCK).rev().filter(|block| !kept.contains(block)) {
        if i64::from(end_of(app, block).await?) < since {
            break;
        }
        // Somebody who waits for a page has her turn between two blocks.
        let _turn = look::turn(app).await?;
        keep(app, block).await?;
        counted += 1;
    }
    Ok(counted)
}

/// Counts ahead every minute, for ever.
pub async fn run_counting(app: App) {
    loop {
        if let Err(fault) = count_ahead(&app).await {
            tracing::error!(%fault, "what auditors look at was not counted ahead; the next minute goes on with it");
        }
        tokio::time::sleep(Duration::from_secs(60)).await;
    }
}

/// When an entry was made, Unix seconds.
async fn moment_of(app: &App, position: u64) -> Result<i64, Fault> {
    let entries = ledger::entries_from(&mut app.db.read().await?, position, 1).await?;
    let entry = entries.first().ok_or(Fault::Ledger("an entry is missing"))?;
    let leaf = Leaf::decode(&entry.leaf).map_err(|_| Fault::Ledger("a leaf does not read"))?;
    Ok(look::open(&app.custody, entry, leaf)?.review.at.div_euclid(1_000))
}

/// Where what a block comes to is kept.
fn place(block: &str) -> Desk<'_> {
    Desk { table: "review_block", field: "sealed", id: block, version: 1 }
}

/// Counts a block, and keeps what it comes to.
async fn keep(app: &App, block: u64) -> Result<(Tally, u64), Fault> {
    let (one, opened) = stretch(app, block * BLOCK, (block + 1) * BLOCK).await?;
    let mut bytes = Vec::new();
    ciborium::into_writer(&one, &mut bytes).map_err(|_| Fault::Internal("a tally does not serialise"))?;
    let sealed = app.custody.seal_for_auditors(place(&block.to_string()), &bytes)?;
    let mut tx = app.db.begin().await?;
    store::keep_block(&mut tx, block, &sealed).await?;
    tx.commit().await?;
    Ok((one, opened))
}

/// The hour after that of a block's last entry.
async fn end_of(app: &App, block: u64) -> Result<u32, Fault> {
    let leaf = ledger::leaf(&mut app.db.read().await?, (block + 1) * BLOCK - 1).await?;
    Leaf::decode(&leaf).map(|leaf| leaf.hour + 1).map_err(|_| Fault::Ledger("a leaf does not read"))
}

/// Counts the entries of some positions, opening those that are counted.
async fn stretch(app: &App, from: u64, to: u64) -> Result<(Tally, u64), Fault> {
    let (mut tally, mut opened, mut next) = (Tally::default(), 0, from);
    while next < to {
        let mut tx = app.db.read().await?;
        let rows = some(&mut tx, app, next, to).await?;
        drop(tx);
        next = rows.1;
        opened += u64::try_from(rows.0.len()).unwrap_or_default();
        rows.0.iter().for_each(|row| tally.count(row));
    }
    Ok((tally, opened))
}

/// Some entries from a position on, those that count, and where the next ones are.
async fn some(tx: &mut Tx, app: &App, from: u64, to: u64) -> Result<(Vec<Row>, u64), Fault> {
    let most = u32::try_from((to - from).min(512)).unwrap_or(512);
    let entries = ledger::entries_from(tx, from, most).await?;
    if entries.len() != most as usize {
        return Err(Fault::Ledger("an entry is missing"));
    }
    let mut rows = Vec::new();
    for entry in &entries {
        let leaf = Leaf::decode(&entry.leaf).map_err(|_| Fault::Ledger("a leaf does not read"))?;
        // Reads, refusals, consents given and changed: the kinds that are counted.
        if (1..=4).contains(&leaf.kind.number()) {
            rows.push(look::open(&app.custody, entry, leaf)?);
        }
    }
    Ok((rows, from + u64::from(most)))
}
