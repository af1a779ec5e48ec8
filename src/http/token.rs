//! `POST /token`: codes, refresh tokens and device codes in, tokens out (RFC 6749 §3.2, RFC 8628 §3.4).

use axum::extract::State;
use axum::http::{HeaderName, header};
use axum::{Extension, Json};
use zeroize::Zeroizing;

use super::error::OAuthError;
use super::extract::ClientRequest;
use super::layers::detached;
use crate::app::App;
use crate::crypto::token::Digest;
use crate::ids::RequestId;
use crate::oauth::client::GrantType;
use crate::oauth::device::Poll;
use crate::oauth::grant::CodeExchange;
use crate::oauth::pkce::Verifier;
use crate::oauth::{self, Refresh, Refusal, TokenSet};

/// Nothing between us and the client keeps a token.
type NotKept = [(HeaderName, &'static str); 2];

/// `POST /token`
pub async fn exchange(
    State(app): State<App>, Extension(request): Extension<RequestId>, asked: ClientRequest,
) -> Result<(NotKept, Json<TokenSet>), OAuthError> {
    let grant_type = GrantType::of(asked.params.required("grant_type", "no grant_type")?);
    let grant_type = grant_type.ok_or(Refusal::UnsupportedGrantType)?;
    asked.client.check_grant_type(grant_type)?;
    let tokens = match grant_type {
        GrantType::Code => code(app, asked).await?,
        GrantType::Refresh => refresh(app, asked, request).await?,
        GrantType::Device => device(app, asked).await?,
    };
    Ok(([(header::CACHE_CONTROL, "no-store"), (header::PRAGMA, "no-cache")], Json(tokens)))
}

async fn code(app: App, asked: ClientRequest) -> Result<TokenSet, Refusal> {
    let params = &asked.params;
    let exchange = CodeExchange {
        code: Digest::of(params.required("code", "no code")?.as_bytes()),
        redirect_uri: params.get("redirect_uri").map(str::to_owned),
        verifier: params.get("code_verifier").map(Verifier::parse).transpose()?,
        held: asked.held,
        resources: params.resources(),
    };
    detached(async move { oauth::exchange_code(&app, &asked.client, exchange).await }).await
}

async fn refresh(app: App, asked: ClientRequest, request: RequestId) -> Result<TokenSet, Refusal> {
    let params = &asked.params;
    if params.get("authorization_details").is_some() {
        return Err(Refusal::InvalidAuthorizationDetails("details are not narrowed at a refresh"));
    }
    let refresh = Refresh {
        token: Zeroizing::new(params.required("refresh_token", "no refresh_token")?.to_owned()),
        scope: params.get("scope").map(str::to_owned),
        held: asked.held,
        resources: params.resources(),
        request,
    };
    detached(async move { oauth::refresh(&app, &asked.client, refresh).await }).await
}

async fn device(app: App, asked: ClientRequest) -> Result<TokenSet, Refusal> {
    let params = &asked.params;
    if params.get("authorization_details").is_some() {
        return Err(Refusal::InvalidAuthorizationDetails("details are asked for at the start"));
    }
    let poll = Poll {
        device_code: Digest::of(params.required("device_code", "no device_code")?.as_bytes()),
        scope: params.get("scope").map(str::to_owned),
        resources: params.resources(),
        held: asked.held,
    };
    detached(async move { oauth::device::poll(&app, &asked.client, poll).await }).await
}
