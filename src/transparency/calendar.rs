//! Months of the community's time zone, by their names (`2026-11`).

use jiff::civil::Date;

use crate::app::App;
use crate::clock::Timestamp;

/// The month of a moment.
pub(super) fn month(app: &App, at: Timestamp) -> String {
    let moment = jiff::Timestamp::from_second(at.seconds()).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    let date = moment.to_zoned(app.config.zone()).date();
    format!("{:04}-{:02}", date.year(), date.month())
}

/// The names of so many months, the current one first.
pub(super) fn months_back(app: &App, now: Timestamp, count: usize) -> Vec<String> {
    let (mut year, mut number) = parts(&month(app, now));
    let mut names = Vec::with_capacity(count);
    for _ in 0..count {
        names.push(format!("{year:04}-{number:02}"));
        (year, number) = if number == 1 { (year - 1, 12) } else { (year, number - 1) };
    }
    names
}

/// When a month begins, and when it is over.
pub(super) fn span(app: &App, name: &str) -> (Timestamp, Timestamp) {
    let (year, number) = parts(name);
    let (next_year, next) = if number == 12 { (year + 1, 1) } else { (year, number + 1) };
    (start(app, year, number), start(app, next_year, next))
}

fn start(app: &App, year: i16, month: i8) -> Timestamp {
    let first = Date::new(year, month, 1).and_then(|date| date.to_zoned(app.config.zone()));
    Timestamp::from_seconds(first.map_or(0, |moment| moment.timestamp().as_second()))
}

fn parts(name: &str) -> (i16, i8) {
    let (year, number) = name.split_once('-').unwrap_or((name, ""));
    (year.parse().unwrap_or(1970), number.parse().unwrap_or(1))
}
