//! `/invitation/{token}`: from a slip of paper to the first passkey.

use askama::Template;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::{Html, Response};
use webauthn_rs::prelude::RegisterPublicKeyCredential;

use super::error::{PageError, Problem};
use super::extract::{Asked, CeremonyJson, Visit};
use super::greeting::{greeting, label};
use super::layers::detached;
use super::pages::InvitationPage;
use super::passkeys::AFTER_REGISTRATION;
use super::sign_in::signed_in;
use crate::app::App;
use crate::fault::Fault;
use crate::resident::{self, Registration};
use crate::webauthn::ceremony::Begun;

/// `GET /invitation/{token}`: changes nothing, however often and by whomever it is opened.
pub async fn page(State(app): State<App>, visit: Visit, Path(token): Path<String>) -> Result<Html<String>, PageError> {
    let invitation = resident::invitation(&app, &token).await?;
    let page = InvitationPage {
        chrome: visit.chrome(None)?,
        name: greeting(&app, &invitation.resident, &visit.request).await?,
        until: invitation.until.seconds(),
        begin: format!("/invitation/{token}/begin"),
        finish: format!("/invitation/{token}/finish"),
    };
    Ok(Html(page.render()?))
}

/// `POST /invitation/{token}/begin`
pub async fn begin(
    State(app): State<App>, visit: Visit, Path(token): Path<String>, _: CeremonyJson<Asked>,
) -> Result<Json<Begun>, Problem> {
    let verb = async move {
        let invitation = resident::invitation(&app, &token).await?;
        let name = label(&app, &invitation.resident, &visit.request).await?;
        Ok::<_, Problem>(
            resident::register::begin(&app, &visit.browser.digest(), Registration::Invited(&token), &name).await?,
        )
    };
    Ok(Json(detached(verb).await?))
}

/// `POST /invitation/{token}/finish`
pub async fn finish(
    State(app): State<App>, visit: Visit, Path(token): Path<String>,
    CeremonyJson(answer): CeremonyJson<RegisterPublicKeyCredential>,
) -> Result<Response, Problem> {
    let issuer = app.config.server.issuer.clone();
    let verb = async move {
        let invited = Registration::Invited(&token);
        resident::register::finish(&app, &visit.browser.digest(), invited, &answer, &visit.request).await
    };
    let registered = detached(verb).await?;
    let (_, cookie) = registered.session.ok_or(Fault::Internal("an invitation opened no session"))?;
    Ok(signed_in(&issuer, &cookie, AFTER_REGISTRATION))
}
