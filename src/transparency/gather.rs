//! The figures of this moment: counts of entries, which anybody can make from the public tree, and of acts of staff. What
//! counts residents is taken from months that are over ([`super::close`]).

use std::collections::BTreeMap;

use super::calendar::{month, months_back};
use super::{Figures, MONTHS, Month, close, store};
use crate::app::App;
use crate::clock::Timestamp;
use crate::db::Tx;
use crate::fault::Fault;
use crate::ledger::Kind;
use crate::oauth::{self, Client};

/// Makes the figures. `behind`: not all entries could be counted.
pub(super) async fn gather(app: &App, behind: bool) -> Result<Figures, Fault> {
    let now = app.now();
    let mut tx = app.db.read().await?;
    let names = months_back(app, now, MONTHS);
    let clients = oauth::clients(&mut tx).await?;
    let progress = store::progress(&mut tx).await?;
    Ok(Figures {
        made_at: now.seconds(),
        timezone: app.config.community.timezone.clone(),
        counted: progress.position,
        unread: progress.unread,
        behind,
        apps: clients.iter().filter(|client| Client::is_open(client)).count() as u64,
        reviews_overdue: store::reviews_overdue(&mut tx, now).await?,
        months: months(&mut tx, app, &names).await?,
    })
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
    let mut closed = close::closed(tx).await?;
    let of = |months: &BTreeMap<String, u64>, name: &String| months.get(name).copied().unwrap_or(0);
    let row = |name: &String| Month {
        month: name.clone(),
        disclosures: count(name, Kind::Disclosure),
        refusals: count(name, Kind::Refusal),
        given: count(name, Kind::ConsentGiven),
        withdrawn: count(name, Kind::ConsentWithdrawn),
        expired: count(name, Kind::ConsentExpired),
        erasures: count(name, Kind::Erasure),
        emergencies: of(&emergencies, name),
        unjustified: of(&unjustified, name),
        closed: closed.remove(name),
    };
    let mut rows: Vec<Month> = names.iter().map(row).collect();
    // Months before the service began say nothing.
    while rows.len() > 1 && rows.last().is_some_and(|month| month.closed.is_none() && is_empty(month)) {
        rows.pop();
    }
    Ok(rows)
}

fn is_empty(month: &Month) -> bool {
    let entries = [month.disclosures, month.refusals, month.given, month.withdrawn, month.expired, month.erasures];
    entries.iter().all(|number| *number == 0) && month.emergencies == 0
}
