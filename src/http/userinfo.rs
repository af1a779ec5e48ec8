//! `GET /userinfo`: what a client may call the resident, and for ordinary clients the claims she gave (OIDC Core §5.3).

use axum::extract::State;
use axum::{Extension, Json};
use serde_json::{Map, Value};

use super::error::TokenError;
use super::extract::Shown;
use super::layers::detached;
use crate::app::App;
use crate::ids::RequestId;
use crate::ledger::queue::Asker;
use crate::oauth::{self, PresentedToken, Refusal};
use crate::vault;

/// `GET /userinfo`, `POST /userinfo`
pub async fn tell(
    State(app): State<App>, Extension(request): Extension<RequestId>, shown: Shown,
) -> Result<Json<Value>, TokenError> {
    let token = shown.token.clone();
    let told = detached(async move { told(&app, token, request).await }).await;
    told.map(|claims| Json(Value::Object(claims))).map_err(|refusal| shown.refuse(refusal))
}

async fn told(app: &App, token: PresentedToken, request: RequestId) -> Result<Map<String, Value>, Refusal> {
    let who = oauth::introduce(app, &token).await?;
    let mut claims = Map::new();
    if who.has_claims {
        let asker = Asker::Userinfo { token: token.digest, held: token.held };
        claims = vault::disclose(app, asker, None, request).await.map_err(from_the_gate)?.claims;
    }
    claims.insert("sub".to_owned(), Value::String(who.subject));
    Ok(claims)
}

/// What the gate refuses, in the words of this door: without a basis the token is good for nothing here.
fn from_the_gate(refusal: vault::Refusal) -> Refusal {
    match refusal {
        vault::Refusal::InvalidToken(reason) | vault::Refusal::NoBasis { reason, .. } => Refusal::InvalidToken(reason),
        vault::Refusal::InvalidProof(reason) => Refusal::InvalidDpopProof(reason),
        vault::Refusal::SignInTooOld { max_age, .. } => Refusal::InsufficientUserAuthentication(max_age),
        vault::Refusal::InsufficientScope(reason) => Refusal::InsufficientScope(reason),
        vault::Refusal::TooMany(too_many) => Refusal::TooMany(too_many),
        vault::Refusal::Fault(fault) => Refusal::Fault(fault),
    }
}
