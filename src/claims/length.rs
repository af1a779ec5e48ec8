//! For how long a consent is given: the spans that a resident may choose from.

/// A span, as forms name it: `1d`, `7d`, `3m`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Length {
    /// So many days.
    Days(u8),
    /// So many months of the calendar.
    Months(u8),
}

/// What is offered, the shortest first; each purpose cuts it off at its longest.
const OFFERED: [Length; 7] = [
    Length::Days(1),
    Length::Days(7),
    Length::Months(1),
    Length::Months(3),
    Length::Months(6),
    Length::Months(12),
    Length::Months(24),
];

impl Length {
    /// The spans that a purpose offers, whose own are `default` and `longest` months.
    #[must_use]
    pub fn offered(default: u8, longest: u8) -> Vec<Self> {
        let mut offered: Vec<Self> = OFFERED.into_iter().filter(|length| length.most_days() <= days(longest)).collect();
        for own in [Self::Months(default), Self::Months(longest)] {
            if !offered.contains(&own) {
                offered.push(own);
            }
        }
        offered.sort_unstable_by_key(|length| length.most_days());
        offered
    }

    /// The span of this code, if it is one of these.
    #[must_use]
    pub fn read(code: &str, offered: &[Self]) -> Option<Self> {
        offered.iter().copied().find(|length| length.code() == code)
    }

    /// Its code in forms.
    #[must_use]
    pub fn code(self) -> String {
        match self {
            Self::Days(count) => format!("{count}d"),
            Self::Months(count) => format!("{count}m"),
        }
    }

    /// As the calendar adds it.
    #[must_use]
    pub fn span(self) -> jiff::Span {
        match self {
            Self::Days(count) => jiff::Span::new().days(i64::from(count)),
            Self::Months(count) => jiff::Span::new().months(i64::from(count)),
        }
    }

    fn most_days(self) -> u32 {
        match self {
            Self::Days(count) => u32::from(count),
            Self::Months(count) => days(count),
        }
    }
}

fn days(months: u8) -> u32 {
    u32::from(months) * 31
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_purpose_offers_nothing_beyond_its_longest() {
        let codes =
            |default, longest| Length::offered(default, longest).into_iter().map(Length::code).collect::<Vec<_>>();
        assert_eq!(codes(3, 12), ["1d", "7d", "1m", "3m", "6m", "12m"]);
        assert_eq!(codes(2, 2), ["1d", "7d", "1m", "2m"]);
        assert_eq!(Length::read("24m", &Length::offered(3, 12)), None);
        assert_eq!(Length::read("7d", &Length::offered(3, 12)), Some(Length::Days(7)));
    }
}
