//! The seventh day: consents end, apps are told, the key is destroyed, the rows go.

use super::certificate::Counts;
use super::store::{self, Open};
use crate::app::App;
use crate::cases;
use crate::consent::{self, State};
use crate::crypto::random;
use crate::custody::{self, verify};
use crate::db::Tx;
use crate::events;
use crate::fault::Fault;
use crate::ids::ResidentId;
use crate::ledger::{self, By, Entry, Head, Kind};
use crate::mandate;
use crate::resident;

/// Erases a resident whose seven days are over. `false`: somebody else has, she is locked, or she undid it meanwhile;
/// that is asked at the held head, before custody is told for ever.
///
/// All of it is one transaction: if we crash before its commit, she is still here and the erasure is still due; but
/// custody has her key destroyed already, and opens it no more.
pub(super) async fn destroy(app: &App, due: &Open) -> Result<bool, Fault> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    if !store::erase_resident(&mut tx, due, &random::bytes::<16>()?, now).await? {
        return Ok(false);
    }
    let (position, counts) = take_out(&mut tx, app, &mut head, &due.resident).await?;
    let details_until = app.config.months_after(now, app.config.privacy.log_detail_months);
    if !store::finish(&mut tx, &due.id, now, details_until, position, &counts).await? {
        return Ok(false);
    }
    head.commit(tx).await?;
    Ok(true)
}

/// Everything that leads to her, at the held head: where the entry stands, and how much it was.
async fn take_out(tx: &mut Tx, app: &App, head: &mut Head, resident: &ResidentId) -> Result<(u64, Counts), Fault> {
    let now = app.now();
    let consents = consent::end_all(tx, app, head, resident, State::Withdrawn, &By::Service, None).await?;
    mandate::end_all(tx, app, head, resident, &By::Service, None).await?;
    resident::shut(tx, resident, now).await?;
    cases::erased(tx, resident, now).await?;
    // While it is still known what her apps call her.
    events::erased(tx, app, resident, None).await?;
    let entry = Entry { reason: verify::ERASED, ..Entry::about(Kind::Erasure, resident, now).by(&By::Service) };
    let position = custody::enter(tx, &app.custody, head, entry).await?.position();
    let counts = store::counts(tx, resident, consents.len()).await?;
    custody::destroy_data_key(tx, &app.custody, resident).await?;
    store::forget(tx, resident, store::When::Erased).await?;
    Ok((position, counts))
}

/// What was destroyed before, and is here again because an older database was put back, is destroyed once more. Before
/// anything is served. How many residents that were.
///
/// # Errors
/// When the database fails; nothing may be served then.
pub async fn again(app: &App) -> Result<usize, Fault> {
    let mut done = 0;
    for resident in app.custody.destroyed() {
        let mut tx = app.db.begin().await?;
        let mut head = ledger::hold(&mut tx).await?;
        let keys = custody::wrapped_keys(&mut tx, &resident).await?;
        if keys.is_none_or(|keys| keys.wrapped_rk.is_none()) {
            continue;
        }
        store::erase_anyway(&mut tx, &resident, &random::bytes::<16>()?, app.now()).await?;
        take_out(&mut tx, app, &mut head, &resident).await?;
        store::finish_anyway(&mut tx, &resident, app.now()).await?;
        head.commit(tx).await?;
        done += 1;
    }
    if done > 0 {
        tracing::warn!(residents = done, "an older database was put back: what was erased since was erased again");
        store::scrub(&app.db).await?;
    }
    Ok(done)
}

/// The months are over: the log key goes, and with it the last that leads to her.
pub(super) async fn destroy_details(app: &App, due: &Open) -> Result<(), Fault> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    // About nobody: there is no key left under which it could be about her.
    let entry = Entry { reason: "log_key_destroyed", ..Entry::about_nobody(Kind::Erasure, now).by(&By::Service) };
    let _pending = custody::enter(&mut tx, &app.custody, &mut head, entry).await?;
    store::forget(&mut tx, &due.resident, store::When::DetailsGone).await?;
    custody::destroy_log_key(&mut tx, &due.resident).await?;
    store::details_gone(&mut tx, &due.id, now).await?;
    head.commit(tx).await?;
    Ok(())
}
