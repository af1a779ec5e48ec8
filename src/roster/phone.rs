//! 手机号: mainland mobile numbers, `1[3-9]` and nine digits.

use super::code::{Code, Codes};
use super::spelling::compact;

/// Reads a phone; an empty cell is fine and none.
pub fn read(cell: &str, found: &mut Codes) -> Option<String> {
    let mut phone = compact(cell);
    phone.retain(|c| !is_dash(c));
    let phone = phone.strip_prefix("+86").map(str::to_owned).unwrap_or(phone);
    if phone.is_empty() && !cell.chars().any(|c| is_dash(c) || c == '+') {
        found.add_if(!cell.is_empty(), Code::Normalised);
        return None;
    }
    found.add_if(!is_mobile(&phone), Code::PhoneFormat);
    found.add_if(phone != cell, Code::Normalised);
    Some(phone)
}

fn is_mobile(phone: &str) -> bool {
    let bytes = phone.as_bytes();
    let begins_well = bytes.first() == Some(&b'1') && bytes.get(1).is_some_and(|b| (b'3'..=b'9').contains(b));
    bytes.len() == 11 && begins_well && bytes.iter().all(u8::is_ascii_digit)
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe63}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(cell: &str) -> (Option<String>, String) {
        let mut found = Codes::default();
        let phone = read(cell, &mut found);
        (phone, found.settled().to_string())
    }

    #[test]
    fn mobile_numbers_are_read_in_the_ways_they_are_written() {
        assert_eq!(reading("13769487769"), (Some("13769487769".to_owned()), String::new()));
        for cell in
            ["+86 137-6948-7769", "＋８６１３７６９４８７７６９", "137 6948 7769", "137—6948–7769", "13769487769\t"]
        {
            assert_eq!(reading(cell), (Some("13769487769".to_owned()), "normalised".to_owned()), "{cell}");
        }
    }

    #[test]
    fn an_empty_phone_is_fine() {
        assert_eq!(reading(""), (None, String::new()));
        assert_eq!(reading("\u{3000}"), (None, "normalised".to_owned()));
    }

    #[test]
    fn everything_else_is_refused() {
        for not in [
            "1963966225",
            "12576190181",
            "137694877690",
            "0551-1234567",
            "-",
            "+86",
            "无",
            "1.39E+10",
            "13769487769/13769487768",
            "0086 13769487769",
            "１３７６９４８７７６",
            "+8613769487769+86",
        ] {
            assert_eq!(reading(not).1, "phone_format", "{not}");
        }
    }
}
