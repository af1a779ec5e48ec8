//! A number that may be too small to be told.

use serde::{Deserialize, Serialize};

/// Numbers from one to this one are not told where they count residents, or are those of one app. So whoever reads that
/// such a number is withheld has ten to choose from.
pub const FEW: u64 = 10;

/// A number as it is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Cell {
    /// As it is.
    Told(u64),
    /// Not told, because it is small or because it would tell another one that is: which of the two, is not told either.
    Withheld(Word),
}

/// What stands in the place of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Word {
    /// The only one there is.
    Withheld,
}

impl Cell {
    /// Not told.
    pub const WITHHELD: Self = Self::Withheld(Word::Withheld);

    /// A number that stands alone. `most`: the public tree tells that it is not more.
    #[must_use]
    pub const fn alone(number: u64, most: u64) -> Self {
        match (number, most) {
            (_, 0) => Self::Told(0),
            // Whoever has counted the tree knows almost all of it: any answer but this one would tell the rest.
            (_, 1..FEW) => Self::WITHHELD,
            (0, _) => Self::Told(0),
            _ if is_small(number) => Self::WITHHELD,
            _ => Self::Told(number),
        }
    }

    /// The number, where it is told.
    #[must_use]
    pub const fn told(self) -> Option<u64> {
        match self {
            Self::Told(number) => Some(number),
            Self::Withheld(_) => None,
        }
    }
}

/// Whether a number is one of those that are not told.
pub(super) const fn is_small(number: u64) -> bool {
    number > 0 && number <= FEW
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    #[test]
    fn every_withheld_number_is_one_of_ten_or_of_all_that_the_tree_leaves() {
        for most in 0..40 {
            let mut said: BTreeMap<Option<u64>, BTreeSet<u64>> = BTreeMap::new();
            for number in 0..=most {
                let cell = Cell::alone(number, most);
                assert!(cell.told().is_none_or(|told| told == number), "{number} of {most}: {cell:?}");
                said.entry(cell.told()).or_default().insert(number);
            }
            let withheld = said.get(&None).map_or(0, BTreeSet::len);
            let tree = usize::try_from(most).unwrap() + 1;
            assert!(withheld == 0 || withheld >= tree.min(10), "at most {most}: one of {withheld}");
        }
        assert_eq!((Cell::alone(0, 99), Cell::alone(11, 99)), (Cell::Told(0), Cell::Told(11)));
    }

    #[test]
    fn there_is_one_word_for_what_is_not_told() {
        let text = serde_json::to_string(&[Cell::Told(12), Cell::WITHHELD]).unwrap();
        assert_eq!(text, r#"[12,"withheld"]"#);
        assert_eq!(serde_json::from_str::<Vec<Cell>>(&text).unwrap(), [Cell::Told(12), Cell::WITHHELD]);
        assert!(serde_json::from_str::<Vec<Cell>>(r#"["few"]"#).is_err());
    }
}
