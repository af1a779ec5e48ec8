//! 证件类型 and 证件号码: which document, and whether its number can be one.

use jiff::civil::Date;

use super::birth_date::of_eight_digits;
use super::code::{Code, Codes};
use super::sex::Sex;
use super::spelling::compact;

/// The documents that a roster may name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// 居民身份证.
    ResidentId,
    /// 护照.
    Passport,
    /// 港澳居民居住证.
    HongKongMacaoPermit,
    /// 台湾居民居住证.
    TaiwanPermit,
    /// 外国人永久居留身份证.
    ForeignPermanentResidentId,
}

impl Kind {
    const ALL: [Self; 5] = [
        Self::ResidentId,
        Self::Passport,
        Self::HongKongMacaoPermit,
        Self::TaiwanPermit,
        Self::ForeignPermanentResidentId,
    ];

    /// Its name, as rosters write it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ResidentId => "居民身份证",
            Self::Passport => "护照",
            Self::HongKongMacaoPermit => "港澳居民居住证",
            Self::TaiwanPermit => "台湾居民居住证",
            Self::ForeignPermanentResidentId => "外国人永久居留身份证",
        }
    }

    /// Reads the type; a roster without the column, or with an empty cell, speaks of resident ID cards.
    pub fn read(cell: &str, found: &mut Codes) -> Option<Self> {
        let name = compact(cell);
        found.add_if(name != cell, Code::Normalised);
        if name.is_empty() {
            return Some(Self::ResidentId);
        }
        let kind = Self::ALL.into_iter().find(|kind| kind.as_str() == name);
        found.add_if(kind.is_none(), Code::DocumentTypeUnknown);
        kind
    }
}

/// A number that was read, and what it says of its holder.
pub struct Number {
    /// Without spaces, narrow, letters in capitals.
    pub text: String,
    /// The day inside numbers of 18 characters that follow GB 11643.
    pub birth_date: Option<Date>,
    /// The parity of their 17th digit.
    pub sex: Option<Sex>,
}

/// Reads a number by the rules of its document; an empty cell is none.
pub fn read(kind: Option<Kind>, cell: &str, today: Date, found: &mut Codes) -> Option<Number> {
    let mut text = compact(cell);
    text.make_ascii_uppercase();
    found.add_if(text != cell, Code::Normalised);
    if text.is_empty() {
        found.add(Code::IdMissing);
        return None;
    }
    let well_formed = match kind {
        Some(Kind::ResidentId | Kind::HongKongMacaoPermit | Kind::TaiwanPermit) => {
            return Some(resident_number(kind, text, today, found));
        }
        Some(Kind::Passport) => is_passport(&text),
        Some(Kind::ForeignPermanentResidentId) => is_foreign_permanent(&text),
        // Nobody can say what form it should have; the unknown type rejects the record already.
        None => true,
    };
    found.add_if(!well_formed, Code::IdLength);
    Some(Number { text, birth_date: None, sex: None })
}

/// GB 11643: `AAAAAA YYYYMMDD SSS C`, area at issue, birth date, sequence (odd: male), check.
fn resident_number(kind: Option<Kind>, text: String, today: Date, found: &mut Codes) -> Number {
    if is_scientific(&text) {
        found.add(Code::IdSpreadsheetDamage);
        return Number { text, birth_date: None, sex: None };
    }
    match text.chars().count() {
        18 => {}
        15 => {
            found.add(Code::IdFifteenDigits);
            return Number { text, birth_date: None, sex: None };
        }
        _ => {
            found.add(Code::IdLength);
            return Number { text, birth_date: None, sex: None };
        }
    }
    if !has_check_digit(&text) {
        let damaged = text.bytes().all(|b| b.is_ascii_digit()) && text.ends_with("000");
        found.add(if damaged { Code::IdSpreadsheetDamage } else { Code::IdCheckDigit });
    }
    let birth_date = text.get(6..14).and_then(of_eight_digits).filter(|day| *day <= today);
    match birth_date {
        None => found.add(Code::IdBirthDate),
        Some(day) => found.add_if(today.year() - day.year() > 130, Code::IdAgeOver130),
    }
    found.add_if(!has_known_area(kind, &text), Code::IdAreaUnknown);
    let sequence = text.as_bytes().get(16).filter(|b| b.is_ascii_digit());
    let sex = sequence.map(|digit| if digit % 2 == 1 { Sex::Male } else { Sex::Female });
    Number { text, birth_date, sex }
}

/// ISO 7064 MOD 11-2 over 17 digits and a digit or X.
fn has_check_digit(number: &str) -> bool {
    let (Some(body), Some(check)) = (number.get(..17), number.get(17..)) else { return false };
    check_digit(body).is_some_and(|digit| check.starts_with(digit) && check.len() == 1)
}

/// The check character of 17 digits (ISO 7064 MOD 11-2); `None` when they are not 17 digits.
#[must_use]
pub fn check_digit(body: &str) -> Option<char> {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    if body.len() != WEIGHTS.len() {
        return None;
    }
    let mut sum = 0;
    for (c, weight) in body.chars().zip(WEIGHTS) {
        sum += c.to_digit(10)? * weight;
    }
    "10X98765432".chars().nth(usize::try_from(sum % 11).ok()?)
}

/// What a spreadsheet makes of a long number: 3.40100E+17.
fn is_scientific(number: &str) -> bool {
    let Some((mantissa, exponent)) = number.split_once('E') else { return false };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
    digits(whole) && digits(fraction) && digits(exponent.strip_prefix('+').unwrap_or(exponent))
}

/// The first two digits: a province, or the region of the permit.
fn has_known_area(kind: Option<Kind>, number: &str) -> bool {
    let Some(area) = number.get(..2).and_then(|digits| digits.parse::<u8>().ok()) else { return false };
    match kind {
        Some(Kind::HongKongMacaoPermit) => matches!(area, 81..=83),
        Some(Kind::TaiwanPermit) => area == 83,
        _ => matches!(area, 11..=15 | 21..=23 | 31..=37 | 41..=46 | 50..=54 | 61..=65 | 71 | 81..=83),
    }
}

fn is_passport(number: &str) -> bool {
    (5..=17).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// 18 digits that begin with 9 (since 2023; the last may be X), or three letters and twelve digits.
fn is_foreign_permanent(number: &str) -> bool {
    let digits = |text: Option<&str>| text.is_some_and(|text| text.bytes().all(|b| b.is_ascii_digit()));
    let present = number.len() == 18
        && number.starts_with('9')
        && digits(number.get(..17))
        && number.ends_with(|c: char| c.is_ascii_digit() || c == 'X');
    let former =
        number.len() == 15 && number.bytes().take(3).all(|b| b.is_ascii_uppercase()) && digits(number.get(3..));
    present || former
}

#[cfg(test)]
#[path = "document_tests.rs"]
mod tests;
