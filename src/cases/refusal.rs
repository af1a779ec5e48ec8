//! How a case says no.

use crate::fault::Fault;

/// A refusal. None of them can hold what somebody wrote.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// There is no such case, or not of whoever asks.
    #[error("no such case")]
    Unknown,
    /// It is over, or not this one's turn.
    #[error("the case is not open to this")]
    NotNow,
    /// The resident has as many open cases as anybody can look after.
    #[error("too many open cases")]
    TooMany,
    /// Nothing was said where something must be.
    #[error("nothing was said")]
    Nothing,
    /// More was said than is read.
    #[error("too much was said")]
    TooLong,
    /// Control characters.
    #[error("characters that nobody reads")]
    Unreadable,
    /// Ours.
    #[error(transparent)]
    Fault(#[from] Fault),
}
