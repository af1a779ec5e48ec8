//! `GET /me/book`: the visitors' book, day by day.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Html;
use serde::Deserialize;

use super::Names;
use crate::app::App;
use crate::custody::book::{self, Line};
use crate::fault::Fault;
use crate::http::error::PageError;
use crate::http::extract::SignedIn;
use crate::http::pages::{Bar, BookDay, BookKind, BookLine, BookPage, Chart, Tab};
use crate::ids::{ClientId, ResidentId};
use crate::ledger::Kind;
use crate::text::Calendar;

/// Entries on one page.
const PAGE: u64 = 60;
/// Entries that a look back opens at a time, and at most.
const STEP: u64 = 200;
const FARTHEST: usize = 4_000;

/// Which page of the book.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Turned {
    /// The number (of the resident's own entries) that the page begins with, the newest first.
    from: Option<u64>,
}

pub async fn book(
    State(app): State<App>, signed_in: SignedIn, Query(turned): Query<Turned>,
) -> Result<Html<String>, PageError> {
    let resident = signed_in.whose();
    let mut tx = app.db.read().await?;
    let (lines, all) = book::lines(&mut tx, &app.custody, resident, turned.from, PAGE).await?;
    drop(tx);
    let from = turned.from.unwrap_or(all).min(all);
    let chrome = signed_in.chrome(Some(Tab::Book))?;
    let week = week(&recent(&app, resident, chrome.calendar.day_start(6)).await?, &chrome.calendar);
    let clients = lines.iter().filter_map(|line| line.detail.client.clone()).map(ClientId::stored);
    let names = Names::of(&app, signed_in.words, clients).await?;
    let page = BookPage {
        days: days(&lines, &names, &chrome.calendar),
        week_reads: week.reads(),
        week_refused: week.refused(),
        newer: (from < all).then(|| address(&chrome.base, (from + PAGE).min(all), all)),
        older: (from > PAGE).then(|| address(&chrome.base, from - PAGE, all)),
        chrome,
    };
    Ok(Html(page.render()?))
}

fn address(base: &str, from: u64, all: u64) -> String {
    if from == all { format!("{base}/book") } else { format!("{base}/book?from={from}") }
}

/// The resident's entries since a moment (Unix seconds), newest first, as far back as a look goes.
pub(super) async fn recent(app: &App, resident: &ResidentId, since: i64) -> Result<Vec<Line>, Fault> {
    let mut tx = app.db.read().await?;
    let mut found = Vec::new();
    let mut to = None;
    loop {
        let (lines, _) = book::lines(&mut tx, &app.custody, resident, to, STEP).await?;
        let Some(oldest) = lines.last().map(|line| line.detail.n) else { return Ok(found) };
        let begun = lines.last().is_some_and(|line| line.detail.at.div_euclid(1_000) < since);
        found.extend(lines.into_iter().filter(|line| line.detail.at.div_euclid(1_000) >= since));
        if begun || found.len() >= FARTHEST || oldest <= 1 {
            return Ok(found);
        }
        to = Some(oldest - 1);
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
                    Some(known) => known.count += 1,
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
        count: 1,
        client: detail.client.clone().map(|id| names.get(&ClientId::stored(id))),
        purpose: detail.purpose.clone(),
        claims: if matches!(kind, BookKind::OwnViews | BookKind::OthersViews | BookKind::Copied | BookKind::Packed) {
            Vec::new()
        } else {
            detail.claims.clone()
        },
        reason: matches!(kind, BookKind::Refusal | BookKind::Case).then(|| detail.reason.clone()),
    }
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
        (Kind::Mandate, _) => BookKind::MandateEnded,
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
