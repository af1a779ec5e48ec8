//! The pages of cases: one that waits, one that is overdue, one that was answered, one that is over.

use askama::Template;
use latchkey::http::pages::*;

use super::sample::{Around, DAY, HOUR, NOW, RECORD};
use super::values::book;

type Pages = Vec<(&'static str, String)>;

pub fn pages(chrome: Around<'_>) -> Pages {
    let list = |open, over| CasesPage { chrome: chrome(Some(Tab::Mine)), open, over };
    let all = list(
        vec![row("objection", "answered"), row("explanation", "with_client"), late(), alone("complaint", "with_staff")],
        vec![row("objection", "closed"), alone("correction", "taken_back"), alone("relative", "closed")],
    );
    let line = book().remove(0).lines.remove(0);
    let new = |entry: Option<u64>, line: Option<BookLine>, client: Option<&str>| NewCasePage {
        chrome: chrome(Some(Tab::Mine)),
        entry,
        client_id: client.filter(|_| line.is_none()).map(|_| "rp-a".into()),
        client: client.map(Into::into),
        at: entry.map(|_| NOW - HOUR),
        line,
        due_at: NOW + 15 * DAY,
    };
    vec![
        ("cases", all.render().unwrap()),
        ("cases-empty", list(Vec::new(), Vec::new()).render().unwrap()),
        ("case-new", new(Some(1204), Some(line), Some("阳光停车")).render().unwrap()),
        ("case-new-app", new(None, None, Some("阳光停车")).render().unwrap()),
        ("case-new-complaint", new(None, None, None).render().unwrap()),
        ("case", case(chrome, row("objection", "with_client"), 1).render().unwrap()),
        ("case-late", case(chrome, late(), 2).render().unwrap()),
        ("case-answered", case(chrome, row("objection", "answered"), 3).render().unwrap()),
        ("case-closed", case(chrome, row("objection", "closed"), 9).render().unwrap()),
    ]
}

fn row(kind: &'static str, state: &'static str) -> CaseRow {
    CaseRow {
        id: RECORD.into(),
        kind,
        state,
        client: Some("阳光停车".into()),
        entry: Some(1204),
        opened_at: NOW - 2 * DAY,
        due_at: NOW + 13 * DAY,
        overdue: false,
        waits: state.starts_with("with_"),
        outcome: None,
    }
}

fn late() -> CaseRow {
    CaseRow { overdue: true, due_at: NOW - DAY, ..row("explanation", "with_client") }
}

fn alone(kind: &'static str, state: &'static str) -> CaseRow {
    CaseRow { client: None, entry: None, ..row(kind, state) }
}

fn case(chrome: Around<'_>, case: CaseRow, steps: usize) -> CasePage {
    let step = |(n, (word, words, outcome)): (i64, (&str, &str, Option<&'static str>))| CaseStep {
        word: word.into(),
        at: NOW - 2 * DAY + n * 4 * HOUR,
        actor: "resident".into(),
        words: words.into(),
        shared: true,
        outcome,
    };
    let all = [
        ("opened", "我那天没有订车位。\n请说明为什么要查。", None),
        ("overdue", "", None),
        ("client_answered", "系统误读了一次，已经删除，不会再有。", Some("agreed")),
        ("disputed", "", None),
        ("assigned", "", None),
        ("read", "", None),
        ("staff_answered", "我们核对过，确实已删除。", Some("declined")),
        ("settled", "", None),
        ("taken_back", "", None),
    ];
    CasePage {
        chrome: chrome(Some(Tab::Mine)),
        case,
        owner: steps.is_multiple_of(2).then(|| "王敏".into()),
        copy_until: (steps > 6).then_some(NOW + 30 * DAY),
        read_at: Some(NOW - 3 * DAY),
        purpose: Some("parking.book".into()),
        claims: vec!["plate_masked".into(), "is_resident".into()],
        steps: (0..).zip(all).take(steps).map(step).collect(),
    }
}
