//! What an auditor keeps: the ledger's key, every checkpoint ever seen, and how far the tree was built. A folder of plain
//! files, so that it can be copied, printed, and carried to court.

use std::fs::{self, OpenOptions};
use std::io;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use tlog_tiles::tlog::Hash;

use super::Stopped;
use super::rebuild::Range;
use crate::fault::Fault;
use crate::ledger::checkpoint::Checkpoint;
use crate::ledger::verifier_key::{Signs, VerifierKey};
use crate::ledger::{kept, proof};

const KEY: &str = "ledger.key";
const SEEN: &str = "checkpoints";
const EDGE: &str = "edge";

/// The folder.
#[derive(Debug, Clone)]
pub struct Memory {
    folder: PathBuf,
}

/// A checkpoint that was seen, and its signed note.
#[derive(Debug, Clone)]
pub struct Seen {
    /// Size and root.
    pub checkpoint: Checkpoint,
    /// The signed note: what proves it to others.
    pub note: String,
}

impl Memory {
    /// The memory in this folder, which is made if it is not there.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn open(folder: &Path) -> Result<Self, Stopped> {
        fs::create_dir_all(folder).map_err(failed)?;
        Ok(Self { folder: folder.to_owned() })
    }

    /// The ledger's key, once it is kept.
    ///
    /// # Errors
    /// When it does not read.
    pub fn key(&self) -> Result<Option<VerifierKey>, Stopped> {
        self.read(KEY)?.map(|text| key(text.trim())).transpose()
    }

    /// Keeps the ledger's key.
    ///
    /// # Errors
    /// When it cannot be made durable.
    pub fn keep_key(&self, key: &VerifierKey) -> Result<(), Stopped> {
        kept::replace(&self.folder.join(KEY), &format!("{key}\n")).map_err(failed)
    }

    /// Every checkpoint ever seen, in the order in which they were.
    ///
    /// # Errors
    /// When one does not read.
    pub fn seen(&self) -> Result<Vec<Seen>, Stopped> {
        let Some(text) = self.read(SEEN)? else { return Ok(Vec::new()) };
        // A line without its end was being written when the power went.
        let whole = text.rsplit_once('\n').map_or("", |(whole, _)| whole);
        let line = |line: &str| {
            let mut parts = line.split(' ');
            let size = parts.next()?.parse().ok()?;
            let root = proof::hash(parts.next()?).ok()?;
            let note = String::from_utf8(STANDARD.decode(parts.next()?).ok()?).ok()?;
            Some(Seen { checkpoint: Checkpoint { size, root }, note })
        };
        let bad = || Stopped::Given(format!("{} does not read", self.folder.join(SEEN).display()));
        whole.lines().map(|text| line(text).ok_or_else(bad)).collect()
    }

    /// Adds a checkpoint, for ever.
    ///
    /// # Errors
    /// When it cannot be made durable.
    pub fn add(&self, checkpoint: &Checkpoint, note: &str) -> Result<(), Stopped> {
        let line = format!("{} {} {}\n", checkpoint.size, proof::line(&checkpoint.root), STANDARD.encode(note));
        let path = self.folder.join(SEEN);
        let file =
            OpenOptions::new().create(true).truncate(false).read(true).write(true).open(&path).map_err(failed)?;
        // A line without its end was being written when the power went: it goes.
        let whole = self.read(SEEN)?.map_or(0, |text| text.rfind('\n').map_or(0, |end| end + 1));
        let at = u64::try_from(whole).unwrap_or(u64::MAX);
        file.set_len(at).and_then(|()| file.write_all_at(line.as_bytes(), at)).map_err(failed)?;
        file.sync_all().map_err(failed)
    }

    /// How far the tree was built, and the last hour that was seen in it.
    ///
    /// # Errors
    /// When it does not read.
    pub fn edge(&self) -> Result<Option<(Range, u32)>, Stopped> {
        let Some(text) = self.read(EDGE)? else { return Ok(None) };
        let mut lines = text.lines();
        let parse = || {
            let (size, hour) = lines.next()?.split_once(' ')?;
            let hashes: Vec<Hash> = lines.map(proof::hash).collect::<Result<_, _>>().ok()?;
            Some((Range::of(size.parse().ok()?, hashes)?, hour.parse().ok()?))
        };
        parse().map(Some).ok_or_else(|| Stopped::Given(format!("{} does not read", self.folder.join(EDGE).display())))
    }

    /// Keeps how far the tree was built.
    ///
    /// # Errors
    /// When it cannot be made durable.
    pub fn keep_edge(&self, range: &Range, hour: u32) -> Result<(), Stopped> {
        let hashes: String = range.hashes().iter().map(|hash| proof::line(hash) + "\n").collect();
        kept::replace(&self.folder.join(EDGE), &format!("{} {hour}\n{hashes}", range.size())).map_err(failed)
    }

    /// Puts a checkpoint aside that does not fit what was seen: with it anybody can prove what was found.
    ///
    /// # Errors
    /// When it cannot be made durable.
    pub fn put_aside(&self, checkpoint: &Checkpoint, note: &str) -> Result<PathBuf, Stopped> {
        let path =
            self.folder.join(format!("contradiction-{}-{}.note", checkpoint.size, hex::encode(checkpoint.root.0)));
        kept::replace(&path, note).map_err(failed)?;
        Ok(path)
    }

    fn read(&self, name: &str) -> Result<Option<String>, Stopped> {
        match fs::read_to_string(self.folder.join(name)) {
            Ok(text) => Ok(Some(text)),
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(cause) => Err(failed(cause)),
        }
    }
}

/// Reads the key of a ledger.
///
/// # Errors
/// When it is none.
pub fn key(text: &str) -> Result<VerifierKey, Stopped> {
    let key = VerifierKey::parse(text).ok().filter(|key| key.signs() == Signs::Checkpoints);
    key.ok_or_else(|| Stopped::Given("not the key of a ledger (name+id+base64)".to_owned()))
}

fn failed(cause: io::Error) -> Stopped {
    Stopped::Fault(Fault::File("the auditor's memory", cause))
}
