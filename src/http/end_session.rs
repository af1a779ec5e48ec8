//! `/end_session`: a client asks that its resident be signed out (OpenID Connect RP-Initiated Logout 1.0).
//!
//! GET shows a page with one button; the button's POST ends the session, as the one on our own pages does. A form that
//! a client posts comes without the session's cookie (SameSite), so it is led to the same address by GET.

use askama::Template;
use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};

use super::authorize::refuse;
use super::error::{PageError, Trouble};
use super::extract::{Form, Visit, cookie, is_form};
use super::layers::{FormTarget, detached};
use super::pages::EndSessionPage;
use super::sign_in;
use crate::app::App;
use crate::oauth::{self, Params, SignOut};
use crate::text::Locale;

/// What is kept of a request from one step to the next.
const KEPT: [&str; 4] = ["id_token_hint", "client_id", "post_logout_redirect_uri", "state"];

/// As long as the language that a client asked for is spoken, in seconds.
const ASKED_SECONDS: u32 = 600;

/// `POST /end_session`
pub async fn post(headers: HeaderMap, body: Bytes) -> Result<Response, PageError> {
    if !is_form(&headers) {
        return Err(Trouble::refused(StatusCode::UNSUPPORTED_MEDIA_TYPE, "bad-request", "not a form").into());
    }
    let params = read(&body)?;
    let mut kept = kept(&params);
    kept.extend(params.get("ui_locales").map(|tags| ("ui_locales", tags.to_owned())));
    Ok(Redirect::to(&format!("/end_session?{}", query(&kept))).into_response())
}

/// `GET /end_session`
pub async fn get(State(app): State<App>, visit: Visit, RawQuery(raw): RawQuery) -> Result<Response, PageError> {
    let params = read(raw.unwrap_or_default().as_bytes())?;
    let asked = match oauth::sign_out(&app, &params).await {
        Ok(asked) => asked,
        Err(error) => return refuse(&app, error),
    };
    if let Some(tags) = params.get("ui_locales") {
        return Ok(in_asked_language(&app, tags, &kept(&params)));
    }
    if visit.session.is_none() {
        return Ok(on(&asked));
    }
    let client = asked.client.as_ref().map(|client| client.name_in(visit.words.locale() == Locale::ZhHans).to_owned());
    let page = EndSessionPage { chrome: visit.chrome(None)?, client, kept: kept(&params) };
    let page = Html(page.render()?);
    Ok(match &asked.to {
        Some(to) => (FormTarget::of(to).attach(), page).into_response(),
        None => page.into_response(),
    })
}

/// `POST /end_session/confirm`: the button.
pub async fn confirm(State(app): State<App>, visit: Visit, Form(fields): Form) -> Result<Response, PageError> {
    let params = read(query(&fields.rest()).as_bytes())?;
    let asked = match oauth::sign_out(&app, &params).await {
        Ok(asked) => asked,
        Err(error) => return refuse(&app, error),
    };
    let mut response = on(&asked);
    if let Some(session) = visit.session.clone() {
        let issuer = app.config.server.issuer.clone();
        detached(async move { sign_in::end(&app, &session).await }).await?;
        if let Some(line) = cookie::set(&issuer, cookie::SESSION, "", Some(0)) {
            response.headers_mut().append(header::SET_COOKIE, line);
        }
    }
    Ok(response)
}

/// Where a browser goes whose session has ended.
fn on(asked: &SignOut) -> Response {
    Redirect::to(asked.to.as_ref().map_or("/signed-out", |to| to.as_str())).into_response()
}

/// The same address again, in the first of the languages that we speak.
fn in_asked_language(app: &App, tags: &str, kept: &[(&'static str, String)]) -> Response {
    let mut response = Redirect::to(&format!("/end_session?{}", query(kept))).into_response();
    let known = tags.split_ascii_whitespace().find_map(Locale::from_tag);
    let issuer = &app.config.server.issuer;
    if let Some(line) = known.and_then(|known| cookie::set(issuer, cookie::ASKED, known.tag(), Some(ASKED_SECONDS))) {
        response.headers_mut().append(header::SET_COOKIE, line);
    }
    response
}

fn read(raw: &[u8]) -> Result<Params, Trouble> {
    Params::parse(raw).map_err(|_| Trouble::bad_request("unreadable parameters"))
}

fn kept(params: &Params) -> Vec<(&'static str, String)> {
    KEPT.into_iter().filter_map(|name| params.get(name).map(|value| (name, value.to_owned()))).collect()
}

fn query<Name: AsRef<str>>(pairs: &[(Name, String)]) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(pairs);
    query.finish()
}
