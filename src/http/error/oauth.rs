//! The faces for clients: RFC 6749 §5.2 JSON at the protocol's doors, RFC 6750 and 9449 challenges where a token is
//! shown. The client is told the code alone; the reason is for our log.

use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use super::{Cause, Trouble};
use crate::crypto::jwk::Alg;
use crate::fault::Fault;
use crate::http::nonce::Renew;
use crate::limit::TooMany;
use crate::oauth::Refusal;
use crate::oauth::authorization::ACR;

const JSON: &str = "application/json";

/// A no of the protocol (RFC 6749 §5.2). There is no description: what more there is to know is for our log.
#[derive(Serialize, ToSchema)]
#[schema(as = OAuthError)]
pub struct OAuthErrorBody {
    /// The code.
    #[schema(example = "invalid_grant")]
    error: &'static str,
}

impl OAuthErrorBody {
    fn text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// A no of a protocol door.
#[derive(Debug)]
pub struct OAuthError {
    status: StatusCode,
    code: &'static str,
    cause: Cause,
    basic: bool,
    about_proof: bool,
    retry_after: Option<u32>,
}

impl OAuthError {
    /// With another status than the code has by itself.
    #[must_use]
    pub fn with_status(refusal: Refusal, status: StatusCode) -> Self {
        Self { status, ..refusal.into() }
    }

    /// The client tried to authenticate by the `Authorization` header, so that is what it is told to do (RFC 6749
    /// §5.2).
    #[must_use]
    pub fn told_basic(self, basic: bool) -> Self {
        Self { basic, ..self }
    }
}

impl From<Refusal> for OAuthError {
    fn from(refusal: Refusal) -> Self {
        let (code, about_proof, mut retry_after) = (refusal.code(), refusal.is_about_a_proof(), None);
        let (status, cause) = match refusal {
            Refusal::TooMany(too_many) => {
                retry_after = Some(too_many.retry_after);
                (StatusCode::TOO_MANY_REQUESTS, Cause::Refused(too_many.what))
            }
            Refusal::Fault(fault) => (fault_status(&fault), Cause::from(fault)),
            Refusal::InvalidClient(reason) => (StatusCode::UNAUTHORIZED, Cause::Refused(reason)),
            refusal => (StatusCode::BAD_REQUEST, Cause::Refused(reason(&refusal))),
        };
        Self { status, code, cause, basic: false, about_proof, retry_after }
    }
}

impl From<Fault> for OAuthError {
    fn from(fault: Fault) -> Self {
        Refusal::from(fault).into()
    }
}

impl From<TooMany> for OAuthError {
    fn from(too_many: TooMany) -> Self {
        Refusal::from(too_many).into()
    }
}

impl IntoResponse for OAuthError {
    fn into_response(self) -> Response {
        let mut response = answer(self.status, self.code, self.cause, self.retry_after);
        if self.basic {
            let challenge = HeaderValue::from_static("Basic realm=\"latchkey\"");
            response.headers_mut().insert(header::WWW_AUTHENTICATE, challenge);
        }
        if self.about_proof {
            response.extensions_mut().insert(Renew);
        }
        response
    }
}

/// By which scheme a token was shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// RFC 9449.
    Dpop,
    /// RFC 6750.
    Bearer,
}

/// A no of a door where a token is shown.
#[derive(Debug)]
pub struct TokenError {
    refusal: Refusal,
    scheme: Option<Scheme>,
}

impl TokenError {
    /// No token came at all: the challenge says how to bring one, and names no error (RFC 6750 §3.1).
    #[must_use]
    pub fn no_token() -> Self {
        Self { refusal: Refusal::InvalidToken("no token"), scheme: None }
    }

    /// A no to a token.
    #[must_use]
    pub fn of(scheme: Scheme, refusal: Refusal) -> Self {
        Self { refusal, scheme: Some(scheme) }
    }

