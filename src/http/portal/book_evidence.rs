//! `/me/book/evidence`: what a resident checks her book with, by the script of the page or as a file; `/me/book/challenge`:
//! what she has written into it, to see that it still grows.
//!
//! Her own alone, and with a passkey that was shown just now: with the tag key inside, whoever finds the phone unlocked
//! could tell her later entries from others' in the public tree for ever.

use axum::Json;
use axum::extract::{Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::app::App;
use crate::fault::Fault;
use crate::http::error::{PageError, Problem};
use crate::http::extract::{CeremonyJson, SignedIn};
use crate::http::layers::detached;
use crate::http::sign_in::again;
use crate::ids::ChallengeId;
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
        return Err(not_fresh());
    }
    let evidence = rights::evidence_from(&app, &who.session.resident, part.from, part.size).await?;
    Ok(Json(evidence))
}

/// What her browser made up, for the ledger to hold.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Challenge {
    /// 16 random bytes in hexadecimal.
    challenge: String,
}

/// `POST /me/book/challenge`: enters what her browser made up, and says where in the ledger.
pub async fn challenge(
    State(app): State<App>, who: SignedIn, CeremonyJson(Challenge { challenge }): CeremonyJson<Challenge>,
) -> Result<Json<Value>, Problem> {
    if !who.session.is_fresh(who.now) {
        return Err(not_fresh());
    }
    let challenge = ChallengeId::parse(&challenge).map_err(|_| {
        Problem::refused(StatusCode::BAD_REQUEST, "bad-request", "a challenge is 16 bytes in hexadecimal")
    })?;
    let (resident, request) = (who.session.resident.clone(), who.request.clone());
    let position = detached(async move { rights::challenge(&app, &resident, &challenge, request).await }).await?;
    Ok(Json(json!({ "position": position })))
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

fn not_fresh() -> Problem {
    Problem::refused(StatusCode::FORBIDDEN, "not-fresh", "the sign-in is not recent")
}
