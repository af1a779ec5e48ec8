//! `/me/never`: what she never gives to a kind of party, whatever is asked.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{Html, Redirect};

use crate::app::App;
use crate::consent::never::{self, Told};
use crate::http::error::{PageError, Trouble};
use crate::http::extract::{Form, SignedIn};
use crate::http::layers::detached;
use crate::http::pages::{NeverPage, NeverRow, Tab};
use crate::oauth::client::Party;

pub async fn page(State(app): State<App>, signed_in: SignedIn) -> Result<Html<String>, PageError> {
    let nevers = never::of_resident(&mut app.db.read().await?, signed_in.whose()).await?;
    let row = |claim: &str| NeverRow {
        claim: claim.to_owned(),
        parties: nevers.iter().filter(|never| never.claim == claim).map(|never| never.party.clone()).collect(),
    };
    let rows = never::choices(&app.catalogue).map(row).collect();
    let parties = parties().collect();
    Ok(Html(NeverPage { chrome: signed_in.chrome(Some(Tab::Apps))?, rows, parties }.render()?))
}

/// Everybody first: it is what most mean.
fn parties() -> impl Iterator<Item = &'static str> {
    std::iter::once(never::ANYBODY).chain(Party::ALL.into_iter().map(Party::code))
}

/// `claim`, and `keep` or `free` with a kind of party. Pressed twice is pressed once.
pub async fn change(
    State(app): State<App>, signed_in: SignedIn, Form(mut fields): Form,
) -> Result<Redirect, PageError> {
    let (claim, keep, free) = (fields.take("claim")?, fields.take("keep")?, fields.take("free")?);
    fields.done()?;
    let unreadable = || PageError::from(Trouble::bad_request("not one claim and one kind of party"));
    let claim = claim.ok_or_else(unreadable)?;
    let (keeps, party) = match (keep, free) {
        (Some(party), None) => (true, party),
        (None, Some(party)) => (false, party),
        _ => return Err(unreadable()),
    };
    if !parties().any(|known| known == party) {
        return Err(unreadable());
    }
    let (by, page) = (signed_in.by(), signed_in.at("/never"));
    let told = detached(async move {
        let (resident, request) = (signed_in.whose(), &signed_in.request);
        if keeps {
            never::keep_back(&app, resident, (&claim, &party), &by, request).await
        } else {
            never::let_go(&app, resident, (&claim, &party), &by, request).await
        }
    });
    match told.await? {
        Told::Done | Told::WasSo => Ok(Redirect::to(&page)),
        Told::Unknown => Err(unreadable()),
        Told::HersAlone => Err(PageError::refused(StatusCode::FORBIDDEN, "paused-by-herself", "a delegate lets go")),
    }
}
