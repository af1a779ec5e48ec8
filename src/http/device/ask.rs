//! `/device/{id}`: the question of a device, and the resident's answer. Always a press of hers, however little is asked.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};

use super::network;
use crate::app::App;
use crate::fault::Fault;
use crate::http::answering::{self, Way};
use crate::http::asking::Asking;
use crate::http::authorize::refuse;
use crate::http::error::PageError;
use crate::http::extract::{Caller, Form, SignedIn, Visit};
use crate::http::layers::detached;
use crate::http::pages::{DeviceAnswer, DeviceAnsweredPage, DeviceAskPage};
use crate::http::sign_in;
use crate::ids::AuthorizationId;
use crate::oauth::Client;
use crate::oauth::device::{self, Question, Step};
use crate::resident::Session;
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

/// `POST /device/{id}`
pub async fn answer(
    State(app): State<App>, signed_in: SignedIn, Path(id): Path<String>, Form(fields): Form,
) -> Result<Response, PageError> {
    let Ok(id) = AuthorizationId::parse(&id) else { return Ok(to_the_code()) };
    // What comes of it stands at the question's own address, where it may be loaded again.
    detached(answering::answer(app, signed_in, Way::Device, id, fields)).await
}

/// A link to a question opens it nowhere but in the browser in which its code was entered.
fn to_the_code() -> Response {
    Redirect::to("/device").into_response()
}

fn asking<'a>(question: &'a Question, session: &'a Session) -> Asking<'a> {
    let offline = question.asked.scope.offline_access && !question.client.is_partner();
    let Question { client, asked, before, noes, kept, .. } = question;
    Asking { client, details: &asked.details, before: before.as_ref(), noes, kept, offline, session }
}

async fn page(
    app: &App, visit: &Visit, id: &AuthorizationId, question: &Question, caller: &Caller,
) -> Result<Response, PageError> {
    let session = visit.session.as_ref().ok_or(Fault::Internal("a question without a session"))?;
    let page = DeviceAskPage {
        chrome: visit.chrome(None)?,
        action: format!("/device/{id}"),
        asked: asking(question, session).shown(app, visit).await?,
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
