//! Each code by itself, and how codes meet.

use super::{checked, codes};

const HEADINGS: &str = "姓名,证件类型,证件号码,性别,出生日期,手机号,楼栋,单元,房号,与户主关系,产权关系,车牌号,紧急联系人,紧急联系人电话,备注";

/// A roster of records that are fine but for the cells that are changed: (column, text).
fn roster(changes: &[&[(usize, &str)]]) -> Vec<String> {
    let mut csv = csv::Writer::from_writer(Vec::new());
    csv.write_record(HEADINGS.split(',')).unwrap();
    for (place, changed) in changes.iter().enumerate() {
        let number = checked(&format!("340100198001{:02}{:03}", place / 400 + 1, place * 2 + 1));
        let birth_date = format!("1980-01-{:02}", place / 400 + 1);
        let phone = format!("139{place:08}");
        let mut cells = [
            "王芳",
            "居民身份证",
            &number,
            "男",
            &birth_date,
            &phone,
            "3栋",
            "1单元",
            "0101",
            "户主",
            "业主",
            "皖A12B45",
            "李四",
            "+86 139",
            "",
        ];
        for (column, text) in *changed {
            cells[*column] = text;
        }
        csv.write_record(cells).unwrap();
    }
    codes(&String::from_utf8(csv.into_inner().unwrap()).unwrap())
}

fn one(changed: &[(usize, &str)]) -> String {
    roster(&[changed]).remove(0)
}

#[test]
fn a_record_that_is_fine_has_no_code() {
    assert_eq!(roster(&[&[], &[], &[]]), ["", "", ""]);
}

#[test]
fn every_code_appears_by_itself() {
    let long = "张".repeat(51);
    let old = checked("34010018890101001");
    let nowhere = checked("99010019800101001");
    let no_day = checked("34010019800230001");
    let future = checked("34010020300101001");
    for (column, text, expected) in [
        (0, "", "!name_missing"),
        (0, long.as_str(), "!name_length"),
        (0, "王芳1", "!name_characters"),
        (0, "王 芳", "normalised"),
        (1, "军官证", "!document_type_unknown"),
        (2, "", "id_missing"),
        (2, "34010019800101", "!id_length"),
        (2, "340100800101001", "!id_15_digits"),
        (2, "3.40100E+17", "!id_spreadsheet_damage"),
        (2, "340100198001010000", "!id_spreadsheet_damage"),
        (2, "340100198001010014", "!id_check_digit"),
        (2, no_day.as_str(), "!id_birth_date"),
        (2, future.as_str(), "!id_birth_date"),
        (2, old.as_str(), "birth_date_differs_from_id id_age_over_130"),
        (2, nowhere.as_str(), "id_area_unknown"),
        (3, "女", "sex_differs_from_id"),
        (3, "M", ""),
        (3, "1", ""),
        (4, "31/12/1970", "!birth_date_format"),
        (4, "1980-01-02", "birth_date_differs_from_id"),
        (4, "29221", "normalised"),
        (4, "", ""),
        (5, "12345", "!phone_format"),
        (5, "", ""),
        (6, "三栋", "normalised"),
        (9, "=1+1", "text_formula"),
        (12, "@x", "text_formula"),
        (14, "-1", "text_formula"),
        (11, "皖AI2345", "!plate_format"),
        (11, "", ""),
    ] {
        assert_eq!(one(&[(column, text)]), expected, "{column}: {text}");
    }
    assert_eq!(one(&[(6, ""), (7, ""), (8, "")]), "address_missing");
}

#[test]
fn a_rejected_record_lists_every_reason_and_no_remark() {
    assert_eq!(
        one(&[(0, ""), (2, "1"), (4, "x"), (5, "1"), (11, "x"), (14, "=1")]),
        "!birth_date_format id_length name_missing phone_format plate_format"
    );
    assert_eq!(one(&[(1, "社保卡"), (2, "1"), (6, "三栋")]), "!document_type_unknown");
}

#[test]
fn the_same_number_comes_in_once_however_it_is_written() {
    let number = checked("34010019800101099");
    let wide: String = number.chars().map(|c| char::from_u32(u32::from(c) + 0xfee0).unwrap()).collect();
    assert_eq!(roster(&[&[(2, &number)], &[(2, &number)], &[(2, &wide)]]), ["", "!duplicate_id", "!duplicate_id"]);
}

#[test]
fn a_rejected_record_counts_as_nobody() {
    let number = checked("34010019800101099");
    let first: &[(usize, &str)] = &[(2, &number), (5, "13900000000"), (11, "x")];
    let second: &[(usize, &str)] = &[(2, &number), (5, "13900000000")];
    assert_eq!(roster(&[first, second]), ["!plate_format", ""]);
    // Otherwise wrong, a double is not called one.
    assert_eq!(roster(&[second, first]), ["", "!plate_format"]);
}

#[test]
fn a_phone_is_shared_from_the_second_on() {
    let shared: &[(usize, &str)] = &[(5, "13900000000")];
    let spaced: &[(usize, &str)] = &[(5, "139 0000 0000")];
    let none: &[(usize, &str)] = &[(5, "")];
    assert_eq!(roster(&[shared, none, none, spaced, shared]), ["", "", "", "normalised phone_shared", "phone_shared"]);
}

#[test]
fn somebody_without_a_number_is_known_by_name_birth_date_and_flat() {
    let nobody: &[(usize, &str)] = &[(2, ""), (4, "1950-01-01")];
    let again: &[(usize, &str)] = &[(2, ""), (4, "1950/1/1"), (6, "3号楼"), (8, "101室")];
    let elsewhere: &[(usize, &str)] = &[(2, ""), (4, "1950-01-01"), (8, "0102")];
    let younger: &[(usize, &str)] = &[(2, ""), (4, "1950-01-02")];
    let other: &[(usize, &str)] = &[(0, "王方"), (2, ""), (4, "1950-01-01")];
    assert_eq!(
        roster(&[nobody, again, elsewhere, younger, other]),
        ["id_missing", "!duplicate_id", "id_missing", "id_missing", "id_missing"]
    );
    // With a number the number decides, though everything else is the same.
    assert_eq!(roster(&[nobody, &[(4, "1950-01-01")]]), ["id_missing", "birth_date_differs_from_id"]);
}

#[test]
fn foreigners_come_in_with_their_own_documents() {
    let passport: &[(usize, &str)] = &[(1, "护照"), (2, "E12345678"), (3, "女"), (4, "2030-01-01")];
    let taiwan = checked("83000019800101001");
    let permit: &[(usize, &str)] = &[(1, "台湾居民居住证"), (2, &taiwan)];
    let permanent: &[(usize, &str)] = &[(1, "外国人永久居留身份证"), (2, "CHN340112345678")];
    assert_eq!(roster(&[passport, permit, permanent]), ["", "", ""]);
    assert_eq!(one(&[(1, "护照"), (2, "E123")]), "!id_length");
}

#[test]
fn the_emergency_phone_is_kept_as_it_is() {
    assert_eq!(one(&[(13, "=+86 ask the neighbour")]), "");
}
