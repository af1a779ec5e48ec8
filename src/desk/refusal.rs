//! How this slice says no.

use crate::fault::Fault;
use crate::vault;

/// A no of theirs. Reasons are for the log.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// There is no such thing, or it is somebody else's.
    #[error("not found")]
    NotFound,
    /// The sitting, or the act in it, is over.
    #[error("over: {0}")]
    Over(&'static str),
    /// Too many searches or acts in this hour.
    #[error("too many: {0}")]
    TooMany(&'static str),
    /// Whoever confirms must not be whoever prepared it.
    #[error("not by the same hand")]
    SameHand,
    /// The sign-in is too long ago for what was asked.
    #[error("the sign-in is not recent")]
    NotFresh,
    /// What was asked does not fit how the resident stands: a passkey is there already, or too young.
    #[error("does not fit: {0}")]
    Unfit(&'static str),
    /// A claim that she never gives to such a party.
    #[error("the resident keeps it back")]
    KeptBack,
    /// Card or number are wrong; how many tries are left.
    #[error("the card was refused")]
    CardWrong(u32),
    /// Too many wrong numbers: a new card is needed.
    #[error("the card is locked")]
    CardLocked,
    /// The waiting time is not over.
    #[error("too early")]
    TooEarly,
    /// Ours.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<vault::Refusal> for Refusal {
    fn from(refusal: vault::Refusal) -> Self {
        match refusal {
            vault::Refusal::Fault(fault) => Self::Fault(fault),
            _ => Self::NotFound,
        }
    }
}

impl From<crate::resident::Refusal> for Refusal {
    fn from(refusal: crate::resident::Refusal) -> Self {
        match refusal {
            crate::resident::Refusal::Fault(fault) => Self::Fault(fault),
            _ => Self::Unfit("the resident's slice says no"),
        }
    }
}

impl From<crate::erasure::Refusal> for Refusal {
    fn from(refusal: crate::erasure::Refusal) -> Self {
        match refusal {
            crate::erasure::Refusal::Fault(fault) => Self::Fault(fault),
            _ => Self::Unfit("no erasure to undo"),
        }
    }
}
