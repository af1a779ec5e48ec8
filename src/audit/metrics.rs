//! What a monitor that runs for ever tells others: a file in the text format of Prometheus, replaced after each audit, for
//! the textfile collector of a node exporter.

use std::fmt::Write;
use std::path::Path;

use super::{Report, Stopped};
use crate::clock::Timestamp;
use crate::fault::Fault;
use crate::ledger::{Kind, kept};

/// The last audit, and when it was.
#[derive(Debug)]
pub struct Last<'a> {
    /// What it saw; `Err` when it could not be made.
    pub outcome: &'a Result<Report, Stopped>,
    /// When it ended.
    pub at: Timestamp,
    /// When the last one ended that found nothing wrong.
    pub whole_at: Option<Timestamp>,
}

/// The text.
#[must_use]
pub fn text(last: &Last<'_>) -> String {
    let mut text = String::new();
    let mut put = |name: &str, kind: &str, help: &str, lines: &[(String, String)]| {
        let _ = writeln!(text, "# HELP latchkey_audit_{name} {help}\n# TYPE latchkey_audit_{name} {kind}");
        for (labels, value) in lines {
            let _ = writeln!(text, "latchkey_audit_{name}{labels} {value}");
        }
    };
    let one = |value: String| [(String::new(), value)];
    let report = last.outcome.as_ref().ok();
    put("made", "gauge", "Whether the last audit could be made.", &one(u8::from(report.is_some()).to_string()));
    put("timestamp_seconds", "gauge", "When the last audit ended.", &one(last.at.seconds().to_string()));
    put(
        "whole_timestamp_seconds",
        "gauge",
        "When an audit last found nothing wrong; 0: none of this process.",
        &one(last.whole_at.map_or(0, Timestamp::seconds).to_string()),
    );
    let Some(report) = report else { return text };
    put("findings", "gauge", "What the last audit found wrong.", &one(report.findings.len().to_string()));
    put("tree_size", "gauge", "Entries that the last checkpoint signs.", &one(report.checkpoint.size.to_string()));
    put("hashed_entries", "gauge", "Entries that the last audit fetched and hashed.", &one(report.hashed.to_string()));
    put("compared_checkpoints", "gauge", "Earlier checkpoints that it compared.", &one(report.compared.to_string()));
    put("seconds", "gauge", "How long it took.", &one(format!("{:.3}", report.seconds)));
    let mut kinds: Vec<_> = report.kinds.iter().collect();
    kinds.sort();
    let name = |number: &u8| Kind::of_number(*number).map_or("unknown", Kind::as_str);
    let lines: Vec<_> =
        kinds.into_iter().map(|(kind, count)| (format!("{{kind=\"{}\"}}", name(kind)), count.to_string())).collect();
    put("entries", "gauge", "Entries by kind, among those that the last audit hashed.", &lines);
    text
}

/// Replaces the file with it.
///
/// # Errors
/// When it cannot be written.
pub fn write(path: &Path, last: &Last<'_>) -> Result<(), Stopped> {
    kept::replace(path, &text(last)).map_err(|cause| Stopped::Fault(Fault::File("the metrics of the audit", cause)))
}
