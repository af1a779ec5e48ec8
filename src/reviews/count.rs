//! Counting the ledger back to an hour. What 4,096 entries come to is counted once and kept, sealed; the rest, up to the
//! newest entry, is counted anew.

use super::look::{self, Row};
use super::store;
use super::tally::Tally;
use crate::app::App;
use crate::custody::Desk;
use crate::db::Tx;
use crate::fault::Fault;
use crate::ledger::{self, Leaf};

/// Entries of a block.
const BLOCK: u64 = 4_096;
/// So many blocks are counted for one page, if nobody has counted them before; the page says that there are more.
const FRESH: u32 = 24;

/// What was counted.
#[derive(Debug, Clone, Default)]
pub struct Counted {
    /// What it comes to.
    pub tally: Tally,
    /// Whether all of it, back to the hour that was asked for, has been counted.
    pub complete: bool,
    /// How many reviews were opened for it.
    pub opened: u64,
}

/// Counts what stands before position `end`, back to an hour.
///
/// # Errors
/// When the database fails, or a review is not what its leaf commits to.
pub async fn count(app: &App, end: u64, since: u32) -> Result<Counted, Fault> {
    let mut block = end / BLOCK;
    let (mut tally, mut opened) = stretch(app, block * BLOCK, end).await?;
    let mut fresh = 0;
    while block > 0 && tally.hours.keys().next().is_none_or(|oldest| *oldest >= since) {
        block -= 1;
        if end_of(app, block).await? < since {
            break;
        }
        let place = block.to_string();
        let desk = Desk { table: "review_block", field: "sealed", id: &place, version: 1 };
        let kept = store::block(&mut app.db.read().await?, block).await?;
        if let Some(sealed) = kept {
            let bytes = app.custody.open_for_auditors(desk, &sealed)?;
            let one: Tally = ciborium::from_reader(bytes.as_slice()).map_err(|_| Fault::Stored("a block's tally"))?;
            tally.before(&one);
            continue;
        }
        if fresh == FRESH {
            return Ok(Counted { tally, complete: false, opened });
        }
        fresh += 1;
        let (one, more) = stretch(app, block * BLOCK, (block + 1) * BLOCK).await?;
        let mut bytes = Vec::new();
        ciborium::into_writer(&one, &mut bytes).map_err(|_| Fault::Internal("a tally does not serialise"))?;
        let sealed = app.custody.seal_for_auditors(desk, &bytes)?;
        let mut tx = app.db.begin().await?;
        store::keep_block(&mut tx, block, &sealed).await?;
        tx.commit().await?;
        tally.before(&one);
        opened += more;
    }
    Ok(Counted { tally, complete: true, opened })
}

/// The hour of a block's last entry.
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
