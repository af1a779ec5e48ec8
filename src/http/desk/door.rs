//! The console's door: the operator's link, sign-in, the way out.

use askama::Template;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::{Uri, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use webauthn_rs::prelude::{PublicKeyCredential, RegisterPublicKeyCredential};

use crate::app::App;
use crate::config::Issuer;
use crate::crypto::token::Token;
use crate::fault::Fault;
use crate::http::error::{PageError, Problem};
use crate::http::extract::{Asked, CeremonyJson, Fields, Form, InConsole, Visit, cookie, local_path};
use crate::http::layers::detached;
use crate::http::pages::desk::{ConsoleInvitationPage, ConsoleSignInPage, Frame};
use crate::http::sign_in::led_to;
use crate::people::{self, Role};
use crate::webauthn::ceremony::Begun;

const HOME: &str = "/desk";

/// `GET /desk/sign-in`
pub async fn page(visit: Visit, uri: Uri) -> Result<Response, PageError> {
    let next = next(&uri)?;
    let again = uri.query().is_some_and(|query| query.contains("again=1"));
    if visit.person.is_some() && !again {
        return Ok(Redirect::to(&next).into_response());
    }
    let kept: String = form_urlencoded::byte_serialize(next.as_bytes()).collect();
    let page = ConsoleSignInPage {
        frame: outside(&visit)?,
        ended: visit.session_ended,
        begin: "/desk/sign-in/begin".to_owned(),
        finish: format!("/desk/sign-in/finish?next={kept}"),
    };
    Ok(Html(page.render()?).into_response())
}

/// Where a sign-in leads: a path of the console and no other.
fn next(uri: &Uri) -> Result<String, PageError> {
    let mut query = Fields::parse(uri.query().unwrap_or_default().as_bytes())?;
    let next = query.take("next")?;
    let _ = query.take("again")?;
    query.done()?;
    let own = |path: &&str| *path == HOME || path.starts_with("/desk/");
    Ok(next.as_deref().and_then(local_path).filter(own).unwrap_or(HOME).to_owned())
}

fn outside(visit: &Visit) -> Result<Frame, Fault> {
    Ok(Frame { chrome: visit.chrome(None)?, name: String::new(), role: None, place: None })
}

/// The way to the sign-in page, and back to `next` afterwards, for whoever must show the passkey now.
pub fn again(next: &str) -> Redirect {
    let next: String = form_urlencoded::byte_serialize(next.as_bytes()).collect();
    Redirect::to(&format!("/desk/sign-in?again=1&next={next}"))
}

/// `POST /desk/sign-in/begin`
pub async fn begin(State(app): State<App>, visit: Visit, _: CeremonyJson<Asked>) -> Result<Json<Begun>, Problem> {
    let browser = visit.browser.digest();
    Ok(Json(detached(async move { people::sign_in::begin(&app, &browser).await }).await?))
}

/// `POST /desk/sign-in/finish`
pub async fn finish(
    State(app): State<App>, visit: Visit, uri: Uri, CeremonyJson(answer): CeremonyJson<PublicKeyCredential>,
) -> Result<Response, Problem> {
    let next = next(&uri).map_err(|_| crate::http::error::Trouble::bad_request("an unreadable way"))?;
    let issuer = app.config.server.issuer.clone();
    let verb = async move {
        let before = visit.person.as_ref().map(|session| session.id.clone());
        people::sign_in::finish(&app, &visit.browser.digest(), &answer, before.as_ref(), &visit.request).await
    };
    let (_, cookie) = detached(verb).await?;
    Ok(entered(&issuer, &cookie, &next))
}

fn entered(issuer: &Issuer, cookie: &Token, next: &str) -> Response {
    let mut response = led_to(next).into_response();
    if let Some(line) = cookie::set(issuer, cookie::CONSOLE, cookie.expose(), None) {
        response.headers_mut().append(header::SET_COOKIE, line);
    }
    response
}

/// `POST /desk/sign-out`
pub async fn sign_out(State(app): State<App>, who: InConsole, Form(fields): Form) -> Result<Response, PageError> {
    fields.done()?;
    let issuer = app.config.server.issuer.clone();
    let id = who.session.id.clone();
    detached(async move { people::end(&app, &id).await }).await?;
    let mut response = Redirect::to("/desk/sign-in").into_response();
    if let Some(line) = cookie::set(&issuer, cookie::CONSOLE, "", Some(0)) {
        response.headers_mut().append(header::SET_COOKIE, line);
    }
    Ok(response)
}

/// `GET /desk/invitation/{token}`: changes nothing, however often it is opened.
pub async fn invitation(
    State(app): State<App>, visit: Visit, Path(token): Path<String>,
) -> Result<Html<String>, PageError> {
    let (person, until) = people::invited(&app, &token).await?;
    let page = ConsoleInvitationPage {
        frame: outside(&visit)?,
        name: person.name,
        role: person.role,
        until: until.seconds(),
        begin: format!("/desk/invitation/{token}/begin"),
        finish: format!("/desk/invitation/{token}/finish"),
    };
    Ok(Html(page.render()?))
}

/// `POST /desk/invitation/{token}/begin`
pub async fn register_begin(
    State(app): State<App>, visit: Visit, Path(token): Path<String>, _: CeremonyJson<Asked>,
) -> Result<Json<Begun>, Problem> {
    let verb = async move {
        let (person, _) = people::invited(&app, &token).await?;
        let role = match person.role {
            Role::Staff => "desk-role-staff",
            Role::Auditor => "desk-role-auditor",
        };
        // Whoever lives here as well must tell the two passkeys apart.
        let label = format!("{} · {} · {}", person.name, visit.words.say(role), app.config.community.name);
        people::register::begin(&app, &visit.browser.digest(), &token, &label).await
    };
    Ok(Json(detached(verb).await?))
}

/// `POST /desk/invitation/{token}/finish`
pub async fn register_finish(
    State(app): State<App>, visit: Visit, Path(token): Path<String>,
    CeremonyJson(answer): CeremonyJson<RegisterPublicKeyCredential>,
) -> Result<Response, Problem> {
    let issuer = app.config.server.issuer.clone();
    let verb =
        async move { people::register::finish(&app, &visit.browser.digest(), &token, &answer, &visit.request).await };
    let (_, cookie) = detached(verb).await?;
    Ok(entered(&issuer, &cookie, HOME))
}
