//! `/device/{id}`: the question of a device, and the resident's answer. Always a press of hers, however little is asked.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};

use super::network;
use crate::app::App;
use crate::consent::Notice;
use crate::fault::Fault;
use crate::http::asking::Asking;
use crate::http::authorize::refuse;
use crate::http::error::{PageError, Trouble};
use crate::http::extract::{Caller, Form, SignedIn, Visit};
use crate::http::layers::detached;
use crate::http::pages::{DeviceAnswer, DeviceAnsweredPage, DeviceAskPage};
use crate::http::sign_in;
use crate::ids::AuthorizationId;
use crate::oauth::device::{self, Question, Step};
use crate::oauth::{AuthorizeError, Client, Yes};
use crate::text::Locale;

/// `GET /device/{id}`
pub async fn ask(
    State(app): State<App>, visit: Visit, caller: Caller, Path(id): Path<String>,
) -> Result<Response, PageError> {
    let Ok(id) = AuthorizationId::parse(&id) else { return Ok(to_the_code()) };
    detached(async move {
        match device::resume(&app, &id, &visit.browser.digest(), visit.session.as_ref()).await {
            Ok(Step::Enter) => Ok(to_the_code()),
            Ok(Step::SignIn) => Ok(sign_in::again(&format!("/device/{id}")).into_response()),
            Ok(Step::Ask(question)) => page(&app, &visit, &id, &question, &caller).await,
            Ok(Step::Answered { client, agreed }) => answered(&visit, Some(&client), agreed),
            Ok(Step::Expired) => answered(&visit, None, false),
            Err(error) => refuse(&app, error),
        }
    })
    .await
}

/// `POST /device/{id}`: `decision` = `yes` or `no`, and `claim` once for each that she adds.
pub async fn answer(
    State(app): State<App>, signed_in: SignedIn, Path(id): Path<String>, Form(mut fields): Form,
) -> Result<Response, PageError> {
    let Ok(id) = AuthorizationId::parse(&id) else { return Ok(to_the_code()) };
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
        let done = if agreed {
            give(&app, &signed_in, &id, chosen).await
        } else {
            device::decline(&app, &id, &browser, session).await
        };
        match done {
            // What came of it stands at the question's own address, where it may be loaded again.
            Ok(()) => Ok(Redirect::to(&format!("/device/{id}")).into_response()),
            Err(error) => refuse(&app, error),
        }
    })
    .await
}

/// A link to a question opens it nowhere but in the browser in which its code was entered.
fn to_the_code() -> Response {
    Redirect::to("/device").into_response()
}

async fn give(
    app: &App, signed_in: &SignedIn, id: &AuthorizationId, chosen: Vec<String>,
) -> Result<(), AuthorizeError> {
    let (browser, session) = (signed_in.browser.digest(), &signed_in.session);
    // What was shown is made of the request again, never of what the form says.
    let question = match device::resume(app, id, &browser, Some(session)).await? {
        Step::Ask(question) => question,
        Step::SignIn => return Err(AuthorizeError::Page("not-fresh", "the question wants a newer sign-in")),
        Step::Answered { .. } => return Err(AuthorizeError::Page("question-gone", "answered before")),
        Step::Enter | Step::Expired => return Err(AuthorizeError::Page("question-ended", "no open question")),
    };
    let notice = notice(app, signed_in, &question)?;
    let yes = Yes { chosen, notice, request: signed_in.request.clone() };
    device::approve(app, id, &browser, session, yes).await
}

fn asking(question: &Question) -> Asking<'_> {
    let offline = question.asked.scope.offline_access && !question.client.is_partner();
    Asking { client: &question.client, details: &question.asked.details, given: &question.given, offline }
}

/// What she was shown: the question, and the screen that it was for.
fn notice(app: &App, visit: &Visit, question: &Question) -> Result<Notice, Fault> {
    let mut notice = asking(question).notice(app, visit)?;
    let (words, asked) = (visit.words, &question.asked);
    let mut lines = vec![notice.text, words.fill("device-notice", "code", question.code.as_str())];
    lines.extend(asked.name.as_ref().map(|name| format!("{}: {name}", words.say("device-calls-itself"))));
    notice.text = lines.join("\n");
    Ok(notice)
}

async fn page(
    app: &App, visit: &Visit, id: &AuthorizationId, question: &Question, caller: &Caller,
) -> Result<Response, PageError> {
    let session = visit.session.as_ref().ok_or(Fault::Internal("a question without a session"))?;
    let page = DeviceAskPage {
        chrome: visit.chrome(None)?,
        action: format!("/device/{id}"),
        asked: asking(question).shown(app, visit, session).await?,
        code: question.code.clone(),
        name: question.asked.name.clone(),
        asked_at: question.asked_at.seconds(),
        here: network(caller) == question.asked.network,
        network: question.asked.network.clone(),
    };
    Ok(Html(page.render()?).into_response())
}

/// What came of a question; without a client, that its time is over.
fn answered(visit: &Visit, client: Option<&Client>, agreed: bool) -> Result<Response, PageError> {
    let name = client.map(|client| client.name_in(visit.words.locale() == Locale::ZhHans).to_owned());
    let answer = match name {
        Some(name) if agreed => DeviceAnswer::Yes(name),
        Some(name) => DeviceAnswer::No(name),
        None => DeviceAnswer::Late,
    };
    let status = if answer == DeviceAnswer::Late { StatusCode::BAD_REQUEST } else { StatusCode::OK };
    let page = DeviceAnsweredPage { chrome: visit.chrome(None)?, answer };
    Ok((status, Html(page.render()?)).into_response())
}
