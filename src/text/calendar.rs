//! Times as people of the community say them. `now` is a value: this module reads no clock.

use std::borrow::Borrow;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan, Zoned};

use super::Words;

/// Says moments in one language and one time zone, as seen from one moment. All times are Unix seconds (borrowed or
/// not: templates have both).
#[derive(Clone, Debug)]
pub struct Calendar {
    words: Words,
    zone: TimeZone,
    now: i64,
}

impl Calendar {
    /// A calendar that calls the day of `now` today.
    #[must_use]
    pub const fn new(words: Words, zone: TimeZone, now: i64) -> Self {
        Self { words, zone, now }
    }

    /// The moment that this calendar calls now.
    #[must_use]
    pub const fn now(&self) -> i64 {
        self.now
    }

    /// "08:12"
    #[must_use]
    pub fn clock(&self, at: impl Borrow<i64>) -> String {
        let at = *at.borrow();
        let local = self.local(at);
        format!("{:02}:{:02}", local.hour(), local.minute())
    }

    /// "今天 08:12", "昨天 18:22", "11月20日 08:12", "2025年11月20日 08:12"
    #[must_use]
    pub fn moment(&self, at: impl Borrow<i64>) -> String {
        let at = *at.borrow();
        self.words.fill2("time-moment", "day", self.day(at), "clock", self.clock(at))
    }

    /// "今天", "昨天", "11月20日", "2025年11月20日"
    #[must_use]
    pub fn day(&self, at: impl Borrow<i64>) -> String {
        let at = *at.borrow();
        let (date, today) = (self.local(at).date(), self.local(self.now).date());
        if date == today {
            self.words.say("time-today")
        } else if date.checked_add(1.day()).is_ok_and(|next| next == today) {
            self.words.say("time-yesterday")
        } else if date.year() == today.year() {
            self.without_year(date)
        } else {
            self.with_year(date)
        }
    }

    /// The heading of a day in the visitors' book: "今天 · 11月22日 周日", "11月20日 周五"
    #[must_use]
    pub fn day_heading(&self, at: impl Borrow<i64>) -> String {
        let at = *at.borrow();
        let (date, today) = (self.local(at).date(), self.local(self.now).date());
        let plain = if date.year() == today.year() { self.without_year(date) } else { self.with_year(date) };
        let named =
            self.words.fill2("time-day-weekday", "day", plain.as_str(), "weekday", self.weekday("time-weekday", at));
        let near = self.day(at);
        if near == plain { named } else { self.words.fill2("time-near-day", "near", near, "day", named) }
    }

    /// The whole date, for things that are kept: "2027年1月22日"
    #[must_use]
    pub fn date(&self, at: impl Borrow<i64>) -> String {
        let at = *at.borrow();
        self.with_year(self.local(at).date())
    }

    /// The whole date with its time, for things that are kept: "2027年1月22日 08:12"
    #[must_use]
    pub fn date_and_clock(&self, at: impl Borrow<i64>) -> String {
        let at = *at.borrow();
        self.words.fill2("time-moment", "day", self.date(at), "clock", self.clock(at))
    }

    /// "到 2027年1月22日"
    #[must_use]
    pub fn until(&self, at: impl Borrow<i64>) -> String {
        let at = *at.borrow();
        self.words.fill("time-until", "date", self.date(at))
    }

    /// "周一", or "今天" under the last bar of a chart.
    #[must_use]
    pub fn weekday_or_today(&self, at: impl Borrow<i64>) -> String {
        let at = *at.borrow();
        let today = self.local(at).date() == self.local(self.now).date();
        if today { self.words.say("time-today-short") } else { self.weekday("time-weekday-short", at) }
    }

    /// "11/20", under a bar of a longer chart.
    #[must_use]
    pub fn day_short(&self, at: impl Borrow<i64>) -> String {
        let date = self.local(*at.borrow()).date();
        format!("{}/{}", date.month(), date.day())
    }

    /// The words that it speaks with.
    #[must_use]
    pub const fn words(&self) -> Words {
        self.words
    }

