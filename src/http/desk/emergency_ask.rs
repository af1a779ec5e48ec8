//! The first hand: the form with which a member of staff asks, about one resident or about a building.

use askama::Template;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::{Html, Redirect};

use super::confirming::{begin, confirmed};
use super::{emergencies, sitting};
use crate::app::App;
use crate::cases::Said;
use crate::desk;
use crate::emergency::{self, REASONS, Target, Wanted};
use crate::http::error::{PageError, Problem, Trouble};
use crate::http::extract::{AskedWith, CeremonyJson, Fields, Form, Staff};
use crate::http::layers::detached;
use crate::http::pages::desk::{EmergencyAskPage, Place};
use crate::ids::SittingId;
use crate::webauthn::ceremony::Begun;

const BUILDING: &str = "/desk/emergencies/building";

/// The resident of a sitting of this member of staff.
async fn target(app: &App, who: &Staff, id: &str) -> Result<Target, Trouble> {
    let id = SittingId::parse(id).map_err(|_| Trouble::from(desk::Refusal::NotFound))?;
    Ok(Wanted::of_sitting(&desk::sitting(app, &who.session, &id).await?))
}

/// What was typed, the same at both doors. `target`: `None` takes the building's name from the form.
fn wanted(fields: &mut Fields, target: Option<Target>) -> Result<Wanted, Trouble> {
    let target = match target {
        Some(target) => target,
        None => Target::Building(said(fields, "building")?),
    };
    let wanted = Wanted {
        target,
        reason: fields.take("reason")?.unwrap_or_default(),
        words: said(fields, "words")?,
        case: fields.take("case")?.unwrap_or_default().trim().to_owned(),
        claims: fields.take_all("claim"),
    };
    Ok(wanted)
}

/// What was typed into a field; empty when nothing was.
pub fn said(fields: &mut Fields, name: &'static str) -> Result<String, Trouble> {
    let text = fields.take(name)?.unwrap_or_default();
    let said = Said::parse(&text).map_err(|_| Trouble::bad_request("more was said than is read, or unreadably"))?;
    Ok(said.as_str().to_owned())
}

async fn form(app: &App, who: &Staff, target: Option<Target>, action: String) -> Result<Html<String>, PageError> {
    let (label, back) = match target {
        Some(Target::Resident(_, label)) => (Some(label), action.trim_end_matches("/emergency").to_owned()),
        _ => (None, emergencies::HERE.to_owned()),
    };
    let known = |claim: &&String| app.catalogue.claim(claim).is_some();
    let page = EmergencyAskPage {
        frame: who.frame(Some(Place::Emergencies))?,
        action,
        back,
        who: label,
        blocked: emergency::is_blocked(&mut app.db.read().await?, app).await?,
        reasons: REASONS.to_vec(),
        claims: app.config.emergency.claims.iter().filter(known).cloned().collect(),
    };
    Ok(Html(page.render()?))
}

/// `GET /desk/sitting/{id}/emergency`
pub async fn of_resident(
    State(app): State<App>, who: Staff, Path(id): Path<String>,
) -> Result<Html<String>, PageError> {
    sitting::read(&id)?;
    let target = target(&app, &who, &id).await?;
    form(&app, &who, Some(target), format!("/desk/sitting/{id}/emergency")).await
}

/// `GET /desk/emergencies/building`
pub async fn of_building(State(app): State<App>, who: Staff) -> Result<Html<String>, PageError> {
    form(&app, &who, None, BUILDING.to_owned()).await
}

/// `POST /desk/sitting/{id}/emergency/begin`
pub async fn begin_of_resident(
    State(app): State<App>, who: Staff, Path(id): Path<String>, CeremonyJson(asked): CeremonyJson<AskedWith>,
) -> Result<Json<Begun>, Problem> {
    let target = target(&app, &who, &id).await?;
    begin_asking(&app, &who, Some(target), asked.fields()).await
}

/// `POST /desk/emergencies/building/begin`
pub async fn begin_of_building(
    State(app): State<App>, who: Staff, CeremonyJson(asked): CeremonyJson<AskedWith>,
) -> Result<Json<Begun>, Problem> {
    begin_asking(&app, &who, None, asked.fields()).await
}

async fn begin_asking(
    app: &App, who: &Staff, target: Option<Target>, mut fields: Fields,
) -> Result<Json<Begun>, Problem> {
    let wanted = wanted(&mut fields, target)?;
    // What cannot be had is said before a finger is asked for.
    wanted.check(app)?;
    begin(app, who, wanted.act()).await
}

/// `POST /desk/sitting/{id}/emergency`
pub async fn ask_of_resident(
    State(app): State<App>, who: Staff, Path(id): Path<String>, Form(fields): Form,
) -> Result<Redirect, PageError> {
    let target = target(&app, &who, &id).await?;
    ask(app, who, Some(target), fields).await
}

/// `POST /desk/emergencies/building`
pub async fn ask_of_building(State(app): State<App>, who: Staff, Form(fields): Form) -> Result<Redirect, PageError> {
    ask(app, who, None, fields).await
}

async fn ask(app: App, who: Staff, target: Option<Target>, mut fields: Fields) -> Result<Redirect, PageError> {
    let wanted = wanted(&mut fields, target)?;
    let confirmed = confirmed(&app, &who, wanted.act(), &mut fields).await?;
    fields.done()?;
    let verb = async move { emergency::ask(&app, &who.session, &wanted, &confirmed, &who.request).await };
    let id = detached(verb).await?;
    Ok(Redirect::to(&format!("{}/{id}", emergencies::HERE)))
}
