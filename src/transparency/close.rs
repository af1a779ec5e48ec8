//! A month that is over: what counts residents, and what splits the ledger's numbers by app, is made once and kept.
//!
//! Figures made anew while things happen could be subtracted from each other: whoever asks every minute would see which app
//! read a moment after a neighbour agreed to it. So nothing of this is told before the month is over, and nothing of it
//! changes afterwards.

use std::collections::HashMap;
use std::time::Duration;

use super::calendar::{month, months_back, span};
use super::withhold::withhold;
use super::{Card, Cell, Closed, Kept, MONTHS, store};
use crate::app::App;
use crate::clock::Timestamp;
use crate::db::Tx;
use crate::fault::Fault;
use crate::ledger::Kind;
use crate::oauth::{self, Client};

/// Clocks of nodes differ, and a month's last entries have to be counted: so long after its end it is closed.
const SETTLED: Duration = Duration::from_secs(2 * 3_600);

/// Closes the months that are over. Only when all entries have been counted.
///
/// # Errors
/// When the database fails.
pub(super) async fn close(app: &App) -> Result<(), Fault> {
    let now = app.now();
    let names = months_back(app, now, MONTHS);
    let mut tx = app.db.read().await?;
    let (Some(first), kept) = (store::first_month(&mut tx).await?, closed(&mut tx).await?) else { return Ok(()) };
    drop(tx);
    let mut before = None;
    // The oldest first: what was told last month says what is withheld first.
    for name in names.iter().skip(1).rev().filter(|name| **name >= first) {
        if let Some(closed) = kept.get(name) {
            before = Some(closed.clone());
            continue;
        }
        if span(app, name).1.plus(SETTLED) > now {
            continue;
        }
        let closed = make(app, name, before.as_ref(), now).await?;
        let body = serde_json::to_string(&closed).map_err(|_| Fault::Internal("a month does not serialise"))?;
        let mut tx = app.db.begin().await?;
        store::close(&mut tx, name, now.seconds(), &body).await?;
        tx.commit().await?;
        before = Some(closed);
    }
    Ok(())
}

/// The months that were closed.
///
/// # Errors
/// When the database fails.
pub(super) async fn closed(tx: &mut Tx) -> Result<HashMap<String, Closed>, Fault> {
    let read = |(month, body): (String, String)| match serde_json::from_str(&body) {
        Ok(closed) => Some((month, closed)),
        Err(cause) => {
            tracing::error!(month, %cause, "the figures of a closed month do not read; they are not shown");
            None
        }
    };
    Ok(store::closed(tx).await?.into_iter().filter_map(read).collect())
}

async fn make(app: &App, name: &str, before: Option<&Closed>, now: Timestamp) -> Result<Closed, Fault> {
    let (begin, end) = span(app, name);
    let mut tx = app.db.read().await?;
    let all = store::counts(&mut tx, "").await?;
    let of_all = |kind: Kind| all.get(&(name.to_owned(), kind.number())).copied().unwrap_or(0);
    // What stands in the tree of all months is more than there ever was of these.
    let ever = |kinds: &[Kind]| {
        let is_one = |number: u8| kinds.iter().any(|kind| kind.number() == number);
        all.iter().filter(|((_, kind), _)| is_one(*kind)).map(|(_, count)| count).sum()
    };
    let sealings = store::sealings(&mut tx, begin).await?;
    let sealings = sealings.into_iter().filter(|at| month(app, Timestamp::from_seconds(*at)) == name).count() as u64;
    let (deletions, answers) = store::overdue(&mut tx, end).await?;
    let ends = [Kind::ConsentWithdrawn, Kind::ConsentExpired, Kind::ConsentChanged];
    Ok(Closed {
        closed_at: now.seconds(),
        sealings: Cell::alone(sealings, of_all(Kind::Staff)),
        deletions_overdue: Cell::alone(deletions, ever(&ends)),
        answers_overdue: Cell::alone(answers, ever(&[Kind::Case])),
        cards: cards(&mut tx, name, (begin, end), [of_all(Kind::Disclosure), of_all(Kind::Refusal)], before).await?,
    })
}

