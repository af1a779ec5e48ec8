//! How this slice says no.

use crate::fault::Fault;
use crate::resident;

/// A no of theirs. Reasons are for the log; what is shown is chosen by the door.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// The offer is unknown, used, taken back or too old.
    #[error("no such offer")]
    OfferGone,
    /// Nobody gives a mandate to herself.
    #[error("the offer is her own")]
    Own,
    /// What was asked for no mandate of this kind can hold, or one of the two is too young for it.
    #[error("not such a mandate: {0}")]
    Unfit(&'static str),
    /// There are as many open mandates as there may be.
    #[error("too many mandates are open")]
    TooMany,
    /// No such child lives in the same flat, as far as anybody may learn.
    #[error("no such child in this flat")]
    NoSuchChild,
    /// She named children that are not there too often today.
    #[error("a child was named too often")]
    TriedTooOften,
    /// There is no such mandate of hers.
    #[error("not found")]
    NotFound,
    /// It had ended before.
    #[error("ended before")]
    Over,
    /// The confirmation was not of this act, or the session ended.
    #[error(transparent)]
    Unconfirmed(#[from] resident::Refusal),
    /// Ours.
    #[error(transparent)]
    Fault(#[from] Fault),
}
