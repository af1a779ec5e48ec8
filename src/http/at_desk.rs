//! The desk, from the resident's side: confirming on her own phone, undoing at home, a new passkey after a recovery.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use webauthn_rs::prelude::RegisterPublicKeyCredential;

use super::confirming;
use super::desk::{doing, staff_name};
use super::error::{PageError, Problem, Trouble};
use super::extract::{Asked, AskedWith, CeremonyJson, Form, SignedIn, Visit};
use super::greeting::{greeting, label};
use super::layers::detached;
use super::pages::{AtDeskDonePage, AtDeskPage, DeskRow, MyDeskPage, RegainPage, Tab, UnderWay};
use super::passkeys::AFTER_REGISTRATION;
use super::sign_in::signed_in;
use crate::app::App;
use crate::clock::Timestamp;
use crate::desk::{self, Act, recovery};
use crate::fault::Fault;
use crate::ids::{DeskActId, RecoveryId};
use crate::ledger::By;
use crate::resident::{self, Registration};
use crate::vault;
use crate::webauthn::ceremony::Begun;

/// The addresses.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/at-desk/{token}", get(page).post(answer))
        .route("/at-desk/{token}/begin", post(begin))
        .route("/me/desk", get(mine))
        .route("/me/desk/{act}/undo", post(undo))
        .route("/me/desk/recovery/{id}/stop", post(stop))
        .route("/regain/{token}", get(regain))
        .route("/regain/{token}/begin", post(regain_begin))
        .route("/regain/{token}/finish", post(regain_finish))
}

/// `GET /at-desk/{token}`: changes nothing, however often it is opened.
async fn page(State(app): State<App>, who: SignedIn, Path(token): Path<String>) -> Result<Html<String>, PageError> {
    let act = desk::by_token(&app, &who.session.resident, &token).await?;
    let values = values(&app, &who, &act).await?;
    let page = AtDeskPage {
        chrome: who.chrome(None)?,
        doing: doing(&act, who.now),
        values,
        staff: staff_name(&app, &act.person).await?,
        action: format!("/at-desk/{token}"),
        begin: format!("/at-desk/{token}/begin"),
    };
    Ok(Html(page.render()?))
}

/// What would go out, for her own eyes: the desk's screen never has it.
async fn values(app: &App, who: &SignedIn, act: &Act) -> Result<Vec<(String, String)>, PageError> {
    let claims = doing(act, who.now).claims;
    if claims.is_empty() {
        return Ok(Vec::new());
    }
    let shown = vault::preview(app, &act.resident, &By::Resident, &claims, who.request.clone()).await;
    let shown = shown.map_err(|_| Trouble::bad_request("the values cannot be shown"))?;
    let released: HashMap<String, (String, String)> = shown
        .into_iter()
        .filter_map(|one| {
            let (name, value) = one.released?;
            Some((one.claim, (name, value.as_str().map_or_else(|| value.to_string(), str::to_owned))))
        })
        .collect();
    let row = |claim: String| released.get(&claim).cloned().unwrap_or((claim, String::new()));
    Ok(claims.into_iter().map(row).collect())
}

/// `POST /at-desk/{token}/begin`: the confirmation of exactly this act.
async fn begin(
    State(app): State<App>, who: SignedIn, Path(token): Path<String>, CeremonyJson(_): CeremonyJson<AskedWith>,
) -> Result<Json<Begun>, Problem> {
    let act = desk::by_token(&app, &who.session.resident, &token).await?;
    confirming::begin(&app, &who, desk::to_sign(&act)).await
}

/// `POST /at-desk/{token}`: confirmed with her passkey; or `decision` = `no`, or `pressed`.
async fn answer(
    State(app): State<App>, who: SignedIn, Path(token): Path<String>, Form(mut fields): Form,
) -> Result<Response, PageError> {
    let agreed = match fields.take("decision")?.as_deref() {
        Some("no") => None,
        Some("pressed") => Some(false),
        Some("yes") => Some(true),
        _ => return Err(Trouble::bad_request("neither yes nor no").into()),
    };
    let chrome = who.chrome_at(None, "/me".to_owned())?;
    if agreed == Some(true) {
        let act = desk::by_token(&app, &who.session.resident, &token).await?;
        let confirmed = confirming::confirmed(&app, &who, desk::to_sign(&act), &mut fields).await?;
        fields.done()?;
        let verb = async move { desk::confirm_by_phone(&app, &token, &confirmed, &who.request).await };
        detached(verb).await?;
        return Ok(Html(AtDeskDonePage { chrome, agreed: true }.render()?).into_response());
    }
    fields.done()?;
    let pressed = agreed == Some(false);
    let verb = async move { desk::refuse_by_phone(&app, &who.session.resident, &token, pressed, &who.request).await };
    detached(verb).await?;
    Ok(Html(AtDeskDonePage { chrome, agreed: false }.render()?).into_response())
}

