//! Numbers whose total everybody knows: which of them are told, so that nobody can work out the others.
//!
//! Whoever reads them knows the total, all that is told, and these rules. So a number that is withheld beside small ones is
//! not chosen by its own size, and is only enough when whatever the small ones are could be made up for by it: with `s`
//! small ones (one to ten each) and `m` others (eleven or more each) that sum up to more than `10 s + 11 m`, each of the
//! small ones can be any of its ten numbers, and each of the others has nine for each small one besides its own. Where
//! there is not enough for that, nothing is told at all, not even what is nought: what is left then is what the total leaves.

use super::cell::{Cell, FEW, is_small};

/// What is told of the parts of a known total. `order`: all places, in the order in which they are withheld to cover small
/// ones; nothing of these numbers may have gone into it.
#[must_use]
pub fn withhold(numbers: &[u64], order: &[usize]) -> Vec<Cell> {
    let small: Vec<u64> = numbers.iter().copied().filter(|number| is_small(*number)).collect();
    let mut cells: Vec<Cell> = numbers.iter().copied().map(Cell::Told).collect();
    if small.is_empty() {
        return cells;
    }
    for (cell, _) in cells.iter_mut().zip(numbers).filter(|(_, number)| is_small(**number)) {
        *cell = Cell::WITHHELD;
    }
    let mut sum: u64 = small.iter().sum();
    let mut needed = FEW.saturating_mul(small.len() as u64);
    for at in order {
        let (Some(number), Some(cell)) = (numbers.get(*at), cells.get_mut(*at)) else { continue };
        if *number <= FEW {
            continue;
        }
        *cell = Cell::WITHHELD;
        sum = sum.saturating_add(*number);
        needed = needed.saturating_add(FEW + 1);
        if sum > needed {
            return cells;
        }
    }
    vec![Cell::WITHHELD; numbers.len()]
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use std::collections::{BTreeSet, HashMap};

    use super::*;

    const NO: Cell = Cell::WITHHELD;

    fn told(number: u64) -> Cell {
        Cell::Told(number)
    }

    /// All tables of so many numbers with this total.
    fn tables(parts: usize, total: u64) -> Vec<Vec<u64>> {
        if parts == 1 {
            return vec![vec![total]];
        }
        let longer = |first: u64| {
            let with = move |mut rest: Vec<u64>| {
                rest.push(first);
                rest
            };
            tables(parts - 1, total - first).into_iter().map(with)
        };
        (0..=total).flat_map(longer).collect()
    }

    /// Publishes every table there is, as if each were the true one, and holds what a reader is left with: for each answer
    /// that is ever given, the numbers that each withheld place can have in the tables that lead to this very answer.
    fn nobody_is_narrowed(parts: usize, total: u64, order: &[usize]) {
        let mut answers: HashMap<Vec<Cell>, Vec<BTreeSet<u64>>> = HashMap::new();
        for table in tables(parts, total) {
            let said = withhold(&table, order);
            for (cell, number) in said.iter().zip(&table) {
                assert!(cell.told().is_none_or(|told| told == *number), "{table:?}: {said:?}");
                assert!(cell.told().is_none() || !is_small(*number), "{table:?}: {said:?}");
            }
            let possible = answers.entry(said).or_insert_with(|| vec![BTreeSet::new(); parts]);
            possible.iter_mut().zip(&table).for_each(|(set, number)| {
                set.insert(*number);
            });
        }
        // Fewer than ten are possible only where the total, which the tree tells, leaves no more.
        let least = usize::try_from(total + 1).unwrap().min(10);
        for (said, possible) in answers {
            for (cell, set) in said.iter().zip(possible) {
                assert!(cell.told().is_some() || set.len() >= least, "{total} in {said:?}: only {set:?}");
            }
        }
    }

    #[test]
    fn a_withheld_number_is_one_of_ten_to_whoever_knows_the_total_and_the_rules() {
        for total in 0..=130 {
            nobody_is_narrowed(2, total, &[0, 1]);
            nobody_is_narrowed(2, total, &[1, 0]);
        }
        for total in 0..=72 {
            nobody_is_narrowed(3, total, &[0, 1, 2]);
            nobody_is_narrowed(3, total, &[2, 0, 1]);
        }
    }

    #[test]
    fn nor_among_more_apps_with_totals_and_orders_as_they_come() {
        let random = |below: u64| u64::from_be_bytes(crate::crypto::random::bytes::<8>().unwrap()) % below;
        for _ in 0..6 {
            let total = random(58);
            let mut order: Vec<usize> = (0..4).collect();
            (1..4_u64)
                .for_each(|at| order.swap(usize::try_from(at).unwrap(), usize::try_from(random(at + 1)).unwrap()));
            nobody_is_narrowed(4, total, &order);
        }
        nobody_is_narrowed(5, 9 + random(20), &[4, 2, 0, 1, 3]);
    }

    #[test]
    fn as_much_as_possible_is_told() {
        assert_eq!(withhold(&[40, 0, 25], &[0, 1, 2]), [told(40), told(0), told(25)]);
        // 68 in all: 68 - 40 - 25 would be 3, and so the first of the order is withheld with it.
        assert_eq!(withhold(&[40, 3, 25], &[2, 1, 0]), [told(40), NO, NO]);
        assert_eq!(withhold(&[40, 3, 0, 25], &[0, 1, 2, 3]), [NO, NO, told(0), told(25)]);
        // 3 and 12 in 15: whoever knows that 12 is more than ten would know that the other one is four at most.
        assert_eq!(withhold(&[40, 3, 12], &[2, 1, 0]), [NO, NO, NO]);
        assert_eq!(withhold(&[3, 0], &[0, 1]), [NO, NO], "which of the two is nought is not told either");
        assert_eq!(withhold(&[9, 9, 9], &[0, 1, 2]), [NO, NO, NO]);
        assert_eq!(withhold(&[0, 0], &[0, 1]), [told(0), told(0)]);
    }
}
