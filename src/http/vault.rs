//! `GET /vault/claims`: the claims of a grant, read by its client with a key-bound token.
//!
//! `claims` (names, separated by commas) asks for some of them; without it all that the grant covers come. Every
//! answer about a live token, given or refused, names its entry in the ledger (`Ledger-Position`).

use axum::extract::{Extension, RawQuery, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::error::{Cause, KIND, Problem, ProblemBody, TokenError, Trouble};
use super::extract::{Fields, Shown};
use super::layers::detached;
use crate::app::App;
use crate::ids::RequestId;
use crate::ledger::queue::Asker;
use crate::oauth;
use crate::vault::{self, Disclosed, Refusal};

/// Where the proof is, once a checkpoint covers the entry.
const PROOF: HeaderName = HeaderName::from_static("ledger-proof");
const POSITION: HeaderName = HeaderName::from_static("ledger-position");

pub async fn read(
    State(app): State<App>, Extension(request): Extension<RequestId>, RawQuery(query): RawQuery, shown: Shown,
) -> Result<Response, Response> {
    let claims = asked(&app, query.as_deref().unwrap_or_default()).map_err(IntoResponse::into_response)?;
    let (token, held) = (shown.token.digest.clone(), shown.token.held.clone());
    let id = request.clone();
    // Detached: once the read is entered, it is seen to its end whether or not the client still waits.
    let verb = app.clone();
    let read = async move { vault::disclose(&verb, Asker::Client { token, held }, claims, id).await };
    match detached(read).await {
        Ok(disclosed) => Ok(answer(&app, disclosed)),
        Err(refusal) => Err(refuse(&app, refusal, &shown, &request)),
    }
}

/// The claims named in the query; a name that the catalogue does not know is nobody's claim.
fn asked(app: &App, query: &str) -> Result<Option<Vec<String>>, Problem> {
    let mut fields = Fields::parse(query.as_bytes())?;
    let names = fields.take("claims")?;
    fields.done()?;
    let Some(names) = names else { return Ok(None) };
    let mut claims: Vec<String> = names.split(',').map(str::to_owned).collect();
    claims.sort_unstable();
    claims.dedup();
    if claims.iter().any(|claim| app.catalogue.claim(claim).is_none()) {
        return Err(Problem::refused(StatusCode::BAD_REQUEST, "bad-request", "a claim that is not in the catalogue"));
    }
    Ok(Some(claims))
}

/// What left the vault.
#[derive(Serialize, ToSchema)]
pub struct Disclosure {
    /// What for: the code of the purpose.
    purpose: Option<String>,
    /// The claims in their released forms, by name. One that the resident does not have is not there.
    claims: Map<String, Value>,
    /// The consent that the read rests on.
    consent: Option<String>,
    /// When that consent ends, Unix seconds.
    valid_until: Option<i64>,
}

fn answer(app: &App, disclosed: Disclosed) -> Response {
    let position = disclosed.position;
    let body = Disclosure {
        purpose: disclosed.purpose,
        claims: disclosed.claims,
        consent: disclosed.consent.map(|consent| consent.to_string()),
        valid_until: disclosed.valid_until,
    };
    with_position(app, (StatusCode::OK, axum::Json(body)).into_response(), position)
}

fn with_position(app: &App, mut response: Response, position: u64) -> Response {
    let proof = format!("{}/ledger/proof/{position}", app.config.server.issuer.as_str());
    if let Ok(proof) = HeaderValue::try_from(proof) {
        response.headers_mut().insert(PROOF, proof);
    }
    response.headers_mut().insert(POSITION, HeaderValue::from(position));
    response
}

fn refuse(app: &App, refusal: Refusal, shown: &Shown, request: &RequestId) -> Response {
    let of_token = |refusal| -> TokenError { shown.refuse(refusal) };
    match refusal {
        Refusal::InvalidToken(reason) => of_token(oauth::Refusal::InvalidToken(reason)).into_response(),
        Refusal::InvalidProof(reason) => of_token(oauth::Refusal::InvalidDpopProof(reason)).into_response(),
        Refusal::InsufficientScope(reason) => of_token(oauth::Refusal::InsufficientScope(reason)).into_response(),
        Refusal::SignInTooOld { max_age, position } => {
            let refusal = oauth::Refusal::InsufficientUserAuthentication(max_age);
            with_position(app, of_token(refusal).into_response(), position)
        }
        Refusal::NoBasis { reason, position } => with_position(app, no_basis(reason, request), position),
        Refusal::TooMany(too_many) => Problem::from(Trouble::from(too_many)).into_response(),
        Refusal::Fault(fault) => Problem::from(fault).into_response(),
    }
}

/// 403: which problem it is and why, and nothing of what exists (case 94).
fn no_basis(reason: &'static str, request: &RequestId) -> Response {
    // An app does not learn that somebody died: sealed looks like suspended.
    let reason = if reason == "resident_sealed" { "access_suspended" } else { reason };
    let (code, title) = match reason {
        "scope_too_narrow" => ("scope-too-narrow", "The consent does not cover these claims"),
        "access_suspended" => ("access-suspended", "Nothing about this resident is released for now"),
        "client_disabled" => ("client-disabled", "The client is disabled"),
        "ledger_unwitnessed" => {
            ("ledger-unwitnessed", "No witness has confirmed the ledger for a day: nothing is released")
        }
        "ledger_unsigned" => ("ledger-unsigned", "The ledger cannot be signed: nothing is released"),
        "purpose_withdrawn" => ("purpose-withdrawn", "The client is not registered for this purpose any more"),
        _ => ("consent-required", "No consent in force covers this read"),
    };
    let body = ProblemBody {
        kind: format!("/problems/{code}"),
        title: title.to_owned(),
        detail: None,
        status: 403,
        reason: Some(reason),
        request_id: Some(request.to_string()),
    };
    let mut response = (StatusCode::FORBIDDEN, [(header::CONTENT_TYPE, KIND)], body.text()).into_response();
    response.extensions_mut().insert(Cause::Refused(reason));
    response
}
