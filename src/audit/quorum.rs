//! Whether enough witnesses saw the ledger, and lately: judged on the newest checkpoint that a quorum cosigned, because the
//! newest of all is often some seconds old and cosigned by nobody yet.
//!
//! 1. The checkpoint that is served beside the newest is signed by the ledger and by a quorum of the policy.
//! 2. That quorum is not older than what the service's own pages would be silent about.
//! 3. What stands behind it is young: an entry that no quorum saw for hours is as good as hidden from the witnesses.
//! 4. Its root is that of the tree that was built again, like that of every checkpoint ever seen.

use std::time::Duration;

use signed_note::Verifier;

use super::memory::Seen;
use super::rebuild::Range;
use super::source::Source;
use super::{Audit, Finding, Stopped};
use crate::clock::Timestamp;
use crate::ledger::Leaf;
use crate::ledger::checkpoint::{self, Checkpoint};
use crate::ledger::cosignature::Cosignature;
use crate::ledger::policy::{Policy, Witness};
use crate::ledger::proof::{self, Inclusion};
use crate::ledger::verifier_key::VerifierKey;

/// After fifteen minutes without a quorum the service says so itself; an auditor's clock may be five minutes off.
const OLDEST: Duration = Duration::from_secs(20 * 60);
/// What is signed later than this was signed by a clock that is wrong.
const OFF: Duration = Duration::from_secs(5 * 60);
const HOUR: i64 = 3_600;

/// What the witnesses saw.
#[derive(Debug, Default)]
pub struct Looked {
    /// The size of the newest checkpoint that a quorum cosigned.
    pub size: Option<u64>,
    /// Checkpoints that the tree has to agree with.
    pub seen: Vec<Seen>,
    /// What is wrong.
    pub findings: Vec<Finding>,
}

/// Looks at what the witnesses of the policy saw. To be asked before the checkpoint that is audited is fetched: then
/// nothing that is seen here is larger than that one.
///
/// # Errors
/// When it cannot be fetched.
pub async fn look(audit: &Audit, key: &VerifierKey) -> Result<Looked, Stopped> {
    let mut looked = Looked::default();
    let Some(policy) = audit.policy.as_ref().filter(|policy| policy.asks()) else { return Ok(looked) };
    let newest = audit.source.checkpoint().await?;
    let note = audit.source.witnessed().await?.unwrap_or_else(|| newest.clone());
    let read = |note: &str| checkpoint::verify(key.name(), key.bytes(), note.as_bytes());
    let (Ok(newest), Ok(head)) = (read(&newest), read(&note)) else {
        looked.findings.push(Finding::Unsigned);
        return Ok(looked);
    };
    if let Some(finding) = uncosigned(policy, &note) {
        looked.findings.push(finding);
        return Ok(looked);
    }
    let now = audit.clock.now();
    looked.size = Some(head.size);
    looked.findings.extend(too_old(policy, &note, now));
    looked.seen.push(Seen { checkpoint: head, note });
    if head.size < newest.size {
        behind(&mut looked, &audit.source, key, head.size, now).await?;
    }
    Ok(looked)
}

/// Judges the first entry that no quorum saw.
async fn behind(
    looked: &mut Looked, source: &Source, key: &VerifierKey, position: u64, now: Timestamp,
) -> Result<(), Stopped> {
    let missing = || Finding::Missing { what: format!("/ledger/proof/{position}") };
    let Some(text) = source.proof(position).await? else {
        looked.findings.push(missing());
        return Ok(());
    };
    let proved = || {
        let proof = Inclusion::parse(&text).ok().filter(|proof| proof.position == position)?;
        let checkpoint = checkpoint::verify(key.name(), key.bytes(), proof.note.as_bytes()).ok()?;
        proof.check(&checkpoint).ok()?;
        Some((Leaf::decode(&proof.leaf).ok()?, Seen { checkpoint, note: proof.note }))
    };
    let Some((leaf, seen)) = proved() else {
        looked.findings.push(Finding::Paper(format!("/ledger/proof/{position} does not prove the entry")));
        return Ok(());
    };
    if !is_young(leaf.hour, now) {
        looked.findings.push(Finding::Unwitnessed { position });
    }
    looked.seen.push(seen);
    Ok(())
}

/// Whether an entry of this hour may still be waiting for its witnesses. One of an hour that is yet to come may not.
fn is_young(hour: u32, now: Timestamp) -> bool {
    let begun = Timestamp::from_seconds(i64::from(hour) * HOUR);
    let over = Timestamp::from_seconds((i64::from(hour) + 1) * HOUR);
    begun <= now.plus(OFF) && now <= over.plus(OLDEST)
}

