//! Looking through the ledger, the newest first: reviews are opened one by one, in steps, and never more than a page's
//! work at a time.
//!
//! What leaves show in clear (kind and hour) is judged before anything is opened.

use tokio::sync::SemaphorePermit;

use super::altered::Altered;
use super::filter::Filter;
use crate::app::App;
use crate::custody::Custody;
use crate::db::Tx;
use crate::fault::Fault;
use crate::ledger::{self, Kind, Leaf, Review, Stored, review_commitment, sound_leaves};

/// Entries fetched at a time.
const STEP: u32 = 500;
/// An hour, in seconds.
const HOUR: i64 = 3_600;
/// Clocks of nodes differ: hours of leaves are held to be in order to within one.
const SLACK: u32 = 1;
/// So many entries on are looked through for one that tells its hour, where one does not.
const NEAR: u32 = 64;

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
    /// What cannot be shown of the stretch that was looked through.
    pub altered: Altered,
}

/// Looks for what a filter seeks, before a position.
///
/// # Errors
/// When the database fails.
pub async fn look(app: &App, filter: &Filter, before: u64, through: Through) -> Result<Found, Fault> {
    let _turn = turn(app).await?;
    let mut before = match &filter.until {
        Some(until) => before.min(first_of_hour(&mut app.db.read().await?, hour_of(until.seconds) + 1 + SLACK).await?),
        None => before,
    };
    let (mut found, mut leaves) = (Found::default(), 0);
    loop {
        // A connection for each step: what is slow is opening, and apps that read need connections, too.
        let mut tx = app.db.read().await?;
        let entries = ledger::entries_before(&mut tx, before, STEP).await?;
        let sound = sound_leaves(&mut tx, &entries).await?;
        drop(tx);
        let is_last = entries.len() < STEP as usize;
        for (entry, leaf) in entries.iter().zip(sound) {
            let position = entry.position.cast_unsigned();
            if let (Some(since), Some(leaf)) = (&filter.since, &leaf)
                && leaf.hour + SLACK < hour_of(since.seconds)
            {
                return Ok(found);
            }
            if leaves >= through.leaves || found.opened >= through.opened || found.rows.len() >= through.rows {
                found.older = Some(before);
                return Ok(found);
            }
            found.altered.add_missing(position + 1, before);
            before = position;
            leaves += 1;
            found.take(&app.custody, filter, entry, leaf);
        }
        if is_last {
            found.altered.add_missing(0, before);
            return Ok(found);
        }
    }
}

impl Found {
    /// Takes an entry that the filter seeks.
    fn take(&mut self, custody: &Custody, filter: &Filter, entry: &Stored, leaf: Option<Leaf>) {
        let position = entry.position.cast_unsigned();
        let Some(leaf) = leaf else { return self.altered.add(position) };
        self.back_to = Some(i64::from(leaf.hour) * HOUR);
        if filter.kind.is_some_and(|kind| kind != leaf.kind) {
            return;
        }
        self.opened += 1;
        match open(custody, entry, leaf) {
            Ok(row) if filter.takes(&row) => self.rows.push(row),
            Ok(_) => {}
            Err(_) => self.altered.add(position),
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

/// The first position whose leaf is of this hour or a later one; or a later position, where leaves near it do not tell.
async fn first_of_hour(tx: &mut Tx, hour: u32) -> Result<u64, Fault> {
    let (mut low, mut high) = (0, ledger::size(tx).await?);
    while low < high {
        let middle = low.midpoint(high);
        match sound_near(tx, middle).await? {
            Some((_, leaf)) if leaf.hour >= hour => high = middle,
            Some((position, _)) => low = position + 1,
            None => low = middle + u64::from(NEAR),
        }
    }
    Ok(low)
}

/// The first sound leaf near a position, from there on.
async fn sound_near(tx: &mut Tx, position: u64) -> Result<Option<(u64, Leaf)>, Fault> {
    let near = ledger::entries_from(tx, position, NEAR).await?;
    let sound = sound_leaves(tx, &near).await?;
    Ok(near.iter().zip(sound).find_map(|(entry, leaf)| Some((entry.position.cast_unsigned(), leaf?))))
}

/// The entry at a position, and what an auditor sees of it.
///
/// # Errors
/// When it is gone, or is not what was entered.
pub(super) async fn at(tx: &mut Tx, custody: &Custody, position: u64) -> Result<(Stored, Row), Fault> {
    let entry = ledger::entry_at(tx, position).await?;
    let sound = sound_leaves(tx, std::slice::from_ref(&entry)).await?;
    let leaf = sound.into_iter().next().flatten().ok_or(Fault::Ledger("a leaf is not what the tree has hashed"))?;
    let row = open(custody, &entry, leaf)?;
    Ok((entry, row))
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
