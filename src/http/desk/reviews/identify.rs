//! `/desk/reviews/names`: who an alias is. One auditor asks and signs, another one approves what was signed, and the first
//! one sees the name once.

use askama::Template;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::{Html, Redirect};

use super::names::Names;
use crate::app::App;
use crate::http::desk::confirming;
use crate::http::error::{PageError, Problem, Trouble};
use crate::http::extract::{AskedWith, Auditor, CeremonyJson, Fields, Form};
use crate::http::layers::detached;
use crate::http::pages::desk::{NamePage, NameRow, NamesPage, Place};
use crate::ids::IdentifyId;
use crate::people::Act;
use crate::reviews::identify::{self, Identify, Standing};
use crate::webauthn::ceremony::Begun;

const HERE: &str = "/desk/reviews/names";

fn id(text: &str) -> Result<IdentifyId, Trouble> {
    IdentifyId::parse(text).map_err(|_| crate::reviews::Refusal::NotFound.into())
}

/// `GET /desk/reviews/names`
pub async fn list(State(app): State<App>, who: Auditor) -> Result<Html<String>, PageError> {
    let (app_, who_) = (app.clone(), who.clone());
    let (all, unread) = detached(async move { identify::list(&app_, &who_.session, &who_.request).await }).await?;
    let names = Names::read(&app, &who).await?;
    let waits = |one: &&Identify| matches!(one.standing, Standing::Waiting(_)) && one.asked_by != *who.person();
    let page = NamesPage {
        frame: who.frame(Some(Place::Names))?,
        waiting: all.iter().filter(waits).count(),
        rows: all.iter().map(|one| row(one, &who, &names)).collect(),
        unread,
    };
    Ok(Html(page.render()?))
}

fn row(one: &Identify, who: &Auditor, names: &Names) -> NameRow {
    let (state, until) = match one.standing {
        Standing::Waiting(until) => ("waiting", Some(until)),
        Standing::Approved(until) => ("approved", Some(until)),
        Standing::Opened => ("opened", None),
        Standing::Cancelled => ("cancelled", None),
        Standing::Lapsed => ("lapsed", None),
    };
    NameRow {
        id: one.id.to_string(),
        alias: one.alias.clone(),
        reason: one.reason.clone(),
        asked_by: names.of(one.asked_by.as_str()),
        asked_at: one.asked_at,
        approved_by: one.approved_by.as_ref().map(|id| names.of(id.as_str())),
        state,
        until,
        own: one.asked_by == *who.person(),
    }
}

/// What is asked for, the same at both doors.
fn wanted(fields: &mut Fields) -> Result<(String, String), Trouble> {
    let alias = fields.take("alias")?.unwrap_or_default();
    let reason = fields.take("reason")?.unwrap_or_default();
    Ok((alias, reason.trim().to_owned()))
}

/// `POST /desk/reviews/names/begin`
pub async fn begin(
    State(app): State<App>, who: Auditor, CeremonyJson(asked): CeremonyJson<AskedWith>,
) -> Result<Json<Begun>, Problem> {
    let (alias, reason) = wanted(&mut asked.fields())?;
    let act = identify::ask_act(&alias, &reason)?;
    confirming::begin(&app, &who, act).await
}

/// `POST /desk/reviews/names`
pub async fn ask(State(app): State<App>, who: Auditor, Form(mut fields): Form) -> Result<Redirect, PageError> {
    let (alias, reason) = wanted(&mut fields)?;
    let act = identify::ask_act(&alias, &reason)?;
    let confirmed = confirming::confirmed(&app, &who, act, &mut fields).await?;
    fields.done()?;
    let verb = async move { identify::ask(&app, &who.session, (&alias, &reason), &confirmed, &who.request).await };
    detached(verb).await?;
    Ok(Redirect::to(HERE))
}

async fn to_approve(app: &App, text: &str) -> Result<Act, Trouble> {
    Ok(identify::approve_act(&identify::one(app, &id(text)?).await?.proof))
}

/// `POST /desk/reviews/names/{id}/approve/begin`
pub async fn begin_approval(
    State(app): State<App>, who: Auditor, Path(text): Path<String>, CeremonyJson(_): CeremonyJson<AskedWith>,
) -> Result<Json<Begun>, Problem> {
    let act = to_approve(&app, &text).await?;
    confirming::begin(&app, &who, act).await
}

/// `POST /desk/reviews/names/{id}/approve`
pub async fn approve(
    State(app): State<App>, who: Auditor, Path(text): Path<String>, Form(mut fields): Form,
) -> Result<Redirect, PageError> {
    let act = to_approve(&app, &text).await?;
    let confirmed = confirming::confirmed(&app, &who, act, &mut fields).await?;
    fields.done()?;
    let id = id(&text)?;
    detached(async move { identify::approve(&app, &who.session, &id, &confirmed, &who.request).await }).await?;
    Ok(Redirect::to(HERE))
}

/// `POST /desk/reviews/names/{id}/cancel`
pub async fn cancel(
    State(app): State<App>, who: Auditor, Path(text): Path<String>, Form(fields): Form,
) -> Result<Redirect, PageError> {
    fields.done()?;
    let id = id(&text)?;
    detached(async move { identify::cancel(&app, &who.session, &id, &who.request).await }).await?;
    Ok(Redirect::to(HERE))
}

/// `POST /desk/reviews/names/{id}/open`: the answer holds the name, and no address does.
pub async fn open(
    State(app): State<App>, who: Auditor, Path(text): Path<String>, Form(fields): Form,
) -> Result<Html<String>, PageError> {
    fields.done()?;
    let id = id(&text)?;
    let (app_, who_, id_) = (app.clone(), who.clone(), id.clone());
    let name = detached(async move { identify::open(&app_, &who_.session, &id_, &who_.request).await }).await?;
    let names = Names::read(&app, &who).await?;
    let one = identify::one(&app, &id).await?;
    let page = NamePage {
        frame: who.frame_at(Some(Place::Names), HERE.to_owned())?,
        row: row(&one, &who, &names),
        name: name.as_str().to_owned(),
    };
    Ok(Html(page.render()?))
}
