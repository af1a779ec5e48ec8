//! The figures, made of counts and of a few tables; small numbers are taken out here.

use std::collections::BTreeMap;

use super::cell::hide;
use super::tally::month;
use super::{Card, Cell, Figures, Kept, Month, Overdue, store};
use crate::app::App;
use crate::clock::Timestamp;
use crate::db::Tx;
use crate::fault::Fault;
use crate::ledger::Kind;
use crate::oauth::{self, Client};

/// Months that are told.
const MONTHS: usize = 12;
/// Months that a partner's card counts, the current one included.
const OF_A_CARD: usize = 3;

/// Makes the figures.
pub(super) async fn gather(app: &App) -> Result<Figures, Fault> {
    let now = app.now();
    let mut tx = app.db.read().await?;
    let names = months_back(app, now, MONTHS);
    let clients = oauth::clients(&mut tx).await?;
    let open: Vec<Client> = clients.into_iter().filter(Client::is_open).collect();
    let (deletions, answers, reviews) = store::overdue(&mut tx, now).await?;
    Ok(Figures {
        made_at: now.seconds(),
        timezone: app.config.community.timezone.clone(),
        counted: store::progress(&mut tx).await?,
        apps: open.len() as u64,
        consents: Cell::of(store::in_force(&mut tx, now).await?),
        overdue: Overdue { deletions: Cell::of(deletions), answers: Cell::of(answers), reviews },
        months: months(&mut tx, app, &names).await?,
        cards: cards(&mut tx, &open, names.get(..OF_A_CARD).unwrap_or(&names), now).await?,
    })
}

/// The names of so many months, the current one first.
fn months_back(app: &App, now: Timestamp, count: usize) -> Vec<String> {
    let name = month(app, now);
    let mut parts = name.split('-').map(|part| part.parse::<i32>().unwrap_or(1));
    let (mut year, mut number) = (parts.next().unwrap_or(1970), parts.next().unwrap_or(1));
    let mut names = Vec::with_capacity(count);
    for _ in 0..count {
        names.push(format!("{year:04}-{number:02}"));
        (year, number) = if number == 1 { (year - 1, 12) } else { (year, number - 1) };
    }
    names
}

async fn months(tx: &mut Tx, app: &App, names: &[String]) -> Result<Vec<Month>, Fault> {
    let counts = store::counts(tx, "").await?;
    let count = |name: &String, kind: Kind| counts.get(&(name.clone(), kind.number())).copied().unwrap_or(0);
    // Thirteen months of seconds: one more than is told.
    let since = app.now().minus(std::time::Duration::from_secs(400 * 86_400));
    let by_month = |moments: Vec<i64>| {
        let mut months: BTreeMap<String, u64> = BTreeMap::new();
        for at in moments {
            *months.entry(month(app, Timestamp::from_seconds(at))).or_default() += 1;
        }
        months
    };
    let emergencies = by_month(store::emergencies(tx, since).await?);
    let unjustified = by_month(store::unjustified(tx, since).await?);
    let sealings = by_month(store::sealings(tx, since).await?);
    let erasures = by_month(store::erasures(tx, since).await?);
    let of = |months: &BTreeMap<String, u64>, name: &String| months.get(name).copied().unwrap_or(0);
    let row = |name: &String| Month {
        month: name.clone(),
        disclosures: count(name, Kind::Disclosure),
        refusals: count(name, Kind::Refusal),
        given: count(name, Kind::ConsentGiven),
        withdrawn: count(name, Kind::ConsentWithdrawn),
        emergencies: of(&emergencies, name),
        unjustified: of(&unjustified, name),
        sealings: Cell::of(of(&sealings, name)),
        erasures: Cell::of(of(&erasures, name)),
    };
    let mut rows: Vec<Month> = names.iter().map(row).collect();
    // Months before the service began say nothing.
    while rows.len() > 1 && rows.last().is_some_and(is_empty) {
        rows.pop();
    }
    Ok(rows)
}

fn is_empty(month: &Month) -> bool {
    let none = Cell::Exact(0);
    let numbers = [month.disclosures, month.refusals, month.given, month.withdrawn, month.emergencies];
    numbers.iter().all(|number| *number == 0) && month.sealings == none && month.erasures == none
}

async fn cards(tx: &mut Tx, open: &[Client], months: &[String], now: Timestamp) -> Result<Vec<Card>, Fault> {
    let (mut reads, mut refused, mut kept) = (Vec::new(), Vec::new(), Vec::new());
    for client in open {
        let counts = store::counts(tx, client.id.as_str()).await?;
        let sum =
            |kind: Kind| -> u64 { months.iter().filter_map(|month| counts.get(&(month.clone(), kind.number()))).sum() };
        reads.push(sum(Kind::Disclosure));
        refused.push(sum(Kind::Refusal));
        let (deletions_due, deletions_late) = store::deletions_of(tx, &client.id, now).await?;
        let (answers_due, answers_late) = store::answers_of(tx, &client.id, now).await?;
        kept.push((Kept::of(deletions_due, deletions_late), Kept::of(answers_due, answers_late)));
    }
    // Their totals stand in the months, for everybody.
    let cells = hide(&reads).into_iter().zip(hide(&refused)).zip(kept);
    let card = |(client, ((reads, refused), (deletions, answers))): (&Client, ((Cell, Cell), (Kept, Kept)))| Card {
        client: client.id.to_string(),
        name_zh: client.name_in(true).to_owned(),
        name_en: client.name_in(false).to_owned(),
        reads,
        refused,
        deletions,
        answers,
    };
    Ok(open.iter().zip(cells).map(card).collect())
}
