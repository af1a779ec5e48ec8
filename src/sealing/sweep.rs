//! The seven days are over: consents and mandates of whoever died end for good.

use std::time::Duration;

use super::sealed::enter;
use super::store;
use crate::app::App;
use crate::consent::{self, State};
use crate::fault::Fault;
use crate::ledger::{self, By};
use crate::mandate;

/// Ends what ends for good; of how many residents.
///
/// # Errors
/// When the database fails; the next sweep goes on with it.
pub async fn sweep(app: &App) -> Result<usize, Fault> {
    let due = store::due(&mut app.db.read().await?, &app.custody, app.now()).await?;
    let mut done = 0;
    for sealing in due {
        let mut tx = app.db.begin().await?;
        let mut head = ledger::hold(&mut tx).await?;
        if !store::finish(&mut tx, &sealing.id, app.now()).await? {
            continue;
        }
        consent::end_all(&mut tx, app, &mut head, &sealing.resident, State::Revoked, &By::Service, None).await?;
        mandate::end_all(&mut tx, app, &mut head, &sealing.resident, &By::Service, None).await?;
        enter(&mut tx, app, &mut head, &sealing, "sealing_final", &By::Service, None).await?;
        head.commit(tx).await?;
        done += 1;
    }
    Ok(done)
}

/// Sweeps every ten minutes, for ever.
pub async fn run(app: App) {
    loop {
        if let Err(fault) = sweep(&app).await {
            tracing::error!(%fault, "what ends with a sealed record has not ended; the next sweep goes on with it");
        }
        tokio::time::sleep(Duration::from_secs(600)).await;
    }
}