    fn challenges(&self) -> Vec<String> {
        let dpop = format!("DPoP algs=\"{}\"", Alg::ACCEPTED.join(" "));
        let error = match &self.refusal {
            // RFC 9470 §3; every sign-in here has the one kind, so it is its age that does not do.
            Refusal::InsufficientUserAuthentication(max_age) => {
                format!("error=\"{}\", acr_values=\"{ACR}\", max_age=\"{max_age}\"", self.refusal.code())
            }
            refusal => format!("error=\"{}\"", refusal.code()),
        };
        match self.scheme {
            None => vec![dpop, "Bearer".to_owned()],
            Some(Scheme::Dpop) => vec![format!("{dpop}, {error}")],
            // A token may be bound to a key though it was shown without one.
            Some(Scheme::Bearer) => vec![format!("Bearer {error}"), dpop],
        }
    }
}

impl IntoResponse for TokenError {
    fn into_response(self) -> Response {
        let challenges = self.challenges();
        let (code, about_proof) = (self.refusal.code(), self.refusal.is_about_a_proof());
        let (status, cause) = match self.refusal {
            Refusal::Fault(fault) => return answer(fault_status(&fault), code, fault.into(), None),
            Refusal::TooMany(TooMany { what, retry_after }) => {
                return answer(StatusCode::TOO_MANY_REQUESTS, code, Cause::Refused(what), Some(retry_after));
            }
            Refusal::InsufficientScope(reason) => (StatusCode::FORBIDDEN, Cause::Refused(reason)),
            Refusal::InvalidToken(reason) | Refusal::InvalidDpopProof(reason) | Refusal::UseDpopNonce(reason) => {
                (StatusCode::UNAUTHORIZED, Cause::Refused(reason))
            }
            refusal @ Refusal::InsufficientUserAuthentication(_) => {
                (StatusCode::UNAUTHORIZED, Cause::Refused(refusal.code()))
            }
            refusal => (StatusCode::BAD_REQUEST, Cause::Refused(reason(&refusal))),
        };
        let mut response = answer(status, code, cause, None);
        for challenge in challenges {
            if let Ok(value) = HeaderValue::from_str(&challenge) {
                response.headers_mut().append(header::WWW_AUTHENTICATE, value);
            }
        }
        if about_proof {
            response.extensions_mut().insert(Renew);
        }
        response
    }
}

/// Gives the answers of the protocol's group that no door made their face.
pub async fn oauth_face(request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    let Some(trouble) = Trouble::left_in(&response) else { return response };
    let code = match trouble.status {
        StatusCode::SERVICE_UNAVAILABLE | StatusCode::TOO_MANY_REQUESTS => "temporarily_unavailable",
        status if status.is_server_error() => "server_error",
        _ => "invalid_request",
    };
    trouble.wear(response, JSON, OAuthErrorBody { error: code }.text())
}

fn answer(status: StatusCode, code: &'static str, cause: Cause, retry_after: Option<u32>) -> Response {
    let body = OAuthErrorBody { error: code }.text();
    Trouble { retry_after, ..Trouble::new(status, code, cause) }.wear(
        Response::new(axum::body::Body::empty()),
        JSON,
        body,
    )
}

fn fault_status(fault: &Fault) -> StatusCode {
    if fault.is_passing() { StatusCode::SERVICE_UNAVAILABLE } else { StatusCode::INTERNAL_SERVER_ERROR }
}

/// The reason of a refusal, for the log; where it has none, its code.
fn reason(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::InvalidRequest(reason)
        | Refusal::InvalidClient(reason)
        | Refusal::InvalidGrant(reason)
        | Refusal::InvalidScope(reason)
        | Refusal::InvalidTarget(reason)
        | Refusal::InvalidGrantId(reason)
        | Refusal::UnauthorizedClient(reason)
        | Refusal::InvalidAuthorizationDetails(reason)
        | Refusal::InvalidDpopProof(reason)
        | Refusal::UseDpopNonce(reason)
        | Refusal::InvalidToken(reason)
        | Refusal::InsufficientScope(reason) => reason,
        other => other.code(),
    }
}
