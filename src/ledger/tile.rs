//! Tiles: the tree and its entries as files that never change (C2SP tlog-tiles).
//!
//! A tile is 256 hashes side by side, or 256 leaves; whoever has all of them can rebuild the tree and any proof without
//! asking us. Only what a signed checkpoint covers is served, so whatever was served once stays as it is for ever.

use std::fmt;

use tlog_tiles::tlog;

use super::store;
use crate::db::Tx;
use crate::fault::Fault;

/// Hashes, or leaves, in a full tile.
pub const WIDTH: u64 = 256;
/// log2 of that: how many levels of the tree lie between two levels of tiles.
const HEIGHT: u8 = 8;
/// The highest level of tiles that a tree of 64-bit size can have.
const HIGHEST: u8 = 7;

/// Where a tile lies: `<L>/<N>[.p/<W>]`, or `entries/<N>[.p/<W>]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tile {
    /// Its level, or the leaves themselves.
    pub level: Option<u8>,
    /// Which one of its level.
    pub index: u64,
    /// How many hashes, or leaves, 1 to 256.
    pub width: u64,
}

/// Not the one spelling of a tile's address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the address of a tile")]
pub struct NotATile;

impl Tile {
    /// Reads an address as it stands behind `/tile/`.
    ///
    /// # Errors
    /// When it is not the one spelling of a tile.
    pub fn parse(path: &str) -> Result<Self, NotATile> {
        let (level, rest) = path.split_once('/').ok_or(NotATile)?;
        let (number, width) = match rest.rsplit_once(".p/") {
            None => (rest, WIDTH),
            Some((number, width)) => (number, width.parse().map_err(|_| NotATile)?),
        };
        let level = match level {
            "entries" => None,
            digits => Some(digits.parse().map_err(|_| NotATile)?),
        };
        let mut index = 0_u64;
        for part in number.split('/') {
            let digits: u64 = part.strip_prefix('x').unwrap_or(part).parse().map_err(|_| NotATile)?;
            index = index.checked_mul(1_000).and_then(|index| index.checked_add(digits)).ok_or(NotATile)?;
        }
        let tile = Self { level, index, width };
        let is_one = tile.level.is_none_or(|level| level <= 63) && (1..=WIDTH).contains(&width);
        // Leading zeroes, a sign, `.p/256`, an `x` too many: there is one spelling, and this compares with it.
        if is_one && tile.to_string() == path { Ok(tile) } else { Err(NotATile) }
    }

    /// Whether a tree of this size has it.
    #[must_use]
    pub fn is_in(&self, size: u64) -> bool {
        let level = self.level.unwrap_or(0);
        if level > HIGHEST {
            return false;
        }
        let there = size >> (HEIGHT * level);
        self.end().is_some_and(|end| end <= there)
    }

    /// The first hash of its level, or the first leaf, that it holds.
    fn first(&self) -> Option<u64> {
        self.index.checked_mul(WIDTH)
    }

    fn end(&self) -> Option<u64> {
        self.first()?.checked_add(self.width)
    }
}

impl fmt::Display for Tile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.level {
            Some(level) => write!(f, "{level}/")?,
            None => f.write_str("entries/")?,
        }
        let mut parts = vec![format!("{:03}", self.index % 1_000)];
        let mut rest = self.index / 1_000;
        while rest > 0 {
            parts.push(format!("x{:03}", rest % 1_000));
            rest /= 1_000;
        }
        parts.reverse();
        f.write_str(&parts.join("/"))?;
        if self.width < WIDTH { write!(f, ".p/{}", self.width) } else { Ok(()) }
    }
}

/// The bytes of a tile of the tree of `size` leaves, all of which a checkpoint covers. `None`: the tree has no such tile.
///
/// # Errors
/// When the database fails, or has lost a hash or a leaf.
pub async fn read(tx: &mut Tx, tile: &Tile, size: u64) -> Result<Option<Vec<u8>>, Fault> {
    let Some(first) = tile.first().filter(|_| tile.is_in(size)) else { return Ok(None) };
    let Some(level) = tile.level else { return bundle(tx, first, tile.width).await.map(Some) };
    let at: Vec<u64> =
        (first..).take_while(|n| *n < first + tile.width).map(|n| tlog::stored_hash_index(HEIGHT * level, n)).collect();
    let known = store::hashes(tx, &at).await?;
    let mut bytes = Vec::with_capacity(at.len() * tlog::HASH_SIZE);
    for at in &at {
        let hash = known.get(at).ok_or(Fault::Ledger("a hash of the tree is missing"))?;
        bytes.extend_from_slice(&hash.0);
    }
    Ok(Some(bytes))
}

/// Leaves one after the other, each behind its length (u16).
async fn bundle(tx: &mut Tx, first: u64, width: u64) -> Result<Vec<u8>, Fault> {
    let leaves = store::leaves(tx, first, width).await?;
    let mut bytes = Vec::new();
    for leaf in &leaves {
        let length = u16::try_from(leaf.len()).map_err(|_| Fault::Stored("a leaf of another length"))?;
        bytes.extend_from_slice(&length.to_be_bytes());
        bytes.extend_from_slice(leaf);
    }
    let whole = u64::try_from(leaves.len()).is_ok_and(|count| count == width);
    if whole { Ok(bytes) } else { Err(Fault::Ledger("a leaf is missing")) }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_one_spelling() {
        for good in ["0/000", "0/x001/x234/067", "63/000.p/1", "entries/000.p/255", "entries/x001/000", "1/999"] {
            assert_eq!(Tile::parse(good).unwrap().to_string(), good);
        }
        for bad in [
            "",
            "0",
            "0/",
            "0/0",
            "0/0000",
            "00/000",
            "64/000",
            "256/000",
            "-1/000",
            "+1/000",
            "0/000.p/0",
            "0/000.p/256",
            "0/000.p/01",
            "0/000.p/",
            "0/x000/000",
            "0/x001",
            "0/001/000",
            "0/x001/x000",
            "data/000",
            "8/0/000",
            "0/000.p/1/2",
            "entries/000/",
            "0/x018/x446/x744/x073/x709/x551/616",
            "0/\u{ff10}00",
            "0/000?x",
        ] {
            assert_eq!(Tile::parse(bad), Err(NotATile), "{bad}");
        }
    }

    #[test]
    fn the_library_spells_them_alike_but_for_the_height() {
        for tile in ["0/000", "0/x001/x234/067", "3/005.p/17"] {
            let theirs = tlog_tiles::Tile::from_path(&format!("tile/8/{tile}")).unwrap();
            let ours = Tile::parse(tile).unwrap();
            assert_eq!((theirs.level(), theirs.level_index()), (ours.level.unwrap(), ours.index));
            assert_eq!(u64::from(theirs.width()), ours.width);
        }
    }

    #[test]
    fn a_tree_has_the_tiles_that_the_standard_counts() {
        // "A tree of size 70,000 …" (C2SP tlog-tiles, Partial Tiles).
        let is_in = |path: &str| Tile::parse(path).unwrap().is_in(70_000);
        assert!(is_in("0/272") && !is_in("0/273") && is_in("0/273.p/112") && !is_in("0/273.p/113"));
        assert!(is_in("1/000") && !is_in("1/001") && is_in("1/001.p/17") && !is_in("1/001.p/18"));
        assert!(is_in("2/000.p/1") && !is_in("2/000.p/2") && !is_in("3/000.p/1") && !is_in("63/000.p/1"));
        assert!(is_in("entries/273.p/112") && !is_in("entries/274.p/1"));
        assert!(!Tile::parse("entries/000.p/1").unwrap().is_in(0));
    }
}
