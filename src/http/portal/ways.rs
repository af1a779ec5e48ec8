//! `/me/inbox/ways`: where reminders go besides the inbox; and the letter that confirms a mail address.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};

use crate::app::App;
use crate::courier::ways::{self, Sent, Way};
use crate::http::error::{PageError, Trouble};
use crate::http::extract::{Form, SignedIn};
use crate::http::layers::detached;
use crate::http::pages::{ConfirmMailPage, Tab, WayRow, WaysPage};

const HERE: &str = "/me/inbox/ways";

pub async fn ways(State(app): State<App>, signed_in: SignedIn) -> Result<Html<String>, PageError> {
    page(&app, &signed_in, None).await
}

async fn page(app: &App, signed_in: &SignedIn, sent: Option<Sent>) -> Result<Html<String>, PageError> {
    let mut rows = Vec::new();
    for way in Way::ALL {
        rows.push(WayRow { way, state: ways::state(app, &signed_in.session.resident, way).await? });
    }
    let chrome = signed_in.chrome_at(Some(Tab::Mine), HERE.to_owned())?;
    Ok(Html(WaysPage { chrome, rows, sent }.render()?))
}

/// `way` and `on` = `yes` | `no`.
pub async fn switch(
    State(app): State<App>, signed_in: SignedIn, Form(mut fields): Form,
) -> Result<Redirect, PageError> {
    let (way, on) = (fields.take("way")?, fields.take("on")?);
    fields.done()?;
    let way = way.as_deref().and_then(Way::of).ok_or(Trouble::bad_request("no such way"))?;
    let on = match on.as_deref() {
        Some("yes") => true,
        Some("no") => false,
        _ => return Err(Trouble::bad_request("neither on nor off").into()),
    };
    detached(async move { ways::switch(&app, &signed_in.session.resident, way, on).await }).await?;
    Ok(Redirect::to(HERE))
}

pub async fn send(State(app): State<App>, signed_in: SignedIn, Form(fields): Form) -> Result<Response, PageError> {
    fields.done()?;
    let (verb, resident) = (app.clone(), signed_in.session.resident.clone());
    let sent = detached(async move { ways::send_confirmation(&verb, &resident).await }).await?;
    let status = if sent == Sent::TooMany { StatusCode::TOO_MANY_REQUESTS } else { StatusCode::OK };
    Ok((status, page(&app, &signed_in, Some(sent)).await?).into_response())
}

/// Opening the letter's address changes nothing: mail programs open addresses by themselves.
pub async fn letter(signed_in: SignedIn, Path(token): Path<String>) -> Result<Html<String>, PageError> {
    Ok(Html(ConfirmMailPage { chrome: signed_in.chrome(None)?, token }.render()?))
}

pub async fn confirm(
    State(app): State<App>, signed_in: SignedIn, Path(token): Path<String>, Form(fields): Form,
) -> Result<Response, PageError> {
    fields.done()?;
    let resident = signed_in.session.resident.clone();
    if detached(async move { ways::confirm(&app, &resident, &token).await }).await? {
        return Ok(Redirect::to(HERE).into_response());
    }
    Err(PageError::refused(StatusCode::BAD_REQUEST, "mail-letter", "no such letter of this resident"))
}
