//! A number that may be too small to be told.

use serde::{Deserialize, Serialize};

/// Numbers from one to below this are not told where they count residents.
pub const LEAST: u64 = 10;

/// A number as it is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Cell {
    /// As it is: nought, or ten and more.
    Exact(u64),
    /// Between one and nine; or more, where the exact number would tell another one ([`hide`]).
    Few {
        /// Always [`LEAST`].
        fewer_than: u64,
    },
    /// Not told, though it is not small: it would tell one that is.
    Hidden {
        /// Always true.
        hidden: bool,
    },
}

impl Cell {
    /// A number that stands alone.
    #[must_use]
    pub const fn of(number: u64) -> Self {
        if number == 0 || number >= LEAST { Self::Exact(number) } else { Self::Few { fewer_than: LEAST } }
    }

    /// The number, where it is told.
    #[must_use]
    pub const fn exact(self) -> Option<u64> {
        match self {
            Self::Exact(number) => Some(number),
            Self::Few { .. } | Self::Hidden { .. } => None,
        }
    }
}

/// Numbers whose total anybody knows: where one of them is taken out, so much else is that the total does not tell it. What
/// is taken out sums up to ten at least, and is more than one number, as far as there are others.
#[must_use]
pub fn hide(numbers: &[u64]) -> Vec<Cell> {
    let mut cells: Vec<Cell> = numbers.iter().map(|number| Cell::of(*number)).collect();
    let is_out = |cell: &Cell| cell.exact().is_none();
    if !cells.iter().any(is_out) {
        return cells;
    }
    loop {
        let out = || cells.iter().zip(numbers).filter(|(cell, _)| is_out(cell)).map(|(_, number)| *number);
        if out().count() > 1 && out().sum::<u64>() >= LEAST {
            return cells;
        }
        let shown = cells.iter().enumerate().filter_map(|(at, cell)| Some((cell.exact().filter(|n| *n > 0)?, at)));
        let Some((_, at)) = shown.min() else { return cells };
        if let Some(cell) = cells.get_mut(at) {
            *cell = Cell::Hidden { hidden: true };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FEW: Cell = Cell::Few { fewer_than: 10 };
    const HIDDEN: Cell = Cell::Hidden { hidden: true };

    #[test]
    fn one_to_nine_are_not_told_nought_and_ten_are() {
        assert_eq!((Cell::of(0), Cell::of(1), Cell::of(9)), (Cell::Exact(0), FEW, FEW));
        assert_eq!((Cell::of(10), Cell::of(1_000)), (Cell::Exact(10), Cell::Exact(1_000)));
    }

    #[test]
    fn a_total_tells_no_number_that_was_taken_out() {
        assert_eq!(hide(&[40, 0, 25]), [Cell::Exact(40), Cell::Exact(0), Cell::Exact(25)]);
        // 68 in all: 68 - 40 - 25 would be 3.
        assert_eq!(hide(&[40, 3, 25]), [Cell::Exact(40), FEW, HIDDEN]);
        assert_eq!(hide(&[40, 3, 4, 25]), [Cell::Exact(40), FEW, FEW, HIDDEN], "3 + 4 is below ten still");
        assert_eq!(hide(&[40, 6, 7]), [Cell::Exact(40), FEW, FEW]);
        assert_eq!(hide(&[3]), [FEW]);
        assert_eq!(hide(&[0, 3, 12]), [Cell::Exact(0), FEW, HIDDEN], "nought says nothing of anybody");
    }

    #[test]
    fn whatever_is_taken_out_is_not_one_number_alone_where_there_is_another() {
        for numbers in [[1, 9, 10, 11], [1, 0, 0, 50], [9, 9, 9, 9], [2, 30, 30, 30]] {
            let cells = hide(&numbers);
            let out: Vec<u64> =
                cells.iter().zip(numbers).filter(|(cell, _)| cell.exact().is_none()).map(|(_, n)| n).collect();
            assert!(out.len() > 1 && out.iter().sum::<u64>() >= LEAST, "{numbers:?}: {out:?}");
        }
    }
}
