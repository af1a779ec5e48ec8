//! How this slice says no.

use crate::fault::Fault;

/// A no of theirs. Reasons are for the log.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// There is no such entry, case file or request.
    #[error("not found")]
    NotFound,
    /// What came is no filter, cursor or form of ours.
    #[error("not readable: {0}")]
    Unreadable(&'static str),
    /// It has ended, was used, or somebody was there first.
    #[error("over: {0}")]
    Over(&'static str),
    /// Whoever asked may not be the one who agrees.
    #[error("the same hand twice")]
    SameHand,
    /// The sign-in is not recent enough.
    #[error("not fresh")]
    NotFresh,
    /// The session is no auditor's, or has ended.
    #[error("not an auditor")]
    NotAnAuditor,
    /// Ours.
    #[error(transparent)]
    Fault(#[from] Fault),
}
