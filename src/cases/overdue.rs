//! A case without an answer by its day: marked for good, and told.

use std::time::Duration;

use super::enter::{Act, Hand, step};
use super::{Case, store};
use crate::app::App;
use crate::fault::Fault;
use crate::inbox::{self, Tell, Word};
use crate::ledger::{self, By};

/// Cases that are marked in one transaction.
const AT_ONCE: i64 = 100;

/// Marks what is overdue since the last time; how many that were. Pages go by the clock and do not wait for it.
///
/// # Errors
/// When the database fails.
pub async fn mark_overdue(app: &App) -> Result<usize, Fault> {
    let now = app.now();
    // The look costs no writer anything: most of the time there is nothing.
    if store::unmarked(&mut app.db.read().await?, now, 1).await?.is_empty() {
        return Ok(0);
    }
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    let mut marked = 0;
    for case in store::unmarked(&mut tx, now, AT_ONCE).await? {
        let late = Case { overdue_at: Some(now.seconds()), seq: case.seq + 1, ..case.clone() };
        if !store::change(&mut tx, &case, &late).await? {
            continue;
        }
        let hand = Hand::Of(&By::Service);
        let act = Act { word: "overdue", reason: "case_overdue", hand, request: None, body: None };
        step(&mut tx, app, &mut head, &late, act).await?;
        let (resident, client) = (&late.resident, late.client.as_ref());
        let tell = Tell { resident, word: Word::CaseOverdue, client, about: Some(late.id.as_str()) };
        inbox::put(&mut tx, &tell, now).await?;
        marked += 1;
    }
    head.commit(tx).await?;
    Ok(marked)
}

/// Marks what is overdue, every ten minutes, for ever.
pub async fn run_overdue(app: App) {
    loop {
        match mark_overdue(&app).await {
            Ok(0) => {}
            Ok(marked) => tracing::warn!(marked, "cases have no answer by their day"),
            Err(fault) => tracing::error!(%fault, "overdue cases were not marked"),
        }
        tokio::time::sleep(Duration::from_secs(600)).await;
    }
}
