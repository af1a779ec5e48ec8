//! Cosigning: the service shows each of its checkpoints to the witnesses of its policy, keeps what they sign, and says when
//! too few of them do (vault-and-ledger 4.4).
//!
//! 1. When the ledger grew, and once a minute whether or not it did, each witness is asked ([`ask`]): so a witness that
//!    sees nothing new still says that this is the newest tree it knows.
//! 2. A cosignature is verified and kept with its checkpoint ([`store`]), and goes out with it ([`cosigned`]).
//! 3. Enough of them, by the policy, is a quorum. After 15 minutes without one the residents' pages say so, after 24 hours
//!    nothing is released to third parties any more ([`reads_are_stopped`]); each such change is entered ([`watch`]).
//! 4. At start, whatever was cosigned is compared with the ledger that is there ([`check_at_start`]): a database that was
//!    put back, even together with custody's memory, is behind what a witness remembers.
//!
//! What is not even signed is told, and stops reads, in the same way ([`unsigned()`]).
//!
//! There is no setting for any of these spans. Whoever changes the policy leaves an entry.

use std::time::Duration;

use tokio::task::JoinSet;

use crate::app::App;
use crate::clock::Timestamp;
use crate::db::Tx;
use crate::fault::Fault;
use crate::ledger;
use crate::ledger::cosignature::Cosignature;
use crate::ledger::policy::{Policy, Witness};

mod ask;
mod start;
mod status;
mod store;
mod unsigned;
mod warning;
mod watch;

pub use ask::Trouble;
pub use start::check_at_start;
pub use status::{Quorum, Seen, Status, Watched, status};
pub use unsigned::of as unsigned;
pub use warning::{Warning, warning};

/// After so long without a quorum residents are told.
pub const TELL_AFTER: Duration = Duration::from_secs(15 * 60);
/// After so long without one nothing is released to third parties.
pub const STOP_AFTER: Duration = Duration::from_secs(24 * 3_600);
/// A witness is asked again after so long, whether or not the ledger grew.
const EVERY: Duration = Duration::from_secs(60);
/// A ledger that grew is shown at once, but not more often than this.
const SOONEST: Duration = Duration::from_secs(10);
/// Checkpoints looked through at a time for the newest that enough witnesses cosigned.
const BACK: i64 = 256;
/// The words of what was entered last.
const MET: &str = "met";
const MISSING: &str = "missing";
const STOPPED: &str = "stopped";

/// Looks every second whether a witness is to be asked, for ever.
pub async fn run(app: App) {
    if app.policy.is_none() {
        return;
    }
    loop {
        tokio::time::sleep(Duration::from_secs(1)).await;
        if let Err(fault) = round(&app).await {
            tracing::error!(%fault, "witnesses were not asked");
        }
    }
}

/// Asks every witness whose turn it is, keeps what they said, and judges whether they are enough.
///
/// # Errors
/// When the database fails. That a witness does not answer is no error: it is what [`mod@status`] tells.
pub async fn round(app: &App) -> Result<(), Fault> {
    let Some(policy) = &app.policy else { return Ok(()) };
    let now = app.now();
    let last = ledger::last_checkpoint(&mut app.db.read().await?).await?;
    let mut asked = JoinSet::new();
    if let Some((size, _, note)) = last {
        for witness in policy.witnesses().iter().filter(|witness| witness.url.is_some()) {
            let Some(known) = claim(app, witness, size, now).await? else { continue };
            let (app, witness, note) = (app.clone(), witness.clone(), note.clone());
            asked.spawn(async move { one(&app, &witness, known, size.cast_unsigned(), &note).await });
        }
    }
    while let Some(done) = asked.join_next().await {
        done.unwrap_or(Err(Fault::Internal("asking a witness ended")))?;
    }
    watch::judge(app, policy).await
}

/// Whether it is this witness's turn, and this node's: then the size that it saw last, as far as we know.
async fn claim(app: &App, witness: &Witness, size: i64, now: Timestamp) -> Result<Option<u64>, Fault> {
    let mut tx = app.db.begin().await?;
    let key = witness.key.to_string();
    store::meet(&mut tx, &key, now).await?;
    let known = store::claim(&mut tx, &key, size, now, [now.minus(SOONEST), now.minus(EVERY)]).await?;
    tx.commit().await?;
    Ok(known)
}

