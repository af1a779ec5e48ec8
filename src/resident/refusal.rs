//! How this slice says no.

use crate::fault::Fault;
use crate::webauthn::Refused;

/// A no of theirs. Reasons are for the log; what is shown is chosen by the door.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// The ceremony is unknown, over, used, of another browser or of another kind.
    #[error("ceremony ended: {0}")]
    CeremonyEnded(&'static str),
    /// The proof did not pass. One answer for an unknown passkey and for a bad signature (case 115).
    #[error("passkey refused: {0}")]
    PasskeyRefused(&'static str),
    /// The invitation was never made, or a newer one has replaced it.
    #[error("no such invitation")]
    InvitationUnknown,
    /// The invitation has run out.
    #[error("the invitation has ended")]
    InvitationEnded,
    /// A passkey was made with the invitation, or the resident has one already.
    #[error("the invitation was used")]
    InvitationUsed,
    /// The recovery code is unknown, used or replaced.
    #[error("recovery code refused: {0}")]
    RecoveryWrong(&'static str),
    /// Without it the resident could not come in any more.
    #[error("the last passkey stays")]
    PasskeyLast,
    /// The sign-in is too long ago for what was asked.
    #[error("the sign-in is not recent")]
    NotFresh,
    /// Her record was sealed lately: she may say that she is alive.
    #[error("the record is sealed")]
    Sealed,
    /// There is no such thing, or it is somebody else's.
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
