//! `/me/book/evidence`: what a resident checks her book with, by the script of the page or as a file.
//!
//! Her own alone, and with a passkey that was shown just now: with the tag key inside, whoever finds the phone unlocked
//! could tell her later entries from others' in the public tree for ever.

use axum::Json;
use axum::extract::{Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use crate::app::App;
use crate::fault::Fault;
use crate::http::error::{PageError, Problem};
use crate::http::extract::SignedIn;
use crate::http::sign_in::again;
use crate::ledger::evidence::Evidence;
use crate::rights;

const BOOK: &str = "/me/book";

/// Which part.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// From this of her entries on, the first is 1.
    from: u64,
    /// With proofs for the tree of so many leaves; without it, of the last checkpoint.
    size: Option<u64>,
}

/// `GET /me/book/evidence?from=N[&size=S]`
pub async fn part(State(app): State<App>, who: SignedIn, Query(part): Query<Part>) -> Result<Json<Evidence>, Problem> {
    if !who.session.is_fresh(who.now) {
        return Err(Problem::refused(StatusCode::FORBIDDEN, "not-fresh", "the sign-in is not recent"));
    }
    let evidence = rights::evidence_from(&app, &who.session.resident, part.from, part.size).await?;
    Ok(Json(evidence))
}

/// `GET /me/book/evidence/file`: all of it, to be kept and checked with `latchkey audit evidence`.
pub async fn file(State(app): State<App>, who: SignedIn) -> Result<Response, PageError> {
    if !who.session.is_fresh(who.now) {
        return Ok(again(BOOK).into_response());
    }
    let evidence = rights::evidence(&app, &who.session.resident).await?;
    let text = serde_json::to_string_pretty(&evidence).map_err(|_| Fault::Internal("evidence does not serialise"))?;
    let headers = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"latchkey-evidence.json\""),
    ];
    Ok((headers, text).into_response())
}
