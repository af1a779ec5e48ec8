//! XLSX: what cells hold, which sheet is read, and what a hostile workbook may not do.

use latchkey::roster::{self, Column, Unreadable};

use super::workbook::{archive, formula_cell, frame, number_cell, row, text_cell, workbook};
use super::{checked, verdicts};

#[test]
fn numbers_and_dates_read_as_they_look_and_need_no_remark() {
    let number = checked("34010019700131001");
    let cells = [
        text_cell(5, 0, "邹华"),
        text_cell(5, 1, &number),
        number_cell(5, 2, "25599", 1),
        number_cell(5, 3, "13700000000", 0),
        number_cell(5, 4, "3", 0),
        number_cell(5, 5, "1004", 0),
    ];
    let headings = row(4, &["姓名", "证件号码", "生日", "手机", "栋", "室"]);
    let rows = format!(r#"{}{headings}<row r="5">{}</row>"#, row(1, &["名册"]), cells.concat());
    let verdict = verdicts(&workbook(&[("名册", &rows)])).remove(0);
    assert_eq!((verdict.line, verdict.codes.to_string()), (5, String::new()));
    let record = verdict.accepted.unwrap();
    assert_eq!(record.birth_date.unwrap().to_string(), "1970-01-31");
    assert_eq!(record.phone.as_deref(), Some("13700000000"));
    assert_eq!((record.address.building.as_str(), record.address.room.as_str()), ("3栋", "1004"));
}

#[test]
fn a_number_kept_as_a_number_is_damaged() {
    let codes = |cell: &str| {
        let rows = format!(
            r#"{}<row r="2">{}{}</row>"#,
            row(1, &["姓名", "证件号码"]),
            text_cell(2, 0, "邹华"),
            number_cell(2, 1, cell, 0)
        );
        verdicts(&workbook(&[("s", &rows)])).remove(0).codes.to_string()
    };
    assert_eq!(codes("340100196512197000"), "id_spreadsheet_damage");
    assert_eq!(codes("3.40100196512197E+17"), "id_spreadsheet_damage");
}

#[test]
fn a_formula_reads_as_its_text_whatever_was_cached() {
    let number = checked("34010019700131001");
    let shared = r#" t="shared" ref="C2:C3" si="4294967295""#;
    let rows = format!(
        r#"{}<row r="2">{}{}{}</row><row r="3">{}{}{}</row>"#,
        row(1, &["姓名", "证件号码", "备注"]),
        text_cell(2, 0, "邹华"),
        text_cell(2, 1, &number),
        formula_cell(2, 2, shared, "A1&amp;&quot;x&quot;", "harmless"),
        formula_cell(3, 0, "", "UPPER(A2)", "王芳"),
        text_cell(3, 1, &checked("34010019700131002")),
        formula_cell(3, 2, r#" t="shared" si="4294967295""#, "", ""),
    );
    let roster = roster::read(&workbook(&[("s", &rows)])).unwrap();
    assert_eq!(roster.lines[0].cell(Column::Note), "=A1&\"x\"");
    assert_eq!(roster.lines[1].cell(Column::Note), "=A2&\"x\"");
    assert_eq!(roster.lines[1].cell(Column::Name), "=UPPER(A2)");
    let codes = |place: usize| verdicts(&workbook(&[("s", &rows)])).remove(place).codes.to_string();
    assert_eq!((codes(0), codes(1)), ("address_missing text_formula".to_owned(), "name_characters".to_owned()));
}

#[test]
fn shared_and_rich_strings_read_as_their_text() {
    let number = checked("34010019700131001");
    let cell = |place: &str, index: u32| format!(r#"<c r="{place}" t="s"><v>{index}</v></c>"#);
    let rows = format!(
        r#"<row r="1">{}{}</row><row r="2">{}{}</row>"#,
        cell("A1", 0),
        cell("B1", 1),
        cell("A2", 2),
        cell("B2", 3)
    );
    let mut parts = frame(["s"].into_iter());
    parts
        .push(("xl/worksheets/sheet1.xml".to_owned(), format!("<worksheet><sheetData>{rows}</sheetData></worksheet>")));
    let rich =
        "<si><r><t>张</t></r><r><rPr><b/></rPr><t>\u{20164}</t></r><rPh sb=\"0\" eb=\"1\"><t>zhang</t></rPh></si>";
    let strings = format!(
        r#"<sst count="4" uniqueCount="4"><si><t>姓名</t></si><si><t>证件号</t></si>{rich}<si><t>{number}</t></si></sst>"#
    );
    parts.push(("xl/sharedStrings.xml".to_owned(), strings));
    let book = archive(parts.iter().map(|(name, text)| (name.as_str(), text.as_bytes())));
    let verdict = verdicts(&book).remove(0);
    assert_eq!(verdict.codes.to_string(), "address_missing");
    assert_eq!(verdict.accepted.unwrap().name, "张\u{20164}");
}

#[test]
fn a_workbook_that_counts_from_1904_has_the_same_days() {
    let number = checked("34010019700131001");
    let rows = format!(
        r#"{}<row r="2">{}{}{}</row>"#,
        row(1, &["姓名", "证件号", "生日", "室"]),
        text_cell(2, 0, "邹华") + &text_cell(2, 1, &number),
        number_cell(2, 2, "24137.75", 1),
        text_cell(2, 3, "1")
    );
    let mut parts = frame(["s"].into_iter());
    parts[1].1 = parts[1].1.replace("<sheets>", r#"<workbookPr date1904="1"/><sheets>"#);
    parts
        .push(("xl/worksheets/sheet1.xml".to_owned(), format!("<worksheet><sheetData>{rows}</sheetData></worksheet>")));
    let verdict = verdicts(&archive(parts.iter().map(|(name, text)| (name.as_str(), text.as_bytes())))).remove(0);
    assert_eq!(verdict.codes.to_string(), "");
    assert_eq!(verdict.accepted.unwrap().birth_date.unwrap().to_string(), "1970-01-31");
}

#[test]
fn the_first_sheet_with_headings_is_read_and_the_others_are_named() {
    let number = checked("34010019700131001");
    let roster_rows = format!("{}{}", row(1, &["姓名", "证件号码"]), row(2, &["邹华", &number]));
    let book =
        workbook(&[("说明", &row(1, &["填表说明"])), ("名册", &roster_rows), ("旧名册", &roster_rows), ("空", "")]);
    let roster = roster::read(&book).unwrap();
    assert_eq!(roster.lines.len(), 1);
    assert_eq!(roster.sheet.as_deref(), Some("名册"));
    assert_eq!(roster.other_sheets, ["说明", "旧名册", "空"]);
}

#[test]
fn two_cells_at_opposite_corners_make_no_giant() {
    let number = checked("34010019700131001");
    let rows = format!(
        r#"{}{}<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>"#,
        row(1, &["姓名", "证件号码"]),
        row(2, &["邹华", &number])
    );
    assert_eq!(verdicts(&workbook(&[("s", &rows)])).len(), 1);
}

#[test]
fn a_workbook_without_headings_is_refused_with_a_sentence() {
    let refusal = roster::read(&workbook(&[("s", &row(1, &["你好"]))])).err().unwrap();
    assert!(matches!(refusal, Unreadable::NoHeadings));
    assert!(refusal.words().zh.contains("表头"));
}

#[test]
fn broken_and_locked_workbooks_are_refused() {
    let whole = workbook(&[("s", &row(1, &["姓名", "证件号码"]))]);
    for cut in (4..whole.len()).step_by(37) {
        assert!(roster::read(&whole[..cut]).is_err());
    }
    for place in (4..whole.len()).step_by(11) {
        let mut bent = whole.clone();
        bent[place] ^= 0x55;
        let _ = roster::read(&bent);
    }
    assert!(matches!(roster::read(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1]), Err(Unreadable::OldOrLocked)));
    let other = archive([("mimetype", b"application/vnd.oasis.opendocument.spreadsheet".as_slice())].into_iter());
    assert!(matches!(roster::read(&other), Err(Unreadable::BrokenWorkbook)));
}

#[test]
fn what_only_a_hostile_hand_writes_is_refused_too() {
    let headings = row(1, &["姓名", "证件号码"]);
    for cell in
        [r#"<c r="A0"/>"#, r#"<c r="A99999999999"/>"#, r#"<c r="ZZZZZZZZZ1"/>"#, r#"<c r="A2" t="s"><v>7</v></c>"#]
    {
        let rows = format!(r#"{headings}<row r="2">{cell}</row>"#);
        let _ = roster::read(&workbook(&[("s", &rows)]));
    }
}

#[test]
fn a_workbook_may_not_promise_or_hold_more_strings_than_anybody_needs() {
    let refusal = |strings: String| {
        let mut parts = frame(["s"].into_iter());
        parts.push(("xl/worksheets/sheet1.xml".to_owned(), "<worksheet><sheetData/></worksheet>".to_owned()));
        parts.push(("xl/SharedStrings.xml".to_owned(), strings));
        roster::read(&archive(parts.iter().map(|(name, text)| (name.as_str(), text.as_bytes())))).err().unwrap()
    };
    let promising = |count: &str| refusal(format!(r#"<sst uniqueCount = "{count}"></sst>"#));
    assert!(matches!(promising("0"), Unreadable::NoHeadings));
    for many in ["2000001", "99999999999", "18446744073709551615", "99999999999999999999999999"] {
        assert!(matches!(promising(many), Unreadable::UnpacksTooLarge), "{many}");
    }
    let holding = |string: &str| refusal(format!("<sst>{}</sst>", string.repeat(2_000_001)));
    assert!(matches!(holding("<si/>"), Unreadable::UnpacksTooLarge));
    assert!(matches!(holding("<x:si >"), Unreadable::UnpacksTooLarge));
}

#[test]
fn a_zip_bomb_is_measured_before_it_is_opened() {
    let blanks = vec![b' '; 1 << 24];
    let parts = (0..9).map(|part| (format!("xl/{part}.xml"), blanks.as_slice())).collect::<Vec<_>>();
    let bomb = archive(parts.iter().map(|(name, bytes)| (name.as_str(), *bytes)));
    assert!(bomb.len() < 1 << 20);
    assert!(matches!(roster::read(&bomb), Err(Unreadable::UnpacksTooLarge)));
}
