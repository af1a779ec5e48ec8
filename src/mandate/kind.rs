//! The kinds of mandates: who may be given leave to act for whom, for how long at most.

use std::time::Duration;

const DAY: u64 = 24 * 60 * 60;

/// What kind of leave it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// 亲情代办: somebody of the family, or close as family, helps for months.
    Family,
    /// 意定监护: whom an adult has chosen in good time to act for her one day (民法典 33).
    Appointed,
    /// 临时代办: a neighbour, a few days.
    Temporary,
    /// The guardian of a minor (民法典 27), until she is fourteen or eighteen.
    Guardian,
}

impl Kind {
    /// Those that a resident may offer by herself.
    pub const OFFERED: [Self; 3] = [Self::Family, Self::Temporary, Self::Appointed];

    /// The word in the table and on pages.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Family => "family",
            Self::Appointed => "appointed",
            Self::Temporary => "temporary",
            Self::Guardian => "guardian",
        }
    }

    /// The kind of this word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        [Self::Family, Self::Appointed, Self::Temporary, Self::Guardian].into_iter().find(|kind| kind.as_str() == word)
    }

    /// The lengths that a principal may choose from, in days, the shortest first.
    #[must_use]
    pub const fn lengths(self) -> &'static [u32] {
        match self {
            Self::Family => &[30, 90, 180, 365],
            Self::Appointed => &[365, 730, 1095],
            Self::Temporary => &[1, 3, 7],
            Self::Guardian => &[],
        }
    }

    /// The length that is proposed, in days: half a year for the family, a few days for a neighbour, the shortest that
    /// there is for who is appointed.
    #[must_use]
    pub const fn proposed(self) -> u32 {
        match self {
            Self::Family => 180,
            Self::Appointed => 365,
            Self::Temporary => 3,
            Self::Guardian => 0,
        }
    }

    /// Whether a mandate of this kind may last so many days.
    #[must_use]
    pub fn may_last(self, days: u32) -> bool {
        self.lengths().contains(&days)
    }

    /// Whether its holder may agree to a claim that is sensitive (PIPL 28, 31): not a helper.
    #[must_use]
    pub const fn covers_sensitive(self) -> bool {
        matches!(self, Self::Appointed | Self::Guardian)
    }
}

/// So many days.
#[must_use]
pub fn days(count: u32) -> Duration {
    Duration::from_secs(u64::from(count) * DAY)
}
