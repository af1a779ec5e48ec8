//! What the refusals of emergencies look like from outside.

use axum::http::StatusCode;

use super::{PageError, Problem, Trouble};
use crate::emergency::Refusal;
use crate::fault::Fault;

impl From<Refusal> for Trouble {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::NotFound => Self::refused(StatusCode::NOT_FOUND, "not-found", "no such emergency"),
            Refusal::Blocked => Self::refused(StatusCode::FORBIDDEN, "emergency-blocked", "a review is overdue"),
            Refusal::Over(reason) => Self::refused(StatusCode::CONFLICT, "emergency-over", reason),
            Refusal::Unfit(reason) => Self::refused(StatusCode::CONFLICT, "emergency-unfit", reason),
            Refusal::OtherHand(reason) => Self::refused(StatusCode::FORBIDDEN, "emergency-hand", reason),
            Refusal::People(refusal) => refusal.into(),
            Refusal::Vault(crate::vault::Refusal::NoBasis { reason, .. }) => {
                Self::refused(StatusCode::FORBIDDEN, "emergency-refused", reason)
            }
            Refusal::Vault(crate::vault::Refusal::Fault(fault)) => fault.into(),
            Refusal::Vault(_) => Self::fault(Fault::Internal("the gate took staff for a client")),
            Refusal::Fault(fault) => fault.into(),
        }
    }
}

faces!(Refusal => PageError, Problem);
