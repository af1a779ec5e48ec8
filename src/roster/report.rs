//! The report of an import, and how text leaves for a spreadsheet.

use std::io::{self, Write};

use super::judge::Verdict;
use super::record::looks_like_formula;

/// Writes `record,verdict,codes` for every record, lines ended as RFC 4180 has it; nothing in it is personal data.
///
/// # Errors
/// When it cannot be written.
pub fn write<'a>(to: impl Write, verdicts: impl IntoIterator<Item = &'a Verdict>) -> io::Result<()> {
    let mut report = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(to);
    report.write_record(["record", "verdict", "codes"])?;
    for verdict in verdicts {
        let outcome = if verdict.is_accepted() { "accepted" } else { "rejected" };
        report.write_record([verdict.record.to_string().as_str(), outcome, &verdict.codes.to_string()])?;
    }
    report.flush()
}

/// A text as it may stand in a cell of any exported table: what a spreadsheet would run as a formula gets an
/// apostrophe in front, which spreadsheets take as "this is text".
#[must_use]
pub fn cell(text: &str) -> String {
    let begins = text.chars().next();
    let odd = matches!(begins, Some('\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠'));
    if odd || looks_like_formula(text) { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_export_holds_a_formula() {
        for formula in ["=HYPERLINK(\"x\")", "+1", "-1", "@SUM(A1)", " =1", "\u{feff}=1", "\t=1", "\rx", "＝1"] {
            assert_eq!(cell(formula), format!("'{formula}"));
        }
        for text in ["业主", "1-2", "", "a=b"] {
            assert_eq!(cell(text), text);
        }
    }
}
