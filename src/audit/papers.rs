//! What the service hands out, checked by itself and offline: a resident's evidence, and the proofs that clients keep.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use signed_note::Verifier;

use super::memory::Seen;
use super::order::Order;
use super::report::Claim;
use super::{Finding, Stopped};
use crate::crypto::hash;
use crate::crypto::secret::Secret;
use crate::ledger::checkpoint;
use crate::ledger::evidence::{self, Evidence};
use crate::ledger::proof::Inclusion;
use crate::ledger::verifier_key::VerifierKey;
use crate::ledger::{Kind, Leaf};

/// Evidence that holds.
#[derive(Debug)]
pub struct Held {
    /// The ledger's key, as the evidence names it.
    pub key: VerifierKey,
    /// The checkpoint that it leads to.
    pub seen: Seen,
    /// Entries under the checkpoint.
    pub entries: usize,
    /// How many of them are accesses that were allowed, and refused.
    pub accesses: (usize, usize),
    /// Entries that are younger than the checkpoint.
    pub younger: u64,
    /// What the public tree has to say of this resident.
    pub claim: Claim,
}

/// Checks a resident's evidence: every entry is proved and opened, none is missing, and none of them discloses on a
/// consent that was not in force.
///
/// # Errors
/// [`Stopped::Given`] when the file is none; else the first thing that is wrong with it.
pub fn evidence(text: &str, key: Option<&VerifierKey>) -> Result<Result<Held, Finding>, Stopped> {
    let document: Evidence = serde_json::from_str(text)
        .map_err(|cause| Stopped::Given(format!("not a file of evidence: line {}", cause.line())))?;
    Ok(held(&document, key))
}

fn held(document: &Evidence, key: Option<&VerifierKey>) -> Result<Held, Finding> {
    let checked = evidence::check(document).map_err(|wrong| Finding::Paper(wrong.to_string()))?;
    if key.is_some_and(|key| *key != checked.key) {
        return Err(Finding::OtherKey);
    }
    // A part for a page may begin anywhere; a file that somebody hands out holds everything.
    if document.entries.first().is_some_and(|piece| piece.n != 1) {
        return Err(Finding::Paper(evidence::Wrong::Gap { n: 1 }.to_string()));
    }
    let mut order = Order::from_the_first();
    for line in &checked.lines {
        order.next(line.position, line.kind, line.detail.consent.as_deref(), &line.detail.reason)?;
    }
    let count = |kind| checked.lines.iter().filter(|line| line.kind == kind).count();
    // The numbers after the last one under the checkpoint: they may stand behind it, and not before.
    let next = checked.lines.last().map_or(1, |line| line.n + 1);
    let mut tag_key = STANDARD.decode(&document.tag_key).unwrap_or_default();
    let places = checked.lines.iter().map(|line| Some(line.position)).chain([None]);
    let size = checked.checkpoint.size;
    let tag_key = Secret::<32>::take(&mut tag_key).ok_or(Finding::Paper("the tag key does not read".to_owned()))?;
    Ok(Held {
        entries: checked.lines.len(),
        accesses: (count(Kind::Disclosure), count(Kind::Refusal)),
        younger: checked.younger,
        claim: Claim {
            tags: (1..=next).map(|n| hash::hmac_sha256(&tag_key, &n.to_be_bytes())).zip(places).collect(),
            size,
        },
        seen: Seen { checkpoint: checked.checkpoint, note: document.checkpoint.clone() },
        key: checked.key,
    })
}

/// A proof that holds.
#[derive(Debug)]
pub struct Proved {
    /// Where the entry stands.
    pub position: u64,
    /// Its leaf.
    pub leaf: Leaf,
    /// The tree it is in, and the signed note of its checkpoint.
    pub seen: Seen,
}

/// Checks a proof that somebody kept (C2SP tlog-proof): an entry is in the tree of a checkpoint that this key signed.
///
/// # Errors
/// What is wrong with it.
pub fn proof(text: &str, key: &VerifierKey) -> Result<Proved, Finding> {
    let wrong = |what: &dyn std::fmt::Display| Finding::Paper(what.to_string());
    let proof = Inclusion::parse(text).map_err(|cause| wrong(&cause))?;
    let checkpoint = checkpoint::verify(key.name(), key.bytes(), proof.note.as_bytes());
    let checkpoint = checkpoint.map_err(|_| Finding::Unsigned)?;
    proof.check(&checkpoint).map_err(|cause| wrong(&cause))?;
    let leaf = Leaf::decode(&proof.leaf).map_err(|_| Finding::Leaf { position: proof.position })?;
    Ok(Proved { position: proof.position, leaf, seen: Seen { checkpoint, note: proof.note } })
}