/// Asks one witness and keeps what came of it.
async fn one(app: &App, witness: &Witness, known: u64, size: u64, note: &str) -> Result<(), Fault> {
    let answer = ask::ask(app, witness, known, size, note).await?;
    keep(app, witness, size, answer).await
}

/// Keeps what a witness said.
async fn keep(app: &App, witness: &Witness, size: u64, answer: Result<Cosignature, Trouble>) -> Result<(), Fault> {
    let key = witness.key.to_string();
    let mut tx = app.db.begin().await?;
    match answer {
        Ok(cosignature) => {
            store::keep(&mut tx, size, &key, cosignature.at(), &cosignature.line()).await?;
            store::cosigned(&mut tx, &key, size, app.now()).await?;
        }
        Err(trouble) => {
            store::failed(&mut tx, &key, trouble.word()).await?;
            if trouble.is_grave() {
                store::disputes(&mut tx, &key, trouble.word(), app.now()).await?;
                tracing::error!(witness = witness.name, %trouble, "a witness contradicts this ledger");
            } else {
                tracing::warn!(witness = witness.name, %trouble, "a witness did not cosign");
            }
        }
    }
    tx.commit().await
}

/// The newest checkpoint, with the cosignatures that there are; its size and its note.
///
/// # Errors
/// When the database fails.
pub async fn last(tx: &mut Tx, app: &App) -> Result<Option<(u64, String)>, Fault> {
    let Some((size, _, note)) = ledger::last_checkpoint(tx).await? else { return Ok(None) };
    Ok(Some((size.cast_unsigned(), cosigned(tx, app, size, note).await?)))
}

/// The newest checkpoint that enough witnesses cosigned, by the policy; its size and its note.
///
/// # Errors
/// When the database fails.
pub async fn witnessed(tx: &mut Tx, app: &App) -> Result<Option<(u64, String)>, Fault> {
    let Some(policy) = app.policy.as_deref().filter(|policy| policy.asks()) else { return Ok(None) };
    let least = i64::try_from(policy.least()).unwrap_or(i64::MAX);
    let mut after = i64::MAX;
    // However long ago it was: a quorum of last week is still what enough witnesses saw.
    loop {
        let lines = store::lines_below(tx, after, least, BACK).await?;
        let Some((oldest, _, _)) = lines.last() else { return Ok(None) };
        after = *oldest;
        if let Some(size) = newest_complete(policy, &lines) {
            let note = store::note(tx, size).await?;
            return Ok(Some((size.cast_unsigned(), cosigned(tx, app, size, note).await?)));
        }
    }
}

/// The largest size whose witnesses are a quorum.
fn newest_complete(policy: &Policy, lines: &[(i64, String, String)]) -> Option<i64> {
    let mut sizes: Vec<i64> = lines.iter().map(|(size, _, _)| *size).collect();
    sizes.dedup();
    sizes.into_iter().find(|size| {
        policy.is_met(|witness| {
            let key = witness.key.to_string();
            lines.iter().any(|(of, by, _)| of == size && *by == key)
        })
    })
}

/// A note with the cosignatures of the policy's witnesses behind the log's own signature.
async fn cosigned(tx: &mut Tx, app: &App, size: i64, mut note: String) -> Result<String, Fault> {
    let Some(policy) = &app.policy else { return Ok(note) };
    let lines = store::lines_of(tx, size).await?;
    for witness in policy.witnesses() {
        let key = witness.key.to_string();
        note.extend(lines.iter().filter(|(by, _)| *by == key).map(|(_, line)| line.as_str()));
    }
    Ok(note)
}

/// Why nothing may be released to third parties, if so: the ledger contradicts what was signed, was not signed for a day, or
/// no quorum saw it for a day. To be asked in the transaction that decides. What counts of witnesses is what was entered, so
/// that no refusal stands in the ledger before its cause.
///
/// # Errors
/// When the database fails.
pub async fn reads_are_stopped(tx: &mut Tx, app: &App) -> Result<Option<&'static str>, Fault> {
    if unsigned::of(app).is_some_and(Warning::stops) {
        return Ok(Some("ledger_unsigned"));
    }
    if !app.policy.as_deref().is_some_and(Policy::asks) {
        return Ok(None);
    }
    let is_stopped = store::quorum(tx).await?.is_some_and(|quorum| quorum.entered == STOPPED);
    Ok(is_stopped.then_some("ledger_unwitnessed"))
}
