//! How the protocol says no: one code of the standards each, and a reason for our log.

use crate::fault::Fault;
use crate::limit::TooMany;

/// A refusal in the words of RFC 6749 §5.2 and its kin.
///
/// The other side sees the code alone. The reason is for our log, and is `&'static str` so that nothing of a
/// resident or of a secret can slip into it.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// The request is malformed (RFC 6749 §5.2).
    #[error("invalid_request: {0}")]
    InvalidRequest(&'static str),
    /// The client could not be authenticated (RFC 6749 §5.2).
    #[error("invalid_client: {0}")]
    InvalidClient(&'static str),
    /// The code or refresh token is not good, or not good for this client (RFC 6749 §5.2).
    #[error("invalid_grant: {0}")]
    InvalidGrant(&'static str),
    /// The scope is malformed, unknown, or not this client's (RFC 6749 §5.2).
    #[error("invalid_scope: {0}")]
    InvalidScope(&'static str),
    /// There is no such living grant, or not of this client and resident (Grant Management §5.4).
    #[error("invalid_grant_id: {0}")]
    InvalidGrantId(&'static str),
    /// The resident signed in longer ago than this read takes; so many seconds are the most (RFC 9470 §3).
    #[error("insufficient_user_authentication: at most {0} s ago")]
    InsufficientUserAuthentication(u32),
    /// The resource is unknown, or not this client's (RFC 8707 §2).
    #[error("invalid_target: {0}")]
    InvalidTarget(&'static str),
    /// The client may not ask in this way (RFC 6749 §4.1.2.1).
    #[error("unauthorized_client: {0}")]
    UnauthorizedClient(&'static str),
    /// Another grant type than those of the metadata (RFC 6749 §5.2).
    #[error("unsupported_grant_type")]
    UnsupportedGrantType,
    /// Another response type than `code` (RFC 6749 §4.1.2.1).
    #[error("unsupported_response_type")]
    UnsupportedResponseType,
    /// The details do not fit the catalogue or the client (RFC 9396 §5).
    #[error("invalid_authorization_details: {0}")]
    InvalidAuthorizationDetails(&'static str),
    /// The proof of possession is missing or wrong (RFC 9449 §5).
    #[error("invalid_dpop_proof: {0}")]
    InvalidDpopProof(&'static str),
    /// The proof of possession lacks a good nonce of ours; the answer brings one (RFC 9449 §8, §9).
    #[error("use_dpop_nonce: {0}")]
    UseDpopNonce(&'static str),
    /// The access token is not good, here and now (RFC 6750 §3.1).
    #[error("invalid_token: {0}")]
    InvalidToken(&'static str),
    /// The access token is good, but not for this (RFC 6750 §3.1).
    #[error("insufficient_scope: {0}")]
    InsufficientScope(&'static str),
    /// The resident said no (RFC 6749 §4.1.2.1).
    #[error("access_denied")]
    AccessDenied,
    /// The resident has not answered yet (RFC 8628 §3.5).
    #[error("authorization_pending")]
    AuthorizationPending,
    /// The same, and the device asks too often (RFC 8628 §3.5).
    #[error("slow_down")]
    SlowDown,
    /// Nobody answered in time (RFC 8628 §3.5).
    #[error("expired_token")]
    ExpiredToken,
    /// `prompt=none`, and nobody is signed in (OIDC Core §3.1.2.6).
    #[error("login_required")]
    LoginRequired,
    /// `prompt=none`, and the resident would have to be asked (OIDC Core §3.1.2.6).
    #[error("consent_required")]
    ConsentRequired,
    /// The kind of sign-in that was asked for is none of ours (RFC 9470, OIDC Core Unmet Authentication
    /// Requirements).
    #[error("unmet_authentication_requirements")]
    UnmetAuthenticationRequirements,
    /// A `request` object; only pushed requests are taken (OIDC Core §3.1.2.6).
    #[error("request_not_supported")]
    RequestNotSupported,
    /// Asked too often (RFC 6585 §4); passes again after a while.
    #[error("too many: {}", .0.what)]
    TooMany(TooMany),
    /// Not their no: a failure of ours.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl Refusal {
    /// The code that goes out.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::InvalidRequest(_) => "invalid_request",
            Self::InvalidClient(_) => "invalid_client",
            Self::InvalidGrant(_) => "invalid_grant",
            Self::InvalidScope(_) => "invalid_scope",
            Self::InvalidGrantId(_) => "invalid_grant_id",
            Self::InsufficientUserAuthentication(_) => "insufficient_user_authentication",
            Self::InvalidTarget(_) => "invalid_target",
            Self::UnauthorizedClient(_) => "unauthorized_client",
            Self::UnsupportedGrantType => "unsupported_grant_type",
            Self::UnsupportedResponseType => "unsupported_response_type",
            Self::InvalidAuthorizationDetails(_) => "invalid_authorization_details",
            Self::InvalidDpopProof(_) => "invalid_dpop_proof",
            Self::UseDpopNonce(_) => "use_dpop_nonce",
            Self::InvalidToken(_) => "invalid_token",
            Self::InsufficientScope(_) => "insufficient_scope",
            Self::AccessDenied => "access_denied",
            Self::AuthorizationPending => "authorization_pending",
            Self::SlowDown => "slow_down",
            Self::ExpiredToken => "expired_token",
            Self::LoginRequired => "login_required",
            Self::ConsentRequired => "consent_required",
            Self::UnmetAuthenticationRequirements => "unmet_authentication_requirements",
            Self::RequestNotSupported => "request_not_supported",
            Self::TooMany(_) => "temporarily_unavailable",
            Self::Fault(fault) if fault.is_passing() => "temporarily_unavailable",
            Self::Fault(_) => "server_error",
        }
    }

    /// Whether it is about a proof of possession: such an answer brings a fresh nonce, so that the next one is good.
    #[must_use]
    pub fn is_about_a_proof(&self) -> bool {
        matches!(self, Self::InvalidDpopProof(_) | Self::UseDpopNonce(_))
    }
}

impl From<TooMany> for Refusal {
    fn from(too_many: TooMany) -> Self {
        Self::TooMany(too_many)
    }
}
