//! `/me/cases`: what the resident asked of people, who has to answer by when, and what they answered.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, Redirect};
use serde::Deserialize;

use super::Names;
use crate::app::App;
use crate::cases::{self, Case, Kind, Said, Wish};
use crate::custody::book;
use crate::fault::Fault;
use crate::http::error::{PageError, Trouble};
use crate::http::extract::{Form, SignedIn};
use crate::http::layers::detached;
use crate::http::pages::{CasePage, CaseRow, CaseStep, CasesPage, NewCasePage, Tab};
use crate::ids::{CaseId, ClientId};
use crate::ledger;
use crate::oauth;
use crate::people;
use crate::sealing;

/// `GET /me/cases`
pub async fn list(State(app): State<App>, signed_in: SignedIn) -> Result<Html<String>, PageError> {
    let all = cases::of_resident(&mut app.db.read().await?, signed_in.whose()).await?;
    let names = Names::of(&app, signed_in.words, all.iter().filter_map(|case| case.client.clone())).await?;
    let (over, open): (Vec<_>, Vec<_>) = all.iter().partition(|case| case.is_over());
    let rows = |cases: Vec<&Case>| cases.into_iter().map(|case| row(case, &names, &signed_in)).collect();
    let page = CasesPage { chrome: signed_in.chrome(Some(Tab::Mine))?, open: rows(open), over: rows(over) };
    Ok(Html(page.render()?))
}

fn row(case: &Case, names: &Names, signed_in: &SignedIn) -> CaseRow {
    CaseRow {
        id: case.id.to_string(),
        kind: case.kind.as_str(),
        state: case.state.as_str(),
        client: case.client.as_ref().map(|id| names.get(id)),
        entry: case.entry,
        opened_at: case.opened_at,
        due_at: case.due_at,
        overdue: case.is_overdue(signed_in.now.seconds()),
        waits: case.waits(),
        outcome: case.outcome.map(|outcome| outcome.as_str()),
    }
}

/// What a new case is to be about.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct About {
    /// The number of an entry of her book.
    entry: Option<u64>,
    /// A client, where there is no entry.
    client: Option<String>,
}

/// `GET /me/cases/new`
pub async fn new(
    State(app): State<App>, signed_in: SignedIn, Query(about): Query<About>,
) -> Result<Html<String>, PageError> {
    let unknown = || PageError::not_found("nothing to raise a case about");
    if signed_in.mandate().is_some() && about.entry.is_none() {
        return Err(unknown());
    }
    let mut tx = app.db.read().await?;
    let line = match about.entry {
        None => None,
        Some(entry) => Some(book::line(&mut tx, &app.custody, signed_in.whose(), entry).await?.ok_or_else(unknown)?),
    };
    let client = line.as_ref().map_or(about.client.clone(), |line| line.detail.client.clone());
    let client = client.map(|id| ClientId::parse(&id)).transpose().map_err(|_| unknown())?;
    if let (None, Some(id)) = (&line, &client) {
        oauth::client(&mut tx, id).await?.ok_or_else(unknown)?;
    }
    drop(tx);
    let names = Names::of(&app, signed_in.words, client.iter().cloned()).await?;
    let page = NewCasePage {
        chrome: signed_in.chrome(Some(Tab::Mine))?,
        entry: about.entry,
        client_id: client.as_ref().filter(|_| line.is_none()).map(ToString::to_string),
        client: client.as_ref().map(|id| names.get(id)),
        at: line.as_ref().map(|line| line.detail.at.div_euclid(1_000)),
        line: line.as_ref().map(|line| super::book::say(line, &names)),
        due_at: cases::due(&app).seconds(),
    };
    Ok(Html(page.render()?))
}

/// `POST /me/cases`
pub async fn raise(State(app): State<App>, signed_in: SignedIn, Form(mut fields): Form) -> Result<Redirect, PageError> {
    let bad = |_| Trouble::bad_request("not a wish that a page of ours makes");
    let kind = fields.take("kind")?.and_then(|word| Kind::of(&word));
    // What goes by staff alone has pages of its own: there is something to show there.
    let kind = kind.filter(|kind| !matches!(kind, Kind::Correction | Kind::Relative));
    let entry = fields.take("entry")?.map(|entry| entry.parse::<u64>()).transpose().map_err(bad)?;
    let client = fields.take("client")?.map(|id| ClientId::parse(&id)).transpose();
    let wish = Wish {
        kind: kind.ok_or(Trouble::bad_request("no such kind of case"))?,
        entry,
        client: client.map_err(|_| Trouble::bad_request("no such client"))?,
        words: Said::parse(&fields.take("words")?.unwrap_or_default())?,
        shares: fields.take("share")?.is_some(),
    };
    fields.done()?;
    let for_another = signed_in.mandate().is_some();
    if for_another {
        may_object(&app, &signed_in, &wish).await?;
    }
    let (by, resident, request, verb) =
        (signed_in.by(), signed_in.whose().clone(), signed_in.request.clone(), app.clone());
    let opened = detached(async move { cases::raise(&verb, &resident, &wish, &by, &request).await }).await?;
    // What comes of it is between the app, the service centre and the resident.
    let next = if for_another { "/book".to_owned() } else { format!("/cases/{}", opened.id()) };
    Ok(Redirect::to(&signed_in.at(&next)))
}

