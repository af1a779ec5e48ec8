//! What stands out, and what does not.
#![allow(clippy::unwrap_used, reason = "tests")]

use super::super::tally::Cell;
use super::*;

/// 2026-11-22 09:30 in Shanghai.
const NOW: i64 = 1_795_311_000;

fn zone() -> TimeZone {
    TimeZone::get("Asia/Shanghai").unwrap()
}

/// `reads` by `residents` at this hour of the day so many days ago.
fn put(tally: &mut Tally, back: i64, hour: i8, reads: u32, residents: u8) {
    let day = Timestamp::from_second(NOW).unwrap().to_zoned(zone()).date().checked_sub(back.days()).unwrap();
    let at = day.at(hour, 0, 0, 0).to_zoned(zone()).unwrap().timestamp().as_second() / 3_600;
    let hour = tally.hours.entry(u32::try_from(at).unwrap()).or_default();
    let cell: &mut Cell = hour.cells.entry(("rp-a".into(), "parking.book".into())).or_default();
    cell.reads += reads;
    cell.residents.extend((0..residents).map(|one| ([one; 16], 1)));
}

fn found(tally: &Tally) -> Vec<What> {
    of(tally, None, &Agreed::new())
}

fn of(tally: &Tally, only_since: Option<i64>, agreed: &Agreed) -> Vec<What> {
    let counted = Counted { tally: tally.clone(), only_since, opened: 0 };
    anomalies(&counted, agreed, &Reviews::default(), &zone(), NOW).into_iter().map(|one| one.what).collect()
}

fn usual() -> Tally {
    let mut tally = Tally::default();
    (1..=10).for_each(|back| put(&mut tally, back, 10, 4, 2));
    tally
}

#[test]
fn a_quiet_week_has_nothing_to_show() {
    assert_eq!(found(&usual()), []);
    assert_eq!(found(&Tally::default()), []);
}

#[test]
fn reads_at_night_stand_out_after_days_of_daylight() {
    let mut tally = usual();
    put(&mut tally, 1, 23, 2, 1);
    put(&mut tally, 0, 2, 3, 1);
    assert_eq!(found(&tally), [What::Night { reads: 5, days: 9, nights: 0 }]);
    let mut owl = usual();
    (1..=9).for_each(|back| put(&mut owl, back, 1, 3, 1));
    put(&mut owl, 0, 1, 3, 1);
    assert_eq!(found(&owl), [], "it always comes at night");
}

#[test]
fn a_day_far_above_its_median_stands_out() {
    let mut tally = usual();
    put(&mut tally, 0, 8, 13, 2);
    assert_eq!(found(&tally), [What::FarAbove { reads: 13, median: 4 }]);
    let mut less = usual();
    put(&mut less, 0, 8, 12, 2);
    assert_eq!(found(&less), []);
}

#[test]
fn more_residents_than_a_purpose_needs_stand_out() {
    let mut tally = Tally::default();
    put(&mut tally, 0, 8, 31, 31);
    let purpose = "parking.book".to_owned();
    assert_eq!(found(&tally), [What::ManyResidents { purpose, residents: 31, need: 30 }]);
}

#[test]
fn what_was_agreed_to_and_never_read_stands_out_once_the_app_has_read_enough() {
    let agreed = |tally: &mut Tally| {
        put(tally, 3, 9, 0, 0);
        let cell = tally.hours.values_mut().flat_map(|hour| hour.cells.values_mut()).next().unwrap();
        cell.agreed.extend(["plate_masked".to_owned(), "building_no".to_owned()]);
        cell.read.insert("plate_masked".to_owned());
    };
    let mut tally = usual();
    agreed(&mut tally);
    let claims = vec!["building_no".to_owned()];
    assert_eq!(found(&tally), [What::NeverRead { purpose: "parking.book".into(), claims, reads: 40 }]);
    let mut few = Tally::default();
    put(&mut few, 2, 9, 9, 1);
    agreed(&mut few);
    assert_eq!(found(&few), []);
}

#[test]
fn what_was_agreed_to_long_ago_and_still_is_stands_out_as_well() {
    let key = ("rp-a".to_owned(), "parking.book".to_owned());
    let agreed = Agreed::from([(key, ["plate_masked".to_owned()].into())]);
    let found = of(&usual(), None, &agreed);
    assert_eq!(
        found,
        [What::NeverRead { purpose: "parking.book".into(), claims: vec!["plate_masked".into()], reads: 40 }]
    );
    let mut read = usual();
    put(&mut read, 3, 9, 0, 0);
    read.hours.values_mut().flat_map(|hour| hour.cells.values_mut()).for_each(|cell| {
        cell.read.insert("plate_masked".into());
    });
    assert_eq!(of(&read, None, &agreed), []);
}

#[test]
fn rules_that_need_the_days_before_say_nothing_where_those_were_not_counted() {
    let mut tally = usual();
    put(&mut tally, 0, 2, 13, 31);
    let purpose = "parking.book".to_owned();
    assert_eq!(of(&tally, None, &Agreed::new()).len(), 3, "far above, at night, and too many residents");
    let many = What::ManyResidents { purpose, residents: 31, need: 30 };
    assert_eq!(of(&tally, Some(NOW - 86_400), &Agreed::new()), [many], "what is in one hour is there all the same");
}
