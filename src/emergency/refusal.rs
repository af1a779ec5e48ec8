//! How this slice says no.

use crate::fault::Fault;
use crate::{people, vault};

/// A no of theirs. Reasons are for the log.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// There is no such emergency.
    #[error("not found")]
    NotFound,
    /// A review is overdue: nobody may ask or approve before it is done.
    #[error("a review is overdue")]
    Blocked,
    /// It is not at this step any more: approved, ended or reviewed before.
    #[error("over: {0}")]
    Over(&'static str),
    /// What was asked for cannot be had like this.
    #[error("unfit: {0}")]
    Unfit(&'static str),
    /// Somebody else has to do this.
    #[error("another hand: {0}")]
    OtherHand(&'static str),
    /// The passkey, or the second hand.
    #[error(transparent)]
    People(#[from] people::Refusal),
    /// The gate.
    #[error(transparent)]
    Vault(#[from] vault::Refusal),
    /// Ours.
    #[error(transparent)]
    Fault(#[from] Fault),
}
