//! How the rights desk says no.

use crate::cases;
use crate::fault::Fault;
use crate::vault::{self, NotWritten};

/// A refusal. None of them can hold a value of a record.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// There is no field of this name that a resident corrects.
    #[error("no field that is corrected here")]
    NoField,
    /// The staff has to look at evidence first.
    #[error("this field is checked by the staff")]
    Checked,
    /// The text is no value of the field.
    #[error("not a value of the field")]
    NotAValue,
    /// Somebody else here has this document number.
    #[error("the document number is somebody else's")]
    DocumentTaken,
    /// The record is erased.
    #[error("the record was erased")]
    Erased,
    /// There is no such request, or it is not one of this kind.
    #[error("no such request")]
    Unknown,
    /// Nobody lives at an address any more: it was said before.
    #[error("moved out before")]
    MovedOutBefore,
    /// Whoever agrees has not read what is agreed to.
    #[error("agreed to unread")]
    NotRead,
    /// The session that it rests on has ended.
    #[error("the session has ended")]
    SessionEnded,
    /// Something else was confirmed, or nothing.
    #[error("not confirmed")]
    NotConfirmed,
    /// The case is over, or she has as many open ones as anybody can look after.
    #[error(transparent)]
    Case(cases::Refusal),
    /// Ours.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<NotWritten> for Refusal {
    fn from(no: NotWritten) -> Self {
        match no {
            NotWritten::Erased => Self::Erased,
            NotWritten::DocumentTaken => Self::DocumentTaken,
            NotWritten::Fault(fault) => Self::Fault(fault),
        }
    }
}

impl From<vault::Refusal> for Refusal {
    fn from(no: vault::Refusal) -> Self {
        match no {
            vault::Refusal::Fault(fault) => Self::Fault(fault),
            // Own eyes are refused for one reason only: there is nothing to see any more.
            _ => Self::Erased,
        }
    }
}

impl From<cases::Refusal> for Refusal {
    fn from(no: cases::Refusal) -> Self {
        match no {
            cases::Refusal::Fault(fault) => Self::Fault(fault),
            no => Self::Case(no),
        }
    }
}
