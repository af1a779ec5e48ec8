//! `POST /events/poll`: a client fetches its events (RFC 8936).
//!
//! The body is JSON, so a client cannot authenticate inside it: it shows its secret (`Basic`), or an assertion that it
//! signs (RFC 7523, as at every other door) as a bearer token. The rest is the door of every client.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};

use super::error::OAuthError;
use super::extract::ClientOfHeader;
use super::layers::detached;
use crate::app::App;
use crate::events::request::PollRequest;
use crate::events::{self, Fetched};
use crate::oauth::Refusal;

/// `POST /events/poll`
pub async fn poll(
    State(app): State<App>, ClientOfHeader(client): ClientOfHeader, headers: HeaderMap, body: Bytes,
) -> Result<Json<Fetched>, OAuthError> {
    if !is_json(&headers) {
        let refusal = Refusal::InvalidRequest("not JSON");
        return Err(OAuthError::with_status(refusal, StatusCode::UNSUPPORTED_MEDIA_TYPE));
    }
    let asked = PollRequest::parse(&body)?;
    let fetched = {
        let (app, client, asked) = (app.clone(), client.clone(), asked.clone());
        detached(async move { events::poll(&app, &client, &asked).await }).await?
    };
    // Not detached: who has left waits no longer.
    Ok(Json(events::wait(&app, &client, &asked, fetched).await?))
}

pub(super) fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    kind.split(';').next().is_some_and(|essence| essence.trim().eq_ignore_ascii_case("application/json"))
}
