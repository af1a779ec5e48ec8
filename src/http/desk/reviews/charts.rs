//! `/desk/reviews/charts`: what entries come to, drawn, each with its table.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Html;

use super::names::Names;
use crate::app::App;
use crate::cases::{self, Kind};
use crate::fault::Fault;
use crate::http::error::{PageError, Trouble};
use crate::http::extract::{Auditor, Fields};
use crate::http::layers::detached;
use crate::http::pages::desk::{Chart, ChartsPage, Place, altered};
use crate::http::pages::{MOST_SERIES, Plot, Series};
use crate::reviews::tally::{Alias, Tally};
use crate::reviews::{self, Survey};
use crate::text::Words;

/// The spans that one may choose, in days.
const SPANS: [u8; 3] = [1, 7, 30];
/// How often somebody was read, at most, in each class; the last one has no end.
const READS: [u32; 5] = [1, 5, 10, 20, 50];
/// How old an objection is, in days, at most, in each class; the last one has no end.
const AGES: [i64; 3] = [3, 7, 15];
/// So many open cases are counted.
const CASES: i64 = 2_000;

/// `GET /desk/reviews/charts`
pub async fn page(State(app): State<App>, who: Auditor, RawQuery(query): RawQuery) -> Result<Html<String>, PageError> {
    let mut fields = Fields::parse(query.unwrap_or_default().as_bytes())?;
    let days = match fields.take("days")?.as_deref() {
        None => 7,
        Some(text) => SPANS
            .into_iter()
            .find(|days| days.to_string() == text)
            .ok_or(Trouble::bad_request("a span that no page of ours has"))?,
    };
    fields.done()?;
    let (app_, who_) = (app.clone(), who.clone());
    let verb = async move { reviews::survey(&app_, &who_.session, Survey::Charts(days), &who_.request).await };
    let counted = detached(verb).await?;
    let names = Names::read(&app, &who).await?;
    let frame = who.frame_at(Some(Place::Charts), format!("/desk/reviews/charts?days={days}"))?;
    let calendar = &frame.chrome.calendar;
    let starts: Vec<i64> = (0..days).rev().map(|back| calendar.day_start(back)).collect();
    let since = starts.first().copied().unwrap_or_default();
    let mut charts = vec![by_hour(&app, &counted.tally, since, &names, who.words)?];
    if days > 1 {
        let labels = |at: &i64| (calendar.day_short(at), calendar.day(at));
        charts.push(by_day(&counted.tally, &starts, &names, who.words, labels)?);
    }
    charts.push(by_resident(&counted.tally, since, who.words)?);
    charts.push(objections(&app, &who).await?);
    let (reads, refused) = sums(&counted.tally, since);
    let altered = altered(&who.words, &counted.tally.altered);
    Ok(Html(ChartsPage { frame, days, reads, refused, only_since: counted.only_since, altered, charts }.render()?))
}

fn hour_of(at: i64) -> u32 {
    u32::try_from(at.div_euclid(3_600)).unwrap_or_default()
}

fn sums(tally: &Tally, since: i64) -> (u32, u32) {
    let cells = tally.since(hour_of(since)).flat_map(|(_, hour)| hour.cells.values());
    cells.fold((0, 0), |(reads, refused), cell| (reads + cell.reads, refused + cell.refused))
}

/// Reads by app, and refusals, in so many columns; `column` says which one an hour belongs to.
fn columns(
    tally: &Tally, since: i64, count: usize, column: impl Fn(u32) -> Option<usize>, names: &Names, words: Words,
) -> (Vec<Series>, Vec<u32>) {
    let mut apps: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    let mut refused = vec![0; count];
    for (hour, counted) in tally.since(hour_of(since)) {
        let Some(at) = column(hour) else { continue };
        for ((app, _), cell) in &counted.cells {
            if cell.reads > 0 {
                let own = apps.entry(app).or_insert_with(|| vec![0; count]);
                own.get_mut(at).into_iter().for_each(|sum| *sum += cell.reads);
            }
            refused.get_mut(at).into_iter().for_each(|sum| *sum += cell.refused);
        }
    }
    let mut apps: Vec<(&str, Vec<u32>)> = apps.into_iter().collect();
    apps.sort_by_key(|(app, counts)| (std::cmp::Reverse(counts.iter().sum::<u32>()), *app));
    let rest = apps.split_off(apps.len().min(MOST_SERIES - 1));
    let mut series: Vec<Series> =
        apps.into_iter().map(|(app, counts)| Series { name: names.of(app), counts }).collect();
    if !rest.is_empty() {
        let sum = |at: usize| rest.iter().filter_map(|(_, counts)| counts.get(at)).sum();
        series.push(Series { name: words.say("plot-others"), counts: (0..count).map(sum).collect() });
    }
    (series, refused)
}

