//! `/recover`: a recovery code, then a new passkey.

use askama::Template;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use webauthn_rs::prelude::RegisterPublicKeyCredential;

use super::error::{PageError, Problem};
use super::extract::{Asked, CeremonyJson, Form, Visit};
use super::greeting::label;
use super::layers::detached;
use super::pages::{RecoverKeyPage, RecoverPage};
use super::passkeys::AFTER_REGISTRATION;
use super::sign_in::signed_in;
use crate::app::App;
use crate::fault::Fault;
use crate::resident::{self, Refusal, Registration};
use crate::webauthn::ceremony::Begun;

/// `GET /recover`
pub async fn page(visit: Visit) -> Result<Html<String>, PageError> {
    Ok(Html(RecoverPage { chrome: visit.chrome(None)?, wrong: false }.render()?))
}

/// `POST /recover`: a code that is unknown, used or replaced gets the same answer.
pub async fn enter(State(app): State<App>, visit: Visit, Form(mut fields): Form) -> Result<Response, PageError> {
    let code = fields.take("code")?.unwrap_or_default();
    fields.done()?;
    let browser = visit.browser.digest();
    let entered = detached(async move { resident::enter_code(&app, &browser, &code).await }).await;
    let chrome = visit.chrome_at(None, "/recover".to_owned())?;
    match entered {
        Ok(right) => {
            let begin = format!("/recover/{}/begin", right.expose());
            let finish = format!("/recover/{}/finish", right.expose());
            Ok(Html(RecoverKeyPage { chrome, begin, finish }.render()?).into_response())
        }
        Err(Refusal::RecoveryWrong(_)) => {
            Ok((StatusCode::BAD_REQUEST, Html(RecoverPage { chrome, wrong: true }.render()?)).into_response())
        }
        Err(other) => Err(other.into()),
    }
}

/// `POST /recover/{right}/begin`
pub async fn begin(
    State(app): State<App>, visit: Visit, Path(right): Path<String>, _: CeremonyJson<Asked>,
) -> Result<Json<Begun>, Problem> {
    let verb = async move {
        let browser = visit.browser.digest();
        let resident = resident::recovering(&app, &browser, &right).await?;
        let name = label(&app, &resident, &visit.request).await?;
        Ok::<_, Problem>(resident::register::begin(&app, &browser, Registration::Recovering(&right), &name).await?)
    };
    Ok(Json(detached(verb).await?))
}

/// `POST /recover/{right}/finish`
pub async fn finish(
    State(app): State<App>, visit: Visit, Path(right): Path<String>,
    CeremonyJson(answer): CeremonyJson<RegisterPublicKeyCredential>,
) -> Result<Response, Problem> {
    let issuer = app.config.server.issuer.clone();
    let verb = async move {
        let recovering = Registration::Recovering(&right);
        resident::register::finish(&app, &visit.browser.digest(), recovering, &answer, &visit.request).await
    };
    let registered = detached(verb).await?;
    let (_, cookie) = registered.session.ok_or(Fault::Internal("a recovery opened no session"))?;
    Ok(signed_in(&issuer, &cookie, AFTER_REGISTRATION))
}
