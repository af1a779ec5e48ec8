//! How people type: full-width forms, spaces of every kind, characters that cannot be seen.
//!
//! Every rule of a column begins here and compares what it made with what was there: when the two differ, the
//! record is `normalised`.

/// The cell with full-width letters, digits and number punctuation made narrow, every kind of space made a plain
/// one, and what cannot be seen left out. Other punctuation stays as it is: （东） is ordinary writing.
pub fn narrow(cell: &str) -> String {
    cell.chars().filter(|c| !is_invisible(*c)).map(narrow_character).collect()
}

/// As [`narrow`], without any space: for numbers of all kinds.
pub fn compact(cell: &str) -> String {
    let mut text = narrow(cell);
    text.retain(|c| c != ' ');
    text
}

/// As [`narrow`], without spaces at the ends and with single ones inside: for words.
pub fn trimmed(cell: &str) -> String {
    narrow(cell).split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a character leaves no trace on paper: zero-width, marks of direction, soft hyphen, byte order mark.
pub fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

/// Whether a character is empty but not [`is_invisible`]: a space, a line break, a tab.
pub fn is_space(c: char) -> bool {
    c.is_whitespace()
}

fn narrow_character(c: char) -> char {
    match c {
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '＃' | '＋' | '－' | '．' | '／' | '：' => {
            char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c)
        }
        c if is_space(c) => ' ',
        c => c,
    }
}

/// A Chinese or Arabic whole number below 1,000, as people number houses: 3, 03, 三, 十二, 二十一, 一百零三.
pub fn house_number(text: &str) -> Option<u32> {
    if text.is_empty() || text.chars().count() > 6 {
        return None;
    }
    if text.bytes().all(|b| b.is_ascii_digit()) {
        return text.parse().ok().filter(|number| (1..1000).contains(number));
    }
    let mut total = 0;
    let mut digit = None;
    for c in text.chars() {
        match (c, digit.take()) {
            ('百', Some(hundreds)) if total == 0 && hundreds > 0 => total = hundreds * 100,
            ('十', None) if total % 100 == 0 => total += 10,
            ('十', Some(tens)) if total % 100 == 0 && tens > 0 => total += tens * 10,
            ('零' | '〇', None) if total > 0 => digit = None,
            (c, None) => digit = Some(chinese_digit(c)?),
            _ => return None,
        }
    }
    Some(total + digit.unwrap_or(0)).filter(|number| *number > 0)
}

fn chinese_digit(c: char) -> Option<u32> {
    "一二三四五六七八九".chars().zip(1..).find(|(numeral, _)| *numeral == c).map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_width_spaces_and_the_unseen_disappear_from_numbers() {
        assert_eq!(compact("\u{feff}３４０１\u{3000}００\u{200b} 1978\u{a0}x\t\n"), "340100".to_owned() + "1978x");
        assert_eq!(compact("１９９６／１０／８"), "1996/10/8");
    }

    #[test]
    fn words_keep_single_spaces_and_their_own_punctuation() {
        assert_eq!(trimmed("  Tower\u{3000}\u{3000}Ｂ（东） "), "Tower B（东）");
    }

    #[test]
    fn houses_are_numbered_in_both_ways() {
        let numbers = [("3", 3), ("03", 3), ("三", 3), ("十", 10), ("十二", 12), ("二十", 20), ("二十一", 21)];
        for (text, number) in numbers.into_iter().chain([("一百零三", 103), ("一百一十", 110), ("999", 999)]) {
            assert_eq!(house_number(text), Some(number), "{text}");
        }
        for not in ["", "0", "A", "三三", "十十", "百", "二十十", "1000", "三A", "零", "一百百"] {
            assert_eq!(house_number(not), None, "{not}");
        }
    }
}
