//! `/authorize`: a browser brings a client's question (RFC 6749 §3.1, OIDC Core §3.1.2).

use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{MethodRouter, get};

use super::error::{PageError, Trouble};
use super::extract::{Visit, cookie, is_form};
use super::layers::detached;
use crate::app::App;
use crate::crypto::token::Digest;
use crate::fault::Fault;
use crate::ids::AuthorizationId;
use crate::oauth::{self, AuthorizeError, Params, Step, Visitor};
use crate::text::Locale;

/// GET for everybody, POST for ordinary clients, and nothing else: a GET route alone would answer HEAD as well.
pub fn doors() -> MethodRouter<App> {
    get(start).post(start_by_form).head(other_method).fallback(other_method)
}

async fn start(State(app): State<App>, visit: Visit, RawQuery(query): RawQuery) -> Result<Response, PageError> {
    go(app, visit, query.unwrap_or_default().into_bytes(), false).await
}

/// The same parameters in a form.
async fn start_by_form(
    State(app): State<App>, visit: Visit, headers: HeaderMap, body: Bytes,
) -> Result<Response, PageError> {
    if !is_form(&headers) {
        return Err(Trouble::refused(StatusCode::UNSUPPORTED_MEDIA_TYPE, "bad-request", "not a form").into());
    }
    go(app, visit, body.to_vec(), true).await
}

pub(super) async fn other_method() -> Response {
    no_such_method()
}

fn no_such_method() -> Response {
    let mut response = Trouble::of_status(StatusCode::METHOD_NOT_ALLOWED).into_response();
    response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, POST"));
    response
}

async fn go(app: App, visit: Visit, raw: Vec<u8>, posted: bool) -> Result<Response, PageError> {
    let verb = async move {
        let params = Params::parse(&raw).map_err(|_| AuthorizeError::Page("bad-request", "unreadable parameters"));
        let params = match params {
            Ok(params) => params,
            Err(error) => return refuse(&app, error),
        };
        let browser = visit.browser.digest();
        let visitor = Visitor { browser: &browser, session: visit.session.as_ref() };
        let id = match oauth::begin(&app, &params, visitor, posted).await {
            Ok(id) => id,
            Err(error) => return refuse(&app, error),
        };
        match oauth::resume(&app, &id, &browser, visit.session.as_ref()).await {
            Ok(step) => Ok(in_asked_language(&app, &id, &browser, follow(&id, &step, visit.session.is_some())).await?),
            Err(error) => refuse(&app, error),
        }
    };
    detached(verb).await
}

/// As long as a request may be open (D2).
const ASKED_SECONDS: u32 = 600;

/// The pages that follow speak the first of the `ui_locales` that we have.
async fn in_asked_language(
    app: &App, id: &AuthorizationId, browser: &Digest, mut response: Response,
) -> Result<Response, Fault> {
    let asked = oauth::waiting(app, id, browser).await?.and_then(|waiting| waiting.ui_locales);
    let known = asked.and_then(|tags| tags.split_ascii_whitespace().find_map(Locale::from_tag));
    let issuer = &app.config.server.issuer;
    if let Some(line) = known.and_then(|known| cookie::set(issuer, cookie::ASKED, known.tag(), Some(ASKED_SECONDS))) {
        response.headers_mut().append(header::SET_COOKIE, line);
    }
    Ok(response)
}

/// Where a step leads; always by 303, so that nothing is posted again.
fn follow(id: &AuthorizationId, step: &Step, signed_in: bool) -> Response {
    match step {
        Step::SignIn => sign_in(id, signed_in),
        Step::Go(location) => Redirect::to(location).into_response(),
        Step::Ask(_) | Step::Refused { .. } | Step::Answered { .. } => {
            Redirect::to(&format!("/consent/{id}")).into_response()
        }
    }
}

/// To the sign-in page, and back to the question afterwards.
pub fn sign_in(id: &AuthorizationId, signed_in: bool) -> Response {
    let again = if signed_in { "&again=1" } else { "" };
    Redirect::to(&format!("/sign-in?request={id}{again}")).into_response()
}

/// A no of the authorization endpoint: a page, or an answer to the client.
pub fn refuse(app: &App, error: AuthorizeError) -> Result<Response, PageError> {
    match error {
        AuthorizeError::Page(code, reason) => Err(PageError::refused(StatusCode::BAD_REQUEST, code, reason)),
        AuthorizeError::Method => Ok(no_such_method()),
        AuthorizeError::Fault(fault) => Err(fault.into()),
        AuthorizeError::Redirect { to, state, refusal } => {
            let state = state.as_deref().map(|state| ("state", state));
            let iss = ("iss", app.config.server.issuer.as_str());
            let all: Vec<_> = [("error", refusal.code())].into_iter().chain(state).chain([iss]).collect();
            Ok(Redirect::to(&to.with(&all)).into_response())
        }
    }
}