/// What is wrong with a checkpoint that witnesses cosigned, below the edge from which an audit goes on: there its root is not
/// built again, so it is proved to be the beginning of what was.
///
/// # Errors
/// When the proof cannot be fetched.
pub async fn below(looked: &Looked, source: &Source, edge: &Range) -> Result<Vec<Finding>, Stopped> {
    let mut findings = Vec::new();
    for earlier in looked.seen.iter().map(|seen| &seen.checkpoint).filter(|seen| seen.size < edge.size()) {
        let later = Checkpoint { size: edge.size(), root: edge.root() };
        let Some(path) = source.growth(earlier.size, later.size).await? else {
            let what = format!("/ledger/consistency?from={}&to={}", earlier.size, later.size);
            findings.push(Finding::Missing { what });
            continue;
        };
        let path: Option<Vec<_>> = path.lines().map(|line| proof::hash(line).ok()).collect();
        let grew = path.is_some_and(|path| proof::check_growth(&path, earlier, &later).is_ok());
        if !grew {
            findings.push(Finding::Rewritten { size: earlier.size, when: "witnesses cosigned it" });
        }
    }
    Ok(findings)
}

/// Whether too few of the policy's witnesses cosigned a checkpoint.
#[must_use]
pub fn uncosigned(policy: &Policy, note: &str) -> Option<Finding> {
    let have = moments(policy, note).len();
    let (text, lines) = parts(note);
    (!policy.is_cosigned(text.as_bytes(), lines)).then_some(Finding::Witnesses { have, need: policy.least() })
}

/// Whether the quorum of a checkpoint is of long ago.
fn too_old(policy: &Policy, note: &str, now: Timestamp) -> Option<Finding> {
    let all = moments(policy, note);
    let met = |since: Timestamp| {
        let lately = |(of, at): &(&Witness, Timestamp), witness: &Witness| {
            of.key == witness.key && *at >= since && *at <= now.plus(OFF)
        };
        policy.is_met(|witness| all.iter().any(|one| lately(one, witness)))
    };
    if met(now.minus(OLDEST)) {
        return None;
    }
    let mut moments: Vec<Timestamp> = all.iter().map(|(_, at)| *at).collect();
    moments.sort_unstable_by(|one, other| other.cmp(one));
    let at = moments.into_iter().find(|at| met(*at));
    Some(Finding::Unwatched { minutes: at.map(|at| now.seconds().saturating_sub(at.seconds()) / 60) })
}

/// Who cosigned a checkpoint, and when.
fn moments<'a>(policy: &'a Policy, note: &str) -> Vec<(&'a Witness, Timestamp)> {
    let (text, lines) = parts(note);
    let at = |witness: &Witness| Cosignature::find(lines, &witness.key, text.as_bytes()).ok().map(|one| one.at());
    policy.witnesses().iter().filter_map(|witness| Some((witness, at(witness)?))).collect()
}

/// Text and signature lines of a note.
fn parts(note: &str) -> (String, &str) {
    let (text, lines) = note.split_once("\n\n").unwrap_or((note, ""));
    (format!("{text}\n"), lines)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::ledger::cosignature::Cosigner;

    const NOW: Timestamp = Timestamp::from_seconds(1_795_311_000);

    /// A policy of two of three, and a note that they cosigned so many minutes ago.
    fn note(minutes: [Option<u64>; 3]) -> (Policy, String) {
        let cosigner = |n: u8| Cosigner::from_seed(&format!("w{n}"), &[n; 32]).unwrap();
        let lines: String = (0..3).map(|n| format!("witness w{n} {}\n", cosigner(n).verifier_key())).collect();
        let policy = Policy::parse(&format!("{lines}group g 2 w0 w1 w2\nquorum g\n")).unwrap();
        let text = "log\n1\nAAAA\n";
        let at = |minutes: u64| NOW.minus(Duration::from_secs(60 * minutes));
        let sign = |(n, ago): (u8, Option<u64>)| Some(cosigner(n).sign(text.as_bytes(), at(ago?)).unwrap());
        let signed: String = (0..3).zip(minutes).filter_map(sign).collect();
        (policy, format!("{text}\n{signed}"))
    }

    #[test]
    fn a_quorum_is_as_old_as_the_witness_that_completes_it() {
        let judged = |minutes| {
            let (policy, note) = note(minutes);
            too_old(&policy, &note, NOW)
        };
        assert_eq!(judged([Some(0), Some(20), None]), None);
        assert_eq!(judged([Some(0), Some(21), Some(40)]), Some(Finding::Unwatched { minutes: Some(21) }));
        assert_eq!(judged([Some(600), Some(30), None]), Some(Finding::Unwatched { minutes: Some(600) }));
        let (policy, few) = note([Some(0), None, None]);
        assert_eq!(uncosigned(&policy, &few), Some(Finding::Witnesses { have: 1, need: 2 }));
    }

    #[test]
    fn a_signature_of_tomorrow_counts_for_nothing() {
        let (policy, note) = note([Some(0), Some(0), None]);
        let judged = |minutes: u64| too_old(&policy, &note, NOW.minus(Duration::from_secs(60 * minutes)));
        assert_eq!(judged(5), None);
        assert_eq!(judged(6), Some(Finding::Unwatched { minutes: None }));
    }

    #[test]
    fn an_entry_waits_for_its_witnesses_no_longer_than_its_hour_and_twenty_minutes() {
        let hour = NOW.hours();
        assert!(is_young(hour, NOW) && is_young(hour - 1, NOW.minus(Duration::from_secs(10 * 60))));
        assert!(!is_young(hour - 1, NOW), "it is half past, and the hour before is over");
        assert!(!is_young(hour - 2, NOW) && !is_young(hour + 1, NOW) && !is_young(u32::MAX, NOW));
    }
}
