//! `POST /par`: a request is pushed, and a handle comes back (RFC 9126 §2).

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde_json::{Value, json};

use super::error::OAuthError;
use super::extract::ClientRequest;
use super::layers::detached;
use crate::app::App;
use crate::oauth::push::{self, PREFIX};

/// `POST /par`
pub async fn push(State(app): State<App>, asked: ClientRequest) -> Result<(StatusCode, Json<Value>), OAuthError> {
    let verb = async move { push::push(&app, &asked.client, &asked.params, asked.held.proof).await };
    let pushed = detached(verb).await?;
    let request_uri = format!("{PREFIX}{}", pushed.handle.expose());
    Ok((StatusCode::CREATED, Json(json!({ "request_uri": request_uri, "expires_in": pushed.expires_in }))))
}
