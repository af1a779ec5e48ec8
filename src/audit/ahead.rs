//! Bundles of leaves in their order, some of them asked for ahead: the service answers while the ones before are hashed.

use std::collections::VecDeque;

use tokio::task::JoinHandle;

use super::source::Source;
use super::{Finding, Stopped};
use crate::ledger::tile::{Tile, WIDTH};

/// Requests under way at once.
pub const AHEAD: usize = 8;

/// The bundles that hold the leaves from `from` to `to`.
pub fn bundles(from: u64, to: u64) -> impl Iterator<Item = Tile> {
    let last = if to > from { to.div_ceil(WIDTH) } else { 0 };
    (from / WIDTH..last).map(move |index| Tile { level: None, index, width: WIDTH.min(to - index * WIDTH) })
}

type Fetched = Result<Result<Vec<u8>, Finding>, Stopped>;

/// Tiles in their order, some of them asked for ahead.
pub struct Ahead<I> {
    source: Source,
    rest: I,
    waiting: VecDeque<(Tile, JoinHandle<Fetched>)>,
}

impl<I: Iterator<Item = Tile>> Ahead<I> {
    /// From this source, nothing asked for yet.
    pub fn new(source: &Source, tiles: I) -> Self {
        Self { source: source.clone(), rest: tiles, waiting: VecDeque::new() }
    }

    /// The next tile, with its bytes or what is wrong with it.
    ///
    /// # Errors
    /// When it cannot be fetched.
    pub async fn next(&mut self) -> Result<Option<(Tile, Result<Vec<u8>, Finding>)>, Stopped> {
        while self.waiting.len() < AHEAD
            && let Some(tile) = self.rest.next()
        {
            let source = self.source.clone();
            self.waiting.push_back((tile, tokio::spawn(async move { source.tile(&tile).await })));
        }
        let Some((tile, fetched)) = self.waiting.pop_front() else { return Ok(None) };
        let fetched = fetched.await.map_err(|_| Stopped::Given("a request was stopped".to_owned()))??;
        Ok(Some((tile, fetched)))
    }
}
