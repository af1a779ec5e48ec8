//! `POST /preferences`: language and size of the pages, kept in cookies of this browser; for whoever is signed in also
//! with her record, so that her next browser speaks as she likes it.

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};

use super::error::{PageError, Trouble};
use super::extract::{Form, Visit, cookie, local_path};
use super::layers::detached;
use super::pages::Mode;
use crate::app::App;
use crate::rights;
use crate::text::Locale;

/// A year.
const KEPT_SECONDS: u32 = 31_536_000;

/// Keeps what the form says and leads back to the page it stood on.
pub async fn keep(State(app): State<App>, visit: Visit, Form(mut fields): Form) -> Result<Response, PageError> {
    let language = fields.take("language")?;
    let mode = fields.take("mode")?;
    let back = fields.take("return")?;
    fields.done()?;

    let known = |tag: String| Locale::ALL.into_iter().find(|locale| locale.tag() == tag);
    let language = language.map(|tag| known(tag).ok_or(Trouble::bad_request("unknown language"))).transpose()?;
    let mode = mode.map(|code| Mode::from_code(&code).ok_or(Trouble::bad_request("unknown mode"))).transpose()?;

    let issuer = &app.config.server.issuer;
    let mut response = Redirect::to(back.as_deref().and_then(local_path).unwrap_or("/")).into_response();
    let mut set = |short, value: &'static str, seconds| {
        if let Some(line) = cookie::set(issuer, short, value, Some(seconds)) {
            response.headers_mut().append(header::SET_COOKIE, line);
        }
    };
    if let Some(locale) = language {
        set(cookie::LANGUAGE, locale.tag(), KEPT_SECONDS);
        // What an app asked for gives way to what the resident says.
        set(cookie::ASKED, "", 0);
    }
    if let Some(mode) = mode {
        set(cookie::MODE, mode.code(), KEPT_SECONDS);
    }
    if let Some(session) = visit.session.clone() {
        let (verb, request) = (app.clone(), visit.request.clone());
        let (language, mode) = (language.map(Locale::tag), mode.map(Mode::code));
        detached(async move { rights::wish(&verb, &session.resident, language, mode, &request).await }).await?;
    }
    Ok(response)
}