/// What one part of the table of partners comes to.
#[derive(Default)]
struct Part {
    /// Reads, and refusals.
    counts: [u64; 2],
    /// Orders and answers: how many were due, and how many of them were late.
    due: [(u64, u64); 2],
}

async fn part(tx: &mut Tx, client: &Client, name: &str, span: (Timestamp, Timestamp)) -> Result<Part, Fault> {
    let counts = store::counts(tx, client.id.as_str()).await?;
    let of = |kind: Kind| counts.get(&(name.to_owned(), kind.number())).copied().unwrap_or(0);
    Ok(Part {
        counts: [of(Kind::Disclosure), of(Kind::Refusal)],
        due: [store::deletions_of(tx, &client.id, span).await?, store::answers_of(tx, &client.id, span).await?],
    })
}

async fn cards(
    tx: &mut Tx, name: &str, span: (Timestamp, Timestamp), totals: [u64; 2], before: Option<&Closed>,
) -> Result<Vec<Card>, Fault> {
    let (mut shown, mut parts, mut rest) = (Vec::new(), Vec::new(), Part::default());
    let mut is_more = store::progress(tx).await?.unread > 0;
    for client in oauth::clients(tx).await? {
        let part = part(tx, &client, name, span).await?;
        if client.is_open() {
            shown.push(client);
            parts.push(part);
            continue;
        }
        is_more = true;
        for (sum, due) in rest.due.iter_mut().zip(part.due) {
            *sum = (sum.0 + due.0, sum.1 + due.1);
        }
    }
    // Whatever of the totals is nobody's whose doors are open: a part like any other.
    let sum = |which: fn(&Part) -> u64| parts.iter().map(which).sum::<u64>();
    rest.counts =
        [totals[0].saturating_sub(sum(|part| part.counts[0])), totals[1].saturating_sub(sum(|part| part.counts[1]))];
    let mut names: Vec<Option<&Client>> = shown.iter().map(Some).collect();
    if is_more || rest.counts != [0, 0] {
        names.push(None);
        parts.push(rest);
    }
    let cells = |which: fn(&Part) -> u64, last: fn(&Card) -> Cell| {
        let numbers: Vec<u64> = parts.iter().map(which).collect();
        withhold(&numbers, &order(&names, before, last))
    };
    let reads = cells(|part| part.counts[0], |card| card.reads);
    let refused = cells(|part| part.counts[1], |card| card.refused);
    let rows = names.into_iter().zip(parts).zip(reads.into_iter().zip(refused));
    Ok(rows.map(|((client, part), cells)| card(client, &part, cells)).filter(|card| !says_nothing(card)).collect())
}

/// Who is withheld first to cover others, by what was told a month ago: those that are closed, then who was not told, then
/// who had the least.
fn order(names: &[Option<&Client>], before: Option<&Closed>, last: fn(&Card) -> Cell) -> Vec<usize> {
    let told = |client: &Client| {
        let cards = before.map(|month| month.cards.as_slice()).unwrap_or_default();
        let card = cards.iter().find(|card| card.client.as_deref() == Some(client.id.as_str()));
        card.and_then(|card| last(card).told())
    };
    let mut order: Vec<usize> = (0..names.len()).collect();
    let rank = |at: &usize| names.get(*at).copied().flatten().map(|client| (told(client), client.id.as_str()));
    order.sort_by(|a, b| rank(a).cmp(&rank(b)));
    order
}

fn card(client: Option<&Client>, part: &Part, (reads, refused): (Cell, Cell)) -> Card {
    let name = |chinese: bool| client.map(|client| client.name_in(chinese).to_owned()).unwrap_or_default();
    let [deletions, answers] = part.due.map(|(due, late)| Kept::of(due, late));
    let id = client.map(|client| client.id.to_string());
    Card { client: id, name_zh: name(true), name_en: name(false), reads, refused, deletions, answers }
}

/// Closed apps of which there is nothing to say have no card.
fn says_nothing(card: &Card) -> bool {
    let nothing = [card.reads, card.refused] == [Cell::Told(0); 2];
    card.client.is_none() && nothing && [card.deletions, card.answers] == [Kept::NothingLate; 2]
}
