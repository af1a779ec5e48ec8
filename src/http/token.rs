//! `POST /token`: codes and refresh tokens in, tokens out (RFC 6749 §3.2).

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
use crate::oauth::grant::CodeExchange;
use crate::oauth::pkce::Verifier;
use crate::oauth::{self, Refresh, Refusal, TokenSet};

/// The grant types that are open.
pub const GRANT_TYPES: [&str; 2] = [CODE, REFRESH];

const CODE: &str = "authorization_code";
const REFRESH: &str = "refresh_token";

/// Nothing between us and the client keeps a token.
type NotKept = [(HeaderName, &'static str); 2];

/// `POST /token`
pub async fn exchange(
    State(app): State<App>, Extension(request): Extension<RequestId>, asked: ClientRequest,
) -> Result<(NotKept, Json<TokenSet>), OAuthError> {
    let tokens = match asked.params.required("grant_type", "no grant_type")? {
        CODE => code(app, asked).await?,
        REFRESH => refresh(app, asked, request).await?,
        _ => return Err(Refusal::UnsupportedGrantType.into()),
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
