//! The face for programs: RFC 9457 problem+json, for data, the ledger and the passkey script.

use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use super::Trouble;
use crate::fault::Fault;
use crate::http::pages::ErrorPage;
use crate::ids::RequestId;
use crate::text::{Locale, Words};

/// The media type (RFC 9457 §3).
pub const KIND: &str = "application/problem+json";

/// A no of a door that answers JSON.
#[derive(Debug, Clone)]
pub struct Problem(pub(super) Trouble);

impl Problem {
    /// A no of theirs: `code` is the last part of its type, `reason` is for the log.
    #[must_use]
    pub const fn refused(status: StatusCode, code: &'static str, reason: &'static str) -> Self {
        Self(Trouble::refused(status, code, reason))
    }
}

impl From<Trouble> for Problem {
    fn from(trouble: Trouble) -> Self {
        Self(trouble)
    }
}

impl From<Fault> for Problem {
    fn from(fault: Fault) -> Self {
        Self(fault.into())
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let body = body(&self.0, Words::of(Locale::En), None);
        let mut response = self.0.wear(Response::new(axum::body::Body::empty()), KIND, body);
        response.extensions_mut().insert(self);
        response
    }
}

/// Where no door of programs is.
pub async fn no_door() -> Problem {
    Problem::refused(StatusCode::NOT_FOUND, "not-found", "no such address")
}

/// The body. The title says the kind of the problem, the detail what happened; neither names a person.
pub(super) fn body(trouble: &Trouble, words: Words, request: Option<&RequestId>) -> String {
    let (title, detail) = ErrorPage::words(words, trouble.code);
    let body = ProblemBody {
        kind: format!("/problems/{}", trouble.code),
        title,
        detail: Some(detail),
        status: trouble.status.as_u16(),
        reason: None,
        request_id: request.map(ToString::to_string),
    };
    body.text()
}

/// A problem (RFC 9457 §3).
#[derive(Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct ProblemBody {
    /// Which kind of problem: `/problems/CODE`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The kind in words.
    pub title: String,
    /// What happened, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub detail: Option<String>,
    /// The status of the answer.
    pub status: u16,
    /// For programs: why, where a consent is missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub reason: Option<&'static str>,
    /// The number of the request, as our log has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub request_id: Option<String>,
}

impl ProblemBody {
    /// As JSON.
    pub fn text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// Gives the answers of a data group that no door made their face, and every problem its request's number.
pub async fn problem_face(request: Request, next: Next) -> Response {
    let id = request.extensions().get::<RequestId>().cloned();
    let mut response = next.run(request).await;
    let trouble = match response.extensions_mut().remove::<Problem>() {
        Some(Problem(trouble)) => Some(trouble),
        None => Trouble::left_in(&response),
    };
    let Some(trouble) = trouble else { return response };
    trouble.wear(response, KIND, body(&trouble, Words::of(Locale::En), id.as_ref()))
}
