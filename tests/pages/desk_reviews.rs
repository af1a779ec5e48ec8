//! The auditors' pages.

use askama::Template;
use latchkey::http::pages::desk::*;
use latchkey::people::Role;

use super::sample::{Around, NOW, RECORD};

pub fn frame(chrome: Around<'_>, place: Place) -> Frame {
    Frame { chrome: chrome(None), name: "赵静".into(), role: Some(Role::Auditor), place: Some(place) }
}

/// The pages, by name.
pub fn pages(chrome: Around<'_>) -> Vec<(&'static str, String)> {
    let rows = vec![row(1204, "refusal"), row(1203, "disclosure"), row(1201, "staff"), row(1200, "write")];
    let search = |rows: Vec<ReviewRow>, filter: ReviewFilter, query: &str| ReviewsPage {
        frame: frame(chrome, Place::Reviews),
        older: (!rows.is_empty()).then(|| "/desk/reviews?from=AQAAAAAAAASwAAAAAAAA".into()),
        rows,
        opened: 4_000,
        back_to: Some(NOW - 8 * 86_400),
        is_first: true,
        filter,
        query: query.into(),
    };
    let sought = ReviewFilter {
        app: "rp-a".into(),
        kind: "refusal".into(),
        outcome: "refused".into(),
        since: "2026-11-21T23:00".into(),
        alias: RECORD.into(),
        ..filter()
    };
    let entry = |kind, sought: Option<&str>| ReviewEntryPage {
        frame: frame(chrome, Place::Reviews),
        row: row(1204, kind),
        leaf_hash: "8d0e".repeat(16),
        sought: sought.map(str::to_owned),
    };
    vec![
        ("desk-reviews", search(rows, filter(), "").render().unwrap()),
        ("desk-reviews-none", search(Vec::new(), sought, "app=rp-a&kind=refusal").render().unwrap()),
        ("desk-review-entry", entry("refusal", None).render().unwrap()),
        ("desk-review-entry-search", entry("staff", Some("app=rp-a&kind=refusal")).render().unwrap()),
    ]
}

fn filter() -> ReviewFilter {
    ReviewFilter {
        apps: vec![("rp-a".into(), "阳光停车".into())],
        people: vec![(RECORD.into(), "王敏".into())],
        purposes: vec!["parking.book".into()],
        claims: vec!["is_resident".into(), "plate_masked".into()],
        ..ReviewFilter::default()
    }
}

pub fn row(position: u64, kind: &'static str) -> ReviewRow {
    let by_app = matches!(kind, "refusal" | "disclosure");
    ReviewRow {
        position,
        at: NOW - 3_600,
        kind,
        refused: kind == "refusal",
        client: by_app.then(|| ("rp-a".into(), "阳光停车".into())),
        purpose: by_app.then(|| "parking.book".into()),
        claims: match kind {
            "staff" => Vec::new(),
            "write" => vec!["plate".into(), "phone".into()],
            _ => vec!["is_resident".into(), "plate_masked".into()],
        },
        is_write: kind == "write",
        role: if by_app { "client".into() } else { "auditor".into() },
        person: (!by_app).then(|| (RECORD.into(), "赵静".into())),
        alias: (kind != "staff").then(|| RECORD.into()),
        consent: by_app.then(|| RECORD.into()),
        reason: if kind == "refusal" { "consent_withdrawn".into() } else { "review_search".into() },
    }
}
