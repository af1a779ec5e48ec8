//! Counting the ledger back to an hour. What 4,096 entries come to is counted once and kept, sealed, in the background or by
//! the first page that needs it; the rest, up to the newest entry, is counted anew.

use std::time::Duration;

use super::tally::Tally;
use super::{anomaly, look, store};
use crate::app::App;
use crate::custody::{Custody, Desk};
use crate::fault::Fault;
use crate::ledger::{self, Leaf, Stored, sound_leaves};

/// Entries of a block.
const BLOCK: u64 = 4_096;
/// Entries fetched at a time.
const STEP: u64 = 512;

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
/// When the database fails.
pub async fn count(app: &App, end: u64, since: u32) -> Result<Counted, Fault> {
    let _turn = look::turn(app).await?;
    let mut block = end / BLOCK;
    let (mut tally, mut opened) = stretch(app, block * BLOCK, end).await?;
    let mut fresh = 0;
    while block > 0 && tally.hours.keys().next().is_none_or(|oldest| *oldest >= since) {
        block -= 1;
        if end_of(app, block).await?.is_some_and(|end| end < since) {
            break;
        }
        if let Some(one) = kept(app, block).await? {
            tally.before(&one);
            continue;
        }
        if fresh == app.config.reviews.fresh_blocks {
            return Ok(Counted { only_since: Some(moment_of(app, &tally, block + 1).await?), tally, opened });
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
        if end_of(app, block).await?.is_some_and(|end| i64::from(end) < since) {
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

/// When a block's first entry was made, Unix seconds; where that does not read, when the first was that was counted.
async fn moment_of(app: &App, tally: &Tally, block: u64) -> Result<i64, Fault> {
    let mut tx = app.db.read().await?;
    let entries = ledger::entries_from(&mut tx, block * BLOCK, 1).await?;
    let sound = sound_leaves(&mut tx, &entries).await?;
    let opened = entries.iter().zip(sound).find_map(|(entry, leaf)| look::open(&app.custody, entry, leaf?).ok());
    let hour = tally.hours.keys().next().map_or_else(|| app.now().seconds(), |hour| i64::from(*hour) * 3_600);
    Ok(opened.map_or(hour, |row| row.review.at.div_euclid(1_000)))
}

/// Where what a block comes to is kept.
fn place(block: &str) -> Desk<'_> {
    Desk { table: "review_block", field: "sealed", id: block, version: 1 }
}

/// What a block was counted to; `None` when nobody has counted it, or what was kept is not what was kept: it is counted anew.
async fn kept(app: &App, block: u64) -> Result<Option<Tally>, Fault> {
    let Some(sealed) = store::block(&mut app.db.read().await?, block).await? else { return Ok(None) };
    let opened = app.custody.open_for_auditors(place(&block.to_string()), &sealed).ok();
    Ok(opened.and_then(|bytes| ciborium::from_reader(bytes.as_slice()).ok()))
}

/// Counts a block, and keeps what it comes to. With entries that do not read it is not kept: they may be put right.
async fn keep(app: &App, block: u64) -> Result<(Tally, u64), Fault> {
    let (one, opened) = stretch(app, block * BLOCK, (block + 1) * BLOCK).await?;
    if !one.altered.is_empty() {
        tracing::error!(
            count = one.altered.count,
            newest = one.altered.positions.last(),
            "entries were altered in the database: `latchkey ledger verify` names what is wrong"
        );
        return Ok((one, opened));
    }
    let mut bytes = Vec::new();
    ciborium::into_writer(&one, &mut bytes).map_err(|_| Fault::Internal("a tally does not serialise"))?;
    let sealed = app.custody.seal_for_auditors(place(&block.to_string()), &bytes)?;
    let mut tx = app.db.begin().await?;
    store::keep_block(&mut tx, block, &sealed).await?;
    tx.commit().await?;
    Ok((one, opened))
}

/// The hour after that of a block's last entry; `None` when its leaf does not tell.
async fn end_of(app: &App, block: u64) -> Result<Option<u32>, Fault> {
    let mut tx = app.db.read().await?;
    let last = ledger::entries_from(&mut tx, (block + 1) * BLOCK - 1, 1).await?;
    Ok(sound_leaves(&mut tx, &last).await?.into_iter().next().flatten().map(|leaf| leaf.hour + 1))
}

/// Counts the entries of some positions, opening those that are counted.
async fn stretch(app: &App, from: u64, to: u64) -> Result<(Tally, u64), Fault> {
    let (mut tally, mut opened, mut next) = (Tally::default(), 0, from);
    while next < to {
        let until = to.min(next + STEP);
        let mut tx = app.db.read().await?;
        let mut entries = ledger::entries_from(&mut tx, next, u32::try_from(until - next).unwrap_or_default()).await?;
        entries.retain(|entry| entry.position.cast_unsigned() < until);
        let sound = sound_leaves(&mut tx, &entries).await?;
        drop(tx);
        for (entry, leaf) in entries.iter().zip(sound) {
            let position = entry.position.cast_unsigned();
            tally.altered.add_missing(next, position);
            next = position + 1;
            opened += u64::from(count_one(&mut tally, &app.custody, entry, leaf));
        }
        tally.altered.add_missing(next, until);
        next = until;
    }
    Ok((tally, opened))
}

/// Counts an entry; whether it was opened for that.
fn count_one(tally: &mut Tally, custody: &Custody, entry: &Stored, leaf: Option<Leaf>) -> bool {
    let position = entry.position.cast_unsigned();
    match leaf {
        None => tally.altered.add(position),
        // Reads, refusals, consents given and changed: the kinds that are counted.
        Some(leaf) if (1..=4).contains(&leaf.kind.number()) => {
            match look::open(custody, entry, leaf) {
                Ok(row) => tally.count(&row),
                Err(_) => tally.altered.add(position),
            }
            return true;
        }
        Some(_) => {}
    }
    false
}
