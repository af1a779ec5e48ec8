//! The front door: sign-in by passkey, and the way out.

use askama::Template;
use axum::Json;
use axum::extract::State;
use axum::http::{Uri, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde_json::{Value, json};
use webauthn_rs::prelude::PublicKeyCredential;

use super::error::{PageError, Problem, Trouble};
use super::extract::{Asked, CeremonyJson, Fields, Form, SignedIn, Visit, cookie, local_path};
use super::layers::detached;
use super::pages::{SignInNotice, SignInPage, SignedOutPage};
use super::still_here;
use crate::app::App;
use crate::config::Issuer;
use crate::crypto::token::Token;
use crate::fault::Fault;
use crate::ids::AuthorizationId;
use crate::oauth;
use crate::resident::{self, Session};
use crate::text::Locale;
use crate::webauthn::ceremony::Begun;

/// Where a sign-in leads: the query of its page.
#[derive(Debug, Default)]
pub struct Way {
    /// A path of ours.
    next: Option<String>,
    /// A pending authorization request: leads to its question.
    request: Option<String>,
    /// Sign in although somebody is signed in: what comes next wants the passkey to be shown now.
    again: Option<String>,
}

impl Way {
    fn read(uri: &Uri) -> Result<Self, Trouble> {
        let mut query = Fields::parse(uri.query().unwrap_or_default().as_bytes())?;
        let way = Self { next: query.take("next")?, request: query.take("request")?, again: query.take("again")? };
        query.done()?;
        Ok(way)
    }

    fn next(&self) -> String {
        if let Some(request) = self.request.as_deref().and_then(|id| AuthorizationId::parse(id).ok()) {
            return format!("/consent/{request}");
        }
        self.next.as_deref().and_then(local_path).unwrap_or("/me").to_owned()
    }

    fn query(&self) -> String {
        let next: String = form_urlencoded::byte_serialize(self.next().as_bytes()).collect();
        format!("?next={next}")
    }
}

/// The way to the sign-in page, and back to `next` afterwards, for whoever must show the passkey now.
pub fn again(next: &str) -> Redirect {
    let next: String = form_urlencoded::byte_serialize(next.as_bytes()).collect();
    Redirect::to(&format!("/sign-in?again=1&next={next}"))
}

/// `GET /`: home for whoever is signed in, the sign-in page for everybody else.
pub async fn root(visit: Visit) -> Redirect {
    Redirect::to(if visit.session.is_some() { "/me" } else { "/sign-in" })
}

/// `GET /sign-in`
pub async fn page(State(app): State<App>, visit: Visit, uri: Uri) -> Result<Response, PageError> {
    let way = Way::read(&uri)?;
    if visit.session.is_some() && way.again.is_none() {
        return Ok(Redirect::to(&way.next()).into_response());
    }
    let notice = match who_waits(&app, &visit, &way).await? {
        Some(client) => Some(SignInNotice::App(client)),
        None if way.next().starts_with("/device/") => Some(SignInNotice::Device),
        None => visit.session_ended.then_some(SignInNotice::SessionEnded),
    };
    let begin = "/sign-in/begin".to_owned();
    let finish = format!("/sign-in/finish{}", way.query());
    let page = SignInPage { chrome: visit.chrome(None)?, notice, begin, finish };
    Ok(Html(page.render()?).into_response())
}

/// The name of the client whose request this browser opened.
async fn who_waits(app: &App, visit: &Visit, way: &Way) -> Result<Option<String>, Fault> {
    let Some(id) = way.request.as_deref().and_then(|id| AuthorizationId::parse(id).ok()) else { return Ok(None) };
    let waiting = oauth::waiting(app, &id, &visit.browser.digest()).await?;
    let name = |waiting: oauth::Waiting| match visit.words.locale() {
        Locale::ZhHans => waiting.client.zh_hans,
        Locale::En => waiting.client.en,
    };
    Ok(waiting.map(name))
}

/// `POST /sign-in/begin`
pub async fn begin(State(app): State<App>, visit: Visit, _: CeremonyJson<Asked>) -> Result<Json<Begun>, Problem> {
    let browser = visit.browser.digest();
    Ok(Json(detached(async move { resident::sign_in::begin(&app, &browser).await }).await?))
}

/// `POST /sign-in/finish`
pub async fn finish(
    State(app): State<App>, visit: Visit, uri: Uri, CeremonyJson(answer): CeremonyJson<PublicKeyCredential>,
) -> Result<Response, Problem> {
    let way = Way::read(&uri)?;
    let issuer = app.config.server.issuer.clone();
    let verb = async move {
        let before = visit.session.as_ref().map(|session| session.id.clone());
        resident::sign_in::finish(&app, &visit.browser.digest(), &answer, before.as_ref(), &visit.request).await
    };
    match detached(verb).await {
        // Only whoever shows her passkey learns that her record is sealed, and where she says that she is alive.
        Err(resident::Refusal::Sealed) => Ok(led_to(still_here::HERE).into_response()),
        opened => Ok(signed_in(&issuer, &opened?.1, &way.next())),
    }
}

/// The answer to a ceremony that opened a session: its cookie, and where to go.
pub fn signed_in(issuer: &Issuer, cookie: &Token, next: &str) -> Response {
    let mut response = led_to(next).into_response();
    if let Some(line) = cookie::set(issuer, cookie::SESSION, cookie.expose(), None) {
        response.headers_mut().append(header::SET_COOKIE, line);
    }
    response
}

/// The answer to a ceremony: where the script goes.
pub fn led_to(next: &str) -> Json<Value> {
    Json(json!({ "next": next }))
}

/// `POST /sign-out`
pub async fn sign_out(State(app): State<App>, signed_in: SignedIn, Form(fields): Form) -> Result<Response, PageError> {
    fields.done()?;
    let issuer = app.config.server.issuer.clone();
    let session = signed_in.session.clone();
    detached(async move { end(&app, &session).await }).await?;
    let mut response = Redirect::to("/signed-out").into_response();
    if let Some(line) = cookie::set(&issuer, cookie::SESSION, "", Some(0)) {
        response.headers_mut().append(header::SET_COOKIE, line);
    }
    Ok(response)
}

/// Ends a session, however the resident came to press the button.
pub async fn end(app: &App, session: &Session) -> Result<(), Fault> {
    resident::end(app, &session.id).await
}

/// `GET /signed-out`
pub async fn signed_out(visit: Visit) -> Result<Html<String>, PageError> {
    Ok(Html(SignedOutPage { chrome: visit.chrome(None)? }.render()?))
}
