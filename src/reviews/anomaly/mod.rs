//! What is not as usual, as a rule with its numbers: never more than what reviews tell, and never a name.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use super::tally::Tally;
use super::{Agreed, Counted};
use crate::config::Reviews;

/// Days that are looked at.
pub const SHOWN: i64 = 7;
/// Days that each of them is compared with.
pub const USUAL: i64 = 30;
/// Fewer reads on one day, or in one night, never are too many.
const FEWEST: u32 = 10;
const FEWEST_AT_NIGHT: u32 = 3;
/// So many times the usual number is far above it.
const TIMES: u32 = 3;
/// So many days with reads make a habit of how often, and so many of when.
const HABIT: usize = 3;
const HABIT_OF_HOURS: usize = 7;
/// So many refusals in a row are pointed out.
const IN_A_ROW: u32 = 10;
/// An app that read so often has shown what it needs.
const ENOUGH: u32 = 10;

/// Something to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anomaly {
    /// Which app.
    pub app: String,
    /// From when (Unix seconds) …
    pub since: i64,
    /// … to when.
    pub until: i64,
    /// What.
    pub what: What,
}

/// What it is, with its numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// Reads at night by an app that hardly ever came at night.
    Night {
        /// How often in this night.
        reads: u32,
        /// On how many of the days before it read at all.
        days: u32,
        /// In how many of the nights before.
        nights: u32,
    },
    /// Far more reads than on a usual day.
    FarAbove {
        /// How often on this day.
        reads: u32,
        /// The median of the days with reads before it.
        median: u32,
    },
    /// More residents within an hour than the purpose needs.
    ManyResidents {
        /// The purpose's code.
        purpose: String,
        /// How many.
        residents: u32,
        /// How many it needs, by the settings.
        need: u32,
    },
    /// Claims that residents agreed to and the app never read.
    NeverRead {
        /// The purpose's code.
        purpose: String,
        /// Which claims.
        claims: Vec<String>,
        /// How often it read others.
        reads: u32,
    },
    /// Refused again and again, with no read in between.
    InARow {
        /// How often.
        count: u32,
    },
}

impl What {
    /// The word in the locales.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Night { .. } => "night",
            Self::FarAbove { .. } => "far-above",
            Self::ManyResidents { .. } => "many-residents",
            Self::NeverRead { .. } => "never-read",
            Self::InARow { .. } => "in-a-row",
        }
    }
}

/// The reads of an app, by days.
#[derive(Default)]
struct Habits {
    days: BTreeMap<Date, u32>,
    /// By the day on whose evening the night began.
    nights: BTreeMap<Date, u32>,
}

/// Where hours stand in the community's calendar.
struct Here<'a> {
    zone: &'a TimeZone,
    today: Date,
}

impl Here<'_> {
    fn day(&self, hour: u32) -> (Date, Option<Date>) {
        let moment = Timestamp::from_second(i64::from(hour) * 3_600).unwrap_or(Timestamp::UNIX_EPOCH);
        let here = moment.to_zoned(self.zone.clone());
        let date = here.date();
        let evening = match here.hour() {
            23 => Some(date),
            0..=5 => date.checked_sub(1.day()).ok(),
            _ => None,
        };
        (date, evening)
    }

    fn at(&self, date: Date, hour: i8) -> i64 {
        date.at(hour, 0, 0, 0).to_zoned(self.zone.clone()).map_or(0, |moment| moment.timestamp().as_second())
    }

    /// Whether a day is among those that are looked at.
    fn is_shown(&self, date: Date) -> bool {
        self.today.checked_sub(SHOWN.days()).is_ok_and(|first| date > first)
    }

    /// What stood before a day, as far as it is compared with.
    fn history(counts: &BTreeMap<Date, u32>, date: Date) -> Vec<u32> {
        let first = date.checked_sub(USUAL.days()).unwrap_or(date);
        counts.range(first..date).map(|(_, count)| *count).collect()
    }
}

