//! CSV: which encoding, and then row by row.

use std::borrow::Cow;

use super::limits;
use super::table::{Roster, Table};
use super::unreadable::Unreadable;

/// Reads a CSV file.
///
/// # Errors
/// When it is no text we know, names no columns, or is too large.
pub fn read(bytes: &[u8]) -> Result<Roster, Unreadable> {
    let text = decode(bytes)?;
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut table = Table::default();
    let mut record = csv::StringRecord::new();
    let mut lines = LineCounter { text: text.as_bytes(), at: 0, line: 1 };
    // The text is UTF-8 by now and rows may differ in length: nothing is left that the reader could refuse.
    while reader.read_record(&mut record).map_err(|_| Unreadable::NotText)? {
        let began = record.position().map_or(0, csv::Position::byte);
        table.take(lines.of(began), record.iter().take(limits::COLUMNS).map(str::to_owned).collect())?;
    }
    table.finish()
}

/// Finds the line of the file in which a record begins: the reader of CSV names the end of the record before, with
/// empty lines still to come.
struct LineCounter<'a> {
    text: &'a [u8],
    at: usize,
    line: u64,
}

impl LineCounter<'_> {
    /// The line of the first byte at or after `offset` that ends no line. Offsets come in rising order.
    fn of(&mut self, offset: u64) -> u64 {
        let offset = usize::try_from(offset).unwrap_or(usize::MAX);
        while let Some(byte) = self.text.get(self.at) {
            let ends_line = matches!(byte, b'\r' | b'\n');
            if self.at >= offset && !ends_line {
                break;
            }
            // Three ways to end a line: LF, CR LF, and CR alone.
            let half = *byte == b'\r' && self.text.get(self.at + 1) == Some(&b'\n');
            self.line += u64::from(ends_line && !half);
            self.at += 1;
        }
        self.line
    }
}

/// UTF-8 if it is valid UTF-8, else GB18030 if it is valid GB18030: Chinese text in the one is, but for freaks of
/// a few characters, never valid in the other; and mojibake would name no columns.
fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, Unreadable> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(Unreadable::Utf16);
    }
    if bytes.contains(&0) {
        // No CSV has NUL bytes; UTF-16 without its mark is full of them.
        return Err(if bytes.len().is_multiple_of(2) { Unreadable::Utf16 } else { Unreadable::NotText });
    }
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => encoding_rs::GB18030
            .decode_without_bom_handling_and_without_replacement(bytes)
            .ok_or(Unreadable::NotText)?,
    };
    Ok(match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.strip_prefix('\u{feff}').unwrap_or(text)),
        Cow::Owned(text) => Cow::Owned(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text)),
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]
mod tests {
    use super::super::heading::Column;
    use super::*;

    fn names(bytes: &[u8]) -> Vec<(u64, String)> {
        read(bytes).unwrap().lines.iter().map(|line| (line.number, line.cell(Column::Name).to_owned())).collect()
    }

    const ROSTER: &str = "名册\n姓名,证件号\n张𠅤,1\n李四,2\n";

    #[test]
    fn all_three_encodings_read_alike() {
        let expected = vec![(3, "张𠅤".to_owned()), (4, "李四".to_owned())];
        assert_eq!(names(ROSTER.as_bytes()), expected);
        assert_eq!(names(format!("\u{feff}{ROSTER}").as_bytes()), expected);
        let (gb18030, _, lossy) = encoding_rs::GB18030.encode(ROSTER);
        assert!(!lossy && std::str::from_utf8(&gb18030).is_err());
        assert_eq!(names(&gb18030), expected);
        let (marked, _, _) = encoding_rs::GB18030.encode("\u{feff}姓名,证件号\n张,1\n");
        assert_eq!(names(&marked), [(2, "张".to_owned())]);
    }

    #[test]
    fn lines_are_those_of_the_file() {
        let text = "姓名,证件号,备注\r\n\r\n甲,1,\"一\r\n二\"\r\n,,\r\n乙,2,\r\n\r\n丙,3";
        assert_eq!(names(text.as_bytes()), [(3, "甲".to_owned()), (6, "乙".to_owned()), (8, "丙".to_owned())]);
    }

    #[test]
    fn a_row_that_says_nothing_in_any_known_column_is_no_record() {
        let text = "序号,姓名,证件号\n1,甲,1\n2,,\n3,\u{3000},\n4,乙,2\n";
        assert_eq!(names(text.as_bytes()), [(2, "甲".to_owned()), (5, "乙".to_owned())]);
    }

    #[test]
    fn rows_may_be_short_or_long() {
        let roster = read("姓名,证件号,备注\n甲\n乙,2,x,y,z\n".as_bytes()).unwrap();
        assert_eq!(roster.lines[0].cell(Column::DocumentNumber), "");
        assert_eq!(roster.lines[1].cell(Column::Note), "x");
        assert_eq!(roster.lines[1].cell(Column::Plate), "");
    }

    #[test]
    fn what_is_no_roster_is_refused_as_a_whole() {
        let refusal = |bytes: &[u8]| read(bytes).err();
        assert!(matches!(refusal(b"hello\nworld\n"), Some(Unreadable::NoHeadings)));
        assert!(matches!(refusal("姓名\n张三\n".as_bytes()), Some(Unreadable::NoHeadings)));
        let utf16: Vec<u8> = ROSTER.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(matches!(refusal(&utf16), Some(Unreadable::Utf16)));
        assert!(matches!(refusal(&[&[0xff, 0xfe], utf16.as_slice()].concat()), Some(Unreadable::Utf16)));
        assert!(matches!(refusal(&[0xd0, 0xd5, 0xff]), Some(Unreadable::NotText)));
        let late = "x\n".repeat(limits::HEADING_ROWS) + ROSTER;
        assert!(matches!(refusal(late.as_bytes()), Some(Unreadable::NoHeadings)));
    }

    #[test]
    fn a_quotation_mark_that_never_closes_does_not_swallow_the_file_unseen() {
        let text = format!("姓名,证件号,备注\n甲,1,\"{}", "乙,2,\n".repeat(20_000));
        assert!(matches!(read(text.as_bytes()), Err(Unreadable::TooMuchText)));
        let many = "姓名,证件号\n".to_owned() + &"甲,1\n".repeat(limits::RECORDS + 1);
        assert!(matches!(read(many.as_bytes()), Err(Unreadable::TooManyRecords)));
    }
}
