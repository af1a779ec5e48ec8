//! `/cases`: a client reads what residents ask of it, and answers.
//!
//! Who it is stands in the `Authorization` header, as at `/events/poll`: one of the three doors takes JSON.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};

use super::error::OAuthError;
use super::extract::{ClientOfHeader, is_json};
use super::layers::detached;
use crate::app::App;
use crate::cases::reply::Reply;
use crate::cases::{self, ForClient, Listed};
use crate::ids::{CaseId, RequestId};
use crate::oauth::Refusal;

/// `GET /cases`
pub async fn list(State(app): State<App>, ClientOfHeader(client): ClientOfHeader) -> Result<Json<Listed>, OAuthError> {
    Ok(Json(cases::of_client(&app, &client).await?))
}

/// `GET /cases/{case}`
pub async fn one(
    State(app): State<App>, ClientOfHeader(client): ClientOfHeader, Path(id): Path<String>,
) -> Result<Json<ForClient>, OAuthError> {
    Ok(Json(cases::for_client(&app, &client, &named(&id)?).await?))
}

/// `POST /cases/{case}/answer`
pub async fn answer(
    State(app): State<App>, ClientOfHeader(client): ClientOfHeader, Path(id): Path<String>,
    axum::Extension(request): axum::Extension<RequestId>, headers: HeaderMap, body: Bytes,
) -> Result<Json<ForClient>, OAuthError> {
    if !is_json(&headers) {
        let refusal = Refusal::InvalidRequest("not JSON");
        return Err(OAuthError::with_status(refusal, StatusCode::UNSUPPORTED_MEDIA_TYPE));
    }
    let (id, reply) = (named(&id)?, Reply::parse(&body)?);
    let shown = detached(async move {
        cases::answer_by_client(&app, &client.id, &id, &reply, &request).await?;
        cases::for_client(&app, &client, &id).await
    });
    Ok(Json(shown.await?))
}

/// What is no id of ours is no case.
fn named(id: &str) -> Result<CaseId, cases::Refusal> {
    CaseId::parse(id).map_err(|_| cases::Refusal::Unknown)
}
