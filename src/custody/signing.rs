//! How the signing stands: whether what is committed gets signed, waits for it, or cannot be signed because the ledger
//! contradicts what was signed before.
//!
//! Kept in this process, where nobody who only writes to the database reaches it. After a restart it is judged anew, and a
//! ledger that contradicts itself is not served.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::Custody;
use crate::clock::{Clock, Timestamp};
use crate::db::Db;
use crate::fault::Fault;
use crate::ledger;

/// Whoever runs the service is told when an entry waited so long for its signature, which takes a second otherwise.
const ALARM: Duration = Duration::from_secs(60);
/// So often it is looked at, and told.
const EVERY: Duration = Duration::from_secs(10);

/// How the signing stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signing {
    /// What was committed is signed, a second later at most.
    Signed,
    /// The oldest entry without a signature has been waiting since then.
    Waiting(Timestamp),
    /// The ledger has contradicted what was signed since then: custody signs nothing.
    Contradicted(Timestamp),
}

/// What this process knows of it.
#[derive(Debug, Default)]
pub(super) struct Known(Mutex<State>);

#[derive(Debug, Default, Clone, Copy)]
struct State {
    contradicted: Option<Timestamp>,
    /// The first entry that no checkpoint covers, and since when it was seen so.
    waiting: Option<(u64, Timestamp)>,
}

impl Known {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Custody {
    /// How the signing stands.
    #[must_use]
    pub fn signing(&self) -> Signing {
        let state = *self.signing.state();
        match (state.contradicted, state.waiting) {
            (Some(since), _) => Signing::Contradicted(since),
            (None, Some((_, since))) => Signing::Waiting(since),
            (None, None) => Signing::Signed,
        }
    }

    /// The ledger contradicts what was signed; or, by `None`, does so no more.
    pub(super) fn contradicted(&self, now: Option<Timestamp>) {
        let mut state = self.signing.state();
        state.contradicted = now.map(|now| state.contradicted.unwrap_or(now));
    }

    /// So many entries are committed, and so many of them are covered by a checkpoint.
    fn covered(&self, size: u64, covered: u64, now: Timestamp) {
        let mut state = self.signing.state();
        let known = state.waiting.filter(|(from, since)| *from == covered && *since <= now);
        state.waiting = (size > covered).then(|| known.unwrap_or((covered, now)));
    }
}

/// Looks whether entries wait for their signature; apart from what signs them, which may be what hangs.
///
/// # Errors
/// When the database fails.
pub async fn look(db: &Db, custody: &Custody, now: Timestamp) -> Result<(), Fault> {
    let mut tx = db.read().await?;
    // In this order: what is signed in between does not look unsigned.
    let size = ledger::size(&mut tx).await?;
    let covered = ledger::last_checkpoint(&mut tx).await?.map_or(0, |(size, _, _)| size.cast_unsigned());
    custody.covered(size, covered, now);
    Ok(())
}

/// Looks every ten seconds, for ever, and says loudly when something is wrong.
pub async fn run(db: Db, custody: Arc<Custody>, clock: Clock) {
    loop {
        tokio::time::sleep(EVERY).await;
        let now = clock.now();
        if let Err(fault) = look(&db, &custody, now).await {
            tracing::error!(%fault, "whether all entries are signed is not known");
        }
        match custody.signing() {
            Signing::Contradicted(since) => {
                let since = since.seconds();
                tracing::error!(since, "the ledger contradicts what was signed: nothing is released to third parties");
            }
            Signing::Waiting(since) if now >= since.plus(ALARM) => {
                let since = since.seconds();
                tracing::error!(since, "entries have been waiting for their signature for more than a minute");
            }
            Signing::Waiting(_) | Signing::Signed => {}
        }
    }
}
