//! The entries of an export as a table (RFC 4180), for spreadsheets that must not run what stands in a cell.

use super::document::Line;
use crate::fault::Fault;

/// The columns.
const HEAD: [&str; 14] = [
    "position", "kind", "at", "resident", "consent", "client", "actor", "purpose", "claims", "outcome", "reason",
    "leaf", "blind", "review",
];

/// A cell that no spreadsheet takes for a formula: what begins like one gets an apostrophe before it.
#[must_use]
pub fn defused(cell: &str) -> String {
    let first = cell.chars().next();
    if matches!(first, Some('=' | '+' | '-' | '@' | '\t' | '\r' | '\n')) { format!("'{cell}") } else { cell.to_owned() }
}

/// The table: a head, and a row for each entry. Claims stand in one cell, with spaces between them.
///
/// # Errors
/// Never: it is written to memory.
pub fn csv(lines: &[Line]) -> Result<Vec<u8>, Fault> {
    let failed = |_| Fault::Internal("a table was not written");
    let mut out = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    out.write_record(HEAD).map_err(failed)?;
    for line in lines {
        let or_empty = |text: &Option<String>| text.clone().unwrap_or_default();
        let row = [
            line.position.to_string(),
            line.kind.clone(),
            line.at.clone(),
            or_empty(&line.resident),
            or_empty(&line.consent),
            or_empty(&line.client),
            line.actor.clone(),
            or_empty(&line.purpose),
            line.claims.join(" "),
            line.outcome.clone(),
            line.reason.clone(),
            line.leaf.clone(),
            line.blind.clone(),
            line.review.clone(),
        ];
        out.write_record(row.iter().map(|cell| defused(cell))).map_err(failed)?;
    }
    out.into_inner().map_err(|_| Fault::Internal("a table was not written"))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn a_cell_that_begins_like_a_formula_is_defused_and_others_stay() {
        for cell in ["=1+1", "+86", "-1", "@SUM(A1)", "\t=1", "\r=1"] {
            assert_eq!(defused(cell), format!("'{cell}"));
        }
        for cell in ["", "rp-a", "2026-11-22T09:30:00+08:00", "a=b"] {
            assert_eq!(defused(cell), cell);
        }
    }

    #[test]
    fn a_row_reads_back_with_its_commas_and_quotes() {
        let line = Line {
            position: 7,
            kind: "refusal".into(),
            at: "2026-11-22T09:30:00.000+08:00".into(),
            resident: Some("05".repeat(16)),
            consent: None,
            client: Some("-rp".into()),
            actor: "client".into(),
            purpose: Some("a,\"b\"".into()),
            claims: vec!["is_resident".into(), "plate_masked".into()],
            outcome: "refused".into(),
            reason: "=cmd".into(),
            leaf: "01".into(),
            blind: "02".into(),
            review: "03".into(),
        };
        let bytes = csv(&[line]).unwrap();
        let mut reader = csv::Reader::from_reader(bytes.as_slice());
        let row = reader.records().next().unwrap().unwrap();
        let cells: Vec<&str> = row.iter().collect();
        assert_eq!(cells.len(), HEAD.len());
        assert_eq!(cells.get(5..9).unwrap(), ["'-rp", "client", "a,\"b\"", "is_resident plate_masked"]);
        assert_eq!(cells.get(10), Some(&"'=cmd"));
    }
}
