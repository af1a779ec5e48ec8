//! What the refusals of the rights desk look like from outside.

use axum::http::StatusCode;

use super::{PageError, Problem, Trouble};
use crate::cases;
use crate::rights::Refusal;

impl From<Refusal> for Trouble {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::NoField | Refusal::Unknown => {
                Self::refused(StatusCode::NOT_FOUND, "not-found", "not there, or not hers")
            }
            // A page says these two beside the field; here they only come from forms that no page of ours holds.
            Refusal::Checked => Self::bad_request("a field that the staff checks"),
            Refusal::NotAValue => Self::bad_request("not a value of the field"),
            // The page has no such button before it was read.
            Refusal::NotRead => Self::bad_request("agreed to without having been read"),
            Refusal::SessionEnded => Self::refused(StatusCode::UNAUTHORIZED, "session-ended", "the session has ended"),
            Refusal::DocumentTaken => Self::refused(StatusCode::CONFLICT, "document-taken", "somebody else's number"),
            Refusal::Erased => Self::refused(StatusCode::GONE, "record-erased", "the record is erased"),
            Refusal::MovedOutBefore => Self::refused(StatusCode::CONFLICT, "moved-before", "moved out before"),
            Refusal::NotConfirmed => {
                Self::refused(StatusCode::BAD_REQUEST, "passkey-refused", "another act was confirmed")
            }
            Refusal::Case(cases::Refusal::TooMany) => {
                Self::refused(StatusCode::TOO_MANY_REQUESTS, "too-many", "too many open cases")
            }
            Refusal::Case(_) => Self::bad_request("a case that is not open to this"),
            Refusal::Fault(fault) => fault.into(),
        }
    }
}

faces!(Refusal => PageError, Problem);
