//! `/consent/{id}`: the question, with the values that would go out, and the resident's answer.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{MethodRouter, get};

use super::authorize::{other_method, refuse, sign_in};
use super::error::{PageError, Trouble};
use super::extract::{Form, SignedIn, Visit};
use super::layers::{FormTarget, detached};
use super::pages::{AskedClaim, Asker, ConsentAnsweredPage, ConsentPage};
use crate::app::App;
use crate::claims::Purpose;
use crate::consent::{self, Notice};
use crate::fault::Fault;
use crate::ids::AuthorizationId;
use crate::oauth::{self, AuthorizeError, Client, Question, Step, Yes};
use crate::text::{Locale, Words};
use crate::vault;

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
    let purpose = purpose(app, &question)?;
    let notice = notice(app, signed_in, &question, purpose);
    let yes = Yes { chosen, notice, request: signed_in.request.clone() };
    oauth::approve(app, id, &browser, session, yes).await
}

fn purpose<'a>(app: &'a App, question: &Question) -> Result<&'a Purpose, Fault> {
    let code = &question.asked.details.purpose;
    app.catalogue.purpose(code).ok_or(Fault::Stored("a request for an unknown purpose"))
}

async fn page(app: &App, visit: &Visit, id: &AuthorizationId, question: &Question) -> Result<Response, PageError> {
    let session = visit.session.as_ref().ok_or(Fault::Internal("a question without a session"))?;
    let purpose = purpose(app, question)?;
    let claims = &question.asked.details.claims;
    let values = if claims.is_empty() {
        Vec::new()
    } else {
        vault::preview(app, &session.resident, claims, visit.request.clone()).await?
    };
    let asked = |list: &[String]| -> Vec<AskedClaim> {
        let in_list = |shown: &&vault::Shown| list.contains(&shown.claim);
        values.iter().filter(in_list).map(|shown| asked_claim(shown, &question.given)).collect()
    };
    let months = purpose.default_months();
    let page = ConsentPage {
        chrome: visit.chrome(None)?,
        action: format!("/consent/{id}"),
        asker: asker(&question.client, visit.words),
        purpose: purpose.code().to_owned(),
        required: asked(&purpose.required),
        optional: asked(&purpose.optional),
        sensitive: asked(&purpose.separate),
        months: u32::from(months),
        until: consent::valid_until(app, months).seconds(),
    };
    let body = Html(page.render()?);
    // The browser follows the answer to the client only if the page's policy lets its form end there.
    match url::Url::parse(&question.asked.redirect_uri) {
        Ok(target) => Ok((FormTarget::of(&target).attach(), body).into_response()),
        Err(_) => Err(Fault::Stored("a redirect URI that is no URL").into()),
    }
}

fn asked_claim(shown: &vault::Shown, given: &[String]) -> AskedClaim {
    let value = shown.released.as_ref().map(|(_, value)| match value.as_str() {
        Some(text) => text.to_owned(),
        None => value.to_string(),
    });
    let released = shown.released.as_ref().map(|(name, _)| name);
    AskedClaim {
        name: shown.claim.clone(),
        coarser: released.filter(|name| **name != shown.claim).cloned(),
        chosen: value.is_some() && given.contains(&shown.claim),
        value,
    }
}

fn asker(client: &Client, words: Words) -> Asker {
    Asker {
        name: client.name_in(words.locale() == Locale::ZhHans).to_owned(),
        party: client.kind.code().to_owned(),
        controller: client.controller.clone(),
        contact: client.contact.clone(),
    }
}

/// The notice as the page says it, without the resident's values: what can be proved later.
fn notice(app: &App, visit: &Visit, question: &Question, purpose: &Purpose) -> Notice {
    let words = visit.words;
    let asker = asker(&question.client, words);
    let until = consent::valid_until(app, purpose.default_months()).seconds();
    let calendar = crate::text::Calendar::new(words, app.config.zone(), app.now().seconds());
    let mut lines =
        vec![words.fill("consent-heading", "client", asker.name.as_str()), words.purpose_why(purpose.code())];
    for (key, list) in [
        ("consent-required", &purpose.required),
        ("consent-optional", &purpose.optional),
        ("consent-sensitive", &purpose.separate),
    ] {
        let labels: Vec<String> = question
            .asked
            .details
            .claims
            .iter()
            .filter(|claim| list.contains(claim))
            .map(|claim| words.claim(claim))
            .collect();
        if !labels.is_empty() {
            lines.push(format!("{}: {}", words.say(key), labels.join(", ")));
        }
    }
    lines.push(words.fill("consent-until-note", "date", calendar.date(until)));
    lines.push(format!("{} {}", words.say("consent-no-say"), words.purpose_instead(purpose.code())));
    Notice {
        language: words.locale().tag(),
        text: lines.join("\n"),
        recipient: asker.name,
        controller: asker.controller,
        contact: asker.contact,
    }
}

fn answered(visit: &Visit, client: &Client, agreed: bool) -> Result<Response, PageError> {
    let name = client.name_in(visit.words.locale() == Locale::ZhHans).to_owned();
    let page = ConsentAnsweredPage { chrome: visit.chrome(None)?, name, agreed, back: None };
    Ok(Html(page.render()?).into_response())
}
