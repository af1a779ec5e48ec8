//! What is due of erasures, every minute.

use std::time::Duration;

use super::begin::take_back;
use super::{Refusal, certificate, destroy, store};
use crate::app::App;
use crate::fault::Fault;
use crate::ledger::{self, By};

/// Does all that is due; how many residents were erased. What cannot be done for one of them waits for the next sweep,
/// and holds nobody else's up.
///
/// # Errors
/// When the database fails; what is not done yet is done by the next sweep.
pub async fn sweep(app: &App) -> Result<usize, Fault> {
    if let Err(fault) = take_back_of_locked(app).await {
        failed(&fault, "of somebody who is locked, was not undone");
    }
    let due = store::due(&mut app.db.read().await?, app.now()).await?;
    let mut erased = 0;
    for open in &due {
        match destroy::destroy(app, open).await {
            Ok(done) => erased += usize::from(done),
            Err(fault) => failed(&fault, "could not be carried out"),
        }
    }
    let details = store::details_due(&mut app.db.read().await?, app.now()).await?;
    for open in &details {
        if let Err(fault) = destroy::destroy_details(app, open).await {
            failed(&fault, "kept its details for longer than it may");
        }
    }
    let uncertified = store::uncertified(&mut app.db.read().await?).await?;
    if !uncertified.is_empty() || !details.is_empty() {
        store::scrub(&app.db).await?;
    }
    for row in &uncertified {
        if let Err(fault) = certificate::issue(app, row).await {
            failed(&fault, "could not be certified");
        }
    }
    Ok(erased)
}

/// For the operator. It names nobody.
fn failed(fault: &Fault, how: &'static str) {
    tracing::error!(%fault, how, "an erasure was not carried through; the next sweep goes on with it");
}

/// Whoever had the device of somebody who is locked may have begun it.
async fn take_back_of_locked(app: &App) -> Result<(), Fault> {
    let locked = store::of_locked(&mut app.db.read().await?).await?;
    for open in locked {
        let mut tx = app.db.begin().await?;
        let mut head = ledger::hold(&mut tx).await?;
        match take_back(&mut tx, app, &mut head, &open.id, &open.resident, &By::Service, None).await {
            Ok(()) => head.commit(tx).await.map(|_| ())?,
            Err(Refusal::Fault(fault)) => return Err(fault),
            Err(_) => {}
        }
    }
    Ok(())
}

/// Sweeps every minute, for ever.
pub async fn run(app: App) {
    loop {
        tokio::time::sleep(Duration::from_secs(60)).await;
        if let Err(fault) = sweep(&app).await {
            failed(&fault, "waits, as every other does");
        }
    }
}
