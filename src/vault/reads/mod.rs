//! How often an app reads: the resident is told of the first time, and when a day is not like the days before.
//!
//! Counted by the gate, in the transaction that enters the reads: one row for each consent and day, no claims, no values.
//! What is unusual is judged against the same app's own last thirty days with this resident ([`unusual`]).

use std::collections::BTreeMap;
use std::time::Duration;

use super::decide::Verdict;
use crate::app::App;
use crate::clock::Timestamp;
use crate::db::Tx;
use crate::fault::Fault;
use crate::ids::{ClientId, ConsentId, ResidentId};
use crate::inbox::{self, Tell, Word};

mod store;
mod unusual;

use unusual::Day;

/// Days that a day is compared with.
const MONTH: i64 = 30;

/// What one pass of the gate let one client read of one resident.
struct Counted<'a> {
    resident: &'a ResidentId,
    client: &'a ClientId,
    reads: i64,
}

/// Counts the reads that a pass allowed, and has the residents told of what is new or unusual.
///
/// # Errors
/// When the database fails.
pub(super) async fn count<'a>(tx: &mut Tx, app: &App, allowed: impl Iterator<Item = &'a Verdict>) -> Result<(), Fault> {
    let mut counted: BTreeMap<&ConsentId, Counted<'a>> = BTreeMap::new();
    for verdict in allowed {
        let (Some(consent), Some(client)) = (&verdict.entry.consent, &verdict.entry.client) else { continue };
        let row = counted.entry(consent).or_insert(Counted { resident: &verdict.resident, client, reads: 0 });
        row.reads += 1;
    }
    if counted.is_empty() {
        return Ok(());
    }
    let (day, is_night) = moment(app, app.now());
    let rows: Vec<(&str, i64)> = counted.iter().map(|(consent, row)| (consent.as_str(), row.reads)).collect();
    for (consent, today) in store::add(tx, &rows, day, is_night).await? {
        let consent = ConsentId::stored(consent);
        let Some(row) = counted.get(&consent) else { continue };
        let before =
            Day { reads: today.reads - row.reads, night: if is_night { today.night - row.reads } else { today.night } };
        if unusual::may_be(before, today) {
            look(tx, app, &consent, row, day, today).await?;
        }
    }
    Ok(())
}

/// Compares a day with those before it.
async fn look(
    tx: &mut Tx, app: &App, consent: &ConsentId, row: &Counted<'_>, day: i64, today: Day,
) -> Result<(), Fault> {
    let history = store::history(tx, consent, day - MONTH, day).await?;
    let is_first = history.is_empty() && today.reads == row.reads && !store::read_before(tx, consent, day).await?;
    let word = if is_first {
        Word::FirstAccess
    } else if unusual::is(&history, today) && store::tell_once(tx, consent, day, app.now()).await? {
        Word::BreakOfPattern
    } else {
        return Ok(());
    };
    let about = Some(consent.as_str());
    inbox::put(tx, &Tell { resident: row.resident, word, client: Some(row.client), about }, app.now()).await
}

/// The day of a moment in the community's time zone, as days since 1970, and whether it is at night.
fn moment(app: &App, now: Timestamp) -> (i64, bool) {
    let moment = jiff::Timestamp::from_second(now.seconds()).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    let here = moment.to_zoned(app.config.zone());
    let day = here.date().since(jiff::civil::date(1970, 1, 1)).map_or(0, |span| i64::from(span.get_days()));
    (day, here.hour() >= 23 || here.hour() < 6)
}

/// Forgets days that nothing is compared with any more; the last one of each consent stays, so that the next read is not
/// taken for the first.
///
/// # Errors
/// When the database fails.
pub async fn sweep(tx: &mut Tx, app: &App) -> Result<(), Fault> {
    let (day, _) = moment(app, app.now().minus(Duration::from_secs(40 * 86_400)));
    store::sweep(tx, day).await
}
