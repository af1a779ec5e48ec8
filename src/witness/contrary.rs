//! What a witness keeps of checkpoints that it did not cosign.
//!
//! 1. `evidence/`: two roots of one size, both signed by the log. Nobody but the holder of the log's key can make them, so
//!    there is room for some of each log, and what is there stays.
//! 2. `unproved/`: signed by the log, but nobody showed that they grew out of what was cosigned. Anybody can send one of the
//!    log's good checkpoints with a bad proof, so this says little: the last few of each log are kept, none of them for
//!    long, and no evidence has to make room for them.

use std::fs::{self, DirEntry, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use super::memory::{Seen, name};
use crate::ledger::checkpoint::Checkpoint;
use crate::ledger::kept;

/// So many notes of one log are evidence enough; whoever has its key could fill the disk otherwise.
const MOST_FORKS: usize = 100;
/// So many without a proof are kept of one log, the last ones.
const MOST_UNPROVED: usize = 20;

/// Keeps both of two checkpoints of one size.
pub fn keep_fork(home: &Path, origin: &str, cosigned: &Seen, checkpoint: &Checkpoint, note: &str) {
    let keep = || -> io::Result<()> {
        let folder = folder(home, "evidence")?;
        for (checkpoint, note) in [(&cosigned.checkpoint, cosigned.note.as_str()), (checkpoint, note)] {
            let path = place(&folder, origin, checkpoint);
            if !path.exists() && of_log(&folder, origin)?.len() < MOST_FORKS {
                kept::create(&path, note)?;
            }
        }
        Ok(())
    };
    if let Err(cause) = keep() {
        tracing::error!(%cause, "evidence could not be kept");
    }
}

/// Keeps a checkpoint that came without a proof, in the place of the oldest such one. Not synced: it is no evidence yet, and
/// anybody may send one.
pub fn keep_unproved(home: &Path, origin: &str, checkpoint: &Checkpoint, note: &str) {
    let keep = || -> io::Result<()> {
        let folder = folder(home, "unproved")?;
        let path = place(&folder, origin, checkpoint);
        let mut file = match OpenOptions::new().create_new(true).write(true).mode(0o600).open(path) {
            Err(cause) if cause.kind() == ErrorKind::AlreadyExists => return Ok(()),
            file => file?,
        };
        file.write_all(note.as_bytes())?;
        let mut all = of_log(&folder, origin)?;
        all.sort_by_key(|(written, _)| *written);
        let too_many = all.len().saturating_sub(MOST_UNPROVED);
        all.iter().take(too_many).try_for_each(|(_, oldest)| fs::remove_file(oldest.path()))
    };
    if let Err(cause) = keep() {
        tracing::error!(%cause, "a checkpoint without a proof could not be kept");
    }
}

fn folder(home: &Path, name: &str) -> io::Result<PathBuf> {
    let folder = home.join(name);
    fs::DirBuilder::new().recursive(true).mode(0o700).create(&folder)?;
    Ok(folder)
}

fn place(folder: &Path, origin: &str, checkpoint: &Checkpoint) -> PathBuf {
    folder.join(format!("{}-{}-{}", name(origin), checkpoint.size, hex::encode(checkpoint.root.0)))
}

/// What is kept of a log, and since when: seconds and nanoseconds.
fn of_log(folder: &Path, origin: &str) -> io::Result<Vec<((i64, i64), DirEntry)>> {
    let begins = format!("{}-", name(origin));
    let mut all = Vec::new();
    for file in fs::read_dir(folder)? {
        let file = file?;
        if file.file_name().to_str().is_some_and(|name| name.starts_with(&begins)) {
            let written = file.metadata()?;
            all.push(((written.mtime(), written.mtime_nsec()), file));
        }
    }
    Ok(all)
}
