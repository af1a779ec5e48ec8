//! What the refusals of mandates look like from outside.

use axum::http::StatusCode;

use super::{PageError, Trouble};
use crate::mandate::Refusal;

impl From<Refusal> for Trouble {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::OfferGone => Self::refused(StatusCode::NOT_FOUND, "mandate-gone", "no such offer"),
            Refusal::Own => Self::refused(StatusCode::CONFLICT, "mandate-own", "her own offer"),
            Refusal::Unfit(reason) => Self::refused(StatusCode::BAD_REQUEST, "mandate-unfit", reason),
            Refusal::TooMany => Self::refused(StatusCode::CONFLICT, "mandate-many", "too many mandates are open"),
            Refusal::NoSuchChild => Self::refused(StatusCode::NOT_FOUND, "mandate-no-child", "no such child there"),
            Refusal::TriedTooOften => {
                Self::refused(StatusCode::TOO_MANY_REQUESTS, "child-tries", "a child was named too often")
            }
            Refusal::NotFound => Self::refused(StatusCode::NOT_FOUND, "not-found", "not there, or not hers"),
            Refusal::Over => Self::refused(StatusCode::CONFLICT, "mandate-over", "ended before"),
            Refusal::Unconfirmed(refusal) => refusal.into(),
            Refusal::Fault(fault) => fault.into(),
        }
    }
}

faces!(Refusal => PageError);
