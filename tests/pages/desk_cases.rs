//! The console's lists of cases, and one case.

use askama::Template;
use latchkey::http::pages::CaseStep;
use latchkey::http::pages::desk::*;
use latchkey::people::Role;

use super::sample::{Around, DAY, NOW, RECORD};

fn frame(chrome: Around<'_>, place: Place) -> Frame {
    Frame { chrome: chrome(None), name: "王敏".into(), role: Some(Role::Staff), place: Some(place) }
}

/// The pages, by name.
pub fn pages(chrome: Around<'_>) -> Vec<(&'static str, String)> {
    vec![
        ("desk-cases", cases(chrome, "staff").render().unwrap()),
        ("desk-cases-none", ConsoleCasesPage { rows: Vec::new(), ..cases(chrome, "mine") }.render().unwrap()),
        ("desk-case", case(chrome, None).render().unwrap()),
        ("desk-case-read", case(chrome, Some(steps())).render().unwrap()),
    ]
}

fn row(kind: &'static str, state: &'static str, days: i64) -> ConsoleCaseRow {
    ConsoleCaseRow {
        id: RECORD.into(),
        kind,
        state,
        client: (kind == "objection").then(|| "阳光停车".into()),
        entry: Some(1204),
        purpose: Some("parking.book".into()),
        claims: vec!["plate_masked".into()],
        owner: (days > 3).then(|| "王敏".into()),
        mine: false,
        opened_at: NOW - 10 * DAY,
        due_at: NOW + days * DAY,
        overdue: days < 0,
        was_overdue: days < 0 || days == 9,
        over: false,
    }
}

fn cases(chrome: Around<'_>, show: &'static str) -> ConsoleCasesPage {
    let rows = vec![
        row("objection", "with_client", -2),
        row("correction", "with_staff", 2),
        row("complaint", "with_staff", 9),
        row("objection", "answered", 12),
    ];
    ConsoleCasesPage { frame: frame(chrome, Place::Cases), show, is_staff: true, open: 4, overdue: 1, rows }
}

fn steps() -> Vec<CaseStep> {
    let step = |word: &str, words: &str, outcome| CaseStep {
        word: word.into(),
        at: NOW - DAY,
        actor: "resident".into(),
        words: words.into(),
        shared: false,
        outcome,
    };
    let others = ["staff_answered", "settled", "taken_back", "overdue", "assigned", "read"];
    let mut steps = vec![
        step("opened", "我没有订车位", None),
        step("client_answered", "系统误读", Some("declined")),
        step("disputed", "那天我不在家", None),
    ];
    steps.extend(others.map(|word| step(word, "", None)));
    steps
}

fn case(chrome: Around<'_>, steps: Option<Vec<CaseStep>>) -> ConsoleCasePage {
    let case = row("objection", "with_staff", 2);
    ConsoleCasePage {
        frame: frame(chrome, Place::Cases),
        case,
        may_agree: true,
        is_staff: true,
        is_correction: steps.is_some(),
        relative: steps.as_ref().map(|_| RelativeWish {
            deceased: "孙国富".into(),
            relation: "child".into(),
            asks: "copy",
            records: vec![("5ea1".into(), "孙* · 3-1-201".into())],
        }),
        proposed: steps.as_ref().map(|_| ("phone".to_owned(), "13390996031".to_owned())),
        steps,
    }
}