fn drawn(labels: Vec<String>, series: Vec<Series>, refused: Vec<u32>) -> Result<Plot, Fault> {
    let days = (0_i64..).zip(&labels).map(|(at, _)| at).collect();
    Plot { days, labels, series, refused, svg: String::new() }.drawn()
}

fn by_hour(app: &App, tally: &Tally, since: i64, names: &Names, words: Words) -> Result<Chart, Fault> {
    let zone = app.config.zone();
    let column = |hour: u32| {
        let moment = jiff::Timestamp::from_second(i64::from(hour) * 3_600).ok()?;
        usize::try_from(moment.to_zoned(zone.clone()).hour()).ok()
    };
    let (series, refused) = columns(tally, since, 24, column, names, words);
    let short = |hour: usize| if hour.is_multiple_of(3) { hour.to_string() } else { String::new() };
    Ok(Chart {
        id: "hours",
        columns: (0..24).map(|hour| format!("{hour:02}:00–{:02}:00", (hour + 1) % 24)).collect(),
        plot: drawn((0..24).map(short).collect(), series, refused)?,
    })
}

fn by_day(
    tally: &Tally, starts: &[i64], names: &Names, words: Words, say: impl Fn(&i64) -> (String, String),
) -> Result<Chart, Fault> {
    let column = |hour: u32| starts.partition_point(|start| *start <= i64::from(hour) * 3_600).checked_sub(1);
    let since = starts.first().copied().unwrap_or_default();
    let (series, refused) = columns(tally, since, starts.len(), column, names, words);
    let every = starts.len().div_ceil(7).max(1);
    let short = |(at, start): (usize, &i64)| {
        if (starts.len() - 1 - at).is_multiple_of(every) { say(start).0 } else { String::new() }
    };
    Ok(Chart {
        id: "days",
        columns: starts.iter().map(|start| say(start).1).collect(),
        plot: drawn(starts.iter().enumerate().map(short).collect(), series, refused)?,
    })
}

/// How many residents were read how often. Nobody is named, and there is no way from a column to a resident.
fn by_resident(tally: &Tally, since: i64, words: Words) -> Result<Chart, Fault> {
    let mut reads: BTreeMap<Alias, u32> = BTreeMap::new();
    for (_, hour) in tally.since(hour_of(since)) {
        for (alias, count) in hour.cells.values().flat_map(|cell| &cell.residents) {
            *reads.entry(*alias).or_default() += count;
        }
    }
    let mut counts = vec![0; READS.len() + 1];
    for often in reads.values() {
        counts.get_mut(READS.partition_point(|most| most < often)).into_iter().for_each(|sum| *sum += 1);
    }
    let labels: Vec<String> =
        vec!["1", "2–5", "6–10", "11–20", "21–50", ">50"].into_iter().map(str::to_owned).collect();
    let series = vec![Series { name: words.say("chart-residents-series"), counts }];
    let refused = vec![0; labels.len()];
    Ok(Chart { id: "residents", columns: labels.clone(), plot: drawn(labels, series, refused)? })
}

/// Objections that wait, by how long; those past their day are drawn as refusals are.
async fn objections(app: &App, who: &Auditor) -> Result<Chart, Fault> {
    let open = cases::list(&mut app.db.read().await?, cases::Filter::Open, who.now, CASES).await?;
    let now = who.now.seconds();
    let (mut waiting, mut late) = (vec![0; AGES.len() + 1], vec![0; AGES.len() + 1]);
    for case in open.iter().filter(|case| case.kind == Kind::Objection) {
        let days = (now - case.opened_at).div_euclid(86_400);
        let column = AGES.partition_point(|most| *most < days);
        let sums = if case.is_overdue(now) { &mut late } else { &mut waiting };
        sums.get_mut(column).into_iter().for_each(|sum| *sum += 1);
    }
    let labels: Vec<String> = vec!["0–3", "4–7", "8–15", ">15"].into_iter().map(str::to_owned).collect();
    let series = vec![Series { name: who.words.say("chart-objections-series"), counts: waiting }];
    Ok(Chart { id: "objections", columns: labels.clone(), plot: drawn(labels, series, late)? })
}
