//! `/desk/sealings`: who has died, as staff say; who confirms it, and who opens a record again.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Redirect, Response};

use super::door::again;
use super::sitting;
use super::witness::name;
use crate::app::App;
use crate::clock::Timestamp;
use crate::fault::Fault;
use crate::http::error::{PageError, Trouble};
use crate::http::extract::{Form, Staff};
use crate::http::layers::detached;
use crate::http::pages::desk::{Place, SealingRow, SealingsPage};
use crate::ids::SealingId;
use crate::sealing::{self, Evidence, Refusal, Sealing};

const HERE: &str = "/desk/sealings";

fn read(id: &str) -> Result<SealingId, PageError> {
    SealingId::parse(id).map_err(|_| PageError::not_found("not a sealing's id"))
}

/// `GET /desk/sealings`
pub async fn page(State(app): State<App>, who: Staff) -> Result<Html<String>, PageError> {
    let all = sealing::open(&mut app.db.read().await?, &app.custody).await?;
    let mut rows = Vec::with_capacity(all.len());
    for sealing in &all {
        rows.push(row(&app, &who, sealing).await?);
    }
    Ok(Html(SealingsPage { frame: who.frame(Some(Place::Sealings))?, rows }.render()?))
}

async fn row(app: &App, who: &Staff, sealing: &Sealing) -> Result<SealingRow, Fault> {
    let confirmed_by = match &sealing.confirmed_by {
        Some(person) => Some(name(app, person).await?),
        None => None,
    };
    let lift_asked_by = match &sealing.lift_asked_by {
        Some(person) => Some(name(app, person).await?),
        None => None,
    };
    Ok(SealingRow {
        id: sealing.id.to_string(),
        name: sealing.label.name.clone(),
        flat: sealing.label.flat.clone(),
        evidence: sealing.evidence.as_str(),
        asked_by: name(app, &sealing.asked_by).await?,
        asked_at: sealing.asked_at.seconds(),
        confirmed_by,
        final_at: sealing.final_at.map(Timestamp::seconds),
        is_final: sealing.is_final(who.now),
        own: sealing.asked_by == *who.person(),
        lift_asked_by,
        own_lift: sealing.lift_asked_by.as_ref() == Some(who.person()),
    })
}

/// `POST /desk/sitting/{id}/seal`: the resident of a sitting has died, by such a paper.
pub async fn ask(
    State(app): State<App>, who: Staff, Path(id): Path<String>, Form(mut fields): Form,
) -> Result<Redirect, PageError> {
    let evidence = fields.take("evidence")?.and_then(|word| Evidence::of(&word));
    let evidence = evidence.ok_or(Trouble::bad_request("no such evidence"))?;
    fields.done()?;
    let id = sitting::read(&id)?;
    detached(async move { sealing::ask(&app, &who.session, &id, evidence, &who.request).await }).await?;
    Ok(Redirect::to(HERE))
}

/// `POST /desk/sealings/{id}/{step}`: `confirm`, `stop`, `ask-lift` or `lift`.
pub async fn step(
    State(app): State<App>, who: Staff, Path((id, step)): Path<(String, String)>, Form(fields): Form,
) -> Result<Response, PageError> {
    fields.done()?;
    let id = read(&id)?;
    let verb = async move {
        let (session, request) = (&who.session, &who.request);
        match step.as_str() {
            "confirm" => sealing::confirm(&app, session, &id, request).await,
            "stop" => sealing::stop(&app, session, &id, request).await,
            "ask-lift" => sealing::ask_lift(&app, session, &id, request).await,
            "lift" => sealing::lift(&app, session, &id, request).await,
            _ => Err(Refusal::NotFound),
        }
    };
    match detached(verb).await {
        Err(Refusal::NotFresh) => Ok(again(HERE).into_response()),
        done => done.map(|()| Redirect::to(HERE).into_response()).map_err(Into::into),
    }
}
