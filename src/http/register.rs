//! `POST /register`: a client registers itself (RFC 7591 §3), with a token of the operator's.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::error::{OAuthError, Trouble};
use super::extract::is_json;
use super::layers::detached;
use crate::app::App;
use crate::crypto::token::Digest;
use crate::oauth::manifest::NotAClient;
use crate::oauth::{self, Declined, Refusal};

/// There is a secret in the answer.
const NOT_KEPT: [(HeaderName, &str); 2] = [(header::CACHE_CONTROL, "no-store"), (header::PRAGMA, "no-cache")];

/// `POST /register`
pub async fn register(State(app): State<App>, headers: HeaderMap, body: Bytes) -> Response {
    let Some(token) = bearer(&headers) else { return no_token(None) };
    let json = is_json(&headers);
    let verb = async move {
        oauth::check_leave(&app, &token).await?;
        if !json {
            return Err(NotAClient::metadata("Content-Type: application/json").into());
        }
        oauth::register_itself(&app, &token, &body).await
    };
    match detached(verb).await {
        Ok(registered) => (StatusCode::CREATED, NOT_KEPT, Json(registered)).into_response(),
        Err(Declined::Token) => no_token(Some("invalid_token")),
        Err(Declined::Metadata(cause)) => declined(&cause),
        Err(Declined::Fault(fault)) => OAuthError::from(fault).into_response(),
    }
}

fn bearer(headers: &HeaderMap) -> Option<Digest> {
    let (scheme, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| Digest::of(token.trim().as_bytes()))
}

/// 401, with the challenge of RFC 6750 §3: without an error when no token came at all.
fn no_token(error: Option<&'static str>) -> Response {
    let refusal = Refusal::InvalidToken("no initial access token that is good");
    let mut response = OAuthError::with_status(refusal, StatusCode::UNAUTHORIZED).into_response();
    let challenge = if error.is_some() { "Bearer error=\"invalid_token\"" } else { "Bearer" };
    response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static(challenge));
    response
}

/// 400, with a sentence for whoever wrote the metadata (RFC 7591 §3.2.2).
fn declined(cause: &NotAClient) -> Response {
    let body = json!({ "error": cause.code, "error_description": cause.sentence }).to_string();
    let trouble = Trouble::refused(StatusCode::BAD_REQUEST, cause.code, cause.code);
    trouble.wear(Response::default(), "application/json", body)
}
