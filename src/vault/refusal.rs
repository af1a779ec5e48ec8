//! How the vault says no.

use crate::fault::Fault;
use crate::ledger::queue::Denied;
use crate::limit::TooMany;

/// A refusal to read. The reason is a code of ours; nothing of the resident can be in it.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// The token is unknown, expired, revoked or bound to another key: 401 `invalid_token` (RFC 6750 §3.1).
    #[error("invalid_token: {0}")]
    InvalidToken(&'static str),
    /// The proof of possession is missing or was used before: 401 `invalid_dpop_proof` (RFC 9449 §7.1).
    #[error("invalid_dpop_proof: {0}")]
    InvalidProof(&'static str),
    /// The token has no scope for the vault at all: 403 `insufficient_scope`.
    #[error("insufficient_scope: {0}")]
    InsufficientScope(&'static str),
    /// No basis in force covers the read: 403. It was entered at this position.
    #[error("no basis: {reason}")]
    NoBasis {
        /// Why, as a code: `consent_withdrawn`, `scope_too_narrow` …
        reason: &'static str,
        /// The refusal's entry.
        position: u64,
    },
    /// The client reads too often: 429, and nothing was entered.
    #[error("too many: {}", .0.what)]
    TooMany(TooMany),
    /// The resident signed in too long ago for such claims: 401 (RFC 9470 §3). It was entered at this position.
    #[error("signed in more than {max_age} s ago")]
    SignInTooOld {
        /// How many seconds ago it may be at most.
        max_age: u32,
        /// The refusal's entry.
        position: u64,
    },
    /// Ours.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<Denied> for Refusal {
    fn from(denied: Denied) -> Self {
        match denied {
            Denied::Token(reason) => Self::InvalidToken(reason),
            Denied::Proof(reason) => Self::InvalidProof(reason),
            Denied::Basis(reason, position) => Self::NoBasis { reason, position },
            Denied::SignIn(max_age, position) => Self::SignInTooOld { max_age, position },
            Denied::TooMany(too_many) => Self::TooMany(too_many),
            Denied::Fault(fault) => Self::Fault(fault),
        }
    }
}
