//! `GET /me/book`: the visitors' book, day by day.

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Html;
use serde_json::json;

use super::book_filter::{self, PAGE, Turned, Wanted};
use super::{Names, behalf, book_chart};
use crate::app::App;
use crate::consent::{self, Record};
use crate::custody::book::{self, Line};
use crate::fault::Fault;
use crate::http::error::PageError;
use crate::http::extract::SignedIn;
use crate::http::pages::{Bar, BookDay, BookFilter, BookKind, BookLine, BookPage, Chart, Tab};
use crate::ids::{ClientId, ResidentId};
use crate::ledger::{Detail, Kind};
use crate::text::Calendar;

/// Entries that a look back opens at a time, and at most.
const STEP: u64 = 200;
const FARTHEST: usize = 4_000;
/// Days on the chart where no span was chosen.
const CHARTED: u8 = 7;

pub async fn book(
    State(app): State<App>, signed_in: SignedIn, Query(turned): Query<Turned>,
) -> Result<Html<String>, PageError> {
    let resident = signed_in.whose();
    let (from, wanted) = turned.read()?;
    let wanted = Wanted { reader: signed_in.mandate().map(|mandate| mandate.id.to_string()), ..wanted };
    let chrome = signed_in.chrome(Some(Tab::Book))?;
    let since = wanted.days.map_or(i64::MIN, |days| chrome.calendar.day_start(days - 1));
    let found = book_filter::find(&app, resident, from, since, &wanted).await?;
    let charted = wanted.days.unwrap_or(CHARTED);
    let recent = recent(&app, resident, chrome.calendar.day_start(charted - 1)).await?;
    let records = consent::of_resident(&mut app.db.read().await?, resident).await?;

    let met = found.lines.iter().chain(&recent).filter_map(|line| line.detail.client.clone()).map(ClientId::stored);
    let clients: BTreeSet<ClientId> = met.chain(records.iter().map(|record| record.client.clone())).collect();
    let names = Names::of(&app, signed_in.words, clients.iter().cloned()).await?;
    let of_app = Wanted { what: String::new(), ..wanted.clone() };
    let drawn: Vec<&Line> = recent.iter().filter(|line| of_app.takes(line)).collect();
    let week = week(&recent, &chrome.calendar);
    let mut days = days(&found.lines, &names, &chrome.calendar);
    behalf::name(&app, signed_in.words, &found.lines, &mut days).await?;
    let page = BookPage {
        plot: book_chart::plot(&drawn, charted, &names, &chrome.calendar)?,
        days,
        week_reads: week.reads(),
        week_refused: week.refused(),
        lost: found.lost,
        verifies: signed_in.mandate().is_none().then(|| signed_in.session.is_fresh(signed_in.now)),
        newer: newer(&chrome.base, from, found.all, &wanted),
        older: found.older.map(|from| format!("{}/book{}", chrome.base, wanted.query(Some(from)))),
        filter: BookFilter {
            apps: clients.iter().map(|id| (id.to_string(), names.get(id))).collect(),
            claims: claims(&records, &recent),
            app: wanted.app,
            claim: wanted.claim,
            span: wanted.days,
            what: wanted.what,
        },
        chrome,
    };
    Ok(Html(page.render()?))
}

/// The page with later lines: the one before this, or with a filter the first one.
fn newer(base: &str, from: Option<u64>, all: u64, wanted: &Wanted) -> Option<String> {
    let from = from.filter(|from| *from < all)?;
    let before = Some((from + PAGE).min(all)).filter(|before| *before < all && wanted.is_all());
    Some(format!("{base}/book{}", wanted.query(before)))
}

/// Claims that apps were given or had refused, by the names under which they went out: what one may look for.
fn claims(records: &[Record], lines: &[Line]) -> Vec<String> {
    let read = |line: &&Line| matches!(line.kind, Kind::Disclosure | Kind::Refusal);
    let given = records.iter().flat_map(Record::all_released);
    let all: BTreeSet<String> =
        given.chain(lines.iter().filter(read).flat_map(|line| line.detail.claims.clone())).collect();
    all.into_iter().collect()
}

/// The resident's entries since a moment (Unix seconds), newest first, as far back as a look goes.
pub(super) async fn recent(app: &App, resident: &ResidentId, since: i64) -> Result<Vec<Line>, Fault> {
    let mut tx = app.db.read().await?;
    let mut found = Vec::new();
    let mut to = None;
    loop {
        let some = book::found(&mut tx, &app.custody, resident, to, STEP).await?;
        let begun = some.lines.last().is_some_and(|line| line.detail.at.div_euclid(1_000) < since);
        found.extend(some.lines.into_iter().filter(|line| line.detail.at.div_euclid(1_000) >= since));
        if begun || found.len() >= FARTHEST || some.older.is_none() {
            return Ok(found);
        }
        to = some.older;
    }
}

/// Reads and refusals of the last seven days.
pub(super) fn week(lines: &[Line], calendar: &Calendar) -> Chart {
    let count = |start: i64, end: i64, kind: Kind| {
        let inside = |line: &&Line| line.kind == kind && (start..end).contains(&line.detail.at.div_euclid(1_000));
        u32::try_from(lines.iter().filter(inside).count()).unwrap_or(u32::MAX)
    };
    let bar = |back: u8| {
        let start = calendar.day_start(back);
        let end = if back == 0 { i64::MAX } else { calendar.day_start(back - 1) };
        Bar { day: start, reads: count(start, end, Kind::Disclosure), refused: count(start, end, Kind::Refusal) }
    };
    Chart { bars: (0..7).rev().map(bar).collect() }
}

