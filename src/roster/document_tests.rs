//! The vectors of the number's rule, and each document's own form.

use super::*;

const TODAY: Date = Date::constant(2026, 11, 22);

fn codes(kind: Kind, cell: &str) -> String {
    let mut found = Codes::default();
    read(Some(kind), cell, TODAY, &mut found);
    found.settled().to_string()
}

fn id(cell: &str) -> String {
    codes(Kind::ResidentId, cell)
}

/// A number with its right check digit.
fn checked(body: &str) -> String {
    format!("{body}{}", check_digit(body).unwrap_or('?'))
}

#[test]
fn the_published_vectors_hold() {
    assert_eq!(id("11010519491231002X"), "");
    assert_eq!(id("440524188001010014"), "id_age_over_130");
    assert_eq!(id("110105198001010016"), "");
    assert_eq!(id("11010120100307889X"), "");
    assert_eq!(id("11010120100307889x"), "normalised");
    assert_eq!(codes(Kind::HongKongMacaoPermit, "810000199001010019"), "");
    assert_eq!(id("510106201502290007"), "id_birth_date");
    assert_eq!(id("110105198001010017"), "id_check_digit");
}

#[test]
fn the_last_day_that_a_number_may_name_is_today() {
    assert_eq!(id(&checked("34010020261122001")), "");
    assert_eq!(id(&checked("34010020261123001")), "id_birth_date");
    assert_eq!(id(&checked("34010018960101001")), "");
    assert_eq!(id(&checked("34010018951231001")), "id_age_over_130");
    assert_eq!(id(&checked("34010020000229001")), "");
    assert_eq!(id(&checked("34010019000229001")), "id_birth_date");
}

#[test]
fn every_province_is_known_and_nothing_else() {
    let known: Vec<u8> =
        (0..100).filter(|area| id(&checked(&format!("{area:02}010019800101001"))).is_empty()).collect();
    let rule: Vec<u8> =
        [11..=15, 21..=23, 31..=37, 41..=46, 50..=54, 61..=65, 71..=71, 81..=83].into_iter().flatten().collect();
    assert_eq!(known, rule);
    assert_eq!(id(&checked("99010019800101001")), "id_area_unknown");
}

#[test]
fn every_wrong_check_digit_is_found() {
    let good = checked("34010019800101001");
    for digit in "0123456789X".chars() {
        let number = format!("34010019800101001{digit}");
        assert_eq!(id(&number), if number == good { "" } else { "id_check_digit" });
    }
}

#[test]
fn a_number_can_be_wrong_in_two_ways() {
    assert_eq!(id("340100198902300012"), "id_birth_date id_check_digit");
    assert_eq!(id("340100198902300000"), "id_birth_date id_spreadsheet_damage");
}

#[test]
fn length_and_damage_are_told_apart() {
    assert_eq!(id("34010020050611154"), "id_length");
    assert_eq!(id("3401002005061115411"), "id_length");
    assert_eq!(id("无"), "id_length");
    assert_eq!(id("340100460918783"), "id_15_digits");
    for damaged in
        ["3.40100E+17", "3.401e+17", "3E+17", "3.40100197801105E+17", "3.4010019780110E17", "340100196512197000"]
    {
        assert_eq!(id(damaged), "id_spreadsheet_damage", "{damaged}");
    }
    // 000 at the end with the right check digit is a number like any other.
    let rare = (1..29).map(|day| checked(&format!("340100198001{day:02}000"))).find(|number| number.ends_with("000"));
    assert_eq!(rare.map(|number| id(&number)), Some(String::new()));
    assert_eq!(id("34010O198001010016"), "id_check_digit");
}

#[test]
fn an_empty_number_is_missing() {
    assert_eq!(id(""), "id_missing");
    assert_eq!(id("\u{3000}"), "id_missing normalised");
    assert_eq!(codes(Kind::Passport, ""), "id_missing");
}

#[test]
fn permits_follow_the_number_and_have_their_own_regions() {
    assert_eq!(codes(Kind::HongKongMacaoPermit, &checked("82000019900101001")), "");
    assert_eq!(codes(Kind::TaiwanPermit, &checked("83000019900101001")), "");
    assert_eq!(codes(Kind::TaiwanPermit, "830000199001010010"), "id_check_digit");
    assert_eq!(codes(Kind::TaiwanPermit, &checked("34010019900101001")), "id_area_unknown");
    assert_eq!(codes(Kind::HongKongMacaoPermit, "H1234567"), "id_length");
}

#[test]
fn passports_and_foreign_residents_have_none_of_the_numbers_codes() {
    for number in ["E12345678", "12345", "AB123456789012345", "E12345000", "1E10000"] {
        assert_eq!(codes(Kind::Passport, number), "", "{number}");
    }
    assert_eq!(codes(Kind::Passport, "e 12345678"), "normalised");
    for not in ["E123", "E12345678901234567", "E1234-567", "护照号码12345"] {
        assert_eq!(codes(Kind::Passport, not), "id_length", "{not}");
    }
    for number in ["911111199001010019", "91111119900101001X", "CHN340112345678"] {
        assert_eq!(codes(Kind::ForeignPermanentResidentId, number), "", "{number}");
    }
    assert_eq!(codes(Kind::ForeignPermanentResidentId, "chn340112345678"), "normalised");
    for not in ["811111199001010019", "CH3401123456789", "CHN34011234567", "9111111990010100X9"] {
        assert_eq!(codes(Kind::ForeignPermanentResidentId, not), "id_length", "{not}");
    }
}

#[test]
fn five_documents_are_known_and_the_card_is_meant_when_none_is_named() {
    let kind = |cell| {
        let mut found = Codes::default();
        (Kind::read(cell, &mut found), found.to_string())
    };
    for known in Kind::ALL {
        assert_eq!(kind(known.as_str()), (Some(known), String::new()));
    }
    assert_eq!(kind(""), (Some(Kind::ResidentId), String::new()));
    assert_eq!(kind("护 照"), (Some(Kind::Passport), "normalised".to_owned()));
    assert_eq!(kind("社保卡"), (None, "document_type_unknown".to_owned()));
    assert_eq!(kind("身份证"), (None, "document_type_unknown".to_owned()));
}
