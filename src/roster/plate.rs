//! 车牌号: province character, letter, and five characters, or six on a new-energy vehicle.

use super::code::{Code, Codes};
use super::spelling::compact;

/// The 31 province characters that plates begin with.
const PROVINCES: &str = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼";

/// Reads a plate; an empty cell is fine and none.
pub fn read(cell: &str, found: &mut Codes) -> Option<String> {
    let mut plate = compact(cell);
    plate.retain(|c| !matches!(c, '·' | '•' | '.' | '‧' | '∙' | '⋅' | '・' | '･'));
    plate.make_ascii_uppercase();
    if plate.is_empty() && cell.chars().all(|c| super::spelling::is_space(c) || super::spelling::is_invisible(c)) {
        found.add_if(!cell.is_empty(), Code::Normalised);
        return None;
    }
    found.add_if(!is_plate(&plate), Code::PlateFormat);
    found.add_if(plate != cell, Code::Normalised);
    Some(plate)
}

fn is_plate(plate: &str) -> bool {
    let mut characters = plate.chars();
    let province = characters.next().is_some_and(|c| PROVINCES.contains(c));
    let letter = characters.next().is_some_and(is_letter);
    let serial: Vec<char> = characters.collect();
    province && letter && (is_ordinary(&serial) || is_new_energy(&serial))
}

fn is_ordinary(serial: &[char]) -> bool {
    serial.len() == 5 && serial.iter().all(|c| is_letter(*c) || c.is_ascii_digit())
}

/// Small vehicles lead with the energy letter (D12345, DA1234), large ones end with it (12345D).
fn is_new_energy(serial: &[char]) -> bool {
    let energy = |c: char| matches!(c, 'A'..='H' | 'J' | 'K');
    let digits = |part: &[char]| part.iter().all(char::is_ascii_digit);
    match serial {
        [first, second, rest @ ..] if rest.len() == 4 => {
            let small = energy(*first) && (is_letter(*second) || second.is_ascii_digit()) && digits(rest);
            let large = serial.split_last().is_some_and(|(last, before)| energy(*last) && digits(before));
            small || large
        }
        _ => false,
    }
}

/// Letters of plates: all but I and O, which look like digits.
fn is_letter(c: char) -> bool {
    c.is_ascii_uppercase() && c != 'I' && c != 'O'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(cell: &str) -> (Option<String>, String) {
        let mut found = Codes::default();
        let plate = read(cell, &mut found);
        (plate, found.settled().to_string())
    }

    #[test]
    fn plates_of_both_kinds_are_read() {
        for plate in
            ["皖AYYB1Q", "皖A30F17", "京A12345", "皖ADY3167", "皖AD12345", "皖AK12345", "粤B12345D", "琼C12345K"]
        {
            assert_eq!(reading(plate), (Some(plate.to_owned()), String::new()), "{plate}");
        }
        for cell in ["皖a·12b45", "皖A·12B45", "皖Ａ１２Ｂ４５", " 皖A 12B45", "皖A•12b45"] {
            assert_eq!(reading(cell), (Some("皖A12B45".to_owned()), "normalised".to_owned()), "{cell}");
        }
        assert_eq!(reading(""), (None, String::new()));
    }

    #[test]
    fn what_is_no_plate_is_refused() {
        for not in [
            "皖AI2345",
            "皖AO2345",
            "皖I12345",
            "皖A1234",
            "A12345",
            "皖AL12345",
            "皖A12345L",
            "皖A1234567",
            "皖112345",
            "徽A12345",
            "皖ADI2345",
            "皖A12345I",
            "皖ADAA123",
            "无",
            "·",
            "皖A12345挂",
            "皖A-12345",
        ] {
            assert_eq!(reading(not).1, "plate_format", "{not}");
        }
    }
}
