//! `/desk/emergencies`: the list, one of them, and what is opened in it.

use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::response::{Html, Redirect};
use axum::routing::{get, post};
use serde_json::Value;

use super::witness::name;
use super::{emergency_ask, emergency_hands};
use crate::app::App;
use crate::emergency::{self, Emergency, State as Standing, Target};
use crate::fault::Fault;
use crate::http::error::PageError;
use crate::http::extract::{Form, InConsole, Staff};
use crate::http::layers::detached;
use crate::http::pages::desk::{EmergenciesPage, EmergencyPage, EmergencyReadPage, EmergencyRow, Place};
use crate::ids::EmergencyId;
use crate::people::Role;
use crate::reviews::{self, Opens};
use crate::vault;

/// The list.
pub const HERE: &str = "/desk/emergencies";

/// The addresses.
pub fn routes() -> Router<App> {
    Router::new()
        .route(HERE, get(list))
        .route("/desk/sitting/{id}/emergency", get(emergency_ask::of_resident).post(emergency_ask::ask_of_resident))
        .route("/desk/sitting/{id}/emergency/begin", post(emergency_ask::begin_of_resident))
        .route("/desk/emergencies/building", get(emergency_ask::of_building).post(emergency_ask::ask_of_building))
        .route("/desk/emergencies/building/begin", post(emergency_ask::begin_of_building))
        .route("/desk/emergencies/{id}", get(page))
        .route("/desk/emergencies/{id}/approve", post(emergency_hands::approve))
        .route("/desk/emergencies/{id}/approve/begin", post(emergency_hands::begin_approval))
        .route("/desk/emergencies/{id}/review", post(emergency_hands::review))
        .route("/desk/emergencies/{id}/review/begin", post(emergency_hands::begin_review))
        .route("/desk/emergencies/{id}/end", post(end))
        .route("/desk/emergencies/{id}/read", post(read))
}

/// An id of an address.
pub fn id(text: &str) -> Result<EmergencyId, PageError> {
    EmergencyId::parse(text).map_err(|_| PageError::not_found("not an emergency's id"))
}

/// The emergency of an address.
pub async fn found(app: &App, text: &str) -> Result<Emergency, PageError> {
    let found = emergency::find(&mut app.db.read().await?, app, &id(text)?).await?;
    found.ok_or_else(|| PageError::not_found("no such emergency"))
}

async fn list(State(app): State<App>, who: InConsole) -> Result<Html<String>, PageError> {
    opens(&app, &who, Opens::Emergencies).await?;
    let mut tx = app.db.read().await?;
    let (all, blocked) = (emergency::recent(&mut tx, &app).await?, emergency::is_blocked(&mut tx, &app).await?);
    drop(tx);
    let mut rows = Vec::with_capacity(all.len());
    for one in &all {
        rows.push(row(&app, &who, one).await?);
    }
    let is_staff = who.session.person.role == Role::Staff;
    Ok(Html(EmergenciesPage { frame: who.frame(Some(Place::Emergencies))?, blocked, is_staff, rows }.render()?))
}

/// An auditor's look is an entry, before anything is shown.
async fn opens(app: &App, who: &InConsole, what: Opens) -> Result<(), PageError> {
    if who.session.person.role == Role::Auditor {
        let (app, who) = (app.clone(), who.clone());
        detached(async move { reviews::opens(&app, &who.session, &what, &who.request).await }).await?;
    }
    Ok(())
}

/// One of them. Whom it is about is for those of the staff who have to do with it; an auditor is told no name.
async fn row(app: &App, who: &InConsole, one: &Emergency) -> Result<EmergencyRow, Fault> {
    let named = who.session.person.role == Role::Staff && one.is_read_by(&who.session.person, false, who.now);
    let (label, building) = match one.wanted.as_ref().map(|wanted| &wanted.target) {
        Some(Target::Resident(_, label)) if named => (label.clone(), None),
        Some(Target::Building(name)) => (String::new(), Some(name.clone())),
        _ => (String::new(), None),
    };
    Ok(EmergencyRow {
        id: one.id.to_string(),
        who: label,
        building,
        reason: one.why().to_owned(),
        case: one.wanted.as_ref().map(|wanted| wanted.case.clone()).unwrap_or_default(),
        asked_by: name(app, &one.asked_by).await?,
        asked_at: one.asked_at.seconds(),
        state: match one.state(who.now) {
            Standing::Asked => "asked",
            Standing::Nothing => "nothing",
            Standing::Open => "open",
            Standing::ToReview => "to-review",
            Standing::Reviewed => "reviewed",
        },
        review_due: one.review_due.map(crate::clock::Timestamp::seconds),
        altered: one.is_altered,
        overdue: one.is_overdue(who.now),
    })
}

