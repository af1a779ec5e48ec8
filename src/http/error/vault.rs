//! What the vault's refusals look like to a resident, on her own pages.

use axum::http::StatusCode;

use super::{PageError, Trouble};
use crate::fault::Fault;
use crate::vault::Refusal;

impl From<Refusal> for PageError {
    /// The gate refuses nobody her own eyes, only those of a delegate: whatever else comes here is ours.
    fn from(refusal: Refusal) -> Self {
        let fault = match refusal {
            Refusal::NoBasis { reason: "mandate_over", .. } => return mandate_over(),
            Refusal::NoBasis { reason: "mandate_scope", .. } => {
                return Self::refused(StatusCode::FORBIDDEN, "mandate-scope", "the mandate does not cover it");
            }
            Refusal::Fault(fault) => fault,
            _ => Fault::Internal("the gate refused a resident's own eyes"),
        };
        Trouble::fault(fault).into()
    }
}

/// A no to somebody whose mandate is over.
#[must_use]
pub fn mandate_over() -> PageError {
    PageError::refused(StatusCode::FORBIDDEN, "mandate-over", "the mandate is not in force")
}
