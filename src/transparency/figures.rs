//! What the page says, in the form in which it is stored and given out as JSON.

use serde::{Deserialize, Serialize};

use super::Cell;
use super::cell::FEW;

/// All of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// When it was made, Unix seconds.
    pub made_at: i64,
    /// The time zone of the months.
    pub timezone: String,
    /// Entries of the ledger that it has been through.
    pub counted: u64,
    /// Those of them that it could not read, or that were missing.
    pub unread: u64,
    /// Whether counting stopped before the newest entry.
    pub behind: bool,
    /// Apps whose doors are open.
    pub apps: u64,
    /// Uses of break-glass that nobody has reviewed in time.
    pub reviews_overdue: u64,
    /// The months, the newest first: at most twelve.
    pub months: Vec<Month>,
}

/// A month. What stands here counts entries or acts of staff; what counts residents stands in [`Closed`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Month {
    /// `2026-11`
    pub month: String,
    /// Reads by apps.
    pub disclosures: u64,
    /// Reads that were refused.
    pub refusals: u64,
    /// Consents given.
    pub given: u64,
    /// Consents withdrawn.
    pub withdrawn: u64,
    /// Consents that ran out.
    pub expired: u64,
    /// Steps of erasures.
    pub erasures: u64,
    /// Uses of break-glass: acts of staff, told as they are.
    pub emergencies: u64,
    /// Those of them that a third person found unjustified.
    pub unjustified: u64,
    /// What is told once the month is over.
    pub closed: Option<Closed>,
}

/// What is told of a month once, when it is over, and never made again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closed {
    /// When it was made, Unix seconds.
    pub closed_at: i64,
    /// Records sealed after a death.
    pub sealings: Cell,
    /// Orders to delete that had no answer by their day and by the end of the month.
    pub deletions_overdue: Cell,
    /// Objections and other cases, as above.
    pub answers_overdue: Cell,
    /// How each partner kept its word.
    pub cards: Vec<Card>,
}

/// A partner in a month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// The client's id; none: all those together whose doors were not open at the end of the month.
    pub client: Option<String>,
    /// Its name in Chinese …
    pub name_zh: String,
    /// … and in English.
    pub name_en: String,
    /// Reads.
    pub reads: Cell,
    /// Reads that were refused.
    pub refused: Cell,
    /// Orders to delete that were due in this month.
    pub deletions: Kept,
    /// Cases that an answer was due to.
    pub answers: Kept,
}

/// How much of what was due came in time: words, because the numbers count residents. That something was late is the
/// partner's matter, and told however little it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kept {
    /// All of it, or nothing was due.
    NothingLate,
    /// Not all, of ten or fewer.
    SomeLate,
    /// Of more than ten: nine in ten, or more, but not all.
    NineInTen,
    /// Of more than ten: half, or more.
    Half,
    /// Of more than ten: less than half.
    Fewer,
}

impl Kept {
    /// Of what was due, so much was late.
    #[must_use]
    pub const fn of(due: u64, late: u64) -> Self {
        let in_time = due.saturating_sub(late);
        if late == 0 {
            Self::NothingLate
        } else if due <= FEW {
            Self::SomeLate
        } else if in_time.saturating_mul(10) >= due.saturating_mul(9) {
            Self::NineInTen
        } else if in_time.saturating_mul(2) >= due {
            Self::Half
        } else {
            Self::Fewer
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lateness_is_told_in_words_and_a_share_only_of_more_than_ten() {
        let words = |due: u64| (0..=due).map(move |late| Kept::of(due, late));
        assert!(words(10).skip(1).all(|word| word == Kept::SomeLate), "of ten, only that some were late");
        let of_twenty: Vec<Kept> = [0, 1, 2, 3, 10, 11, 20].map(|late| Kept::of(20, late)).into();
        use Kept::{Fewer, Half, NineInTen, NothingLate};
        assert_eq!(of_twenty, [NothingLate, NineInTen, NineInTen, Half, Half, Fewer, Fewer]);
        assert_eq!(Kept::of(0, 0), NothingLate, "that nothing was due is not told");
    }
}
