//! How this slice says no.

use crate::fault::Fault;

/// A no of theirs.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// There is nothing to undo: it was never begun, was undone, or cannot be undone any more.
    #[error("nothing to undo: {0}")]
    NothingToUndo(&'static str),
    /// The session that it rests on has ended.
    #[error("the session has ended")]
    SessionEnded,
    /// The passkey was not shown for it.
    #[error("not confirmed")]
    NotConfirmed,
    /// Ours.
    #[error(transparent)]
    Fault(#[from] Fault),
}
