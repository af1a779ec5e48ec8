//! 出生日期: a calendar day, in the spellings that rosters use.

use jiff::civil::Date;

use super::code::{Code, Codes};
use super::spelling::narrow;

/// Reads a birth date; an empty cell is fine and none. A day to come is read like any other.
pub fn read(cell: &str, found: &mut Codes) -> Option<Date> {
    let text = narrow(cell);
    let text = text.trim();
    if text.is_empty() {
        found.add_if(!cell.is_empty(), Code::Normalised);
        return None;
    }
    let date = parse(text);
    match date {
        None => found.add(Code::BirthDateFormat),
        Some(date) => found.add_if(date.to_string() != cell, Code::Normalised),
    }
    date
}

fn parse(text: &str) -> Option<Date> {
    let mut text = without_midnight(text).to_owned();
    text.retain(|c| c != ' ');
    if text.bytes().all(|b| b.is_ascii_digit()) {
        return digits(&text);
    }
    if let Some((year, rest)) = text.split_once('年') {
        let (month, day) = rest.split_once('月')?;
        return day_of(year, month, day.strip_suffix(['日', '号'])?);
    }
    ['-', '/', '.'].into_iter().find_map(|mark| {
        let (year, rest) = text.split_once(mark)?;
        let (month, day) = rest.split_once(mark)?;
        day_of(year, month, day)
    })
}

/// Exports of date cells often carry their empty time: `1996-10-08 00:00:00`.
fn without_midnight(text: &str) -> &str {
    match text.split_once([' ', 'T']) {
        Some((day, time)) if time.contains(':') && time.chars().all(|c| matches!(c, '0' | ':' | '.' | ' ')) => day,
        _ => text,
    }
}

/// 19700131, or a spreadsheet's serial day (28440). Four digits that look like a year are one, and no date.
fn digits(text: &str) -> Option<Date> {
    match text.len() {
        8 => day_of(text.get(..4)?, text.get(4..6)?, text.get(6..)?),
        3..=5 => {
            let serial: i64 = text.parse().ok()?;
            let plausible = !text.starts_with('0') && !(1850..=2150).contains(&serial);
            of_serial(serial, false).filter(|_| plausible)
        }
        _ => None,
    }
}

/// A spreadsheet's serial day: counted from 1900, or in workbooks that once were a Macintosh's from 1904. Those that
/// count from 1900 know a 29 February 1900, which never was: their day 60.
pub fn of_serial(serial: i64, since_1904: bool) -> Option<Date> {
    let day_0 = match serial {
        _ if since_1904 => Date::constant(1904, 1, 1),
        60 => return None,
        1..60 => Date::constant(1899, 12, 31),
        _ => Date::constant(1899, 12, 30),
    };
    day_0.checked_add(jiff::Span::new().try_days(serial).ok()?).ok()
}

fn day_of(year: &str, month: &str, day: &str) -> Option<Date> {
    let number = |text: &str, longest: usize| {
        let well_formed = !text.is_empty() && text.len() <= longest && text.bytes().all(|b| b.is_ascii_digit());
        well_formed.then(|| text.parse::<i16>().ok()).flatten()
    };
    if year.len() != 4 {
        return None;
    }
    let (month, day) = (i8::try_from(number(month, 2)?).ok()?, i8::try_from(number(day, 2)?).ok()?);
    Date::new(number(year, 4)?, month, day).ok()
}

/// The day that eight digits name, as document numbers hold it; `None` when there is no such day.
pub fn of_eight_digits(text: &str) -> Option<Date> {
    (text.len() == 8).then(|| digits(text)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(cell: &str) -> (Option<String>, String) {
        let mut found = Codes::default();
        let date = read(cell, &mut found).map(|date| date.to_string());
        (date, found.settled().to_string())
    }

    #[test]
    fn one_spelling_needs_no_remark() {
        assert_eq!(reading("1970-01-31"), (Some("1970-01-31".to_owned()), String::new()));
        assert_eq!(reading("2030-12-31"), (Some("2030-12-31".to_owned()), String::new()));
        assert_eq!(reading(""), (None, String::new()));
    }

    #[test]
    fn other_spellings_are_read_and_remarked() {
        for (cell, date) in [
            ("1996/10/8", "1996-10-08"),
            ("1996-10-8", "1996-10-08"),
            ("1996.10.08", "1996-10-08"),
            ("1988年9月11日", "1988-09-11"),
            ("1988 年 9 月 11 号", "1988-09-11"),
            ("19700131", "1970-01-31"),
            ("28440", "1977-11-11"),
            ("9000", "1924-08-21"),
            ("100", "1900-04-09"),
            ("１９７０－０１－３１", "1970-01-31"),
            (" 1970-01-31", "1970-01-31"),
            ("1970-01-31 00:00:00", "1970-01-31"),
            ("1970-01-31T00:00:00.000", "1970-01-31"),
            ("1970/1/31 0:00", "1970-01-31"),
            ("2000-2-29", "2000-02-29"),
        ] {
            assert_eq!(reading(cell), (Some(date.to_owned()), "normalised".to_owned()), "{cell}");
        }
    }

    #[test]
    fn serial_days_are_counted_as_spreadsheets_count_them() {
        let day = |serial, since_1904| of_serial(serial, since_1904).map(|day| day.to_string());
        for (serial, expected) in [(1, "1900-01-01"), (59, "1900-02-28"), (61, "1900-03-01"), (25569, "1970-01-01")] {
            assert_eq!(day(serial, false).as_deref(), Some(expected));
        }
        // Not Excel, but the programs that write its format, count backwards too.
        assert_eq!(day(-4015, false).as_deref(), Some("1889-01-01"));
        assert_eq!((day(60, false), day(i64::MAX, false), day(i64::MIN, true)), (None, None, None));
        assert_eq!(day(24107, true).as_deref(), Some("1970-01-01"));
    }

    #[test]
    fn what_no_rule_reads_is_refused() {
        for not in [
            "31/12/1970",
            "1970-02-30",
            "2015-02-29",
            "1900-02-29",
            "1970",
            "2024",
            "70/1/31",
            "197013",
            "19701331",
            "不详",
            "1970-01",
            "1970年1月",
            "1970-01-31 12:30",
            "1970--1-1",
            "1970-1/31",
            "-1970-01-31",
            "1970-001-01",
            "28440.5",
            "1970-+1-1",
        ] {
            assert_eq!(reading(not), (None, "birth_date_format".to_owned()), "{not}");
        }
    }
}
