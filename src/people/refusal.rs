//! How this slice says no.

use crate::fault::Fault;
use crate::webauthn::Refused;

/// A no of theirs. Reasons are for the log.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// The ceremony is unknown, over, used or of another browser.
    #[error("ceremony ended: {0}")]
    CeremonyEnded(&'static str),
    /// The proof did not pass. One answer for an unknown passkey and for a bad signature.
    #[error("passkey refused: {0}")]
    PasskeyRefused(&'static str),
    /// Whoever asked cannot be the one who approves.
    #[error("the same person")]
    SameHand,
    /// What was asked for was not approved within its time.
    #[error("too late to approve")]
    Late,
    /// The link was never made, is used, or a newer one has replaced it.
    #[error("no such invitation")]
    InvitationUnknown,
    /// There is nobody of that id.
    #[error("not found")]
    NotFound,
    /// Ours.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<Refused> for Refusal {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Ended(reason) => Self::CeremonyEnded(reason),
            Refused::Answer(reason) => Self::PasskeyRefused(reason),
            Refused::Fault(fault) => Self::Fault(fault),
        }
    }
}
