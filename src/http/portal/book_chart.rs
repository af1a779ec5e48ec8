//! Reads by day and app, counted for the chart of the book.

use std::collections::HashMap;

use super::Names;
use crate::custody::book::Line;
use crate::fault::Fault;
use crate::http::pages::{MOST_SERIES, Plot, Series};
use crate::ids::ClientId;
use crate::ledger::Kind;
use crate::text::Calendar;

/// The chart of these lines over so many days.
pub fn plot(lines: &[&Line], days: u8, names: &Names, calendar: &Calendar) -> Result<Plot, Fault> {
    let starts: Vec<i64> = (0..days).rev().map(|back| calendar.day_start(back)).collect();
    let day_of =
        |line: &Line| starts.partition_point(|start| *start <= line.detail.at.div_euclid(1_000)).checked_sub(1);
    let mut refused = vec![0_u32; starts.len()];
    let mut apps: HashMap<&str, Vec<u32>> = HashMap::new();
    for line in lines {
        let Some(day) = day_of(line) else { continue };
        let client = line.detail.client.as_deref().unwrap_or_default();
        let counts = match line.kind {
            Kind::Disclosure => apps.entry(client).or_insert_with(|| vec![0; starts.len()]),
            Kind::Refusal => &mut refused,
            _ => continue,
        };
        if let Some(count) = counts.get_mut(day) {
            *count += 1;
        }
    }
    let mut apps: Vec<(&str, Vec<u32>)> = apps.into_iter().collect();
    apps.sort_by_key(|(client, counts)| (std::cmp::Reverse(counts.iter().sum::<u32>()), *client));
    let rest = apps.split_off(apps.len().min(MOST_SERIES - 1));
    let name = |client: &str| names.get(&ClientId::stored(client.to_owned()));
    let mut series: Vec<Series> =
        apps.into_iter().map(|(client, counts)| Series { name: name(client), counts }).collect();
    if !rest.is_empty() {
        let sum = |day: usize| rest.iter().filter_map(|(_, counts)| counts.get(day)).sum();
        let counts = (0..starts.len()).map(sum).collect();
        series.push(Series { name: calendar.words().say("plot-others"), counts });
    }
    // As many labels as a phone has room for, the last day always.
    let every = starts.len().div_ceil(7).max(1);
    let label = |(index, start): (usize, &i64)| {
        let wanted = (starts.len() - 1 - index).is_multiple_of(every);
        let short = days == 7;
        match (wanted, short) {
            (false, _) => String::new(),
            (true, true) => calendar.weekday_or_today(start),
            (true, false) => calendar.day_short(start),
        }
    };
    let labels = starts.iter().enumerate().map(label).collect();
    Plot { days: starts, labels, series, refused, svg: String::new() }.drawn()
}