    /// For the `datetime` attribute: "2026-11-22T08:12:00+08:00"
    #[must_use]
    pub fn machine(&self, at: impl Borrow<i64>) -> String {
        let at = *at.borrow();
        self.local(at).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
    }

    /// Midnight, in the community, at the start of the day that is `back` days before today. The bars of a chart.
    #[must_use]
    pub fn day_start(&self, back: u8) -> i64 {
        let today = self.local(self.now).date();
        let date = today.checked_sub(i64::from(back).days()).unwrap_or(today);
        date.to_zoned(self.zone.clone()).map_or(self.now, |start| start.timestamp().as_second())
    }

    fn weekday(&self, family: &str, at: i64) -> String {
        let number = self.local(at).weekday().to_monday_one_offset();
        self.words.say(format!("{family}-{number}"))
    }

    fn without_year(&self, date: Date) -> String {
        let (month, day) = (self.month(date), date.day().to_string());
        self.words.fill2("time-date", "month", month, "day", day)
    }

    fn with_year(&self, date: Date) -> String {
        let (year, month, day) = (date.year().to_string(), self.month(date), date.day().to_string());
        self.words.fill_all("time-date-year", &[("year", &year), ("month", &month), ("day", &day)])
    }

    fn month(&self, date: Date) -> String {
        self.words.say(format!("time-month-{}", date.month()))
    }

    fn local(&self, at: i64) -> Zoned {
        let moment = Timestamp::from_second(at).unwrap_or(if at < 0 { Timestamp::MIN } else { Timestamp::MAX });
        moment.to_zoned(self.zone.clone())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::super::Locale;
    use super::*;

    /// 2026-11-22 09:30 in Shanghai, a Sunday.
    const NOW: i64 = 1_795_311_000;

    fn calendar(locale: Locale) -> Calendar {
        Calendar::new(Words::of(locale), TimeZone::get("Asia/Shanghai").unwrap(), NOW)
    }

    #[test]
    fn near_days_have_names() {
        let (zh, en) = (calendar(Locale::ZhHans), calendar(Locale::En));
        assert_eq!(zh.moment(NOW), "今天 09:30");
        assert_eq!(en.moment(NOW), "today at 09:30");
        assert_eq!(zh.moment(NOW - 10 * 3600), "昨天 23:30");
        assert_eq!(zh.moment(NOW - 3 * 86400), "11月19日 09:30");
        assert_eq!(en.moment(NOW - 3 * 86400), "19 November at 09:30");
        assert_eq!(en.moment(NOW - 366 * 86400), "21 November 2025 at 09:30");
    }

    #[test]
    fn a_day_of_the_book_says_its_weekday() {
        let (zh, en) = (calendar(Locale::ZhHans), calendar(Locale::En));
        assert_eq!(zh.day_heading(NOW), "今天 · 11月22日 周日");
        assert_eq!(zh.day_heading(NOW - 2 * 86400), "11月20日 周五");
        assert_eq!(en.day_heading(NOW - 86400), "Yesterday · Saturday 21 November");
    }

    #[test]
    fn an_end_is_said_with_its_year() {
        assert_eq!(calendar(Locale::ZhHans).until(NOW + 92 * 86400), "到 2027年2月22日");
        assert_eq!(calendar(Locale::En).until(NOW + 92 * 86400), "Until 22 February 2027");
    }

    #[test]
    fn machines_get_the_offset() {
        assert_eq!(calendar(Locale::En).machine(NOW), "2026-11-22T09:30:00+08:00");
    }

    #[test]
    fn days_start_at_local_midnight() {
        assert_eq!(calendar(Locale::En).day_start(0), NOW - 9 * 3600 - 30 * 60);
        assert_eq!(calendar(Locale::En).day_start(6), NOW - 9 * 3600 - 30 * 60 - 6 * 86400);
    }

    #[test]
    fn no_number_is_too_far_away() {
        for at in [i64::MIN, -1, 0, i64::MAX] {
            let _ = (calendar(Locale::ZhHans).moment(at), calendar(Locale::En).day_heading(at));
        }
    }
}
