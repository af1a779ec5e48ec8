//! What a witness remembers of each log: the checkpoint that it cosigned last.
//!
//! A folder with `witness.key`, `memory` (that there is one: a witness without its memory would cosign a second tree),
//! a checkpoint for each log, and the evidence against logs that showed two trees. One process at a time uses it; in
//! that, one request at a time compares and writes.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use signed_note::Note;
use tlog_tiles::tlog::EMPTY_HASH;

use super::{Refusal, request};
use crate::crypto::hash;
use crate::fault::Fault;
use crate::ledger::checkpoint::Checkpoint;
use crate::ledger::kept;

/// The file that says that there is a memory.
const MARK: &str = "memory";
/// What it says.
const MARKED: &str = "This folder is the memory of a witness. Never copy it back from a backup, and never run the same \
                      key with another folder: make a new key instead.\n";
/// So much evidence is kept; whoever has the log's key could fill the disk otherwise.
const MOST_EVIDENCE: usize = 100;

/// The memory, held by this process alone.
#[derive(Debug)]
pub struct Memory {
    folder: PathBuf,
    turn: Mutex<()>,
    /// Set when it is not known any more what is on the disk: nothing is cosigned until somebody has looked.
    failed: AtomicBool,
    _lock: File,
}

/// What was cosigned last.
#[derive(Debug, Clone, PartialEq)]
pub struct Seen {
    /// Size and root.
    pub checkpoint: Checkpoint,
    /// The signed note, with the log's signatures and the witness's.
    pub note: String,
}

impl Memory {
    /// Makes the folder of a new witness.
    ///
    /// # Errors
    /// When one is there already, or it cannot be made.
    pub fn make(folder: &Path) -> Result<(), Fault> {
        let failed = |cause| Fault::File("the witness's folder cannot be made", cause);
        fs::DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(failed)?;
        kept::create(&folder.join(MARK), MARKED).map_err(failed)
    }

    /// Opens it, and keeps every other process out for as long as it lives.
    ///
    /// # Errors
    /// When there is none, or another process uses it.
    pub fn open(folder: &Path) -> Result<Self, Fault> {
        let no_memory = "no memory of a witness here: a key without its memory must not cosign again, make a new key";
        if !folder.join(MARK).is_file() {
            return Err(Fault::Key(no_memory));
        }
        let lock = OpenOptions::new().create(true).truncate(false).write(true).mode(0o600).open(folder.join("lock"));
        let lock = lock.map_err(|cause| Fault::File("the witness's lock", cause))?;
        lock.try_lock().map_err(|_| Fault::Key("another process is this witness already"))?;
        Ok(Self { folder: folder.to_owned(), turn: Mutex::new(()), failed: AtomicBool::new(false), _lock: lock })
    }

    /// What was cosigned last of a log.
    ///
    /// # Errors
    /// When it does not read.
    pub fn last(&self, origin: &str) -> Result<Option<Seen>, Fault> {
        let note = match fs::read_to_string(self.place(origin)) {
            Ok(note) => note,
            Err(cause) if cause.kind() == ErrorKind::NotFound => return Ok(None),
            Err(cause) => return Err(Fault::File("the witness's memory", cause)),
        };
        let unreadable = Fault::Stored("the witness's memory of a log");
        let text = Note::from_bytes(note.as_bytes()).ok();
        match text.and_then(|text| request::read(text.text())).filter(|(of, _)| of == origin) {
            Some((_, checkpoint)) => Ok(Some(Seen { checkpoint, note })),
            None => Err(unreadable),
        }
    }

    /// Judges a checkpoint by what was cosigned last, and keeps the note that the judge gives; then what else he gives.
    /// Nobody else does so meanwhile, and what this returned from is on the disk.
    ///
    /// # Errors
    /// What the judge says, or when it could not be kept.
    pub fn advance<T>(
        &self, origin: &str, judge: impl FnOnce(&Checkpoint) -> Result<(String, T), Refusal>,
    ) -> Result<T, Refusal> {
        let Ok(_turn) = self.turn.lock() else { return Err(stopped()) };
        if self.failed.load(Ordering::SeqCst) {
            return Err(stopped());
        }
        let last = self.last(origin)?.map(|seen| seen.checkpoint);
        let (note, given) = judge(&last.unwrap_or(Checkpoint { size: 0, root: EMPTY_HASH }))?;
        kept::replace(&self.place(origin), &note).map_err(|cause| {
            self.failed.store(true, Ordering::SeqCst);
            Refusal::Fault(Fault::File("the witness's memory", cause))
        })?;
        Ok(given)
    }

    /// Keeps a checkpoint that its log signed and that contradicts another: whoever doubts the log will want both.
    pub fn keep_evidence(&self, origin: &str, checkpoint: &Checkpoint, note: &str) {
        let keep = || -> io::Result<()> {
            let folder = self.folder.join("evidence");
            fs::DirBuilder::new().recursive(true).mode(0o700).create(&folder)?;
            if fs::read_dir(&folder)?.count() >= MOST_EVIDENCE {
                return Ok(());
            }
            let name = format!("{}-{}-{}", name(origin), checkpoint.size, hex::encode(checkpoint.root.0));
            match kept::create(&folder.join(name), note) {
                Err(cause) if cause.kind() == ErrorKind::AlreadyExists => Ok(()),
                kept => kept,
            }
        };
        if let Err(cause) = keep() {
            tracing::error!(%cause, "evidence could not be kept");
        }
    }

    fn place(&self, origin: &str) -> PathBuf {
        self.folder.join(name(origin)).with_extension("checkpoint")
    }
}

/// A log's name in addresses and file names: the SHA-256 of its origin.
#[must_use]
pub fn name(origin: &str) -> String {
    hex::encode(hash::sha256(origin.as_bytes()))
}

fn stopped() -> Refusal {
    Refusal::Fault(Fault::Internal("the witness's memory could not be written before: it cosigns nothing any more"))
}
