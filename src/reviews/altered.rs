//! Entries that cannot be shown: the database has something else in their place than was entered, or nothing.
//!
//! One of them must not hide the others; and whoever looks is told of it on the page, by position.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

/// So many positions are named; the others are counted.
const NAMED: usize = 20;

/// How many there are, and the newest of them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Altered {
    /// How many.
    pub count: u64,
    /// Where the newest of them stand, or stood.
    pub positions: BTreeSet<u64>,
}

impl Altered {
    /// One more.
    pub fn add(&mut self, position: u64) {
        self.count += 1;
        self.name(position);
    }

    /// Every position from one up to, and without, another is missing.
    pub fn add_missing(&mut self, from: u64, to: u64) {
        self.count += to.saturating_sub(from);
        let named = u64::try_from(NAMED).unwrap_or_default();
        (from.max(to.saturating_sub(named))..to).for_each(|position| self.name(position));
    }

    /// Those of another stretch, too.
    pub fn and(&mut self, other: &Self) {
        self.count += other.count;
        other.positions.iter().for_each(|position| self.name(*position));
    }

    /// Whether everything was as entered.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    fn name(&mut self, position: u64) {
        self.positions.insert(position);
        if self.positions.len() > NAMED {
            self.positions.pop_first();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_are_counted_and_the_newest_are_named() {
        let mut altered = Altered::default();
        assert!(altered.is_empty());
        altered.add(900);
        altered.add_missing(3, 3);
        altered.add_missing(100, 1_000_000);
        let mut older = Altered::default();
        older.add(7);
        altered.and(&older);
        assert_eq!(altered.count, 1 + 999_900 + 1);
        assert_eq!(altered.positions, (999_980..1_000_000).collect());
    }

    #[test]
    fn a_few_are_all_named() {
        let mut altered = Altered::default();
        altered.add_missing(5, 8);
        altered.add(2);
        assert_eq!((altered.count, altered.positions), (4, [2, 5, 6, 7].into()));
    }
}
