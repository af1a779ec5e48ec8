//! The rosters of the house: clean and messy.

use latchkey::roster::{self, report};

use super::{TODAY, data};

fn report_of(name: &str) -> String {
    let roster = roster::open(&data(name)).unwrap();
    let mut text = Vec::new();
    report::write(&mut text, &roster::judge_alone(&roster, TODAY)).unwrap();
    String::from_utf8(text).unwrap()
}

#[test]
fn the_clean_roster_goes_in_whole() {
    let verdicts = roster::judge_alone(&roster::open(&data("roster-clean.csv")).unwrap(), TODAY);
    assert_eq!(verdicts.len(), 500);
    assert_eq!(verdicts.iter().filter(|verdict| verdict.is_accepted()).count(), 500);
}

#[test]
fn the_messy_rosters_get_exactly_the_expected_verdicts() {
    let expected = std::fs::read_to_string(data("roster-messy.expected.csv")).unwrap();
    assert_eq!(report_of("roster-messy-gb18030.csv"), expected);
    assert_eq!(report_of("roster-messy.xlsx"), expected);
}

#[test]
fn the_two_messy_rosters_hold_the_same_records() {
    let read = |name| roster::judge_alone(&roster::open(&data(name)).unwrap(), TODAY);
    let (text, workbook) = (read("roster-messy-gb18030.csv"), read("roster-messy.xlsx"));
    assert_eq!(text.len(), workbook.len());
    for (one, other) in text.iter().zip(&workbook) {
        assert!(one.accepted == other.accepted, "record {}", one.record);
    }
    // The quoted line break is one line of the file, and no row of the sheet.
    assert_eq!((text[47].line, text[48].line), (50, 52));
    assert_eq!((workbook[47].line, workbook[48].line), (50, 51));
}
