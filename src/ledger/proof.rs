//! Proofs: that an entry is in the tree (C2SP tlog-proof), and that the tree only grew (RFC 6962 §2.1.2).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use tlog_tiles::tlog::{self, Hash};

use super::checkpoint::Checkpoint;
use super::{StoredTree, leaf_hash};
use crate::db::Tx;
use crate::fault::Fault;

/// The first line of a proof.
pub const FIRST: &str = "c2sp.org/tlog-proof@v1";
/// A tree of 2^63 leaves has no longer path.
const LONGEST: usize = 63;
/// The longest leaf, as base64, and then some.
const LONGEST_LINE: usize = 256;

/// A proof that an entry is in the tree of a checkpoint; it needs nothing else, and is checked offline.
#[derive(Debug, Clone, PartialEq)]
pub struct Inclusion {
    /// The entry's leaf.
    pub leaf: Vec<u8>,
    /// Where it stands.
    pub position: u64,
    /// The hashes beside its way to the root, from the leaf up.
    pub path: Vec<Hash>,
    /// The checkpoint, a signed note with whatever cosignatures there are.
    pub note: String,
}

/// What is not a proof, or does not prove it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotProved {
    /// It is not written like one.
    #[error("not written like a proof")]
    Form,
    /// The path does not lead from the leaf to the root.
    #[error("the path does not lead from the entry to the checkpoint's root")]
    Path,
}

impl Inclusion {
    /// Writes it (C2SP tlog-proof); the leaf goes along as extra data.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = format!("{FIRST}\nextra {}\nindex {}\n", STANDARD.encode(&self.leaf), self.position);
        for hash in &self.path {
            text.push_str(&line(hash));
            text.push('\n');
        }
        text.push('\n');
        text.push_str(&self.note);
        text
    }

    /// Reads one. Nothing is proved yet.
    ///
    /// # Errors
    /// When it is not written like one; one proof has one spelling.
    pub fn parse(text: &str) -> Result<Self, NotProved> {
        let (head, note) = text.split_once("\n\n").ok_or(NotProved::Form)?;
        let mut lines = head.split('\n');
        if lines.next() != Some(FIRST) || note.is_empty() {
            return Err(NotProved::Form);
        }
        let extra = lines.next().and_then(|line| line.strip_prefix("extra ")).ok_or(NotProved::Form)?;
        let leaf = bytes(extra)?;
        let index = lines.next().and_then(|line| line.strip_prefix("index ")).ok_or(NotProved::Form)?;
        let position: u64 = index.parse().map_err(|_| NotProved::Form)?;
        let path = lines.map(hash).collect::<Result<Vec<_>, _>>()?;
        let proof = Self { leaf, position, path, note: note.to_owned() };
        if proof.path.len() <= LONGEST && proof.text() == text { Ok(proof) } else { Err(NotProved::Form) }
    }

    /// Checks the path against a checkpoint whose signature was checked.
    ///
    /// # Errors
    /// When it does not lead there.
    pub fn check(&self, checkpoint: &Checkpoint) -> Result<(), NotProved> {
        check(&self.path, self.position, leaf_hash(&self.leaf), checkpoint)
    }
}

/// Checks that a leaf stands at a position of a checkpoint's tree.
///
/// # Errors
/// When the path does not lead there.
pub fn check(path: &[Hash], position: u64, leaf: Hash, checkpoint: &Checkpoint) -> Result<(), NotProved> {
    if position >= checkpoint.size {
        return Err(NotProved::Path);
    }
    let proof = path.to_vec();
    tlog::check_record(&proof, checkpoint.size, checkpoint.root, position, leaf).map_err(|_| NotProved::Path)
}

/// Checks that the tree of `later` begins with all of `earlier`.
///
/// # Errors
/// When it does not.
pub fn check_growth(path: &[Hash], earlier: &Checkpoint, later: &Checkpoint) -> Result<(), NotProved> {
    if earlier.size == 0 {
        return if path.is_empty() { Ok(()) } else { Err(NotProved::Path) };
    }
    if earlier.size == later.size {
        let same = path.is_empty() && earlier.root == later.root;
        return if same { Ok(()) } else { Err(NotProved::Path) };
    }
    if earlier.size > later.size {
        return Err(NotProved::Path);
    }
    let proof = path.to_vec();
    tlog::check_tree(&proof, later.size, later.root, earlier.size, earlier.root).map_err(|_| NotProved::Path)
}

/// A hash as it stands on a line of its own.
#[must_use]
pub fn line(hash: &Hash) -> String {
    STANDARD.encode(hash.0)
}

/// Reads a hash that stands on a line of its own.
///
/// # Errors
/// When it is not base64 of 32 bytes.
pub fn hash(line: &str) -> Result<Hash, NotProved> {
    bytes(line)?.try_into().map(Hash).map_err(|_| NotProved::Form)
}

fn bytes(line: &str) -> Result<Vec<u8>, NotProved> {
    if line.len() > LONGEST_LINE {
        return Err(NotProved::Form);
    }
    STANDARD.decode(line).map_err(|_| NotProved::Form)
}

/// The path of an entry to the root of the tree of `size` leaves, all of them under a checkpoint.
///
/// # Errors
/// When the database fails, or has lost a hash.
pub async fn inclusion(tx: &mut Tx, position: u64, size: u64) -> Result<Vec<Hash>, Fault> {
    inclusions(tx, &[position], size).await?.pop().ok_or(Fault::Internal("a proof vanished"))
}

/// The same for many entries, in their order.
///
/// # Errors
/// When the database fails, or has lost a hash.
pub async fn inclusions(tx: &mut Tx, positions: &[u64], size: u64) -> Result<Vec<Vec<Hash>>, Fault> {
    StoredTree::of(size).prove_entries(tx, positions).await
}

/// The path that shows that the tree of `later` leaves begins with that of `earlier`, all of them under a checkpoint.
/// Empty when `earlier` is none or the same.
///
/// # Errors
/// When the database fails, or has lost a hash.
pub async fn growth(tx: &mut Tx, earlier: u64, later: u64) -> Result<Vec<Hash>, Fault> {
    if earlier == 0 || earlier == later {
        return Ok(Vec::new());
    }
    StoredTree::of(later).prove_growth(tx, earlier).await
}
