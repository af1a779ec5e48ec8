//! Custody's own memory of whose data keys were destroyed: a file apart from the database, one id on each line.
//!
//! Written and synced before the database is told. If we crash in between, the next sweep destroys the key; and should
//! an older database be put back, what was erased since is known, and is not opened again.

use std::collections::HashSet;
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::sync::PoisonError;

use super::{Custody, store};
use crate::db::Tx;
use crate::fault::Fault;
use crate::ids::ResidentId;

const FILE: &str = "destroyed.list";

/// Whose keys were destroyed, as far as the file in this folder knows.
pub(super) fn read(folder: &Path) -> Result<HashSet<ResidentId>, Fault> {
    let text = match fs::read_to_string(folder.join(FILE)) {
        Ok(text) => text,
        Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => return Ok(HashSet::new()),
        Err(cause) => return Err(failed(cause)),
    };
    // A line that a crash cut short was never acknowledged: the erasure is still due.
    Ok(text.lines().filter_map(|line| ResidentId::parse(line).ok()).collect())
}

fn failed(cause: std::io::Error) -> Fault {
    Fault::File("custody's memory of destroyed keys", cause)
}

/// Destroys a resident's data key, in the transaction of her erasure. From now on it is opened no more, even if the
/// transaction comes to nothing: then it is destroyed once more. `false`: there was none.
///
/// # Errors
/// When the memory of it cannot be made durable, or the database fails.
pub async fn destroy_data_key(tx: &mut Tx, custody: &Custody, resident: &ResidentId) -> Result<bool, Fault> {
    custody.remember_destroyed(resident)?;
    store::destroy_data_key(tx, resident).await
}

/// Destroys the log key of a resident whose data key is gone.
///
/// # Errors
/// When the database fails.
pub async fn destroy_log_key(tx: &mut Tx, resident: &ResidentId) -> Result<(), Fault> {
    store::destroy_log_key(tx, resident).await
}

impl Custody {
    /// Whether the data key of this resident was destroyed.
    #[must_use]
    pub fn is_destroyed(&self, resident: &ResidentId) -> bool {
        self.destroyed.read().unwrap_or_else(PoisonError::into_inner).contains(resident)
    }

    /// Refuses a key that was destroyed, should the database have it again.
    pub(super) fn not_destroyed(&self, resident: &ResidentId) -> Result<(), Fault> {
        if self.is_destroyed(resident) {
            return Err(Fault::Key("a key that was destroyed has come back: the database was put back"));
        }
        Ok(())
    }

    /// Whose data keys were destroyed.
    #[must_use]
    pub fn destroyed(&self) -> Vec<ResidentId> {
        self.destroyed.read().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }

    fn remember_destroyed(&self, resident: &ResidentId) -> Result<(), Fault> {
        let mut known = self.destroyed.write().unwrap_or_else(PoisonError::into_inner);
        if known.contains(resident) {
            return Ok(());
        }
        let path = self.folder().join(FILE);
        let mut file = OpenOptions::new().create(true).append(true).mode(0o600).open(path).map_err(failed)?;
        // A newline first, too: what a crash cut short must not run into this line.
        file.write_all(format!("\n{resident}\n").as_bytes()).and_then(|()| file.sync_all()).map_err(failed)?;
        fs::File::open(self.folder()).and_then(|folder| folder.sync_all()).map_err(failed)?;
        known.insert(resident.clone());
        Ok(())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn what_was_destroyed_is_known_after_a_restart_and_a_cut_line_is_not_believed() {
        let folder = tempfile::tempdir().unwrap();
        let alice = ResidentId::from_bytes([1; 16]);
        let bob = ResidentId::from_bytes([2; 16]);
        Custody::open(folder.path()).unwrap().remember_destroyed(&alice).unwrap();
        let path = folder.path().join(FILE);
        let cut = fs::read_to_string(&path).unwrap() + "\n02020202";
        fs::write(&path, cut).unwrap();
        let custody = Custody::open(folder.path()).unwrap();
        assert!(custody.is_destroyed(&alice) && !custody.is_destroyed(&bob));
        custody.remember_destroyed(&bob).unwrap();
        let again = Custody::open(folder.path()).unwrap();
        assert!(again.is_destroyed(&alice) && again.is_destroyed(&bob));
        assert_eq!(again.destroyed().len(), 2);
    }
}