fn days(lines: &[Line], names: &Names, calendar: &Calendar) -> Vec<BookDay> {
    let mut days: Vec<BookDay> = Vec::new();
    for line in lines {
        let said = say(line, names);
        let date = calendar.date(said.at);
        match days.last_mut().filter(|day| calendar.date(day.day) == date) {
            None => days.push(BookDay { day: said.at, lines: vec![said] }),
            // Own looks fold into one line a day.
            Some(day) if matches!(said.kind, BookKind::OwnViews | BookKind::OthersViews) => {
                match day.lines.iter_mut().find(|known| known.kind == said.kind) {
                    Some(known) => known.folded.push(said.number),
                    None => day.lines.push(said),
                }
            }
            Some(day) => day.lines.push(said),
        }
    }
    days
}

/// One entry in the words of the book.
pub(super) fn say(line: &Line, names: &Names) -> BookLine {
    let detail = &line.detail;
    let kind = kind(line);
    BookLine {
        kind,
        at: detail.at.div_euclid(1_000),
        number: line.position,
        folded: Vec::new(),
        recorded: recorded(line),
        client: detail.client.clone().map(|id| names.get(&ClientId::stored(id))),
        purpose: detail.purpose.clone(),
        claims: if matches!(kind, BookKind::OwnViews | BookKind::OthersViews | BookKind::Copied | BookKind::Packed) {
            Vec::new()
        } else {
            detail.claims.clone()
        },
        reason: matches!(kind, BookKind::Refusal | BookKind::Case | BookKind::Emergency).then(|| detail.reason.clone()),
        by: None,
    }
}

/// What the browser compares a line with: the same of the entry that it opened and proved itself.
fn recorded(line: &Line) -> String {
    let Detail { client, actor, purpose, claims, outcome, reason, .. } = &line.detail;
    json!([line.kind as u8, client, actor, purpose, claims, outcome, reason]).to_string()
}

fn kind(line: &Line) -> BookKind {
    match (line.kind, line.detail.reason.as_str()) {
        (Kind::Disclosure, _) => BookKind::Disclosure,
        (Kind::Refusal, _) => BookKind::Refusal,
        (Kind::ConsentGiven, _) => BookKind::ConsentGiven,
        (Kind::ConsentChanged, "paused") => BookKind::ConsentPaused,
        (Kind::ConsentChanged, "resumed") => BookKind::ConsentResumed,
        (Kind::ConsentChanged, "refused") => BookKind::ConsentRefused,
        (Kind::ConsentChanged, "left_out") => BookKind::ConsentLeftOut,
        (Kind::ConsentChanged, "may_ask_again") => BookKind::ConsentMayAsk,
        (Kind::ConsentChanged, "kept_back") => BookKind::KeptBack,
        (Kind::ConsentChanged, "let_go") => BookKind::LetGo,
        (Kind::ConsentChanged, _) => BookKind::ConsentChanged,
        (Kind::ConsentWithdrawn, _) => BookKind::ConsentWithdrawn,
        (Kind::ConsentExpired, _) => BookKind::ConsentExpired,
        (Kind::Write, "import") => BookKind::Import,
        (Kind::Write, "moved_out") => BookKind::MovedOut,
        (Kind::SelfView, "export" | "export_paper") => BookKind::Copied,
        (Kind::SelfView, "move_package") => BookKind::Packed,
        (Kind::Write, _) => BookKind::Edit,
        (Kind::SelfView, _) if line.detail.note("mandate").is_some() => BookKind::OthersViews,
        (Kind::SelfView, _) => BookKind::OwnViews,
        (Kind::Credential, "passkey_added") => BookKind::PasskeyAdded,
        (Kind::Credential, "passkey_removed") => BookKind::PasskeyRemoved,
        (Kind::Credential, "recovery_used") => BookKind::RecoveryUsed,
        (Kind::Credential, "recovery_sheet") => BookKind::RecoverySheet,
        (Kind::Credential, "refresh_replayed") => BookKind::TokenReplayed,
        (Kind::Mandate, "mandate_offered") => BookKind::MandateOffered,
        (Kind::Mandate, "mandate_begun") => BookKind::MandateBegun,
        (Kind::Mandate, "mandate_declined") => BookKind::MandateDeclined,
        (Kind::Mandate, "guardian_asked") => BookKind::GuardianAsked,
        (Kind::Mandate, "shielded") => BookKind::Shielded,
        (Kind::Mandate, "unshielded") => BookKind::Unshielded,
        (Kind::Mandate, "mandate_ended_quietly") => BookKind::MandateEndedQuietly,
        (Kind::Mandate, "after_death_arranged") => BookKind::Arranged,
        (Kind::Mandate, "emergency_listed" | "emergency_unlisted") | (Kind::BreakGlass, _) => BookKind::Emergency,
        (Kind::Mandate, _) => BookKind::MandateEnded,
        (Kind::Staff, "sealing_asked") => BookKind::SealingAsked,
        (Kind::Staff, "sealed") => BookKind::Sealed,
        (Kind::Staff, "unsealed") => BookKind::Unsealed,
        (Kind::Staff, "identified") => BookKind::Identified,
        (Kind::Staff, _) => BookKind::Staff,
        (Kind::Operator, "resident_locked") => BookKind::Locked,
        (Kind::Operator, "resident_unlocked") => BookKind::Unlocked,
        (Kind::Erasure, "erasure_begun") => BookKind::ErasureBegun,
        (Kind::Erasure, "erasure_undone") => BookKind::ErasureUndone,
        (Kind::Operator, _) => BookKind::Operator,
        (Kind::Case, _) => BookKind::Case,
        _ => BookKind::Other,
    }
}
