//! `POST /par`: a request is pushed, and a handle comes back (RFC 9126 §2).

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;

use super::error::OAuthError;
use super::extract::ClientRequest;
use super::layers::detached;
use crate::app::App;
use crate::oauth::push::{self, PREFIX};

/// A request that is kept (RFC 9126 §2.2).
#[derive(Serialize, ToSchema)]
pub struct Pushed {
    /// The handle, for `/authorize`.
    request_uri: String,
    /// For how many seconds it may be opened.
    expires_in: u32,
}

/// `POST /par`
pub async fn push(State(app): State<App>, asked: ClientRequest) -> Result<(StatusCode, Json<Pushed>), OAuthError> {
    let verb = async move { push::push(&app, &asked.client, &asked.params, asked.held.proof).await };
    let pushed = detached(verb).await?;
    let request_uri = format!("{PREFIX}{}", pushed.handle.expose());
    Ok((StatusCode::CREATED, Json(Pushed { request_uri, expires_in: pushed.expires_in })))
}
