//! `/consent/{id}`: the question, with the values that would go out, and the resident's answer.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{MethodRouter, get};

use super::asking::Asking;
use super::authorize::{other_method, refuse, sign_in};
use super::error::{PageError, Trouble};
use super::extract::{Form, SignedIn, Visit};
use super::layers::{FormTarget, detached};
use super::pages::{ConsentAnsweredPage, ConsentPage};
use crate::app::App;
use crate::fault::Fault;
use crate::ids::AuthorizationId;
use crate::oauth::{self, AuthorizeError, Client, Question, Step, Yes};
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
            Ok(Step::Answered { client, agreed }) => answered(&visit, &client, agreed),
            Err(error) => refuse(&app, error),
        }
    })
    .await
}

/// `POST /consent/{id}`: `decision` = `yes` or `no`, and `claim` once for each that she adds.
async fn answer(
    State(app): State<App>, signed_in: SignedIn, Path(id): Path<String>, Form(mut fields): Form,
) -> Result<Response, PageError> {
    let id = read(&id)?;
    let chosen = fields.take_all("claim");
    let decision = fields.take("decision")?;
    fields.done()?;
    let agreed = match decision.as_deref() {
        Some("yes") => true,
        Some("no") => false,
        _ => return Err(Trouble::bad_request("neither yes nor no").into()),
    };
    detached(async move {
        let (browser, session) = (signed_in.browser.digest(), &signed_in.session);
        let answered = if agreed {
            give(&app, &signed_in, &id, chosen).await
        } else {
            oauth::decline(&app, &id, &browser, session).await
        };
        match answered {
            Ok(location) => Ok(Redirect::to(&location).into_response()),
            Err(error) => refuse(&app, error),
        }
    })
    .await
}

/// An id that is none is a question that is not there.
fn read(id: &str) -> Result<AuthorizationId, PageError> {
    let gone = |_| PageError::refused(StatusCode::BAD_REQUEST, "question-ended", "no request has such an id");
    AuthorizationId::parse(id).map_err(gone)
}

async fn give(
    app: &App, signed_in: &SignedIn, id: &AuthorizationId, chosen: Vec<String>,
) -> Result<String, AuthorizeError> {
    let (browser, session) = (signed_in.browser.digest(), &signed_in.session);
    // What was shown is made of the request again, never of what the form says.
    let question = oauth::question(app, id, &browser, session).await?;
    let asking = asking(&question);
    let notice = asking.notice(app, signed_in)?;
    let yes = Yes { chosen, notice, request: signed_in.request.clone() };
    oauth::approve(app, id, &browser, session, yes).await
}

async fn page(app: &App, visit: &Visit, id: &AuthorizationId, question: &Question) -> Result<Response, PageError> {
    let session = visit.session.as_ref().ok_or(Fault::Internal("a question without a session"))?;
    let asking = asking(question);
    let page = ConsentPage {
        chrome: visit.chrome(None)?,
        action: format!("/consent/{id}"),
        asked: asking.shown(app, visit, session).await?,
    };
    let body = Html(page.render()?);
    // The browser follows the answer to the client only if the page's policy lets its form end there.
    match url::Url::parse(&question.asked.redirect_uri) {
        Ok(target) => Ok((FormTarget::of(&target).attach(), body).into_response()),
        Err(_) => Err(Fault::Stored("a redirect URI that is no URL").into()),
    }
}

fn answered(visit: &Visit, client: &Client, agreed: bool) -> Result<Response, PageError> {
    let name = client.name_in(visit.words.locale() == Locale::ZhHans).to_owned();
    let page = ConsentAnsweredPage { chrome: visit.chrome(None)?, name, agreed, back: None };
    Ok(Html(page.render()?).into_response())
}

/// A partner's refresh token comes with its consent, and is nothing to be asked for besides.
fn asking(question: &Question) -> Asking<'_> {
    let offline = question.asked.scope.offline_access && !question.client.is_partner();
    Asking { client: &question.client, details: &question.asked.details, given: &question.given, offline }
}
