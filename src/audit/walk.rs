//! One audit: the leaves from where the last one ended, or from the first, to the checkpoint that is served now.

use std::collections::{HashMap, VecDeque};
use std::time::Duration;

use signed_note::Verifier;
use tokio::task::JoinHandle;

use super::ahead::{AHEAD, Ahead, bundles};
use super::memory::{self, Memory, Seen};
use super::quorum::{self, Looked};
use super::rebuild::{Range, Shelves};
use super::report::{Audit, Report};
use super::source::{Source, leaves};
use super::{Finding, Stopped};
use crate::clock::{Clock, Timestamp};
use crate::ledger::checkpoint::{self, Checkpoint};
use crate::ledger::tile::{Tile, WIDTH};
use crate::ledger::verifier_key::VerifierKey;
use crate::ledger::{Leaf, leaf_hash};

/// So many findings are named.
const MOST: usize = 100;

/// Audits the ledger. What is signed is kept, unless it contradicts what was seen: then it is put aside.
///
/// # Errors
/// When the audit could not be made: nothing is known to be wrong then.
pub async fn audit(audit: &Audit) -> Result<Report, Stopped> {
    let begun = Clock::System.now();
    let served = memory::key(&audit.source.key().await?)?;
    let memory = audit.memory.as_ref();
    let kept = memory.map(Memory::key).transpose()?.flatten();
    let key = audit.key.clone().or_else(|| kept.clone()).unwrap_or_else(|| served.clone());
    let looked = quorum::look(audit, &key).await?;
    let note = audit.source.checkpoint().await?;
    let mut seen = memory.map(Memory::seen).transpose()?.unwrap_or_default();
    seen.extend(audit.others.iter().chain(&looked.seen).cloned());
    let mut walk = Walk::new(seen, audit);
    let mut report = Report {
        checkpoint: Checkpoint { size: 0, root: Range::default().root() },
        note,
        witnessed: looked.size,
        hashed: 0,
        compared: 0,
        kinds: HashMap::new(),
        seconds: 0.0,
        newer: false,
        findings: Vec::new(),
    };
    if key != served || kept.as_ref().is_some_and(|kept| *kept != key) {
        report.findings.push(Finding::OtherKey);
    }
    match checkpoint::verify(key.name(), key.bytes(), report.note.as_bytes()) {
        Err(_) => report.findings.push(Finding::Unsigned),
        Ok(head) => {
            report.checkpoint = head;
            report.findings.extend(looked.findings.iter().cloned());
            let edge = if audit.whole { None } else { memory.map(Memory::edge).transpose()?.flatten() };
            // What came from elsewhere and lies below the edge can only be compared on the way there.
            let start = edge.filter(|(range, _)| audit.others.iter().all(|seen| seen.checkpoint.size >= range.size()));
            if let Some((edge, _)) = &start {
                report.findings.extend(quorum::below(&looked, &audit.source, edge).await?);
            }
            walk.go(&audit.source, start, &head).await?;
        }
    }
    report.findings.append(&mut walk.findings);
    report.newer = walk.newer;
    (report.hashed, report.compared, report.kinds) = (walk.hashed, walk.compared, std::mem::take(&mut walk.kinds));
    report.seconds = seconds_since(begun);
    if let Some(memory) = memory {
        keep(memory, &report, kept.is_none().then_some(&key), &walk, &looked)?;
    }
    Ok(report)
}

fn seconds_since(begun: Timestamp) -> f64 {
    Duration::from_millis((Clock::System.now().millis() - begun.millis()).max(1).cast_unsigned()).as_secs_f64()
}

/// A checkpoint that contradicts what was seen is put aside; every other that was signed is kept, whatever else is wrong:
/// otherwise one lasting fault would keep the auditor from seeing a worse one.
fn keep(
    memory: &Memory, report: &Report, key: Option<&VerifierKey>, walk: &Walk<'_>, looked: &Looked,
) -> Result<(), Stopped> {
    let is = |wanted: fn(&Finding) -> bool| report.findings.iter().any(wanted);
    if is(|finding| matches!(finding, Finding::Unsigned | Finding::OtherKey)) {
        return Ok(());
    }
    if is(|finding| matches!(finding, Finding::Rewritten { .. } | Finding::Shrunk { .. })) {
        // Both halves, where the witnesses' is the other one.
        for seen in &looked.seen {
            memory.put_aside(&seen.checkpoint, &seen.note)?;
        }
        return memory.put_aside(&report.checkpoint, &report.note).map(|_| ());
    }
    // Not built to its end: nothing is known of it.
    if walk.range.size() != report.checkpoint.size {
        return Ok(());
    }
    if let Some(key) = key {
        memory.keep_key(key)?;
    }
    let last = memory.seen()?.pop();
    if last.is_none_or(|last| last.checkpoint != report.checkpoint) {
        memory.add(&report.checkpoint, &report.note)?;
    }
    memory.keep_edge(&walk.range, walk.hour)
}

struct Walk<'a> {
    seen: Vec<Seen>,
    audit: &'a Audit,
    range: Range,
    hour: u32,
    newer: bool,
    hashed: u64,
    compared: usize,
    kinds: HashMap<u8, u64>,
    tags: HashMap<[u8; 32], u64>,
    findings: Vec<Finding>,
}

impl<'a> Walk<'a> {
    fn new(mut seen: Vec<Seen>, audit: &'a Audit) -> Self {
        seen.sort_by_key(|seen| seen.checkpoint.size);
        Self {
            seen,
            audit,
            range: Range::default(),
            hour: 0,
            newer: false,
            hashed: 0,
            compared: 0,
            kinds: HashMap::new(),
            tags: HashMap::new(),
            findings: Vec::new(),
        }
    }

