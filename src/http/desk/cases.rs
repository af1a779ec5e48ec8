//! `/desk/cases`: what residents wait for. Staff answers; auditors see what is overdue, and nobody's words.

use std::collections::HashMap;

use askama::Template;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::response::{Html, Redirect};
use axum::routing::{get, post};
use serde::Deserialize;

use crate::app::App;
use crate::cases::{self, Case, Filter, Kind, Outcome, Said, StaffAnswer};
use crate::fault::Fault;
use crate::http::error::{PageError, Trouble};
use crate::http::extract::{Form, InConsole, Staff};
use crate::http::layers::detached;
use crate::http::pages::CaseStep;
use crate::http::pages::desk::{ConsoleCasePage, ConsoleCaseRow, ConsoleCasesPage, Place, RelativeWish};
use crate::ids::{CaseId, SealingId};
use crate::people::Role;
use crate::sealing::relative;
use crate::text::Locale;
use crate::{ledger, oauth, people, rights, sealing};

/// A list shows so many cases.
const SHOWN: i64 = 200;

/// The addresses below `/desk`.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/desk/cases", get(list))
        .route("/desk/cases/{case}", get(one))
        .route("/desk/cases/{case}/read", post(read))
        .route("/desk/cases/{case}/take", post(take))
        .route("/desk/cases/{case}/answer", post(answer))
}

/// Which list.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Shown {
    #[serde(default)]
    show: String,
}

/// `GET /desk/cases`
async fn list(State(app): State<App>, who: InConsole, Query(shown): Query<Shown>) -> Result<Html<String>, PageError> {
    let staff = who.session.person.role == Role::Staff;
    let (show, filter) = match (shown.show.as_str(), staff) {
        ("", true) | ("staff", _) => ("staff", Filter::ForStaff),
        ("", false) | ("overdue", _) => ("overdue", Filter::Overdue),
        ("open", _) => ("open", Filter::Open),
        ("mine", true) => ("mine", Filter::Of(who.person())),
        ("over", _) => ("over", Filter::Over),
        _ => return Err(PageError::not_found("no such list of cases")),
    };
    let mut tx = app.db.read().await?;
    let found = cases::list(&mut tx, filter, who.now, SHOWN).await?;
    let counts = cases::count(&mut tx, who.now).await?;
    drop(tx);
    let page = ConsoleCasesPage {
        frame: who.frame(Some(Place::Cases))?,
        show,
        is_staff: staff,
        open: counts.open,
        overdue: counts.overdue,
        rows: rows(&app, &who, &found).await?,
    };
    Ok(Html(page.render()?))
}

async fn rows(app: &App, who: &InConsole, cases: &[Case]) -> Result<Vec<ConsoleCaseRow>, Fault> {
    let colleagues = people::list(app).await?.into_iter().filter(|one| one.disabled_at.is_none());
    let colleagues: HashMap<String, String> =
        colleagues.map(|one| (one.person.id.to_string(), one.person.name)).collect();
    let chinese = who.words.locale() == Locale::ZhHans;
    let mut rows = Vec::with_capacity(cases.len());
    let mut tx = app.db.read().await?;
    for case in cases {
        let client = match &case.client {
            Some(id) => oauth::client(&mut tx, id).await?.map(|client| client.name_in(chinese).to_owned()),
            None => None,
        };
        rows.push(ConsoleCaseRow {
            id: case.id.to_string(),
            kind: case.kind.as_str(),
            state: case.state.as_str(),
            client: client.or_else(|| case.client.as_ref().map(ToString::to_string)),
            entry: case.entry,
            purpose: case.purpose.clone(),
            claims: case.claims.clone(),
            owner: case.owner.as_ref().and_then(|id| colleagues.get(id.as_str()).cloned()),
            mine: case.owner.as_ref() == Some(who.person()),
            opened_at: case.opened_at,
            due_at: case.due_at,
            overdue: case.is_overdue(who.now.seconds()),
            was_overdue: case.overdue_at.is_some(),
            over: case.is_over(),
        });
    }
    Ok(rows)
}

async fn found(app: &App, id: &str) -> Result<Case, PageError> {
    let unknown = || PageError::not_found("no such case");
    let id = CaseId::parse(id).map_err(|_| unknown())?;
    cases::find(&mut app.db.read().await?, &id).await?.ok_or_else(unknown)
}

/// `GET /desk/cases/{case}`: how it stands, without a word of the resident's.
async fn one(State(app): State<App>, who: InConsole, Path(id): Path<String>) -> Result<Html<String>, PageError> {
    let case = found(&app, &id).await?;
    page(&app, &who, &case, None).await
}

/// `POST /desk/cases/{case}/read`: what was written, once that this colleague reads it stands in the resident's book.
async fn read(
    State(app): State<App>, staff: Staff, Path(id): Path<String>, Form(fields): Form,
) -> Result<Html<String>, PageError> {
    fields.done()?;
    let case = found(&app, &id).await?;
    let (verb, person, request) = (app.clone(), staff.person().clone(), staff.request.clone());
    let read = async move { cases::read(&verb, &case.id, &person, &request).await };
    let (case, steps) = detached(read).await?;
    page(&app, &staff, &case, Some(steps)).await
}

