//! `/desk/reviews/dossiers`: case files, and what goes out of the house signed.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::{Html, IntoResponse, Redirect, Response};

use super::names::Names;
use super::search;
use crate::app::App;
use crate::fault::Fault;
use crate::http::error::{PageError, Trouble};
use crate::http::extract::{Auditor, Fields, Form};
use crate::http::layers::detached;
use crate::http::pages::desk::{DossierPage, DossierRow, DossiersPage, Into, NoteRow, Place};
use crate::ids::DossierId;
use crate::reviews::dossier::{self, Dossier};
use crate::reviews::export::{self, Packed};
use crate::reviews::{Refusal, Row};

const HERE: &str = "/desk/reviews/dossiers";

fn id(text: &str) -> Result<DossierId, PageError> {
    DossierId::parse(text).map_err(|_| PageError::not_found("not a case file's id"))
}

/// Which open files entries may go into.
pub async fn into(app: &App, entries: &[Row]) -> Result<Into, Fault> {
    let open = dossier::all(app).await?.0.into_iter().filter(|one| one.closed_at.is_none());
    Ok(Into {
        dossiers: open.map(|one| (one.id.to_string(), one.title)).collect(),
        entries: entries.iter().map(|row| row.position).collect(),
    })
}

/// `GET /desk/reviews/dossiers`
pub async fn list(State(app): State<App>, who: Auditor) -> Result<Html<String>, PageError> {
    let (app_, who_) = (app.clone(), who.clone());
    let (all, unread) = detached(async move { dossier::list(&app_, &who_.session, &who_.request).await }).await?;
    let names = Names::read(&app, &who).await?;
    let page = DossiersPage {
        frame: who.frame(Some(Place::Dossiers))?,
        open: all.iter().filter(|one| one.closed_at.is_none()).count(),
        rows: all.iter().map(|one| row(one, &names)).collect(),
        unread,
    };
    Ok(Html(page.render()?))
}

fn row(one: &Dossier, names: &Names) -> DossierRow {
    DossierRow {
        id: one.id.to_string(),
        title: one.title.clone(),
        opened_by: names.of(one.opened_by.as_str()),
        opened_at: one.opened_at,
        closed: one.closed_by.as_ref().zip(one.closed_at).map(|(by, at)| (names.of(by.as_str()), at)),
        notes: one.notes,
        entries: one.entries,
    }
}

/// `GET /desk/reviews/dossiers/{id}`
pub async fn one(State(app): State<App>, who: Auditor, Path(text): Path<String>) -> Result<Html<String>, PageError> {
    let id = id(&text)?;
    let (app_, who_) = (app.clone(), who.clone());
    let verb = async move { dossier::whole(&app_, &who_.session, &id, "dossier_read", &who_.request).await };
    let whole = detached(verb).await?;
    let names = Names::read(&app, &who).await?;
    let note = |note: &dossier::Note| NoteRow {
        position: note.position,
        author: names.of(note.author.as_str()),
        at: note.at,
        words: note.words.clone(),
    };
    let page = DossierPage {
        frame: who.frame_at(Some(Place::Dossiers), format!("{HERE}/{text}"))?,
        head: row(&whole.dossier, &names),
        notes: whole.notes.iter().map(note).collect(),
        rows: whole.rows.iter().map(|row| names.row(row)).collect(),
        complete: whole.complete,
    };
    Ok(Html(page.render()?))
}

/// Positions, each once, as a form sends them.
fn positions(fields: &mut Fields) -> Result<Vec<u64>, PageError> {
    let all = fields.take_all("entry");
    let mut all = all.iter().map(|text| super::entry::number(text)).collect::<Result<Vec<_>, _>>()?;
    all.sort_unstable();
    all.dedup();
    Ok(all)
}

/// `POST /desk/reviews/dossiers`: a new file under a title, or one that is open; and entries into it.
pub async fn begin(State(app): State<App>, who: Auditor, Form(mut fields): Form) -> Result<Redirect, PageError> {
    let chosen = fields.take("dossier")?.filter(|text| !text.is_empty()).map(|text| id(&text)).transpose()?;
    let title = fields.take("title")?.unwrap_or_default();
    let entries = positions(&mut fields)?;
    fields.done()?;
    let verb = async move {
        let chosen = match chosen {
            Some(chosen) => chosen,
            None => dossier::begin(&app, &who.session, &title, &who.request).await?,
        };
        if !entries.is_empty() {
            dossier::attach(&app, &who.session, &chosen, &entries, &who.request).await?;
        }
        Ok::<_, Refusal>(chosen)
    };
    let chosen = detached(verb).await?;
    Ok(Redirect::to(&format!("{HERE}/{chosen}")))
}

/// `POST /desk/reviews/dossiers/{id}/note`
pub async fn note(
    State(app): State<App>, who: Auditor, Path(text): Path<String>, Form(mut fields): Form,
) -> Result<Redirect, PageError> {
    let words = fields.take("words")?.unwrap_or_default();
    fields.done()?;
    let id = id(&text)?;
    detached(async move { dossier::note(&app, &who.session, &id, &words, &who.request).await }).await?;
    Ok(Redirect::to(&format!("{HERE}/{text}")))
}

/// `POST /desk/reviews/dossiers/{id}/{step}`: `close` or `reopen`.
pub async fn step(
    State(app): State<App>, who: Auditor, Path((text, step)): Path<(String, String)>, Form(fields): Form,
) -> Result<Redirect, PageError> {
    fields.done()?;
    let id = id(&text)?;
    let closed = match step.as_str() {
        "close" => true,
        "reopen" => false,
        _ => return Err(PageError::not_found("no such step")),
    };
    detached(async move { dossier::close(&app, &who.session, &id, closed, &who.request).await }).await?;
    Ok(Redirect::to(&format!("{HERE}/{text}")))
}

/// `POST /desk/reviews/dossiers/{id}/export`
pub async fn export(
    State(app): State<App>, who: Auditor, Path(text): Path<String>, Form(fields): Form,
) -> Result<Response, PageError> {
    fields.done()?;
    let id = id(&text)?;
    let verb = async move { export::of_dossier(&app, &who.session, &id, &who.request).await };
    Ok(handed(detached(verb).await?))
}

/// `POST /desk/reviews/export`: what a search finds.
pub async fn export_search(
    State(app): State<App>, who: Auditor, Form(mut fields): Form,
) -> Result<Response, PageError> {
    let query = fields.take("query")?.ok_or(Trouble::bad_request("a search is missing"))?;
    fields.done()?;
    let filter = search::read(&app, Fields::parse(query.as_bytes())?)?;
    let verb = async move { export::of_search(&app, &who.session, &filter, &who.request).await };
    Ok(handed(detached(verb).await?))
}

fn handed(packed: Packed) -> Response {
    let name = HeaderValue::try_from(format!("attachment; filename=\"{}\"", packed.name));
    let name = name.unwrap_or(HeaderValue::from_static("attachment"));
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/zip")),
        (header::CONTENT_DISPOSITION, name),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    (headers, packed.bytes).into_response()
}
