//! What is not as usual: the rule, without a database.

/// Fewer reads on one day never are too many.
const FEWEST: i64 = 10;
/// So many times the usual number is too many.
const TIMES: i64 = 3;
/// So many days with reads make a habit of how often, and so many of when.
const HABIT: usize = 3;
const HABIT_OF_HOURS: usize = 7;

/// The reads of one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Day {
    /// All of them.
    pub(super) reads: i64,
    /// Those at night.
    pub(super) night: i64,
}

/// Whether a day has to be looked at: with its first read, its first at night, and each time its number has doubled. So
/// an app that reads all day costs a few comparisons, and not one for each read.
pub(super) fn may_be(before: Day, today: Day) -> bool {
    let doublings = |reads: i64| (reads / FEWEST).checked_ilog2();
    before.reads == 0 || (before.night == 0 && today.night > 0) || doublings(before.reads) != doublings(today.reads)
}

/// Whether a day differs from the app's own habits with this resident: three times its usual number, or at night when it
/// never came at night.
pub(super) fn is(history: &[Day], today: Day) -> bool {
    let too_many = history.len() >= HABIT && today.reads >= FEWEST && today.reads > TIMES * median(history);
    let by_night = history.len() >= HABIT_OF_HOURS && today.night > 0 && history.iter().all(|day| day.night == 0);
    too_many || by_night
}

fn median(history: &[Day]) -> i64 {
    let mut reads: Vec<i64> = history.iter().map(|day| day.reads).collect();
    reads.sort_unstable();
    reads.get(reads.len() / 2).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(reads: &[i64]) -> Vec<Day> {
        reads.iter().map(|&reads| Day { reads, night: 0 }).collect()
    }

    fn by_day(reads: i64) -> Day {
        Day { reads, night: 0 }
    }

    #[test]
    fn three_times_the_usual_number_is_unusual_and_a_little_never_is() {
        assert!(is(&days(&[4, 5, 4]), by_day(13)));
        assert!(!is(&days(&[4, 5, 4]), by_day(12)));
        assert!(!is(&days(&[1, 1, 1]), by_day(9)));
        assert!(!is(&days(&[4, 5]), by_day(500)), "two days are no habit");
    }

    #[test]
    fn one_busy_day_is_no_excuse_for_the_next() {
        assert!(is(&days(&[2, 400, 2, 2, 2]), by_day(40)));
    }

    #[test]
    fn the_first_read_at_night_is_unusual_once_there_is_a_habit() {
        let night = Day { reads: 1, night: 1 };
        assert!(is(&days(&[1; 7]), night));
        assert!(!is(&days(&[1; 6]), night));
        let owl = [days(&[1; 7]), vec![Day { reads: 1, night: 1 }]].concat();
        assert!(!is(&owl, night), "it came at night before");
    }

    #[test]
    fn a_day_is_looked_at_a_few_times_however_much_is_read() {
        let looks = (0..10_000).filter(|&n| may_be(by_day(n), by_day(n + 1))).count();
        assert!((10..=13).contains(&looks), "{looks}");
    }
}
