//! What the refusals of the desk look like from outside.

use axum::http::StatusCode;

use super::{PageError, Problem, Trouble};
use crate::desk::Refusal;

impl From<Refusal> for Trouble {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::NotFound => Self::refused(StatusCode::NOT_FOUND, "not-found", "not there, or somebody else's"),
            Refusal::Over(reason) => Self::refused(StatusCode::CONFLICT, "desk-over", reason),
            Refusal::TooMany(reason) => Self::refused(StatusCode::TOO_MANY_REQUESTS, "too-many", reason),
            Refusal::SameHand => Self::refused(StatusCode::FORBIDDEN, "desk-same-hand", "the same hand twice"),
            Refusal::NotFresh => Self::refused(StatusCode::FORBIDDEN, "not-fresh", "the sign-in is not recent"),
            Refusal::Unfit(reason) => Self::refused(StatusCode::CONFLICT, "desk-unfit", reason),
            Refusal::KeptBack => Self::refused(StatusCode::CONFLICT, "kept-back", "the resident keeps it back"),
            Refusal::CardWrong(_) => Self::refused(StatusCode::FORBIDDEN, "desk-unfit", "a wrong card or number"),
            Refusal::CardLocked => Self::refused(StatusCode::FORBIDDEN, "desk-unfit", "a locked card"),
            Refusal::TooEarly => Self::refused(StatusCode::CONFLICT, "desk-early", "the wait is not over"),
            Refusal::Fault(fault) => fault.into(),
        }
    }
}

faces!(Refusal => PageError, Problem);
