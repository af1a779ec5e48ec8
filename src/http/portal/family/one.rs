//! `/me/family/{id}`: one mandate, what was done by it, and its end.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{Html, Redirect};

use super::row;
use crate::app::App;
use crate::http::error::{PageError, Trouble};
use crate::http::extract::{Form, SignedIn};
use crate::http::layers::detached;
use crate::http::pages::{MandatePage, Tab};
use crate::http::portal::{Names, book};
use crate::ids::{ClientId, MandateId};
use crate::mandate::{self, Mandate, Refusal};

pub async fn page(State(app): State<App>, who: SignedIn, Path(id): Path<String>) -> Result<Html<String>, PageError> {
    let mandate = hers(&app, &who, &id).await?;
    let principal = mandate.principal == who.session.resident;
    let acts = if principal { acts(&app, &who, &mandate).await? } else { Vec::new() };
    let page = MandatePage {
        chrome: who.chrome(Some(Tab::Mine))?,
        row: row(&app, &who, &mandate).await?,
        principal,
        acts,
        end: format!("/me/family/{}/end", mandate.id),
    };
    Ok(Html(page.render()?))
}

pub async fn end(
    State(app): State<App>, who: SignedIn, Path(id): Path<String>, Form(mut fields): Form,
) -> Result<Redirect, PageError> {
    let quietly = match fields.take("quietly")?.as_deref() {
        None => false,
        Some("yes") => true,
        Some(_) => return Err(Trouble::bad_request("quietly is yes or nothing").into()),
    };
    fields.done()?;
    let id = MandateId::parse(&id).map_err(|_| PageError::not_found("not a mandate's id"))?;
    let page = format!("/me/family/{id}");
    let ended = detached(async move { mandate::end(&app, &who.session.resident, &id, quietly, &who.request).await });
    match ended.await {
        // Pressed twice: the page says how it ended.
        Ok(_) | Err(Refusal::Over) => Ok(Redirect::to(&page)),
        Err(refusal) => Err(refusal.into()),
    }
}

/// A mandate of hers, whichever of the two she is.
async fn hers(app: &App, who: &SignedIn, id: &str) -> Result<Mandate, PageError> {
    let unknown = || PageError::not_found("no such mandate of hers");
    let id = MandateId::parse(id).map_err(|_| unknown())?;
    let mandate = mandate::mandate(&mut app.db.read().await?, &id).await?;
    let resident = &who.session.resident;
    let hers = |one: &Mandate| one.principal == *resident || one.delegate.as_ref() == Some(resident);
    mandate.filter(hers).ok_or_else(unknown)
}

/// What was done by it, the newest first, in the words of the principal's book.
async fn acts(app: &App, who: &SignedIn, mandate: &Mandate) -> Result<Vec<(i64, String)>, PageError> {
    let lines = book::recent(app, &who.session.resident, mandate.begun_at.unwrap_or(mandate.made_at)).await?;
    let of_it = |line: &&crate::custody::book::Line| line.detail.note("mandate") == Some(mandate.id.as_str());
    let clients = lines.iter().filter_map(|line| line.detail.client.clone()).map(ClientId::stored);
    let names = Names::of(app, who.words, clients).await?;
    let chrome = who.chrome(None)?;
    let said = |line| {
        let line = book::say(line, &names);
        (line.at, line.says(&chrome))
    };
    let mut acts: Vec<(i64, String)> = lines.iter().filter(of_it).map(said).collect();
    acts.dedup_by(|next, kept| next.1 == kept.1 && chrome.calendar.date(next.0) == chrome.calendar.date(kept.0));
    Ok(acts)
}