/// What is not as usual in the last days of a tally, the newest first. Rules that compare with the days before are left
/// out where those were not all counted.
#[must_use]
pub fn anomalies(
    Counted { tally, only_since, .. }: &Counted, agreed: &Agreed, config: &Reviews, zone: &TimeZone, now: i64,
) -> Vec<Anomaly> {
    let today = Timestamp::from_second(now).unwrap_or(Timestamp::UNIX_EPOCH).to_zoned(zone.clone()).date();
    let here = Here { zone, today };
    let mut habits: BTreeMap<&str, Habits> = BTreeMap::new();
    let mut found = Vec::new();
    for (hour, counted) in tally.since(0) {
        let (day, evening) = here.day(hour);
        for ((app, purpose), cell) in &counted.cells {
            let own = habits.entry(app).or_default();
            *own.days.entry(day).or_default() += cell.reads;
            if let Some(evening) = evening {
                *own.nights.entry(evening).or_default() += cell.reads;
            }
            let residents = u32::try_from(cell.residents.len()).unwrap_or(u32::MAX);
            let need = config.need(purpose);
            if here.is_shown(day) && residents > need {
                let what = What::ManyResidents { purpose: purpose.clone(), residents, need };
                let since = i64::from(hour) * 3_600;
                found.push(Anomaly { app: app.clone(), since, until: since + 3_600, what });
            }
        }
    }
    if only_since.is_none() {
        for (app, own) in &mut habits {
            own.days.retain(|_, reads| *reads > 0);
            own.nights.retain(|_, reads| *reads > 0);
            found.extend(of_habits(&here, app, own));
        }
        found.extend(never_read(tally, agreed, now));
    }
    found.extend(in_a_row(tally, now));
    found.sort_by(|a, b| b.since.cmp(&a.since).then_with(|| a.app.cmp(&b.app)));
    found
}

fn of_habits(here: &Here<'_>, app: &str, own: &Habits) -> Vec<Anomaly> {
    let mut found = Vec::new();
    for (day, reads) in own.days.iter().filter(|(day, _)| here.is_shown(**day)) {
        let mut history = Here::history(&own.days, *day);
        history.sort_unstable();
        let median = history.get(history.len() / 2).copied().unwrap_or_default();
        if history.len() >= HABIT && *reads >= FEWEST && *reads > TIMES * median {
            let until = day.checked_add(1.day()).map_or(0, |next| here.at(next, 0));
            let what = What::FarAbove { reads: *reads, median };
            found.push(Anomaly { app: app.to_owned(), since: here.at(*day, 0), until, what });
        }
    }
    for (evening, reads) in own.nights.iter().filter(|(evening, _)| here.is_shown(**evening)) {
        let days = Here::history(&own.days, *evening).len();
        let nights = Here::history(&own.nights, *evening).len();
        if *reads >= FEWEST_AT_NIGHT && days >= HABIT_OF_HOURS && nights * 10 <= days {
            let until = evening.checked_add(1.day()).map_or(0, |next| here.at(next, 6));
            let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
            let what = What::Night { reads: *reads, days: count(days), nights: count(nights) };
            found.push(Anomaly { app: app.to_owned(), since: here.at(*evening, 23), until, what });
        }
    }
    found
}

/// Claims that were agreed to within the usual days, or before and still are, and never read in those days by an app that
/// did read.
fn never_read(tally: &Tally, still: &Agreed, now: i64) -> Vec<Anomaly> {
    let since = now - USUAL * 86_400;
    let first = u32::try_from(since.div_euclid(3_600)).unwrap_or_default();
    let mut all: BTreeMap<&(String, String), (u32, BTreeSet<&str>, BTreeSet<&str>)> = BTreeMap::new();
    for (_, hour) in tally.since(first) {
        for (key, cell) in &hour.cells {
            let (reads, agreed, read) = all.entry(key).or_default();
            *reads += cell.reads;
            agreed.extend(cell.agreed.iter().map(String::as_str));
            read.extend(cell.read.iter().map(String::as_str));
        }
    }
    for (key, claims) in still {
        all.entry(key).or_default().1.extend(claims.iter().map(String::as_str));
    }
    let one = |((app, purpose), (reads, agreed, read)): (&(String, String), (u32, BTreeSet<&str>, BTreeSet<&str>))| {
        let claims: Vec<String> = agreed.difference(&read).map(|claim| (*claim).to_owned()).collect();
        let what = What::NeverRead { purpose: purpose.clone(), claims: claims.clone(), reads };
        (reads >= ENOUGH && !claims.is_empty()).then(|| Anomaly { app: app.clone(), since, until: now, what })
    };
    all.into_iter().filter_map(one).collect()
}

/// The longest stretch of refusals of each app within the days that are looked at.
fn in_a_row(tally: &Tally, now: i64) -> Vec<Anomaly> {
    let first = u32::try_from((now - SHOWN * 86_400).div_euclid(3_600)).unwrap_or_default();
    let mut runs: BTreeMap<&str, super::tally::Run> = BTreeMap::new();
    for (_, hour) in tally.since(first) {
        for (app, run) in &hour.runs {
            let before = runs.get(app.as_str()).copied().unwrap_or_default();
            runs.insert(app, before.and(*run));
        }
    }
    let one = |(app, run): (&str, super::tally::Run)| {
        let longest = run.longest;
        let what = What::InARow { count: longest.count };
        let until = longest.to + 60;
        (longest.count >= IN_A_ROW).then(|| Anomaly { app: app.to_owned(), since: longest.from, until, what })
    };
    runs.into_iter().filter_map(one).collect()
}

#[cfg(test)]
mod tests;