/// `GET /me/desk`: what was done with her, and a recovery under way.
async fn mine(State(app): State<App>, who: SignedIn) -> Result<Html<String>, PageError> {
    let resident = &who.session.resident;
    let mut rows = Vec::new();
    for act in desk::acts_of(&app, resident).await?.into_iter().filter(Act::is_done) {
        rows.push(DeskRow {
            doing: doing(&act, who.now),
            at: act.settled.map_or(0, |(_, at)| at.seconds()),
            staff: staff_name(&app, &act.person).await?,
            may_undo: act.may_be_undone(who.now),
        });
    }
    let recovery = recovery::of_resident(&app, resident).await?.map(|recovery| UnderWay {
        id: recovery.id.to_string(),
        at: recovery.begun_at.seconds(),
        ready_at: recovery.ready_at.map(Timestamp::seconds),
    });
    Ok(Html(MyDeskPage { chrome: who.chrome(Some(Tab::Mine))?, rows, recovery }.render()?))
}

/// `POST /me/desk/{act}/undo`
async fn undo(
    State(app): State<App>, who: SignedIn, Path(act): Path<String>, Form(fields): Form,
) -> Result<Redirect, PageError> {
    fields.done()?;
    let id = DeskActId::parse(&act).map_err(|_| PageError::not_found("not an act's id"))?;
    detached(async move { desk::undo(&app, &who.session.resident, &id, &who.request).await }).await?;
    Ok(Redirect::to("/me/desk"))
}

/// `POST /me/desk/recovery/{id}/stop`
async fn stop(
    State(app): State<App>, who: SignedIn, Path(id): Path<String>, Form(fields): Form,
) -> Result<Redirect, PageError> {
    fields.done()?;
    let id = RecoveryId::parse(&id).map_err(|_| PageError::not_found("not a recovery's id"))?;
    let verb = async move { recovery::stop_by_resident(&app, &who.session.resident, &id, &who.request).await };
    detached(verb).await?;
    Ok(Redirect::to("/me/desk"))
}

/// `GET /regain/{token}`: changes nothing.
async fn regain(State(app): State<App>, visit: Visit, Path(token): Path<String>) -> Result<Html<String>, PageError> {
    let resident = resident::recovering_at_desk(&app, &token).await?;
    let page = RegainPage {
        chrome: visit.chrome(None)?,
        name: greeting(&app, &resident, &visit.request).await?,
        begin: format!("/regain/{token}/begin"),
        finish: format!("/regain/{token}/finish"),
    };
    Ok(Html(page.render()?))
}

/// `POST /regain/{token}/begin`
async fn regain_begin(
    State(app): State<App>, visit: Visit, Path(token): Path<String>, _: CeremonyJson<Asked>,
) -> Result<Json<Begun>, Problem> {
    let verb = async move {
        let resident = resident::recovering_at_desk(&app, &token).await?;
        let name = label(&app, &resident, &visit.request).await?;
        let at_desk = Registration::AtDesk(&token);
        Ok::<_, Problem>(resident::register::begin(&app, &visit.browser.digest(), at_desk, &name).await?)
    };
    Ok(Json(detached(verb).await?))
}

/// `POST /regain/{token}/finish`
async fn regain_finish(
    State(app): State<App>, visit: Visit, Path(token): Path<String>,
    CeremonyJson(answer): CeremonyJson<RegisterPublicKeyCredential>,
) -> Result<Response, Problem> {
    let issuer = app.config.server.issuer.clone();
    let verb = async move {
        let browser = visit.browser.digest();
        let done = recovery::regain(&app, &browser, &token, &answer, &visit.request).await?;
        let (_, cookie) = done.session.ok_or(Fault::Internal("a recovery opened no session"))?;
        Ok::<_, Problem>(cookie)
    };
    let cookie = detached(verb).await?;
    Ok(signed_in(&issuer, &cookie, AFTER_REGISTRATION))
}
