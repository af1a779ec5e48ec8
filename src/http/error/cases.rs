//! What the refusals of cases look like: to a resident a page, to a client the codes of RFC 6749.

use axum::http::StatusCode;

use super::{OAuthError, PageError, Trouble};
use crate::cases::Refusal;
use crate::oauth;

impl From<Refusal> for PageError {
    fn from(refusal: Refusal) -> Self {
        let refused = |status, code, reason| Self::refused(status, code, reason);
        match refusal {
            Refusal::Unknown => Self::not_found("no such case, or not hers"),
            Refusal::NotNow => refused(StatusCode::CONFLICT, "case-over", "the case is not open to this"),
            Refusal::TooMany => refused(StatusCode::CONFLICT, "cases-many", "too many open cases"),
            Refusal::Nothing => refused(StatusCode::BAD_REQUEST, "case-nothing", "nothing was said"),
            Refusal::TooLong => refused(StatusCode::BAD_REQUEST, "case-long", "more was said than is read"),
            Refusal::Unreadable => refused(StatusCode::BAD_REQUEST, "bad-request", "characters that nobody reads"),
            Refusal::Fault(fault) => Trouble::from(fault).into(),
        }
    }
}

impl From<Refusal> for OAuthError {
    fn from(refusal: Refusal) -> Self {
        let invalid = oauth::Refusal::InvalidRequest;
        match refusal {
            Refusal::Unknown => Self::with_status(invalid("no such case"), StatusCode::NOT_FOUND),
            Refusal::NotNow => Self::with_status(invalid("the case is over"), StatusCode::CONFLICT),
            Refusal::TooMany => invalid("too many cases").into(),
            Refusal::Nothing => invalid("an answer that says nothing").into(),
            Refusal::TooLong => invalid("an answer that is too long").into(),
            Refusal::Unreadable => invalid("an answer that cannot be read").into(),
            Refusal::Fault(fault) => fault.into(),
        }
    }
}
