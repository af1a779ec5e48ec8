//! The checkpointer: hashes behind the log what was committed, and signs a checkpoint when it grew.
//!
//! 1. Read the right edge of the tree and the leaves that are new.
//! 2. Hash them, and prove that the new tree only adds to the last one that was signed.
//! 3. Custody checks that proof against its own memory of what it last signed, and signs.
//! 4. Store hashes and checkpoint in one transaction.
//!
//! If we crash between 3 and 4, the next run signs the same or a larger tree: what was signed only ever grows.

use std::fs::{self, File, OpenOptions};
use std::os::unix::fs::OpenOptionsExt;
use std::path::PathBuf;
use std::time::Duration;

use signed_note::Signer;
use tlog_tiles::tlog::{self, Hash, TreeProof};

use super::{Custody, store as keys};
use crate::clock::{Clock, Timestamp};
use crate::db::{Db, Tx};
use crate::fault::Fault;
use crate::ledger::checkpoint::{self, Checkpoint};
use crate::ledger::{self, StoredTree, kept, leaf_hash};

/// Leaves hashed at a time.
const BATCH: u32 = 4_096;

/// Hashes and signs until nothing is left to sign; the last checkpoint there is.
///
/// # Errors
/// When the database fails, or the ledger contradicts what was signed before.
pub async fn catch_up(db: &Db, custody: &Custody, now: Timestamp) -> Result<Option<Checkpoint>, Fault> {
    loop {
        // Held until the checkpoint is stored, so that a command beside the running server waits for its turn.
        let memory = Memory::hold(custody).await?;
        let mut tx = db.read().await?;
        let last = stored(&mut tx, custody).await?;
        let from = last.as_ref().map_or(0, |(checkpoint, _)| checkpoint.size);
        let leaves = ledger::entries_from(&mut tx, from, BATCH).await?;
        // A row that was taken out, or put behind the head: what was never committed in this order is never signed.
        let head = ledger::size(&mut tx).await?;
        let is_next = |(at, entry): (u64, &ledger::Stored)| entry.position.cast_unsigned() == at && at < head;
        if !(from..).zip(&leaves).all(is_next) {
            return Err(Fault::Ledger("an entry is missing or stands behind the head; nothing is signed"));
        }
        if leaves.is_empty() {
            let Some((checkpoint, tree)) = last else { return Ok(None) };
            goes_on(&mut tx, memory.last()?, &checkpoint, tree).await?;
            return Ok(Some(checkpoint));
        }
        let mut tree = last.map(|(_, tree)| tree).unwrap_or_default();
        let mut hashes = Vec::new();
        for entry in &leaves {
            hashes.extend(tree.push(leaf_hash(&entry.leaf))?);
        }
        let checkpoint = Checkpoint { size: tree.size(), root: tree.root()? };
        let proof = match memory.last()? {
            Some(signed) if signed.size > 0 && signed.size <= checkpoint.size => {
                Some(tree.prove_growth(&mut tx, signed.size).await?)
            }
            _ => None,
        };
        drop(tx);
        let note = custody.sign_growth(&memory, &checkpoint, proof.as_ref())?;
        let mut tx = db.begin().await?;
        ledger::insert_hashes(&mut tx, tlog::stored_hash_count(from), &hashes).await?;
        ledger::insert_checkpoint(&mut tx, checkpoint.size, &checkpoint.root, &note, now).await?;
        tx.commit().await?;
    }
}

/// The last checkpoint that is stored, and the tree it is of: signed with custody's key, over these very hashes.
async fn stored(tx: &mut Tx, custody: &Custody) -> Result<Option<(Checkpoint, StoredTree)>, Fault> {
    let Some((size, root, note)) = ledger::last_checkpoint(tx).await? else { return Ok(None) };
    let checkpoint = checkpoint::verify(custody.origin(), custody.ledger_public_key(), note.as_bytes());
    let checkpoint = checkpoint.ok().filter(|signed| signed.size == size.cast_unsigned() && signed.root.0 == *root);
    let checkpoint = checkpoint.ok_or(Fault::Ledger("the last checkpoint that is stored was not signed here"))?;
    let tree = StoredTree::edge(tx, checkpoint.size).await?;
    if tree.root()? != checkpoint.root {
        return Err(Fault::Ledger("the hashes of the tree are not those of its last checkpoint"));
    }
    Ok(Some((checkpoint, tree)))
}

/// Whether a tree with nothing behind it is the one that was signed last, or goes on from it. Without a memory of that the
/// signature has to do.
async fn goes_on(
    tx: &mut Tx, signed: Option<Checkpoint>, stored: &Checkpoint, mut tree: StoredTree,
) -> Result<(), Fault> {
    let Some(signed) = signed.filter(|signed| signed.size > 0 && signed != stored) else { return Ok(()) };
    let contradicts = Fault::Ledger("the stored tree is not the one that was signed last");
    if signed.size >= stored.size {
        return Err(contradicts);
    }
    let proof = tree.prove_growth(tx, signed.size).await?;
    tlog::check_tree(&proof, stored.size, stored.root, signed.size, signed.root).map_err(|_| contradicts)
}