/// Whoever acts for a resident objects to what an app did, and to nothing else: complaints about people, and questions
/// about what was decided, are the resident's own.
async fn may_object(app: &App, signed_in: &SignedIn, wish: &Wish) -> Result<(), PageError> {
    let refused = || PageError::refused(StatusCode::FORBIDDEN, "mandate-scope", "an objection to an access, no more");
    let entry = wish.entry.filter(|_| wish.kind == Kind::Objection).ok_or_else(refused)?;
    let mut tx = app.db.read().await?;
    let line = book::line(&mut tx, &app.custody, signed_in.whose(), entry).await?.ok_or_else(refused)?;
    let of_an_app = matches!(line.kind, ledger::Kind::Disclosure | ledger::Kind::Refusal);
    if of_an_app { Ok(()) } else { Err(refused()) }
}

async fn own(app: &App, signed_in: &SignedIn, id: &str) -> Result<Case, PageError> {
    let unknown = || PageError::not_found("no such case of this resident");
    let id = CaseId::parse(id).map_err(|_| unknown())?;
    cases::own(&mut app.db.read().await?, signed_in.whose(), &id).await?.ok_or_else(unknown)
}

/// Who looks after a case, as she may ask for them at the desk. Whoever works here no more looks after nothing.
async fn owner(app: &App, case: &Case) -> Result<Option<String>, Fault> {
    let Some(owner) = &case.owner else { return Ok(None) };
    let all = people::list(app).await?;
    let own = all.into_iter().find(|one| one.person.id == *owner && one.disabled_at.is_none());
    Ok(own.map(|one| one.person.name))
}

/// Until when a near relative may fetch the copy that she was granted.
async fn copy_until(app: &App, case: &Case) -> Result<Option<i64>, Fault> {
    if case.kind != Kind::Relative {
        return Ok(None);
    }
    let grant = sealing::grant_of(&mut app.db.read().await?, &case.id, &case.resident, app.now()).await?;
    Ok(grant.map(|grant| grant.until.seconds()))
}

/// `GET /me/cases/{case}`
pub async fn one(
    State(app): State<App>, signed_in: SignedIn, Path(id): Path<String>,
) -> Result<Html<String>, PageError> {
    let case = own(&app, &signed_in, &id).await?;
    let steps = cases::history(&mut app.db.read().await?, &app, &case).await?;
    let names = Names::of(&app, signed_in.words, case.client.iter().cloned()).await?;
    let step = |step: cases::Step| CaseStep {
        word: step.word,
        at: step.at,
        actor: step.actor,
        words: step.words,
        shared: step.shared,
        outcome: step.outcome.map(|outcome| outcome.as_str()),
    };
    let page = CasePage {
        chrome: signed_in.chrome(Some(Tab::Mine))?,
        owner: owner(&app, &case).await?,
        copy_until: copy_until(&app, &case).await?,
        read_at: steps.first().and_then(|step| step.read_at),
        case: row(&case, &names, &signed_in),
        purpose: case.purpose.clone(),
        claims: case.claims.clone(),
        steps: steps.into_iter().map(step).collect(),
    };
    Ok(Html(page.render()?))
}

/// `POST /me/cases/{case}/settle`: the answer settles it.
pub async fn settle(
    State(app): State<App>, signed_in: SignedIn, Path(id): Path<String>, Form(fields): Form,
) -> Result<Redirect, PageError> {
    fields.done()?;
    let (case, by, request) = (own(&app, &signed_in, &id).await?, signed_in.by(), signed_in.request.clone());
    detached(async move { cases::settle(&app, &case.resident, &case.id, &by, &request).await }).await?;
    Ok(Redirect::to(&signed_in.at(&format!("/cases/{id}"))))
}

/// `POST /me/cases/{case}/dispute`: it does not; the service centre decides.
pub async fn dispute(
    State(app): State<App>, signed_in: SignedIn, Path(id): Path<String>, Form(mut fields): Form,
) -> Result<Redirect, PageError> {
    let words = Said::parse(&fields.take("words")?.unwrap_or_default())?;
    fields.done()?;
    let (case, by, request) = (own(&app, &signed_in, &id).await?, signed_in.by(), signed_in.request.clone());
    detached(async move { cases::dispute(&app, &case.resident, &case.id, &words, &by, &request).await }).await?;
    Ok(Redirect::to(&signed_in.at(&format!("/cases/{id}"))))
}

/// `POST /me/cases/{case}/take-back`
pub async fn take_back(
    State(app): State<App>, signed_in: SignedIn, Path(id): Path<String>, Form(fields): Form,
) -> Result<Redirect, PageError> {
    fields.done()?;
    let (case, by, request) = (own(&app, &signed_in, &id).await?, signed_in.by(), signed_in.request.clone());
    detached(async move { cases::take_back(&app, &case.resident, &case.id, &by, &request).await }).await?;
    Ok(Redirect::to(&signed_in.at(&format!("/cases/{id}"))))
}
