//! Who watches the ledger, what each of them saw, and since when somebody is missing: for pages.

use std::time::Duration;

use super::ask::Trouble;
use super::store::{self, QuorumRow, WitnessRow};
use super::{MISSING, STOPPED, watch};
use crate::app::App;
use crate::clock::Timestamp;
use crate::db::Tx;
use crate::fault::Fault;
use crate::ledger::policy::{Policy, Witness};

/// A witness that said nothing for so long is missing: it is asked every minute.
const MISSING_AFTER: Duration = Duration::from_secs(5 * 60);

/// Whether anybody watches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Status {
    /// The service has no witnesses: its checkpoints are its own word alone.
    Nobody,
    /// It has.
    Watched(Watched),
}

/// What the witnesses say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Watched {
    /// Whether enough of them cosigned lately.
    pub quorum: Quorum,
    /// How many are enough at least.
    pub least: usize,
    /// Each, in the order of the policy.
    pub witnesses: Vec<Seen>,
}

/// Whether there are enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quorum {
    /// The policy asks for none.
    NotAsked,
    /// There were at this moment, less than 15 minutes ago; `None`: they were asked for the first time just now.
    Met(Option<Timestamp>),
    /// There have not been since then: residents are told.
    Missing(Timestamp),
    /// There have not been since then, for more than a day: nothing is released to third parties.
    Stopped(Timestamp),
}

/// One witness.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// What the policy calls it.
    pub name: String,
    /// Its verifier key, which begins with the name in its cosignatures.
    pub key: String,
    /// The largest tree that it cosigned; 0: none yet.
    pub size: u64,
    /// When it cosigned last.
    pub cosigned_at: Option<Timestamp>,
    /// Since when it is missing, if it is.
    pub missing_since: Option<Timestamp>,
    /// Why its last answer was none.
    pub trouble: Option<Trouble>,
    /// What it says against this ledger, and has not taken back by signing it again; and since when.
    pub disputes: Option<(Trouble, Timestamp)>,
}

/// Who watches, and what they saw.
///
/// # Errors
/// When the database fails.
pub async fn status(tx: &mut Tx, app: &App) -> Result<Status, Fault> {
    let Some(policy) = app.policy.as_deref().filter(|policy| !policy.witnesses().is_empty()) else {
        return Ok(Status::Nobody);
    };
    let rows = store::witnesses(tx).await?;
    let row = store::quorum(tx).await?;
    let now = app.now();
    let witnesses = policy.witnesses().iter().map(|witness| seen(witness, &rows, now)).collect();
    Ok(Status::Watched(Watched { quorum: quorum(policy, &rows, row), least: policy.least(), witnesses }))
}

impl Watched {
    /// Whether a witness says that this ledger is not what it was.
    #[must_use]
    pub fn is_disputed(&self) -> bool {
        self.witnesses.iter().any(|seen| seen.disputes.is_some())
    }

    /// How many witnesses there are that said something in the last minutes.
    #[must_use]
    pub fn present(&self) -> usize {
        self.witnesses.iter().filter(|seen| seen.missing_since.is_none()).count()
    }
}

fn quorum(policy: &Policy, rows: &[WitnessRow], row: Option<QuorumRow>) -> Quorum {
    if !policy.asks() {
        return Quorum::NotAsked;
    }
    let Some(row) = row else { return Quorum::Met(None) };
    let met_at = watch::met_at(policy, rows).max(row.met_at);
    let since = Timestamp::from_seconds(met_at.unwrap_or(row.since));
    match row.entered.as_str() {
        STOPPED => Quorum::Stopped(since),
        MISSING => Quorum::Missing(since),
        _ => Quorum::Met(met_at.map(Timestamp::from_seconds)),
    }
}

fn seen(witness: &Witness, rows: &[WitnessRow], now: Timestamp) -> Seen {
    let key = witness.key.to_string();
    let row = rows.iter().find(|row| row.key == key);
    let cosigned_at = row.and_then(|row| row.cosigned_at).map(Timestamp::from_seconds);
    let since = cosigned_at.or(row.map(|row| Timestamp::from_seconds(row.since)));
    let disputes = row.and_then(|row| Some((Trouble::of_word(row.disputes.as_deref()?)?, row.disputes_since?)));
    Seen {
        name: witness.name.clone(),
        key,
        size: row.map_or(0, |row| row.size.cast_unsigned()),
        cosigned_at,
        missing_since: since.filter(|since| now >= since.plus(MISSING_AFTER)),
        trouble: row.and_then(|row| row.trouble.as_deref()).and_then(Trouble::of_word),
        disputes: disputes.map(|(what, since)| (what, Timestamp::from_seconds(since))),
    }
}
