//! Looking through the ledger, the newest first: reviews are opened one by one, in steps, and never more than a page's
//! work at a time.
//!
//! What leaves show in clear (kind and hour) is judged before anything is opened.

use tokio::sync::SemaphorePermit;

use super::filter::Filter;
use crate::app::App;
use crate::custody::Custody;
use crate::db::Tx;
use crate::fault::Fault;
use crate::ledger::{self, Kind, Leaf, Review, Stored, review_commitment};

/// Entries fetched at a time.
const STEP: u32 = 500;
/// An hour, in seconds.
const HOUR: i64 = 3_600;
/// Clocks of nodes differ: hours of leaves are held to be in order to within one.
const SLACK: u32 = 1;

/// An entry, as an auditor may see it.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Where it stands in the ledger.
    pub position: u64,
    /// What kind of event.
    pub kind: Kind,
    /// The public leaf, encoded.
    pub leaf: Vec<u8>,
    /// What blinds the commitment to the review.
    pub blind: Vec<u8>,
    /// The review as it is committed to.
    pub bytes: Vec<u8>,
    /// The same, read.
    pub review: Review,
}

/// How much may be done for one page.
#[derive(Debug, Clone, Copy)]
pub struct Through {
    /// So many rows are enough.
    pub rows: usize,
    /// Reviews that are opened at most.
    pub opened: u64,
    /// Entries that are looked at, by their leaves, at most.
    pub leaves: u64,
}

/// What was found.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// The newest first.
    pub rows: Vec<Row>,
    /// The position to go on before, when there is more to look through.
    pub older: Option<u64>,
    /// How many reviews were opened.
    pub opened: u64,
    /// When the oldest entry was made that was looked at, Unix seconds, to the hour.
    pub back_to: Option<i64>,
}

/// Looks for what a filter seeks, before a position.
///
/// # Errors
/// When the database fails, or a review is not what its leaf commits to.
pub async fn look(app: &App, filter: &Filter, before: u64, through: Through) -> Result<Found, Fault> {
    let _turn = turn(app).await?;
    let mut before = match &filter.until {
        Some(until) => before.min(first_of_hour(&mut app.db.read().await?, hour_of(until.seconds) + 1 + SLACK).await?),
        None => before,
    };
    let (mut found, mut leaves) = (Found::default(), 0);
    loop {
        // A connection for each step: what is slow is opening, and apps that read need connections, too.
        let entries = ledger::entries_before(&mut app.db.read().await?, before, STEP).await?;
        for entry in &entries {
            let leaf = Leaf::decode(&entry.leaf).map_err(|_| Fault::Ledger("a leaf does not read"))?;
            if filter.since.as_ref().is_some_and(|since| leaf.hour + SLACK < hour_of(since.seconds)) {
                return Ok(found);
            }
            if leaves >= through.leaves || found.opened >= through.opened || found.rows.len() >= through.rows {
                found.older = Some(entry.position.cast_unsigned() + 1);
                return Ok(found);
            }
            leaves += 1;
            found.back_to = Some(i64::from(leaf.hour) * HOUR);
            if filter.kind.is_some_and(|kind| kind != leaf.kind) {
                continue;
            }
            found.opened += 1;
            let row = open(&app.custody, entry, leaf)?;
            if filter.takes(&row) {
                found.rows.push(row);
            }
        }
        match entries.last() {
            Some(last) if entries.len() == STEP as usize => before = last.position.cast_unsigned(),
            _ => return Ok(found),
        }
    }
}

/// Waits until so few others look through the ledger that it costs nobody else much; first come, first served. Held as
/// long as the looking takes.
pub(super) async fn turn(app: &App) -> Result<SemaphorePermit<'_>, Fault> {
    app.looking.acquire().await.map_err(|_| Fault::Internal("nobody closes the auditors' turns"))
}

/// The hour of a moment, as leaves have it.
fn hour_of(seconds: i64) -> u32 {
    u32::try_from(seconds.div_euclid(HOUR)).unwrap_or_default()
}

/// The first position whose leaf is of this hour or a later one.
pub(super) async fn first_of_hour(tx: &mut Tx, hour: u32) -> Result<u64, Fault> {
    let (mut low, mut high) = (0, ledger::size(tx).await?);
    while low < high {
        let middle = low.midpoint(high);
        let leaf = Leaf::decode(&ledger::leaf(tx, middle).await?).map_err(|_| Fault::Ledger("a leaf does not read"))?;
        if leaf.hour < hour { low = middle + 1 } else { high = middle }
    }
    Ok(low)
}

/// Opens the review of an entry, and holds it against the leaf.
pub(super) fn open(custody: &Custody, entry: &Stored, leaf: Leaf) -> Result<Row, Fault> {
    let opened = custody.open_review(entry)?;
    if review_commitment(&opened) != leaf.review {
        return Err(Fault::Ledger("a review is not what its leaf commits to"));
    }
    let (blind, bytes) = opened.split_at_checked(32).ok_or(Fault::Ledger("a review does not read"))?;
    let review = Review::decode(bytes).map_err(|_| Fault::Ledger("a review does not read"))?;
    Ok(Row {
        position: entry.position.cast_unsigned(),
        kind: leaf.kind,
        leaf: entry.leaf.clone(),
        blind: blind.to_vec(),
        bytes: bytes.to_vec(),
        review,
    })
}