async fn page(
    app: &App, who: &InConsole, case: &Case, steps: Option<Vec<cases::Step>>,
) -> Result<Html<String>, PageError> {
    let step = |step: cases::Step| CaseStep {
        word: step.word,
        at: step.at,
        actor: step.actor,
        words: step.words,
        shared: step.shared,
        outcome: step.outcome.map(Outcome::as_str),
    };
    let rows = rows(app, who, std::slice::from_ref(case)).await?;
    let page = ConsoleCasePage {
        frame: who.frame_at(Some(Place::Cases), format!("/desk/cases/{}", case.id))?,
        case: rows.into_iter().next().ok_or(Fault::Internal("a case vanished"))?,
        relative: match &steps {
            Some(steps) if case.kind == Kind::Relative => wish(app, who, steps).await?,
            _ => None,
        },
        // Nobody agrees to a correction, or to a relative's wish, without having seen what it wants written.
        may_agree: !matches!(case.kind, Kind::Correction | Kind::Relative) || steps.is_some(),
        is_staff: who.session.person.role == Role::Staff,
        is_correction: case.kind == Kind::Correction,
        proposed: steps.as_ref().and_then(|steps| proposed(steps)),
        steps: steps.map(|steps| steps.into_iter().map(step).collect()),
    };
    Ok(Html(page.render()?))
}

/// What a relative asks, and the records it may be about.
async fn wish(app: &App, who: &InConsole, steps: &[cases::Step]) -> Result<Option<RelativeWish>, Fault> {
    let Some(wish) = relative::wish(steps) else { return Ok(None) };
    let sealed = sealing::open(&mut app.db.read().await?, &app.custody).await?;
    let record = |one: &sealing::Sealing| (one.id.to_string(), format!("{} · {}", one.label.name, one.label.flat));
    Ok(Some(RelativeWish {
        deceased: wish.deceased,
        relation: wish.relation,
        asks: wish.asks.as_str(),
        records: sealed.iter().filter(|one| one.is_final(who.now)).map(record).collect(),
    }))
}

/// What a correction wants written: field and value.
fn proposed(steps: &[cases::Step]) -> Option<(String, String)> {
    let wanted: rights::Proposal = serde_json::from_value(steps.first()?.proposed.clone()).ok()?;
    Some((wanted.field, wanted.value))
}

/// `POST /desk/cases/{case}/take`
async fn take(
    State(app): State<App>, staff: Staff, Path(id): Path<String>, Form(fields): Form,
) -> Result<Redirect, PageError> {
    fields.done()?;
    let case = found(&app, &id).await?;
    let (person, request) = (staff.person().clone(), staff.request.clone());
    detached(async move { cases::assign(&app, &case.id, &person, &request).await }).await?;
    Ok(Redirect::to(&format!("/desk/cases/{id}")))
}

/// `POST /desk/cases/{case}/answer`
async fn answer(
    State(app): State<App>, staff: Staff, Path(id): Path<String>, Form(mut fields): Form,
) -> Result<Redirect, PageError> {
    let case = found(&app, &id).await?;
    let outcome = fields.take("outcome")?.and_then(|word| Outcome::of(&word));
    let outcome = outcome.ok_or(Trouble::bad_request("no answer that this page gives"))?;
    let words = Said::something(&fields.take("words")?.unwrap_or_default())?;
    let record = fields.take("record")?.filter(|id| !id.is_empty()).map(|id| SealingId::parse(&id)).transpose();
    let record = record.map_err(|_| Trouble::bad_request("not a sealing's id"))?;
    fields.done()?;
    let (person, request) = (staff.person().clone(), staff.request.clone());
    if case.kind == Kind::Correction {
        // What is agreed to is written in the transaction of the answer.
        let decided = async move {
            let answer = StaffAnswer { person: &person, outcome, words: &words, request: Some(&request) };
            rights::decide(&app, &case.id, answer, &request).await
        };
        detached(decided).await?;
        return Ok(Redirect::to(&format!("/desk/cases/{id}")));
    }
    if case.kind == Kind::Relative {
        let decided = async move {
            let answer = StaffAnswer { person: &person, outcome, words: &words, request: Some(&request) };
            relative::decide(&app, &case.id, answer, record.as_ref(), &request).await
        };
        detached(decided).await?;
        return Ok(Redirect::to(&format!("/desk/cases/{id}")));
    }
    let answered = async move {
        let mut tx = app.db.begin().await?;
        let mut head = ledger::hold(&mut tx).await?;
        let answer = StaffAnswer { person: &person, outcome, words: &words, request: Some(&request) };
        cases::answer_by_staff(&mut tx, &app, &mut head, &case.id, answer).await?;
        head.commit(tx).await?;
        Ok::<(), cases::Refusal>(())
    };
    detached(answered).await?;
    Ok(Redirect::to(&format!("/desk/cases/{id}")))
}
