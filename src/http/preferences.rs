//! `POST /preferences`: language and size of the pages, kept in cookies of this browser.

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};

use super::error::{PageError, Trouble};
use super::extract::{Form, cookie, local_path};
use super::pages::Mode;
use crate::app::App;
use crate::text::Locale;

/// A year.
const KEPT_SECONDS: u32 = 31_536_000;

/// Keeps what the form says and leads back to the page it stood on.
pub async fn keep(State(app): State<App>, Form(mut fields): Form) -> Result<Response, PageError> {
    let language = fields.take("language")?;
    let mode = fields.take("mode")?;
    let back = fields.take("return")?;
    fields.done()?;

    let issuer = &app.config.server.issuer;
    let mut response = Redirect::to(back.as_deref().and_then(local_path).unwrap_or("/")).into_response();
    let mut set = |short, value: &'static str, seconds| {
        if let Some(line) = cookie::set(issuer, short, value, Some(seconds)) {
            response.headers_mut().append(header::SET_COOKIE, line);
        }
    };
    if let Some(tag) = language {
        let known = Locale::ALL.into_iter().find(|locale| locale.tag() == tag);
        set(cookie::LANGUAGE, known.ok_or(Trouble::bad_request("unknown language"))?.tag(), KEPT_SECONDS);
        // What an app asked for gives way to what the resident says.
        set(cookie::ASKED, "", 0);
    }
    if let Some(code) = mode {
        set(cookie::MODE, Mode::from_code(&code).ok_or(Trouble::bad_request("unknown mode"))?.code(), KEPT_SECONDS);
    }
    Ok(response)
}