/// Signs what is new, and remembers when that could not be because the ledger contradicts what was signed.
///
/// # Errors
/// As [`catch_up`].
pub async fn round(db: &Db, custody: &Custody, now: Timestamp) -> Result<(), Fault> {
    let signed = catch_up(db, custody, now).await;
    match &signed {
        Ok(_) => custody.contradicted(None),
        Err(Fault::Ledger(_) | Fault::Stored(_)) => custody.contradicted(Some(now)),
        // It passes, or keeps entries waiting, which is told apart from this.
        Err(_) => {}
    }
    signed.map(|_| ())
}

/// Signs at most once a second, for ever.
pub async fn run(db: Db, custody: std::sync::Arc<Custody>, clock: Clock) {
    loop {
        tokio::time::sleep(Duration::from_secs(1)).await;
        if let Err(fault) = round(&db, &custody, clock.now()).await {
            tracing::error!(%fault, "no checkpoint was signed");
        }
    }
}

/// Refuses a database of another installation, or one that was put back to before what was signed.
///
/// # Errors
/// [`Fault::Key`] or [`Fault::Ledger`], which say so; nothing may be served then.
pub async fn check_at_start(db: &Db, custody: &Custody, now: Timestamp) -> Result<(), Fault> {
    let mut tx = db.begin().await?;
    let installation = keys::installation(&mut tx, custody.installation(), now.seconds()).await?;
    tx.commit().await?;
    if installation != custody.installation() {
        return Err(Fault::Key("these keys belong to another installation than this database"));
    }
    let Some(signed) = custody.last_signed().await? else { return Ok(()) };
    let mut tx = db.read().await?;
    if ledger::size(&mut tx).await? < signed.size {
        return Err(Fault::Ledger("the database is behind the last signed checkpoint: it was put back or cut"));
    }
    drop(tx);
    // Whatever is behind the stored tree is hashed, and all of it compared with custody's memory on the way.
    catch_up(db, custody, now).await.map(|_| ())
}

impl Custody {
    /// What was signed last, by custody's own memory.
    ///
    /// # Errors
    /// When that memory cannot be read.
    pub async fn last_signed(&self) -> Result<Option<Checkpoint>, Fault> {
        Memory::hold(self).await?.last()
    }

    /// Signs a checkpoint that extends the last one signed.
    fn sign_growth(
        &self, memory: &Memory, checkpoint: &Checkpoint, proof: Option<&TreeProof>,
    ) -> Result<String, Fault> {
        if let Some(last) = memory.last()?.filter(|last| last.size > 0) {
            let grew = match proof {
                Some(proof) => tlog::check_tree(proof, checkpoint.size, checkpoint.root, last.size, last.root).is_ok(),
                None => false,
            };
            if !grew {
                return Err(Fault::Ledger("the tree contradicts the last signed checkpoint; nothing is signed"));
            }
        }
        let note = checkpoint::sign(self.origin(), checkpoint, self)?;
        memory.remember(checkpoint)?;
        Ok(note)
    }
}

impl Signer for Custody {
    fn name(&self) -> &str {
        self.origin()
    }

    fn key_id(&self) -> u32 {
        checkpoint::key_id(self.origin(), self.ledger_public_key())
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, ed25519_dalek::SignatureError> {
        Ok(self.ledger.sign(message).as_ref().to_vec())
    }
}

/// Custody's own memory of what it last signed: a file apart from the database, locked while it is used, so that
/// the command line beside a running server cannot sign another tree.
struct Memory {
    path: PathBuf,
    _lock: File,
}

impl Memory {
    async fn hold(custody: &Custody) -> Result<Self, Fault> {
        let failed = |cause| Fault::File("custody's memory of checkpoints", cause);
        let path = custody.folder().join("checkpoint.last");
        let lock = path.with_extension("lock");
        // Waiting for a file lock blocks a thread: not one that others' requests run on.
        let wait = move || {
            let file = OpenOptions::new().create(true).truncate(false).write(true).mode(0o600).open(lock)?;
            file.lock().map(|()| file)
        };
        let lock = tokio::task::spawn_blocking(wait).await.map_err(|_| Fault::Internal("a lock was not waited for"))?;
        Ok(Self { path, _lock: lock.map_err(failed)? })
    }

    fn last(&self) -> Result<Option<Checkpoint>, Fault> {
        let text = match fs::read_to_string(&self.path) {
            Ok(text) => text,
            Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(cause) => return Err(Fault::File("custody's memory of checkpoints", cause)),
        };
        let unreadable = Fault::Ledger("custody's memory of checkpoints does not read");
        let read = || {
            let (size, root) = text.trim().split_once(' ')?;
            let root: [u8; 32] = hex::decode(root).ok()?.try_into().ok()?;
            Some(Checkpoint { size: size.parse().ok()?, root: Hash(root) })
        };
        read().map(Some).ok_or(unreadable)
    }

    fn remember(&self, checkpoint: &Checkpoint) -> Result<(), Fault> {
        let line = format!("{} {}\n", checkpoint.size, hex::encode(checkpoint.root.0));
        kept::replace(&self.path, &line).map_err(|cause| Fault::File("custody's memory of checkpoints", cause))
    }
}
