//! What the refusals of people's slice look like from outside.

use axum::http::StatusCode;

use super::{PageError, Problem, Trouble};
use crate::people::Refusal;

impl From<Refusal> for Trouble {
    fn from(refusal: Refusal) -> Self {
        let refused = |code, reason| Self::refused(StatusCode::BAD_REQUEST, code, reason);
        match refusal {
            Refusal::CeremonyEnded(reason) => refused("ceremony-ended", reason),
            Refusal::PasskeyRefused(reason) => refused("passkey-refused", reason),
            Refusal::InvitationUnknown => refused("console-invitation", "no such link"),
            Refusal::SameHand => Self::refused(StatusCode::FORBIDDEN, "desk-same-hand", "whoever asked approves"),
            Refusal::Late => Self::refused(StatusCode::FORBIDDEN, "approval-late", "not approved in time"),
            Refusal::NotFound => Self::refused(StatusCode::NOT_FOUND, "not-found", "nobody of that id"),
            Refusal::Fault(fault) => fault.into(),
        }
    }
}

faces!(Refusal => PageError, Problem);
