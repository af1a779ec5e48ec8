//! What the page says, in the form in which it is stored and given out as JSON.

use serde::{Deserialize, Serialize};

use super::Cell;

/// All of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// When it was made, Unix seconds.
    pub made_at: i64,
    /// The time zone of the months.
    pub timezone: String,
    /// Entries of the ledger that are counted in it.
    pub counted: u64,
    /// Apps whose doors are open.
    pub apps: u64,
    /// Consents in force.
    pub consents: Cell,
    /// What is late now.
    pub overdue: Overdue,
    /// The months, the newest first: at most twelve.
    pub months: Vec<Month>,
    /// How each partner keeps its word.
    pub cards: Vec<Card>,
}

/// What should have been done by now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overdue {
    /// Orders to delete without an answer.
    pub deletions: Cell,
    /// Objections and other cases without an answer.
    pub answers: Cell,
    /// Uses of break-glass that nobody has reviewed in time.
    pub reviews: u64,
}

/// A month.
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
    /// Uses of break-glass: acts of staff, told as they are.
    pub emergencies: u64,
    /// Those of them that a third person found unjustified.
    pub unjustified: u64,
    /// Records sealed after a death.
    pub sealings: Cell,
    /// Records erased.
    pub erasures: Cell,
}

/// A partner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// The client's id.
    pub client: String,
    /// Its name in Chinese …
    pub name_zh: String,
    /// … and in English.
    pub name_en: String,
    /// Reads in the last three months, the current one included.
    pub reads: Cell,
    /// Reads refused in that time.
    pub refused: Cell,
    /// Orders to delete that were due.
    pub deletions: Kept,
    /// Cases that an answer was due to.
    pub answers: Kept,
}

/// How much of what was due came in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// How much was due.
    pub due: Cell,
    /// How much of it in time, in percent; none below ten.
    pub percent: Option<u64>,
    /// Whether any of it was late: that is the partner's matter, and told whatever the number.
    pub any_late: bool,
}

impl Kept {
    /// Of what was due, so much was late.
    #[must_use]
    pub fn of(due: u64, late: u64) -> Self {
        let in_time = due.saturating_sub(late).saturating_mul(100);
        let percent = Cell::of(due).exact().and_then(|due| in_time.checked_div(due));
        Self { due: Cell::of(due), percent, any_late: late > 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_told_of_ten_and_more_and_lateness_always() {
        assert_eq!(Kept::of(0, 0).percent, None);
        assert_eq!((Kept::of(9, 1).percent, Kept::of(9, 1).any_late), (None, true));
        assert_eq!((Kept::of(12, 3).percent, Kept::of(12, 0).percent), (Some(75), Some(100)));
    }
}
