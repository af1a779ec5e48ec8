//! `/device`: the resident types the code that a screen shows.

use askama::Template;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, Uri, header};
use axum::response::{Html, IntoResponse, Redirect, Response};

use super::network;
use crate::app::App;
use crate::http::error::PageError;
use crate::http::extract::{Caller, Fields, Form, Visit};
use crate::http::layers::detached;
use crate::http::pages::{DeviceNotice, DevicePage};
use crate::oauth::device::{self, Entered, Guesser, UserCode};

/// Where the page is.
const HERE: &str = "/device";

/// `GET /device`, and `verification_uri_complete`: the code of the address stands in the field, and is not entered.
pub async fn page(visit: Visit, uri: Uri) -> Result<Html<String>, PageError> {
    let mut query = Fields::parse(uri.query().unwrap_or_default().as_bytes())?;
    let code = query.take("user_code")?.and_then(|code| UserCode::read(&code)).map(|code| code.shown());
    let page = DevicePage { chrome: visit.chrome(None)?, code: code.unwrap_or_default(), notice: None };
    Ok(Html(page.render()?))
}

/// `POST /device`: `code` as it was typed.
pub async fn enter(
    State(app): State<App>, visit: Visit, caller: Caller, Form(mut fields): Form,
) -> Result<Response, PageError> {
    let typed = fields.take("code")?.unwrap_or_default();
    fields.done()?;
    let session = visit.session.as_ref().map(|session| session.id.clone());
    let guesser = Guesser { browser: visit.browser.digest(), session, network: network(&caller) };
    let entered = detached(async move { device::enter(&app, &guesser, &typed).await }).await?;
    let notice = match entered {
        Entered::Found(id) => return Ok(Redirect::to(&format!("{HERE}/{id}")).into_response()),
        Entered::TooMany(seconds) => return Ok(too_many(seconds)),
        Entered::NotACode => DeviceNotice::NotACode,
        Entered::Wrong => DeviceNotice::Wrong,
        Entered::Expired => DeviceNotice::Expired,
        Entered::Used => DeviceNotice::Used,
    };
    let chrome = visit.chrome_at(None, HERE.to_owned())?;
    let page = DevicePage { chrome, code: String::new(), notice: Some(notice) };
    Ok((StatusCode::BAD_REQUEST, Html(page.render()?)).into_response())
}

fn too_many(seconds: i64) -> Response {
    let status = StatusCode::TOO_MANY_REQUESTS;
    let mut response = PageError::refused(status, "device-guesses", "too many wrong user codes").into_response();
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    response
}
