//! `/desk/recoveries`: who lost every key, who begins, who seconds, and the wait.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Redirect, Response};

use super::door::again;
use super::sitting;
use super::witness::name;
use crate::app::App;
use crate::desk::recovery::{self, Recovery};
use crate::desk::{self, Refusal};
use crate::http::error::PageError;
use crate::http::extract::{Form, Staff};
use crate::http::layers::detached;
use crate::http::pages::desk::{LinkPage, Place, RecoveriesPage, RecoveryRow};
use crate::ids::RecoveryId;
use crate::paper::qr;

const HERE: &str = "/desk/recoveries";

fn read(id: &str) -> Result<RecoveryId, PageError> {
    RecoveryId::parse(id).map_err(|_| PageError::not_found("not a recovery's id"))
}

/// `GET /desk/recoveries`
pub async fn page(State(app): State<App>, who: Staff) -> Result<Html<String>, PageError> {
    let mut rows = Vec::new();
    for recovery in recovery::open(&app).await? {
        rows.push(row(&app, &who, &recovery).await?);
    }
    let hours = app.config.desk.recovery_hours;
    Ok(Html(RecoveriesPage { frame: who.frame(Some(Place::Recoveries))?, rows, hours }.render()?))
}

async fn row(app: &App, who: &Staff, recovery: &Recovery) -> Result<RecoveryRow, PageError> {
    let seconded_by = match &recovery.seconded_by {
        Some(person) => Some(name(app, person).await?),
        None => None,
    };
    Ok(RecoveryRow {
        id: recovery.id.to_string(),
        name: recovery.label.name.clone(),
        flat: recovery.label.flat.clone(),
        begun_by: name(app, &recovery.begun_by).await?,
        begun_at: recovery.begun_at.seconds(),
        seconded_by,
        ready_at: recovery.ready_at.map(crate::clock::Timestamp::seconds),
        ready: recovery.is_ready(who.now),
        own: recovery.begun_by == *who.person(),
    })
}

/// `POST /desk/sitting/{id}/recover`
pub async fn begin(
    State(app): State<App>, who: Staff, Path(id): Path<String>, Form(fields): Form,
) -> Result<Redirect, PageError> {
    fields.done()?;
    let id = sitting::read(&id)?;
    detached(async move { recovery::begin(&app, &who.session, &id, &who.request).await }).await?;
    Ok(Redirect::to(HERE))
}

/// `POST /desk/recoveries/{id}/second`
pub async fn second(
    State(app): State<App>, who: Staff, Path(id): Path<String>, Form(fields): Form,
) -> Result<Response, PageError> {
    fields.done()?;
    let id = read(&id)?;
    match detached(async move { recovery::second(&app, &who.session, &id, &who.request).await }).await {
        Err(Refusal::NotFresh) => Ok(again(HERE).into_response()),
        done => done.map(|()| Redirect::to(HERE).into_response()).map_err(Into::into),
    }
}

/// `POST /desk/recoveries/{id}/stop`
pub async fn stop(
    State(app): State<App>, who: Staff, Path(id): Path<String>, Form(fields): Form,
) -> Result<Redirect, PageError> {
    fields.done()?;
    let id = read(&id)?;
    detached(async move { recovery::stop(&app, &who.session, &id, &who.request).await }).await?;
    Ok(Redirect::to(HERE))
}

/// `POST /desk/recoveries/{id}/link`: after the wait, for the phone at the counter.
pub async fn link(
    State(app): State<App>, who: Staff, Path(id): Path<String>, Form(fields): Form,
) -> Result<Html<String>, PageError> {
    fields.done()?;
    let id = read(&id)?;
    let (app_, who_, id_) = (app.clone(), who.clone(), id.clone());
    let token = detached(async move { recovery::link(&app_, &who_.session, &id_, &who_.request).await }).await?;
    let found = recovery::open(&app).await?.into_iter().find(|recovery| recovery.id == id);
    let label = found.map(|recovery| recovery.label).ok_or(desk::Refusal::Over("ended"))?;
    let link = app.config.server.issuer.at(&format!("/regain/{}", token.expose()));
    let page = LinkPage {
        frame: who.frame_at(Some(Place::Recoveries), HERE.to_owned())?,
        name: label.name,
        flat: label.flat,
        qr: qr(&link)?,
        link,
        until: who.now.seconds() + 60 * 60,
        back: HERE.to_owned(),
    };
    Ok(Html(page.render()?))
}