    async fn go(&mut self, source: &Source, start: Option<(Range, u32)>, head: &Checkpoint) -> Result<(), Stopped> {
        let before = self.seen.last().map_or(0, |seen| seen.checkpoint.size);
        if before > head.size {
            self.found(Finding::Shrunk { before, now: head.size });
        }
        // The tiles can only be compared by whoever builds the tree from its first leaf.
        let mut shelves = start.is_none().then(Shelves::default);
        if let Some((range, hour)) = start.filter(|(range, _)| range.size() <= head.size) {
            (self.range, self.hour) = (range, hour);
        } else {
            shelves = Some(Shelves::default());
        }
        self.compare(head, true);
        let mut bundles = Ahead::new(source, bundles(self.range.size(), head.size));
        let mut checks: VecDeque<JoinHandle<Result<Option<Finding>, Stopped>>> = VecDeque::new();
        while let Some((tile, bundle)) = bundles.next().await? {
            let missing = || Finding::Missing { what: format!("/ledger/tile/{tile}") };
            let Ok(bundle) = bundle else { return self.stop(missing()) };
            let Some(leaves) = leaves(&bundle, tile.width) else { return self.stop(missing()) };
            let skipped = usize::try_from(self.range.size() - tile.index * WIDTH).unwrap_or(usize::MAX);
            for leaf in leaves.into_iter().skip(skipped) {
                self.leaf(leaf);
                for (tile, bytes) in shelves.as_mut().map(|shelves| shelves.push(leaf)).unwrap_or_default() {
                    checks.push_back(compare(source, tile, bytes));
                }
                self.compare(head, false);
            }
            while checks.len() > AHEAD {
                self.checked(checks.pop_front()).await?;
            }
        }
        let partial = shelves.map(|shelves| shelves.partial()).unwrap_or_default();
        checks.extend(partial.into_iter().map(|(tile, bytes)| compare(source, tile, bytes)));
        while !checks.is_empty() {
            self.checked(checks.pop_front()).await?;
        }
        Ok(())
    }

    fn stop(&mut self, finding: Finding) -> Result<(), Stopped> {
        self.found(finding);
        Ok(())
    }

    fn leaf(&mut self, bytes: &[u8]) {
        let position = self.range.size();
        self.range.push(leaf_hash(bytes));
        self.hashed += 1;
        if self.audit.leaves.get(&position).is_some_and(|handed| handed != bytes) {
            self.found(Finding::Invented { position });
        }
        let Ok(leaf) = Leaf::decode(bytes) else {
            self.found(Finding::Leaf { position });
            return;
        };
        *self.kinds.entry(leaf.kind.number()).or_default() += 1;
        // Two acts around a full hour may change places; more than that is no accident, and is named where it happened.
        if leaf.hour.saturating_add(1) < self.hour {
            self.found(Finding::Backdated { position });
        }
        self.hour = if leaf.hour.saturating_add(1) < self.hour { leaf.hour } else { self.hour.max(leaf.hour) };
        self.of_her(position, &leaf);
        if let Some(first) = self.tags.insert(leaf.tag, position) {
            self.found(Finding::Tag { first, second: position });
        }
    }

    /// Whether an entry is about the resident of the claim, and not where she was shown it.
    fn of_her(&mut self, position: u64, leaf: &Leaf) {
        let Some(claim) = &self.audit.claim else { return };
        match claim.tags.get(&leaf.tag) {
            Some(shown) if *shown == Some(position) => {}
            Some(None) if position >= claim.size => self.newer = true,
            Some(_) => self.found(Finding::Hidden { position }),
            None => {}
        }
    }

    /// Names something; the same thing over and over is named a few times.
    fn found(&mut self, finding: Finding) {
        if self.findings.len() < MOST {
            self.findings.push(finding);
        }
    }

    /// Compares the tree built so far with every checkpoint of its size.
    fn compare(&mut self, head: &Checkpoint, at_start: bool) {
        let size = self.range.size();
        let from = self.seen.partition_point(|seen| seen.checkpoint.size < size);
        let of_size = self.seen.iter().skip(from).take_while(|seen| seen.checkpoint.size == size);
        let roots: Vec<_> = of_size.map(|seen| seen.checkpoint.root).collect();
        if roots.is_empty() && size != head.size {
            return;
        }
        let root = self.range.root();
        let finding = |when| Finding::Rewritten { size, when };
        if roots.iter().any(|seen| *seen != root) {
            self.found(finding("it was seen before, or given by whoever audits"));
        }
        self.compared += roots.len();
        let ends_here = size == head.size && (self.hashed > 0 || at_start);
        if ends_here && root != head.root {
            self.found(finding("it is the one that is served now"));
        }
    }

    async fn checked(&mut self, check: Option<JoinHandle<Result<Option<Finding>, Stopped>>>) -> Result<(), Stopped> {
        if let Some(check) = check {
            let stopped = |_| Stopped::Given("a check of a tile was stopped".to_owned());
            self.findings.extend(check.await.map_err(stopped)??);
        }
        Ok(())
    }
}

fn compare(source: &Source, tile: Tile, bytes: Vec<u8>) -> JoinHandle<Result<Option<Finding>, Stopped>> {
    let source = source.clone();
    tokio::spawn(async move {
        Ok(match source.tile(&tile).await? {
            Ok(served) if served == bytes => None,
            Ok(_) => Some(Finding::Tile { tile: tile.to_string() }),
            Err(finding) => Some(finding),
        })
    })
}
