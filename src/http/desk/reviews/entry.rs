//! `GET /desk/reviews/entry/{position}`: one entry, with all that an auditor may see of it.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Html;

use super::dossiers;
use super::names::Names;
use crate::app::App;
use crate::http::error::PageError;
use crate::http::extract::Auditor;
use crate::http::layers::detached;
use crate::http::pages::desk::{Place, ReviewEntryPage};
use crate::ledger::leaf_hash;
use crate::reviews;

/// `GET /desk/reviews/entry/{position}`
pub async fn page(
    State(app): State<App>, who: Auditor, Path(position): Path<String>,
) -> Result<Html<String>, PageError> {
    let position = number(&position)?;
    let (app_, who_) = (app.clone(), who.clone());
    let verb = async move { reviews::one(&app_, &who_.session, position, &who_.request).await };
    let seen = detached(verb).await?;
    let names = Names::read(&app, &who).await?;
    let note = |name| seen.notes.as_ref().and_then(|detail| detail.note(name)).map(str::to_owned);
    let page = ReviewEntryPage {
        frame: who.frame_at(Some(Place::Reviews), format!("/desk/reviews/entry/{position}"))?,
        row: names.row(&seen.row),
        leaf_hash: hex::encode(leaf_hash(&seen.row.leaf).0),
        sought: note("search"),
        into: dossiers::into(&app, std::slice::from_ref(&seen.row)).await?,
    };
    Ok(Html(page.render()?))
}

/// A position, in its one spelling.
pub fn number(text: &str) -> Result<u64, PageError> {
    let number = text.parse::<u64>().ok().filter(|number| number.to_string() == text);
    number.filter(|number| i64::try_from(*number).is_ok()).ok_or(PageError::not_found("no such position"))
}
