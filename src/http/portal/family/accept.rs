//! `/mandate/{token}`: an offered mandate, before whoever got the link.

use askama::Template;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::{Html, Redirect};

use super::{is_of_age, row};
use crate::app::App;
use crate::http::confirming;
use crate::http::error::{PageError, Problem, Trouble};
use crate::http::extract::{AskedWith, CeremonyJson, Fields, Form, SignedIn};
use crate::http::layers::detached;
use crate::http::pages::{MandateOfferPage, Tab};
use crate::mandate::{self, Mandate, Refusal};
use crate::oauth;
use crate::vault;
use crate::webauthn::ceremony::Begun;

pub async fn page(State(app): State<App>, who: SignedIn, Path(token): Path<String>) -> Result<Html<String>, PageError> {
    let mandate = offered(&app, &who, &token).await?;
    let name = vault::name(&app, &mandate.principal, &mandate.by(), who.request.clone()).await?;
    let mut row = row(&app, &who, &mandate).await?;
    row.name = Some(name.unwrap_or_else(|| app.config.community.name.clone()));
    let page = MandateOfferPage {
        chrome: who.chrome(Some(Tab::Mine))?,
        row,
        parties: parties(&app).await?,
        action: format!("/mandate/{token}"),
    };
    Ok(Html(page.render()?))
}

pub async fn begin(
    State(app): State<App>, who: SignedIn, Path(token): Path<String>, CeremonyJson(asked): CeremonyJson<AskedWith>,
) -> Result<Json<Begun>, Problem> {
    let mandate = mandate::offered(&app, &token).await.map_err(Trouble::from)?;
    let mut fields = asked.fields();
    let conflicts = works_for(&app, &mut fields).await?;
    let _decision = fields.take("decision")?;
    fields.done()?;
    confirming::begin(&app, &who, mandate::acceptance(&mandate, &conflicts)).await
}

pub async fn answer(
    State(app): State<App>, who: SignedIn, Path(token): Path<String>, Form(mut fields): Form,
) -> Result<Redirect, PageError> {
    let conflicts = works_for(&app, &mut fields).await?;
    let decision = fields.take("decision")?;
    let begun = match decision.as_deref() {
        Some("no") => {
            fields.done()?;
            detached(async move { mandate::decline(&app, &who.session, &token, &who.request).await }).await?;
            return Ok(Redirect::to("/me/family"));
        }
        Some("yes") => {
            let mandate = offered(&app, &who, &token).await?;
            if !is_of_age(&app, &who, &who.session.resident).await? {
                return Err(Refusal::Unfit("the delegate is a minor").into());
            }
            let act = mandate::acceptance(&mandate, &conflicts);
            let confirmed = confirming::confirmed(&app, &who, act, &mut fields).await?;
            fields.done()?;
            detached(
                async move { mandate::accept(&app, &who.session, &token, &conflicts, &confirmed, &who.request).await },
            )
        }
        _ => return Err(Trouble::bad_request("neither yes nor no").into()),
    };
    let begun = begun.await?;
    Ok(Redirect::to(&format!("/me/family/{}", begun.id)))
}

async fn offered(app: &App, who: &SignedIn, token: &str) -> Result<Mandate, PageError> {
    let mandate = mandate::offered(app, token).await?;
    if mandate.principal == who.session.resident { Err(Refusal::Own.into()) } else { Ok(mandate) }
}

/// Who is responsible for the apps of the community.
async fn parties(app: &App) -> Result<Vec<String>, PageError> {
    let clients = oauth::clients(&mut app.db.read().await?).await?;
    let mut parties: Vec<String> = clients.into_iter().map(|client| client.controller).collect();
    parties.sort_unstable();
    parties.dedup();
    Ok(parties)
}

/// For whom of them she says that she works, in one order.
async fn works_for(app: &App, fields: &mut Fields) -> Result<Vec<String>, Trouble> {
    let mut chosen = fields.take_all("works_for");
    chosen.sort_unstable();
    chosen.dedup();
    let known = parties(app).await.map_err(|_| Trouble::bad_request("the parties could not be read"))?;
    if chosen.iter().all(|party| known.contains(party)) {
        Ok(chosen)
    } else {
        Err(Trouble::bad_request("a party that was not offered"))
    }
}
