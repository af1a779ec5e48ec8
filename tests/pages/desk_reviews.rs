//! The auditors' pages.

use askama::Template;
use latchkey::http::pages::desk::*;
use latchkey::http::pages::{Plot, Series};
use latchkey::people::Role;
use latchkey::reviews::Altered;

use super::sample::{Around, NOW, RECORD};

pub fn frame(chrome: Around<'_>, place: Place) -> Frame {
    Frame { chrome: chrome(None), name: "赵静".into(), role: Some(Role::Auditor), place: Some(place) }
}

/// Twenty-three entries that were altered.
fn altered_23(chrome: Around<'_>) -> Option<String> {
    let mut all = Altered::default();
    all.add_missing(1_180, 1_203);
    altered(&chrome(None).words, &all)
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
        altered: if query.is_empty() { None } else { altered_23(chrome) },
        filter,
        query: query.into(),
        into: into(4),
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
        into: into(1),
    };
    let mut pages = overview(chrome);
    pages.extend(files(chrome));
    pages.extend([
        (
            "desk-arrival",
            ArrivalPage { frame: frame(chrome, Place::Reviews), to: "/desk/reviews?app=rp-a".into() }.render().unwrap(),
        ),
        ("desk-reviews", search(rows, filter(), "").render().unwrap()),
        ("desk-reviews-none", search(Vec::new(), sought, "app=rp-a&kind=refusal").render().unwrap()),
        ("desk-review-entry", entry("refusal", None).render().unwrap()),
        ("desk-review-entry-search", entry("staff", Some("app=rp-a&kind=refusal")).render().unwrap()),
    ]);
    pages
}

fn overview(chrome: Around<'_>) -> Vec<(&'static str, String)> {
    let charts = |only_since, charts| ChartsPage {
        frame: frame(chrome, Place::Charts),
        days: 7,
        reads: 46,
        refused: 5,
        only_since,
        altered: only_since.and_then(|_| altered_23(chrome)),
        charts,
    };
    let card = |word, says: &str| AnomalyCard { word, says: says.into(), search: "/desk/reviews?app=rp-a".into() };
    let anomalies =
        |cards, only_since| AnomaliesPage { frame: frame(chrome, Place::Anomalies), cards, only_since, altered: None };
    let cards = vec![
        card("night", "阳光停车 从 昨天 23 点到次日 6 点读取了 5 次"),
        card("far-above", "阳光停车 在 今天 读取了 41 次"),
        card("many-residents", "阳光停车 一小时里读取了 61 位居民"),
        card("never-read", "阳光停车 从未读过 楼号"),
        card("in-a-row", "阳光停车 连续被拒 12 次"),
    ];
    let all = vec![chart("hours", 24), chart("days", 7), chart("residents", 6), chart("objections", 4)];
    let none = ["hours", "days", "residents", "objections"].map(|id| Chart { columns: Vec::new(), ..chart(id, 4) });
    vec![
        ("desk-charts", charts(None, all).render().unwrap()),
        ("desk-charts-empty", charts(Some(NOW - 7_200), none.into()).render().unwrap()),
        ("desk-anomalies", anomalies(cards, None).render().unwrap()),
        ("desk-anomalies-none", anomalies(Vec::new(), Some(NOW - 7_200)).render().unwrap()),
    ]
}

fn chart(id: &'static str, columns: u32) -> Chart {
    let counts = |step: u32| (0..columns).map(|at| at * step % 7).collect::<Vec<u32>>();
    let series = |name: &str, step| Series { name: name.into(), counts: counts(step) };
    let plot = Plot {
        days: (0..i64::from(columns)).collect(),
        labels: (0..columns).map(|at| at.to_string()).collect(),
        series: vec![series("阳光停车", 3), series("邻里外卖", 2)],
        refused: counts(5),
        svg: String::new(),
    };
    Chart { id, columns: (0..columns).map(|at| at.to_string()).collect(), plot: plot.drawn().unwrap() }
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

fn into(count: u64) -> Into {
    Into { dossiers: vec![(RECORD.into(), "夜里的读取".into())], entries: (0..count).collect() }
}

fn files(chrome: Around<'_>) -> Vec<(&'static str, String)> {
    let head = |closed| DossierRow {
        id: RECORD.into(),
        title: "夜里的读取".into(),
        opened_by: "赵静".into(),
        opened_at: NOW - 86_400,
        closed,
        notes: 2,
        entries: 2,
    };
    let closed = || Some(("钱进".to_owned(), NOW));
    let note = |words: &str| NoteRow { position: 1300, author: "赵静".into(), at: NOW - 3_600, words: words.into() };
    let dossiers = |rows: Vec<DossierRow>| DossiersPage {
        frame: frame(chrome, Place::Dossiers),
        open: rows.iter().filter(|row| row.closed.is_none()).count(),
        rows,
        unread: 1,
    };
    let dossier = |closed, notes: Vec<NoteRow>, rows| DossierPage {
        frame: frame(chrome, Place::Dossiers),
        head: head(closed),
        notes,
        rows,
        complete: false,
    };
    let notes = vec![note("一夜读取五次，白天从不超过两次。"), note("已请应用方说明。")];
    let name = |state, own| NameRow {
        id: RECORD.into(),
        alias: RECORD.into(),
        reason: "核对 11 月 21 日夜里的读取是否经居民同意".into(),
        asked_by: "赵静".into(),
        asked_at: NOW - 300,
        approved_by: (state != "waiting").then(|| "钱进".into()),
        state,
        until: matches!(state, "waiting" | "approved").then_some(NOW + 600),
        own,
    };
    let names = |waiting, rows| NamesPage { frame: frame(chrome, Place::Names), waiting, rows, unread: 2 };
    let all = vec![
        name("waiting", false),
        name("waiting", true),
        name("approved", true),
        name("opened", true),
        name("cancelled", false),
        name("lapsed", true),
    ];
    let shown = NamePage { frame: frame(chrome, Place::Names), row: name("opened", true), name: "欧阳丽华".into() };
    vec![
        ("desk-dossiers", dossiers(vec![head(None), head(closed())]).render().unwrap()),
        ("desk-dossiers-none", dossiers(Vec::new()).render().unwrap()),
        ("desk-dossier", dossier(None, notes, vec![row(1204, "refusal"), row(1203, "disclosure")]).render().unwrap()),
        ("desk-dossier-empty", dossier(closed(), Vec::new(), Vec::new()).render().unwrap()),
        ("desk-names", names(1, all).render().unwrap()),
        ("desk-names-none", names(0, Vec::new()).render().unwrap()),
        ("desk-name", shown.render().unwrap()),
    ]
}
