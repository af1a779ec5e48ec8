//! Checking evidence: whose word each step rests on is the checkpoint's signature, and nobody else's.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use signed_note::Verifier;

use super::{Evidence, Piece};
use crate::crypto::hash;
use crate::crypto::secret::Secret;
use crate::ledger::checkpoint::{self, Checkpoint};
use crate::ledger::verifier_key::{Signs, VerifierKey};
use crate::ledger::{Detail, Kind, Leaf, detail_commitment, leaf_hash, proof};

/// What is wrong with evidence: the first thing that is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// It is not written like evidence.
    #[error("not written like evidence: {0}")]
    Form(&'static str),
    /// The checkpoint is not signed by the key that the evidence names.
    #[error("the checkpoint is not signed by the ledger's key")]
    Unsigned,
    /// A number is missing.
    #[error("entry number {n} of this resident is missing")]
    Gap {
        /// Which.
        n: u64,
    },
    /// An entry is not the one it claims to be, or is not opened.
    #[error("entry number {n} of this resident: {what}")]
    Entry {
        /// Which.
        n: u64,
        /// What is wrong with it.
        what: &'static str,
    },
}

/// An entry that was checked.
#[derive(Debug, Clone)]
pub struct Line {
    /// Its number among the resident's entries.
    pub n: u64,
    /// Where it stands in the ledger.
    pub position: u64,
    /// What kind of event.
    pub kind: Kind,
    /// All that was recorded.
    pub detail: Detail,
}

/// Evidence that holds.
#[derive(Debug)]
pub struct Checked {
    /// The ledger.
    pub key: VerifierKey,
    /// The checkpoint that it leads to.
    pub checkpoint: Checkpoint,
    /// The entries under the checkpoint, in their order, from the first of the document on without a gap.
    pub lines: Vec<Line>,
    /// How many entries are younger than the checkpoint: later evidence has to show them.
    pub younger: u64,
}

/// Checks that every entry is in the checkpoint's tree, is about this resident, was not altered, and none is missing
/// between the first and the last. That there is none behind the last only the tree itself can tell.
///
/// # Errors
/// The first thing that is wrong.
pub fn check(evidence: &Evidence) -> Result<Checked, Wrong> {
    let key = VerifierKey::parse(&evidence.key).ok().filter(|key| key.signs() == Signs::Checkpoints);
    let key = key.ok_or(Wrong::Form("the key"))?;
    let checkpoint = checkpoint::verify(key.name(), key.bytes(), evidence.checkpoint.as_bytes());
    let checkpoint = checkpoint.map_err(|_| Wrong::Unsigned)?;
    let mut tag_key = bytes(&evidence.tag_key).ok_or(Wrong::Form("the tag key"))?;
    let tag_key: Secret<32> = Secret::take(&mut tag_key).ok_or(Wrong::Form("the tag key"))?;
    let mut lines: Vec<Line> = Vec::new();
    let mut younger = 0;
    let mut expected = evidence.entries.first().map_or(1, |piece| piece.n);
    for piece in &evidence.entries {
        if piece.n != expected {
            return Err(Wrong::Gap { n: expected });
        }
        expected = expected.checked_add(1).ok_or(Wrong::Form("a number"))?;
        let line = opened(piece, &evidence.resident, &tag_key)?;
        let wrong = |what| Wrong::Entry { n: piece.n, what };
        if lines.last().is_some_and(|last| last.position >= piece.position) {
            return Err(wrong("stands before the one before it"));
        }
        match &piece.path {
            None if piece.position >= checkpoint.size => younger += 1,
            None => return Err(wrong("there is no proof of it")),
            Some(_) if younger > 0 => return Err(wrong("stands behind one that is younger than the checkpoint")),
            Some(path) => {
                proved(piece, path, &checkpoint)?;
                lines.push(line);
            }
        }
    }
    if expected <= evidence.counter {
        return Err(Wrong::Gap { n: expected });
    }
    Ok(Checked { key, checkpoint, lines, younger })
}

fn opened(piece: &Piece, resident: &str, tag_key: &Secret<32>) -> Result<Line, Wrong> {
    let wrong = |what| Wrong::Entry { n: piece.n, what };
    let bytes = |text: &Option<String>| text.as_deref().and_then(bytes).ok_or(wrong("it does not open"));
    let leaf =
        self::bytes(&piece.leaf).and_then(|leaf| Leaf::decode(&leaf).ok()).ok_or(wrong("its leaf does not read"))?;
    if leaf.tag != hash::hmac_sha256(tag_key, &piece.n.to_be_bytes()) {
        return Err(wrong("its leaf is another entry's"));
    }
    let (blind, detail) = (bytes(&piece.blind)?, bytes(&piece.detail)?);
    if blind.len() != 32 || detail_commitment(&[blind, detail.clone()].concat()) != leaf.detail {
        return Err(wrong("what it says is not what was recorded"));
    }
    let detail = Detail::decode(&detail).map_err(|_| wrong("what it says does not read"))?;
    if detail.n != piece.n || detail.resident.as_deref() != Some(resident) {
        return Err(wrong("it tells of another resident or number"));
    }
    if detail.at.div_euclid(3_600_000) != i64::from(leaf.hour) {
        return Err(wrong("its hour is not that of its leaf"));
    }
    Ok(Line { n: piece.n, position: piece.position, kind: leaf.kind, detail })
}

fn proved(piece: &Piece, path: &[String], checkpoint: &Checkpoint) -> Result<(), Wrong> {
    let wrong = |what| Wrong::Entry { n: piece.n, what };
    let leaf = bytes(&piece.leaf).ok_or(wrong("its leaf does not read"))?;
    let path: Result<Vec<_>, _> = path.iter().map(|line| proof::hash(line)).collect();
    let path = path.map_err(|_| wrong("its proof does not read"))?;
    proof::check(&path, piece.position, leaf_hash(&leaf), checkpoint)
        .map_err(|_| wrong("it is not in the tree that was signed"))
}

fn bytes(text: &str) -> Option<Vec<u8>> {
    STANDARD.decode(text).ok()
}