async fn page(State(app): State<App>, who: InConsole, Path(id): Path<String>) -> Result<Html<String>, PageError> {
    let one = found(&app, &id).await?;
    opens(&app, &who, Opens::Emergency(one.id.clone())).await?;
    let staff = who.session.person.role == Role::Staff;
    let (standing, own) = (one.state(who.now), one.asked_by == *who.person());
    let mut tx = app.db.read().await?;
    let may_review = emergency::is_for_review(&mut tx, &one, &who.session, who.now).await?;
    let may_approve = staff && !own && standing == Standing::Asked && !emergency::is_blocked(&mut tx, &app).await?;
    let reads = vault::break_glass::reads(&mut tx, &one.id).await?;
    let readable = one.is_read_by(&who.session.person, may_review, who.now);
    drop(tx);
    let approved = match &one.approved {
        Some((by, at)) => Some((name(&app, by).await?, at.seconds())),
        None => None,
    };
    let reviewed = match &one.reviewed {
        Some((by, at, finding, words)) => {
            let words = if readable { words.clone() } else { String::new() };
            Some((name(&app, by).await?, at.seconds(), finding.as_str(), words))
        }
        None => None,
    };
    let page = EmergencyPage {
        frame: who.frame_at(Some(Place::Emergencies), format!("{HERE}/{id}"))?,
        row: row(&app, &who, &one).await?,
        words: one.wanted.as_ref().filter(|_| readable).map(|wanted| wanted.words.clone()).unwrap_or_default(),
        claims: one.wanted.as_ref().map(|wanted| wanted.claims.clone()).unwrap_or_default(),
        until: one.until.seconds(),
        approved,
        ends_at: one.ends_at.map(crate::clock::Timestamp::seconds),
        reads,
        reviewed,
        own,
        may_approve,
        may_end: staff && matches!(standing, Standing::Asked | Standing::Open),
        may_read: standing == Standing::Open && one.is_of(who.person()),
        may_review,
    };
    Ok(Html(page.render()?))
}

/// `POST …/end`: taken back, declined or closed, as it stands.
async fn end(
    State(app): State<App>, who: Staff, Path(text): Path<String>, Form(fields): Form,
) -> Result<Redirect, PageError> {
    fields.done()?;
    let id = id(&text)?;
    detached(async move { emergency::end(&app, &who.session, &id, &who.request).await }).await?;
    Ok(Redirect::to(&format!("{HERE}/{text}")))
}

/// `POST …/read`: opens what was approved; the page lies nowhere afterwards.
async fn read(
    State(app): State<App>, who: Staff, Path(text): Path<String>, Form(fields): Form,
) -> Result<Html<String>, PageError> {
    fields.done()?;
    let one = found(&app, &text).await?;
    let (verb, session, request, id) = (app.clone(), who.session.clone(), who.request.clone(), one.id.clone());
    let opened = detached(async move { emergency::read(&verb, &session, &id, &request).await }).await?;
    let frame = who.frame_at(Some(Place::Emergencies), format!("{HERE}/{text}"))?;
    let words = frame.chrome.words;
    let claims = one.wanted.as_ref().map(|wanted| wanted.claims.clone()).unwrap_or_default();
    let person = |read: emergency::Read| {
        let value = |claim: &String| {
            let said = read.claims.get(claim).map_or_else(|| words.say("emergency-none"), said);
            (words.claim(claim), said)
        };
        (read.position, claims.iter().map(value).collect())
    };
    let about = row(&app, &who, &one).await?.about(&frame);
    let missing = opened.missing;
    let people = opened.read.into_iter().map(person).collect();
    let ends_at = one.ends_at.map_or(0, crate::clock::Timestamp::seconds);
    Ok(Html(EmergencyReadPage { frame, id: text, about, people, missing, ends_at }.render()?))
}

fn said(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
