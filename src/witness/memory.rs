//! What a witness remembers of each log: the checkpoint that it cosigned last.
//!
//! A folder with `witness.key`, a checkpoint for each log, and `memory`, which lists the logs that have one: a witness that
//! lost what it remembers, all of it or of one log, would cosign a second tree. One process at a time uses it; in that, one
//! request at a time compares and writes. Beside it lies what was not cosigned ([`contrary`](super::contrary)).

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard};

use signed_note::Note;

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
/// How a line begins that lists a log, by its name.
const LISTED: &str = "log ";
/// How the file of a log's checkpoint ends.
const ENDING: &str = "checkpoint";

/// The memory, held by this process alone.
#[derive(Debug)]
pub struct Memory {
    folder: PathBuf,
    turn: Mutex<State>,
    _lock: File,
}

#[derive(Debug, Default)]
struct State {
    /// What was cosigned last of each log that was asked for, by the log's name; all of it is on the disk.
    seen: BTreeMap<String, Seen>,
    /// The names of the logs that `memory` lists.
    listed: BTreeSet<String>,
    /// Set when it is not known any more what is on the disk: nothing is cosigned until somebody has looked.
    failed: bool,
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
    /// When there is none, a part of it is gone, or another process uses it.
    pub fn open(folder: &Path) -> Result<Self, Fault> {
        let no_memory = "no memory of a witness here: a key without its memory must not cosign again, make a new key";
        let failed = |cause| Fault::File("the witness's memory", cause);
        if !folder.join(MARK).is_file() {
            return Err(Fault::Key(no_memory));
        }
        let lock = OpenOptions::new().create(true).truncate(false).write(true).mode(0o600).open(folder.join("lock"));
        let lock = lock.map_err(|cause| Fault::File("the witness's lock", cause))?;
        lock.try_lock().map_err(|_| Fault::Key("another process is this witness already"))?;
        let text = fs::read_to_string(folder.join(MARK)).map_err(failed)?;
        let listed: BTreeSet<String> =
            text.lines().filter_map(|line| line.strip_prefix(LISTED)).map(str::to_owned).collect();
        if listed.iter().any(|name| !file(folder, name).is_file()) {
            return Err(Fault::Key("what this witness saw of a log is gone: it must not cosign again, make a new key"));
        }
        let turn = Mutex::new(State { listed, ..State::default() });
        Ok(Self { folder: folder.to_owned(), turn, _lock: lock })
    }

    /// Its folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// What was cosigned last of a log.
    ///
    /// # Errors
    /// When it does not read, or is gone.
    pub fn last(&self, origin: &str) -> Result<Option<Seen>, Fault> {
        let mut state = self.turn()?;
        self.seen(&mut state, origin).map(|seen| seen.cloned())
    }

    fn turn(&self) -> Result<MutexGuard<'_, State>, Fault> {
        let stopped = "the witness's memory could not be written before: it cosigns nothing any more";
        self.turn.lock().ok().filter(|state| !state.failed).ok_or(Fault::Internal(stopped))
    }

    fn seen<'a>(&self, state: &'a mut State, origin: &str) -> Result<Option<&'a Seen>, Fault> {
        let name = name(origin);
        if !state.seen.contains_key(&name)
            && let Some(seen) = self.read(origin, state.listed.contains(&name))?
        {
            state.seen.insert(name.clone(), seen);
        }
        Ok(state.seen.get(&name))
    }

    fn read(&self, origin: &str, is_listed: bool) -> Result<Option<Seen>, Fault> {
        let note = match fs::read_to_string(file(&self.folder, &name(origin))) {
            Ok(note) => note,
            Err(cause) if cause.kind() == ErrorKind::NotFound && !is_listed => return Ok(None),
            Err(cause) => return Err(Fault::File("the witness's memory", cause)),
        };
        let unreadable = Fault::Stored("the witness's memory of a log");
        let text = Note::from_bytes(note.as_bytes()).ok();
        match text.and_then(|text| request::read(text.text())).filter(|(of, _)| of == origin) {
            Some((_, checkpoint)) => Ok(Some(Seen { checkpoint, note })),
            None => Err(unreadable),
        }
    }

    /// Judges a checkpoint by what was cosigned last, and keeps what the judge gives; then what else he gives. Nobody else does
    /// so meanwhile, and what this returned from is on the disk: the newest signature under a checkpoint that is there
    /// already is not, so that whoever sends one again and again wears out no disk.
    ///
    /// # Errors
    /// What the judge says, or when it could not be kept.
    pub fn advance<T>(
        &self, origin: &str, judge: impl FnOnce(Option<&Seen>) -> Result<(Seen, T), Refusal>,
    ) -> Result<T, Refusal> {
        let mut state = self.turn()?;
        let last = self.seen(&mut state, origin)?;
        let (seen, given) = judge(last)?;
        let is_there = last.is_some_and(|last| last.checkpoint == seen.checkpoint);
        let name = name(origin);
        if (!is_there || !state.listed.contains(&name))
            && let Err(cause) = self.write(&mut state, &name, &seen.note)
        {
            state.failed = true;
            return Err(Fault::File("the witness's memory", cause).into());
        }
        state.seen.insert(name, seen);
        Ok(given)
    }

    /// First what was seen, then that something was: if we crash in between, the next request lists it.
    fn write(&self, state: &mut State, name: &str, note: &str) -> io::Result<()> {
        kept::replace(&file(&self.folder, name), note)?;
        if state.listed.insert(name.to_owned()) {
            let lines: String = state.listed.iter().map(|name| format!("{LISTED}{name}\n")).collect();
            kept::replace(&self.folder.join(MARK), &format!("{MARKED}{lines}"))?;
        }
        Ok(())
    }
}

fn file(folder: &Path, name: &str) -> PathBuf {
    folder.join(name).with_extension(ENDING)
}

/// A log's name in addresses and file names: the SHA-256 of its origin.
#[must_use]
pub fn name(origin: &str) -> String {
    hex::encode(hash::sha256(origin.as_bytes()))
}
