//! How often each key came in this minute, in bounded memory.
//!
//! The arithmetic is governor's; this is where it keeps its numbers, [`MOST`] in a minute. What becomes of newcomers then
//! is said by [`Newcomers`]; whoever was counted before goes on as before, and at the next minute it is over.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use governor::nanos::Nanos;
use governor::state::StateStore;
use governor::state::keyed::ShrinkableKeyedStateStore;

use crate::crypto::hash;

/// Keys that one limit counts at once: about three megabytes.
pub const MOST: usize = 65_536;

/// What is counted: a digest, so that long names take no more room than short ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key([u8; 16]);

impl Key {
    /// Newcomers when there is no room.
    const REST: Self = Self([0; 16]);

    /// The key of a name in several parts; no two lists of parts have the same.
    #[must_use]
    pub fn of(parts: &[&[u8]]) -> Self {
        let lengths: Vec<[u8; 8]> = parts.iter().map(|part| (part.len() as u64).to_be_bytes()).collect();
        let pieces: Vec<&[u8]> =
            lengths.iter().zip(parts).flat_map(|(length, part)| [length.as_slice(), part]).collect();
        let digest = hash::sha256_of(&pieces);
        Self(*digest.first_chunk().unwrap_or(&[0; 16]))
    }
}

/// What becomes of keys that find no room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Newcomers {
    /// They are counted together, as one: for keys that nobody makes up. Whoever comes with a million addresses shortens
    /// the way of other newcomers, but opens no door.
    Together,
    /// They are not counted: for keys that anybody makes up (a browser's cookie, the key of a proof). Such a limit holds
    /// nobody who wants to pass it, and one number for all newcomers would let two addresses shut everybody out. The
    /// limits by address stand before it.
    Uncounted,
}

/// The numbers of one limit.
#[derive(Debug, Default)]
pub struct Counts(Mutex<HashMap<Key, Nanos>>);

impl Counts {
    fn lock(&self) -> MutexGuard<'_, HashMap<Key, Nanos>> {
        // A number is written whole or not at all: a thread that panicked left nothing half done.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Newcomers {
    /// Where a key is counted, if anywhere.
    fn seat(self, counts: &HashMap<Key, Nanos>, key: Key) -> Option<Key> {
        match self {
            _ if counts.len() < MOST || counts.contains_key(&key) => Some(key),
            Self::Together => Some(Key::REST),
            Self::Uncounted => None,
        }
    }
}

/// The numbers, for a limiter that counts.
#[derive(Debug)]
pub struct Counting(pub Arc<Counts>, pub Newcomers);

impl StateStore for Counting {
    type Key = Key;

    fn measure_and_replace<T, F, E>(&self, key: &Key, f: F) -> Result<T, E>
    where
        F: Fn(Option<Nanos>) -> Result<(T, Nanos), E>,
    {
        let mut counts = self.0.lock();
        let Some(key) = self.1.seat(&counts, *key) else { return f(None).map(|(outcome, _)| outcome) };
        let (outcome, next) = f(counts.get(&key).copied())?;
        counts.insert(key, next);
        Ok(outcome)
    }
}

impl ShrinkableKeyedStateStore<Key> for Counting {
    fn retain_recent(&self, drop_below: Nanos) {
        self.0.lock().retain(|_, next| *next > drop_below);
    }

    fn shrink_to_fit(&self) {
        self.0.lock().shrink_to_fit();
    }

    fn len(&self) -> usize {
        self.0.lock().len()
    }

    fn is_empty(&self) -> bool {
        self.0.lock().is_empty()
    }
}

/// The same numbers, for a limiter that only looks.
#[derive(Debug)]
pub struct Looking(pub Arc<Counts>, pub Newcomers);

impl StateStore for Looking {
    type Key = Key;

    fn measure_and_replace<T, F, E>(&self, key: &Key, f: F) -> Result<T, E>
    where
        F: Fn(Option<Nanos>) -> Result<(T, Nanos), E>,
    {
        let counts = self.0.lock();
        let key = self.1.seat(&counts, *key);
        f(key.and_then(|key| counts.get(&key).copied())).map(|(outcome, _)| outcome)
    }
}
