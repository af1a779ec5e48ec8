//! `/consent/{id}`: the question, with the values that would go out, and the resident's answer.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{MethodRouter, get};

use super::answering::{self, Way};
use super::asking::Asking;
use super::authorize::{other_method, refuse, sign_in};
use super::error::PageError;
use super::extract::{Form, SignedIn, Visit};
use super::layers::{FormTarget, detached};
use super::pages::{ConsentAnsweredPage, ConsentPage, ConsentRefusedPage};
use crate::app::App;
use crate::consent::no::No;
use crate::fault::Fault;
use crate::ids::AuthorizationId;
use crate::oauth::{self, Client, Question, Step};
use crate::resident::Session;
use crate::text::Locale;

/// GET and POST, and nothing else: a GET route alone would answer HEAD as well, and an answer may use the request up.
pub fn doors() -> MethodRouter<App> {
    get(ask).post(answer).head(other_method).fallback(other_method)
}

/// `GET /consent/{id}`
async fn ask(State(app): State<App>, visit: Visit, Path(id): Path<String>) -> Result<Response, PageError> {
    let id = read(&id)?;
    detached(async move {
        match oauth::resume(&app, &id, &visit.browser.digest(), visit.session.as_ref()).await {
            Ok(Step::SignIn) => Ok(sign_in(&id, visit.session.is_some())),
            Ok(Step::Go(location)) => Ok(Redirect::to(&location).into_response()),
            Ok(Step::Ask(question)) => page(&app, &visit, &id, &question).await,
            Ok(Step::Refused { client, redirect_uri, no }) => refused(&visit, &id, &client, &redirect_uri, &no),
            Ok(Step::Answered { client, agreed }) => answered(&visit, &client, agreed),
            Err(error) => refuse(&app, error),
        }
    })
    .await
}

/// `POST /consent/{id}`
async fn answer(
    State(app): State<App>, signed_in: SignedIn, Path(id): Path<String>, Form(fields): Form,
) -> Result<Response, PageError> {
    let id = read(&id)?;
    detached(answering::answer(app, signed_in, Way::Browser, id, fields)).await
}

/// An id that is none is a question that is not there.
fn read(id: &str) -> Result<AuthorizationId, PageError> {
    let gone = |_| PageError::refused(StatusCode::BAD_REQUEST, "question-ended", "no request has such an id");
    AuthorizationId::parse(id).map_err(gone)
}

async fn page(app: &App, visit: &Visit, id: &AuthorizationId, question: &Question) -> Result<Response, PageError> {
    let session = visit.session.as_ref().ok_or(Fault::Internal("a question without a session"))?;
    let asking = asking(question, session);
    let page = ConsentPage {
        chrome: visit.chrome(None)?,
        action: Way::Browser.action(id),
        asked: asking.shown(app, visit).await?,
    };
    leading_to(&question.asked.redirect_uri, Html(page.render()?))
}

/// The browser follows the answer to the client only if the page's policy lets its form end there.
fn leading_to(redirect_uri: &str, body: Html<String>) -> Result<Response, PageError> {
    match url::Url::parse(redirect_uri) {
        Ok(target) => Ok((FormTarget::of(&target).attach(), body).into_response()),
        Err(_) => Err(Fault::Stored("a redirect URI that is no URL").into()),
    }
}

/// She said no to this lately: not the question again, but two ways on.
fn refused(
    visit: &Visit, id: &AuthorizationId, client: &Client, redirect_uri: &str, no: &No,
) -> Result<Response, PageError> {
    let page = ConsentRefusedPage {
        chrome: visit.chrome(None)?,
        action: Way::Browser.action(id),
        name: client.name_in(visit.words.locale() == Locale::ZhHans).to_owned(),
        purpose: no.purpose.clone(),
        at: no.at,
        quiet_until: no.quiet_until(),
    };
    leading_to(redirect_uri, Html(page.render()?))
}

fn answered(visit: &Visit, client: &Client, agreed: bool) -> Result<Response, PageError> {
    let name = client.name_in(visit.words.locale() == Locale::ZhHans).to_owned();
    let page = ConsentAnsweredPage { chrome: visit.chrome(None)?, name, agreed, back: None };
    Ok(Html(page.render()?).into_response())
}

/// A partner's refresh token comes with its consent, and is nothing to be asked for besides.
fn asking<'a>(question: &'a Question, session: &'a Session) -> Asking<'a> {
    let offline = question.asked.scope.offline_access && !question.client.is_partner();
    let Question { client, asked, before, noes, kept } = question;
    Asking { client, details: &asked.details, before: before.as_ref(), noes, kept, offline, session }
}
