//! 姓名: letters of any script, `·` between the parts of a name, single spaces between Latin words.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::code::{Code, Codes};
use super::spelling::{is_invisible, is_space};

/// The longest name, in characters.
const LONGEST: usize = 50;

/// Marks (accents, vowels, variation selectors) that one letter may carry.
const MOST_MARKS: usize = 3;

/// Reads a name; what is returned is only of use while nothing found rejects the record.
///
/// The glyph is kept: nothing folds a rare or compatibility character into its commoner sister. What changes
/// is how it is typed: composition (NFC), spaces, full-width letters, the look-alikes of `·`.
pub fn read(cell: &str, found: &mut Codes) -> String {
    let name = compose(&spaced(&plain(cell)));
    if name.is_empty() {
        found.add(Code::NameMissing);
        return name;
    }
    found.add_if(name.chars().count() > LONGEST, Code::NameLength);
    found.add_if(!is_well_formed(&name), Code::NameCharacters);
    found.add_if(name != cell, Code::Normalised);
    name
}

/// Narrow, with `·` for its look-alikes, every space plain, and nothing that cannot be seen.
fn plain(cell: &str) -> String {
    let visible = cell.chars().filter(|c| !is_invisible(*c));
    let plain = visible.map(|c| match c {
        '•' | '．' | '‧' | '∙' | '⋅' | '・' | '･' => '·',
        'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '０'..='９' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        c if is_space(c) => ' ',
        c => c,
    });
    plain.collect()
}

/// Composed (NFC), but for the compatibility ideographs, which NFC would fold into their commoner sisters.
fn compose(name: &str) -> String {
    let mut composed = String::with_capacity(name.len());
    for run in name.split_inclusive(is_compatibility_ideograph) {
        let kept = run.chars().next_back().filter(|c| is_compatibility_ideograph(*c));
        let rest = run.strip_suffix(is_compatibility_ideograph).unwrap_or(run);
        composed.extend(rest.nfc().chain(kept));
    }
    composed
}

/// Single spaces, and none beside a Han character, where they only align a column (张　伟) or a `·`.
fn spaced(name: &str) -> String {
    let mut spaced = String::with_capacity(name.len());
    for word in name.split(' ').filter(|word| !word.is_empty()) {
        let before = spaced.chars().rev().find(|c| !is_combining_mark(*c));
        let after = word.chars().next();
        let wanted = before.zip(after).is_some_and(|(a, b)| !is_unspaced(a) && !is_unspaced(b));
        if wanted {
            spaced.push(' ');
        }
        spaced.push_str(word);
    }
    spaced
}

fn is_well_formed(name: &str) -> bool {
    let mut before = None;
    let mut marks = 0;
    for c in name.chars() {
        let carried = is_combining_mark(c);
        marks = if carried { marks + 1 } else { 0 };
        let fits = match c {
            _ if carried => before.is_some_and(is_letter) && marks <= MOST_MARKS,
            '·' => before.is_some_and(is_letter),
            ' ' => before.is_some_and(is_latin),
            c => is_letter(c) && (before != Some(' ') || is_latin(c)),
        };
        if !fits {
            return false;
        }
        // A mark belongs to its letter: what follows looks at the letter.
        before = if carried { before } else { Some(c) };
    }
    before.is_some_and(is_letter)
}

/// Letters of any script, and 〇, which Unicode counts as a number and people have as a name; not the circled and
/// squared letters, nor the fillers that are letters by property and blank on paper.
fn is_letter(c: char) -> bool {
    let filler = matches!(c, '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}');
    let enclosed = matches!(c, '\u{24b6}'..='\u{24e9}' | '\u{1f130}'..='\u{1f189}');
    c == '〇' || (c.is_alphabetic() && !c.is_numeric() && !filler && !enclosed)
}

fn is_latin(c: char) -> bool {
    matches!(c, 'A'..='Z' | 'a'..='z' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}') && is_letter(c)
}

/// Scripts whose names are written without spaces, and `·`.
fn is_unspaced(c: char) -> bool {
    matches!(c, '·' | '〇' | '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{2fdf}' | '\u{3040}'..='\u{30ff}'
        | '\u{3130}'..='\u{318f}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}'
        | '\u{e000}'..='\u{f8ff}' | '\u{20000}'..='\u{3ffff}')
        || is_compatibility_ideograph(c)
}

fn is_compatibility_ideograph(c: char) -> bool {
    matches!(c, '\u{f900}'..='\u{faff}' | '\u{2f800}'..='\u{2fa1f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(cell: &str) -> (String, String) {
        let mut found = Codes::default();
        let name = read(cell, &mut found);
        (name, found.settled().to_string())
    }

    #[test]
    fn names_of_every_script_go_in_as_they_are() {
        for name in [
            "张𠅤",
            "欧阳梅",
            "阿卜杜拉·卡迪尔",
            "Anna Maria",
            "José Núñez",
            "Иван",
            "محمد",
            "กมล",
            "朴智星",
            "〇月",
            "𰻝𰻝",
            "Ọ̀ṣun",
            "སྐལ་བཟང".split('་').next().unwrap_or_default(),
            "\u{f9e7}忠",
        ] {
            assert_eq!(reading(name), (name.to_owned(), String::new()), "{name}");
        }
    }

    #[test]
    fn typing_habits_are_made_uniform() {
        for (cell, name) in [
            ("阿卜杜拉•卡迪尔", "阿卜杜拉·卡迪尔"),
            ("阿卜杜拉．卡迪尔", "阿卜杜拉·卡迪尔"),
            ("阿卜杜拉 · 卡迪尔", "阿卜杜拉·卡迪尔"),
            ("张\u{3000}伟", "张伟"),
            ("张 伟", "张伟"),
            (" 张伟\u{200b}", "张伟"),
            ("Ａｎｎａ\u{3000} Maria", "Anna Maria"),
            ("Jose\u{301}", "José"),
            ("김 철수", "김철수"),
        ] {
            assert_eq!(reading(cell), (name.to_owned(), "normalised".to_owned()), "{cell}");
        }
    }

    #[test]
    fn what_is_no_name_is_refused() {
        for not in [
            "田敏华2",
            "田敏华２",
            "张伟(租)",
            "张伟（租）",
            "张·",
            "·张",
            "张··伟",
            "O'Brien",
            "Jean-Luc",
            "J. Smith",
            "王*",
            "=1+1",
            "张伟\u{e001}",
            "张\u{fffd}",
            "Ⅱ",
            "Ⓐ",
            "ㅤ",
            "😀",
            "Иван Петров",
            "\u{301}",
            "a\u{301}\u{302}\u{303}\u{304}\u{305}",
        ] {
            assert_eq!(reading(not).1, "name_characters", "{not}");
        }
        for empty in ["", " ", "\u{3000}\u{200b}"] {
            assert_eq!(reading(empty).1, "name_missing");
        }
    }

    #[test]
    fn fifty_characters_are_the_most() {
        assert_eq!(reading(&"𠅤".repeat(50)).1, "");
        assert_eq!(reading(&"张".repeat(51)).1, "name_length");
        assert_eq!(reading(&"1".repeat(51)).1, "name_characters name_length");
    }
}
