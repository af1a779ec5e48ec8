//! A no that has no face yet, and the cause that the log is told.

use std::fmt;
use std::sync::Arc;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::fault::Fault;
use crate::limit::TooMany;

/// Why a request failed, for the log. Holds no value of a resident: reasons are fixed texts, faults have none.
#[derive(Debug, Clone)]
pub enum Cause {
    /// Ours.
    Fault(Arc<Fault>),
    /// Ours: a door panicked.
    Panic,
    /// Ours: no answer in time.
    Deadline,
    /// Theirs.
    Refused(&'static str),
}

impl Cause {
    /// Whether somebody of the operator should look.
    #[must_use]
    pub const fn is_ours(&self) -> bool {
        !matches!(self, Self::Refused(_))
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fault(fault) => fault.fmt(f),
            Self::Panic => f.write_str("panic"),
            Self::Deadline => f.write_str("deadline"),
            Self::Refused(reason) => f.write_str(reason),
        }
    }
}

impl From<Fault> for Cause {
    fn from(fault: Fault) -> Self {
        Self::Fault(Arc::new(fault))
    }
}

/// A no without a face: status, the code of its words (`error-CODE` in `locales/`), and the cause.
#[derive(Debug, Clone)]
pub struct Trouble {
    /// The status of the answer.
    pub status: StatusCode,
    /// The tail of the keys of its words.
    pub code: &'static str,
    /// For the log.
    pub cause: Cause,
    /// After how many seconds the same request may pass, where that is known.
    pub retry_after: Option<u32>,
}

impl Trouble {
    /// A no.
    #[must_use]
    pub const fn new(status: StatusCode, code: &'static str, cause: Cause) -> Self {
        Self { status, code, cause, retry_after: None }
    }

    /// A no of theirs, with the reason for the log.
    #[must_use]
    pub const fn refused(status: StatusCode, code: &'static str, reason: &'static str) -> Self {
        Self::new(status, code, Cause::Refused(reason))
    }

    /// 400: what came cannot be read.
    #[must_use]
    pub const fn bad_request(reason: &'static str) -> Self {
        Self::refused(StatusCode::BAD_REQUEST, "bad-request", reason)
    }

    /// 500, or 503 when trying again may help.
    #[must_use]
    pub fn fault(cause: impl Into<Cause>) -> Self {
        let cause = cause.into();
        let passing = matches!(&cause, Cause::Fault(fault) if fault.is_passing());
        let status = if passing { StatusCode::SERVICE_UNAVAILABLE } else { StatusCode::INTERNAL_SERVER_ERROR };
        Self::new(status, "fault", cause)
    }

    /// The trouble that a response stands for which no door of ours made: axum's 404, 405, 413, 415 and the like.
    #[must_use]
    pub fn of_status(status: StatusCode) -> Self {
        let code = match status {
            StatusCode::NOT_FOUND => "not-found",
            StatusCode::METHOD_NOT_ALLOWED => "method",
            StatusCode::PAYLOAD_TOO_LARGE => "too-large",
            StatusCode::TOO_MANY_REQUESTS => "too-many",
            status if status.is_server_error() => "fault",
            _ => "bad-request",
        };
        Self::refused(status, code, "not for a door")
    }

    /// What the answer of a group still needs a face for; `None` when it has one, or needs none.
    #[must_use]
    pub fn left_in(response: &Response) -> Option<Self> {
        if let Some(trouble) = response.extensions().get::<Self>() {
            return Some(trouble.clone());
        }
        let status = response.status();
        let failed = status.is_client_error() || status.is_server_error();
        let faceless =
            response.headers().get(header::CONTENT_TYPE).is_none_or(|kind| kind.as_bytes().starts_with(b"text/plain"));
        (failed && faceless).then(|| Self::of_status(status))
    }

    /// Gives `old` the body and type of a face, keeping its other headers (`Allow`, `Retry-After`, cookies).
    #[must_use]
    pub fn wear(&self, old: Response, kind: &'static str, body: String) -> Response {
        let (mut parts, _) = old.into_parts();
        parts.status = self.status;
        parts.headers.remove(header::CONTENT_LENGTH);
        parts.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
        if let Some(seconds) = self.retry_after {
            parts.headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if self.status == StatusCode::SERVICE_UNAVAILABLE {
            parts.headers.entry(header::RETRY_AFTER).or_insert(HeaderValue::from_static("2"));
        }
        parts.extensions.remove::<Self>();
        parts.extensions.insert(self.cause.clone());
        Response::from_parts(parts, body.into())
    }
}

impl From<Fault> for Trouble {
    fn from(fault: Fault) -> Self {
        Self::fault(fault)
    }
}

impl From<TooMany> for Trouble {
    fn from(too_many: TooMany) -> Self {
        let no = Self::refused(StatusCode::TOO_MANY_REQUESTS, "too-many", too_many.what);
        Self { retry_after: Some(too_many.retry_after), ..no }
    }
}

impl IntoResponse for Trouble {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self.cause.clone());
        response.extensions_mut().insert(self);
        response
    }
}
