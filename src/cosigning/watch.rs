//! Whether enough witnesses saw the ledger lately; what changes of that is entered in the ledger itself.

use super::store::{self, WitnessRow};
use super::{MET, MISSING, STOP_AFTER, STOPPED, TELL_AFTER};
use crate::app::App;
use crate::clock::Timestamp;
use crate::custody;
use crate::fault::Fault;
use crate::ledger::policy::Policy;
use crate::ledger::{self, Actor, Entry, Extra, Kind};

/// Judges anew, and enters what changed: too few witnesses for 15 minutes, for 24 hours, or enough again.
pub async fn judge(app: &App, policy: &Policy) -> Result<(), Fault> {
    if !policy.asks() {
        return Ok(());
    }
    let mut tx = app.db.read().await?;
    let met_at = met_at(policy, &store::witnesses(&mut tx).await?);
    let known = store::quorum(&mut tx).await?;
    drop(tx);
    let Some(known) = known else { return in_force(app).await };
    if met_at > known.met_at
        && let Some(at) = met_at
    {
        let mut tx = app.db.begin().await?;
        store::met(&mut tx, at).await?;
        tx.commit().await?;
    }
    let since = met_at.max(known.met_at).unwrap_or(known.since);
    let now = word(Timestamp::from_seconds(since), app.now());
    if now == known.entered { Ok(()) } else { enter(app, &known.entered, now).await }
}

/// When the policy was met last: the latest moment since when enough witnesses cosigned.
pub fn met_at(policy: &Policy, rows: &[WitnessRow]) -> Option<i64> {
    let at = |key: &str| rows.iter().find(|row| row.key == key).and_then(|row| row.cosigned_at);
    let mut moments: Vec<i64> = rows.iter().filter_map(|row| row.cosigned_at).collect();
    moments.sort_unstable();
    moments.reverse();
    moments
        .into_iter()
        .find(|moment| policy.is_met(|witness| at(&witness.key.to_string()).is_some_and(|at| at >= *moment)))
}

fn word(since: Timestamp, now: Timestamp) -> &'static str {
    if now >= since.plus(STOP_AFTER) {
        STOPPED
    } else if now >= since.plus(TELL_AFTER) {
        MISSING
    } else {
        MET
    }
}

async fn enter(app: &App, from: &str, to: &'static str) -> Result<(), Fault> {
    let reason = match to {
        MET => "witnesses_back",
        MISSING => "witnesses_missing",
        _ => "reads_stopped",
    };
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    if !store::enter(&mut tx, from, to).await? {
        // Another node did.
        return Ok(());
    }
    let mut entry = Entry::about_nobody(Kind::Operator, app.now());
    (entry.actor, entry.reason) = (Actor::Service, reason);
    let _ = custody::enter(&mut tx, &app.custody, &mut head, entry).await?;
    head.commit(tx).await?;
    match to {
        MET => tracing::info!("enough witnesses cosign again"),
        MISSING => tracing::error!("no quorum of witnesses for 15 minutes: residents are told"),
        _ => tracing::error!("no quorum of witnesses for 24 hours: nothing is released to third parties"),
    }
    Ok(())
}

/// Puts the policy of the settings in force. A change of it, and its end, are entered: whoever takes a witness away is
/// seen to.
///
/// # Errors
/// When the database fails.
pub async fn in_force(app: &App) -> Result<(), Fault> {
    let digest = app.policy.as_deref().filter(|policy| policy.asks()).map(|policy| hex::encode(policy.digest()));
    let known = store::quorum(&mut app.db.read().await?).await?.map(|row| row.policy);
    let digest = digest.unwrap_or_default();
    if known.as_deref().unwrap_or_default() == digest {
        return Ok(());
    }
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    if !store::put_policy(&mut tx, &digest, app.now()).await? {
        return Ok(());
    }
    if known.as_deref() == Some("") {
        store::begin_anew(&mut tx, app.now()).await?;
    }
    let mut entry = Entry::about_nobody(Kind::Operator, app.now());
    entry.reason = if digest.is_empty() { "witness_policy_ended" } else { "witness_policy" };
    entry.extra = Extra::Notes(vec![("policy", digest)]);
    let _ = custody::enter(&mut tx, &app.custody, &mut head, entry).await?;
    head.commit(tx).await.map(|_| ())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::ledger::cosignature::Cosigner;

    #[test]
    fn a_quorum_is_as_old_as_the_witness_that_completes_it() {
        let key = |n: u8| Cosigner::from_seed("w", &[n; 32]).unwrap().verifier_key().to_string();
        let row = |n: u8, cosigned_at| {
            let (trouble, disputes, disputes_since) = (None, None, None);
            WitnessRow { key: key(n), since: 0, size: 9, cosigned_at, trouble, disputes, disputes_since }
        };
        let text =
            format!("witness a {}\nwitness b {}\nwitness c {}\ngroup g 2 a b c\nquorum g", key(1), key(2), key(3));
        let policy = Policy::parse(&text).unwrap();
        assert_eq!(met_at(&policy, &[row(1, Some(50)), row(2, Some(70)), row(3, Some(60))]), Some(60));
        assert_eq!(met_at(&policy, &[row(1, Some(50)), row(2, Some(70)), row(3, None)]), Some(50));
        assert_eq!(met_at(&policy, &[row(1, Some(50)), row(2, None)]), None);
        // Whoever is not in the policy counts for nothing.
        assert_eq!(met_at(&policy, &[row(1, Some(50)), row(8, Some(70)), row(9, Some(60))]), None);
    }
}
