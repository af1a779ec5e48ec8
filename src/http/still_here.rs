//! `/still-here`: her record was sealed because she is said to have died; her passkey says that she is alive.

use askama::Template;
use axum::extract::State;
use axum::response::{Html, Response};
use webauthn_rs::prelude::PublicKeyCredential;

use super::error::{PageError, Problem};
use super::extract::{CeremonyJson, Visit};
use super::layers::detached;
use super::pages::StillHerePage;
use super::sign_in::signed_in;
use crate::app::App;
use crate::sealing;

/// Where the page is.
pub const HERE: &str = "/still-here";

/// `GET /still-here`: tells nothing of anybody; only a passkey does.
pub async fn page(visit: Visit) -> Result<Html<String>, PageError> {
    Ok(Html(StillHerePage { chrome: visit.chrome(None)? }.render()?))
}

/// `POST /still-here/finish`
pub async fn finish(
    State(app): State<App>, visit: Visit, CeremonyJson(answer): CeremonyJson<PublicKeyCredential>,
) -> Result<Response, Problem> {
    let issuer = app.config.server.issuer.clone();
    let verb = async move { sealing::still_here(&app, &visit.browser.digest(), &answer, &visit.request).await };
    let (_, cookie) = detached(verb).await?;
    Ok(signed_in(&issuer, &cookie, "/me"))
}
