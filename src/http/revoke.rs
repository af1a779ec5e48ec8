//! `POST /revoke`: a client gives a token back (RFC 7009 §2).

use axum::extract::State;
use axum::http::StatusCode;

use super::error::OAuthError;
use super::extract::ClientRequest;
use super::layers::detached;
use crate::app::App;
use crate::oauth;

/// `POST /revoke`. The answer is the same whether there was anything to end.
pub async fn revoke(State(app): State<App>, asked: ClientRequest) -> Result<StatusCode, OAuthError> {
    let token = asked.params.required("token", "no token")?.to_owned();
    detached(async move { oauth::revoke(&app, &asked.client, &token).await }).await?;
    Ok(StatusCode::OK)
}
