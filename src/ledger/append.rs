//! Entering: hold the head, append, commit, and only then is anything logged.

use super::store;
use crate::db::Tx;
use crate::fault::Fault;
use crate::ids::ResidentId;

/// An entry as custody made it, ready to be stored.
#[derive(Debug)]
pub struct Prepared {
    /// Whose entry.
    pub resident: Option<ResidentId>,
    /// The encoded leaf.
    pub leaf: Vec<u8>,
    /// The leaf's tag, by which the resident finds her entries.
    pub tag: [u8; 32],
    /// blind ‖ detail, sealed.
    pub detail: Vec<u8>,
    /// blind ‖ review, sealed.
    pub review: Vec<u8>,
}

/// The head of the ledger, held until the transaction ends: whoever holds it decides in the order of the log.
///
/// Everything that changes a basis, and every read, holds the head; so "after" has one meaning on all nodes.
#[must_use = "a head is held for a reason"]
#[derive(Debug)]
pub struct Head {
    start: u64,
    next: u64,
}

/// An entry written but not yet committed: no proof of anything.
#[must_use = "an entry counts only once it is committed"]
#[derive(Debug)]
pub struct Pending {
    position: u64,
    resident: Option<ResidentId>,
}

/// A commit that made entries durable.
#[derive(Debug)]
pub struct Committed {
    start: u64,
    end: u64,
}

/// Proof that an entry about a resident's data stands in the ledger. Only a commit makes one.
#[derive(Debug)]
pub struct Logged {
    position: u64,
    resident: Option<ResidentId>,
}

/// Takes the ledger's head row, as the FIRST statement of a transaction: on PostgreSQL what is read afterwards is
/// newer than anything acknowledged before, and no two transactions can wait for each other.
///
/// # Errors
/// When the database fails.
pub async fn hold(tx: &mut Tx) -> Result<Head, Fault> {
    let size = store::hold_head(tx).await?;
    Ok(Head { start: size, next: size })
}

impl Head {
    /// The position that the next entry will have.
    #[must_use]
    pub fn next(&self) -> u64 {
        self.next
    }

    /// Appends entries that custody prepared for the positions from [`Self::next`] on.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn append(&mut self, tx: &mut Tx, entries: Vec<Prepared>) -> Result<Vec<Pending>, Fault> {
        store::insert(tx, self.next, &entries).await?;
        let mut pending = Vec::with_capacity(entries.len());
        for entry in entries {
            pending.push(Pending { position: self.next, resident: entry.resident });
            self.next += 1;
        }
        Ok(pending)
    }

    /// Moves the head and commits the transaction. If we crash before the commit returns, none of the entries
    /// may exist, and nothing was opened for them.
    ///
    /// # Errors
    /// When the database cannot say that the entries are durable.
    pub async fn commit(self, mut tx: Tx) -> Result<Committed, Fault> {
        if self.next > self.start {
            store::move_head(&mut tx, self.next).await?;
        }
        tx.commit().await?;
        Ok(Committed { start: self.start, end: self.next })
    }
}

impl Pending {
    /// Where the entry will stand.
    #[must_use]
    pub fn position(&self) -> u64 {
        self.position
    }

    /// The proof, once the commit is there.
    ///
    /// # Errors
    /// When this is the commit of other entries.
    pub fn logged(self, committed: &Committed) -> Result<Logged, Fault> {
        if !(committed.start..committed.end).contains(&self.position) {
            return Err(Fault::Ledger("an entry was claimed from another commit"));
        }
        Ok(Logged { position: self.position, resident: self.resident })
    }
}

impl Logged {
    /// Where the entry stands.
    #[must_use]
    pub fn position(&self) -> u64 {
        self.position
    }

    /// Whether this is the proof of an access to that resident's data.
    #[must_use]
    pub fn is_about(&self, resident: &ResidentId) -> bool {
        self.resident.as_ref() == Some(resident)
    }
}
