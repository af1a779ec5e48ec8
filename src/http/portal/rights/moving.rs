//! `/me/rights/move`: what a resident takes along, and saying that she is gone (PIPL 45(3)).

use askama::Template;
use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::{Html, IntoResponse, Response};

use crate::app::App;
use crate::consent;
use crate::http::confirming;
use crate::http::error::{PageError, Problem};
use crate::http::extract::{AskedWith, CeremonyJson, Form, SignedIn};
use crate::http::layers::detached;
use crate::http::pages::{MovedPage, MovingPage, Tab};
use crate::http::sign_in::again;
use crate::rights;
use crate::vault;
use crate::webauthn::ceremony::Begun;

const HERE: &str = "/me/rights/move";

/// `GET /me/rights/move`
pub async fn page(State(app): State<App>, who: SignedIn) -> Result<Html<String>, PageError> {
    let names = ["building", "unit", "room"];
    let all = names.map(str::to_owned);
    let known = vault::look(&app, who.whose(), &who.by(), &all, who.request.clone()).await?;
    let part = |name: &str| {
        let value = known.get(name).filter(|value| !value.is_empty())?;
        Some(who.words.value(name, value))
    };
    let records = consent::of_resident(&mut app.db.read().await?, who.whose()).await?;
    let page = MovingPage {
        chrome: who.chrome(Some(Tab::Mine))?,
        flat: names.into_iter().filter_map(part).collect(),
        apps: records.iter().filter(|record| record.in_force(who.now).is_ok()).count(),
    };
    Ok(Html(page.render()?))
}

/// `GET /me/rights/move/package`
pub async fn package(State(app): State<App>, who: SignedIn) -> Result<Response, PageError> {
    if !who.session.is_fresh(who.now) {
        return Ok(again(HERE).into_response());
    }
    let packed = rights::pack(&app, who.whose(), who.request.clone()).await?;
    let headers = [
        (header::CONTENT_TYPE, "application/jwt"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"latchkey-package.jwt\""),
    ];
    Ok((headers, packed.jws).into_response())
}

/// `POST /me/rights/move/out/begin`
pub async fn begin(
    State(app): State<App>, who: SignedIn, CeremonyJson(asked): CeremonyJson<AskedWith>,
) -> Result<Json<Begun>, Problem> {
    asked.fields().done()?;
    confirming::begin(&app, &who, rights::moving(who.whose())).await
}

/// `POST /me/rights/move/out`
pub async fn out(State(app): State<App>, who: SignedIn, Form(mut fields): Form) -> Result<Response, PageError> {
    let confirmed = confirming::confirmed(&app, &who, rights::moving(who.whose()), &mut fields).await?;
    fields.done()?;
    let verb = who.clone();
    let ended = detached(async move { rights::move_out(&app, &verb.session, &confirmed, &verb.request).await }).await?;
    let chrome = who.chrome_at(Some(Tab::Mine), HERE.to_owned())?;
    Ok(Html(MovedPage { chrome, ended }.render()?).into_response())
}
