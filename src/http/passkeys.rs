//! `/me/passkeys`: what the resident comes in with, and the paper for the day when it is gone.

use askama::Template;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde_json::Value;
use webauthn_rs::prelude::RegisterPublicKeyCredential;

use super::error::{PageError, Problem};
use super::extract::{Asked, CeremonyJson, Form, SignedIn};
use super::greeting::label;
use super::layers::detached;
use super::pages::{PasskeyRow, PasskeysPage, RecoveryCodesPage, Tab, WelcomePage};
use super::sign_in::{again, led_to};
use super::verify::proof;
use crate::app::App;
use crate::ids::PasskeyId;
use crate::paper::Sheet;
use crate::resident::{self, KeyView, Refusal, Registration};
use crate::webauthn::ceremony::Begun;

/// Where a registration leads that opened a session: to the paper.
pub const AFTER_REGISTRATION: &str = "/me/welcome";

const HERE: &str = "/me/passkeys";
const BEGIN: &str = "/me/passkeys/begin";
const FINISH: &str = "/me/passkeys/finish";

/// `GET /me/passkeys`
pub async fn page(State(app): State<App>, who: SignedIn) -> Result<Html<String>, PageError> {
    let resident = &who.session.resident;
    let keys = resident::keys(&app, resident).await?;
    let sheet = resident::sheet(&app, resident).await?;
    let others = resident::others(&app, &who.session).await?;
    let fresh = who.session.is_fresh(who.now);
    let (begin, finish) = if fresh { (BEGIN, FINISH) } else { ("/sign-in/begin", "/sign-in/finish?next=/me/passkeys") };
    let row = |key: KeyView| PasskeyRow {
        here: key.id == who.session.passkey,
        id: key.id.to_string(),
        made_at: key.made_at.seconds(),
        used_at: key.used_at.map(crate::clock::Timestamp::seconds),
        synced: key.synced,
    };
    let page = PasskeysPage {
        chrome: who.chrome(Some(Tab::Mine))?,
        passkeys: keys.into_iter().map(row).collect(),
        fresh,
        begin: begin.to_owned(),
        finish: finish.to_owned(),
        others: u32::try_from(others).unwrap_or(u32::MAX),
        codes_left: sheet.left,
        codes_made_at: sheet.made_at.map(crate::clock::Timestamp::seconds),
    };
    Ok(Html(page.render()?))
}

/// `GET /me/welcome`: after registration.
pub async fn welcome(who: SignedIn) -> Result<Html<String>, PageError> {
    Ok(Html(WelcomePage { chrome: who.chrome(None)?, next: "/me".to_owned() }.render()?))
}

/// `POST /me/passkeys/begin`
pub async fn begin(State(app): State<App>, who: SignedIn, _: CeremonyJson<Asked>) -> Result<Json<Begun>, Problem> {
    let verb = async move {
        let name = label(&app, &who.session.resident, &who.request).await?;
        let another = Registration::Another(&who.session);
        Ok::<_, Problem>(resident::register::begin(&app, &who.browser.digest(), another, &name).await?)
    };
    Ok(Json(detached(verb).await?))
}

/// `POST /me/passkeys/finish`
pub async fn finish(
    State(app): State<App>, who: SignedIn, CeremonyJson(answer): CeremonyJson<RegisterPublicKeyCredential>,
) -> Result<Json<Value>, Problem> {
    let verb = async move {
        let another = Registration::Another(&who.session);
        resident::register::finish(&app, &who.browser.digest(), another, &answer, &who.request).await
    };
    detached(verb).await?;
    Ok(led_to(HERE))
}

/// `POST /me/passkeys/{id}/remove`
pub async fn remove(
    State(app): State<App>, who: SignedIn, Path(id): Path<String>, Form(fields): Form,
) -> Result<Response, PageError> {
    fields.done()?;
    let id = PasskeyId::parse(&id).map_err(|_| PageError::not_found("not a passkey's id"))?;
    let verb = async move { resident::remove(&app, &who.session, &id, &who.request).await };
    fresh_or_again(detached(verb).await.map(|()| Redirect::to(HERE)))
}

/// `POST /me/recovery-codes`: a new sheet, shown once.
pub async fn new_sheet(State(app): State<App>, who: SignedIn, Form(fields): Form) -> Result<Response, PageError> {
    fields.done()?;
    let (app_, who_) = (app.clone(), who.clone());
    let verb = async move { resident::new_sheet(&app_, &who_.session, &who_.request).await };
    let codes = match detached(verb).await {
        Err(Refusal::NotFresh) => return Ok(again(HERE).into_response()),
        made => made?,
    };
    let sheet = resident::sheet(&app, &who.session.resident).await?;
    let made_at = sheet.made_at.unwrap_or(who.now).seconds();
    let page = RecoveryCodesPage {
        chrome: who.chrome_at(None, HERE.to_owned())?,
        codes,
        made_at,
        recover_url: app.config.server.issuer.at("/recover"),
        next: "/me".to_owned(),
        proof: proof(&app, Sheet::Codes(who.session.resident.clone(), made_at))?,
    };
    Ok(Html(page.render()?).into_response())
}

/// `POST /me/sessions/end-others`: signs out everywhere else.
pub async fn end_others(State(app): State<App>, who: SignedIn, Form(fields): Form) -> Result<Redirect, PageError> {
    fields.done()?;
    detached(async move { resident::end_others(&app, &who.session).await }).await?;
    Ok(Redirect::to(HERE))
}

fn fresh_or_again(done: Result<Redirect, Refusal>) -> Result<Response, PageError> {
    match done {
        Err(Refusal::NotFresh) => Ok(again(HERE).into_response()),
        done => Ok(done?.into_response()),
    }
}
