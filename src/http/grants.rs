//! `/grants/{grant_id}`: a client looks what it holds of a resident, and gives it back (Grant Management §6).

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get};
use serde_json::json;

use super::error::TokenError;
use super::extract::Shown;
use super::layers::detached;
use crate::app::App;
use crate::oauth::management;

/// GET and DELETE.
pub fn doors() -> MethodRouter<App> {
    get(query).delete(revoke)
}

/// `GET /grants`: the endpoint itself is no grant.
pub async fn none(_: Shown) -> Response {
    unknown()
}

/// `GET /grants/{grant_id}`
async fn query(State(app): State<App>, Path(id): Path<String>, shown: Shown) -> Result<Response, TokenError> {
    let token = shown.token.clone();
    let found = detached(async move { management::query(&app, &id, &token).await }).await;
    let found = found.map_err(|refusal| shown.refuse(refusal))?;
    Ok(found.map_or_else(unknown, |granted| Json(granted).into_response()))
}

/// `DELETE /grants/{grant_id}`
async fn revoke(State(app): State<App>, Path(id): Path<String>, shown: Shown) -> Result<Response, TokenError> {
    let token = shown.token.clone();
    let ended = detached(async move { management::revoke(&app, &id, &token).await }).await;
    let ended = ended.map_err(|refusal| shown.refuse(refusal))?;
    Ok(if ended { StatusCode::NO_CONTENT.into_response() } else { unknown() })
}

/// The same for a grant that never was, one that is over, and another's.
fn unknown() -> Response {
    (StatusCode::NOT_FOUND, Json(json!({ "error": "invalid_grant_id" }))).into_response()
}
