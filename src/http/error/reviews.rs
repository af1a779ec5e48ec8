//! What the refusals of the auditors' work look like from outside.

use axum::http::StatusCode;

use super::{PageError, Problem, Trouble};
use crate::fault::Fault;
use crate::reviews::Refusal;

impl From<Refusal> for Trouble {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::NotFound => Self::refused(StatusCode::NOT_FOUND, "not-found", "no such entry, file or request"),
            Refusal::Unreadable(reason) => Self::bad_request(reason),
            Refusal::Over(reason) => Self::refused(StatusCode::CONFLICT, "review-over", reason),
            Refusal::SameHand => Self::refused(StatusCode::FORBIDDEN, "review-hand", "the same auditor twice"),
            Refusal::NotFresh => Self::refused(StatusCode::FORBIDDEN, "not-fresh", "the sign-in is not recent"),
            Refusal::NotAnAuditor => {
                Self::refused(StatusCode::UNAUTHORIZED, "session-ended", "no auditor, or no auditor any more")
            }
            // Not a server error: what is asked for was looked at, and this is what can be said of it.
            Refusal::Fault(fault @ (Fault::Ledger(_) | Fault::Sealed(_))) => {
                Self::new(StatusCode::CONFLICT, "review-altered", fault.into())
            }
            Refusal::Fault(fault) => fault.into(),
        }
    }
}

faces!(Refusal => PageError, Problem);
