//! What an audit is made of, and what it saw.

use std::collections::{BTreeMap, HashMap};

use super::Finding;
use super::memory::{Memory, Seen};
use super::source::Source;
use crate::clock::Clock;
use crate::ledger::checkpoint::Checkpoint;
use crate::ledger::policy::Policy;
use crate::ledger::verifier_key::VerifierKey;

/// What an audit is made of.
#[derive(Debug)]
pub struct Audit {
    /// Where the ledger is read from.
    pub source: Source,
    /// What was seen before, and is kept from now on; without it nothing is kept.
    pub memory: Option<Memory>,
    /// The key that the auditor was given by somebody else; without it the one that is kept, or the one that is served.
    pub key: Option<VerifierKey>,
    /// Checkpoints that came from elsewhere, already verified with the key: out of evidence, or kept by hand.
    pub others: Vec<Seen>,
    /// What the tree has to say of a resident.
    pub claim: Option<Claim>,
    /// Leaves that were handed out, by the positions where they are said to stand.
    pub leaves: BTreeMap<u64, Vec<u8>>,
    /// Which witnesses have to have cosigned, lately, what the ledger holds.
    pub policy: Option<Policy>,
    /// By which the age of what witnesses cosigned is told.
    pub clock: Clock,
    /// Whether to build the tree from the first leaf, with all its tiles, or to go on from where the last audit ended.
    pub whole: bool,
}

impl Audit {
    /// The whole ledger of a service, of which nothing is known yet.
    #[must_use]
    pub fn of(source: Source) -> Self {
        Self {
            source,
            memory: None,
            key: None,
            others: Vec::new(),
            claim: None,
            leaves: BTreeMap::new(),
            policy: None,
            clock: Clock::System,
            whole: true,
        }
    }
}

/// What the tree has to say of a resident: her tags, each where she was shown its entry and nowhere else.
#[derive(Debug)]
pub struct Claim {
    /// The tags of her numbers, with the position of the entry; the number behind the last has none yet.
    pub tags: HashMap<[u8; 32], Option<u64>>,
    /// The tree in which she was shown everything: what stands behind it is newer.
    pub size: u64,
}

/// What an audit saw.
#[derive(Debug)]
pub struct Report {
    /// The checkpoint that was served, a signed note.
    pub note: String,
    /// Its size and root.
    pub checkpoint: Checkpoint,
    /// How many entries a quorum of the policy's witnesses has seen, if there is one.
    pub witnessed: Option<u64>,
    /// How many leaves were fetched and hashed.
    pub hashed: u64,
    /// How many earlier checkpoints were compared.
    pub compared: usize,
    /// How many entries of each kind were among them, by the kind's number.
    pub kinds: HashMap<u8, u64>,
    /// How long it took.
    pub seconds: f64,
    /// Whether there are entries about the resident of the claim behind the tree in which she was shown everything.
    pub newer: bool,
    /// What is wrong; empty: nothing is.
    pub findings: Vec<Finding>,
}
