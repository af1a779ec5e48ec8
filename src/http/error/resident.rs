//! What the refusals of the resident's slice look like from outside.

use axum::http::StatusCode;

use super::{PageError, Problem, Trouble};
use crate::resident::Refusal;

impl From<Refusal> for Trouble {
    fn from(refusal: Refusal) -> Self {
        let refused = |code, reason| Self::refused(StatusCode::BAD_REQUEST, code, reason);
        match refusal {
            Refusal::CeremonyEnded(reason) => refused("ceremony-ended", reason),
            Refusal::PasskeyRefused(reason) => refused("passkey-refused", reason),
            Refusal::InvitationUnknown => refused("invitation-unknown", "no such invitation"),
            Refusal::InvitationEnded => refused("invitation-ended", "the invitation has ended"),
            Refusal::InvitationUsed => refused("invitation-used", "the invitation was used"),
            Refusal::RecoveryWrong(reason) => refused("recovery-wrong", reason),
            Refusal::PasskeyLast => Self::refused(StatusCode::CONFLICT, "passkey-last", "the last passkey"),
            Refusal::NotFresh => Self::refused(StatusCode::FORBIDDEN, "not-fresh", "the sign-in is not recent"),
            Refusal::Sealed => refused("passkey-refused", "the record is sealed"),
            Refusal::NotFound => Self::refused(StatusCode::NOT_FOUND, "not-found", "not there, or not hers"),
            Refusal::Fault(fault) => fault.into(),
        }
    }
}

faces!(Refusal => PageError, Problem);
