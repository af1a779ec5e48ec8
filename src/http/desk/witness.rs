//! The second pair of eyes: acts of colleagues that wait for somebody else who saw the resident and her papers.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};

use super::act::{doing, read};
use super::door::again;
use crate::app::App;
use crate::desk::{self, Refusal};
use crate::fault::Fault;
use crate::http::error::{PageError, Trouble};
use crate::http::extract::{Form, InConsole, Staff};
use crate::http::layers::detached;
use crate::http::pages::desk::{Found, WitnessRow};
use crate::ids::PersonId;
use crate::people;

/// What waits for whoever is signed in.
pub async fn rows(app: &App, who: &InConsole) -> Result<Vec<WitnessRow>, Fault> {
    let mut rows = Vec::new();
    for act in desk::waiting_for_witness(app, &who.session).await? {
        let label = &act.label;
        let found = Found {
            sitting: act.sitting.to_string(),
            name: label.name.clone(),
            year: label.year.clone(),
            flat: label.flat.clone(),
        };
        let staff = name(app, &act.person).await?;
        rows.push(WitnessRow { doing: doing(&act, who.now), who: found, staff });
    }
    Ok(rows)
}

/// What a member of staff is called.
pub async fn name(app: &App, id: &PersonId) -> Result<String, Fault> {
    Ok(people::name_of(&mut app.db.read().await?, id).await?.unwrap_or_default())
}

/// `POST /desk/acts/{id}/witness`: `decision` = `yes` or `no`.
pub async fn answer(
    State(app): State<App>, who: Staff, Path(id): Path<String>, Form(mut fields): Form,
) -> Result<Response, PageError> {
    let id = read(&id)?;
    let agrees = match fields.take("decision")?.as_deref() {
        Some("yes") => true,
        Some("no") => false,
        _ => return Err(Trouble::bad_request("neither yes nor no").into()),
    };
    fields.done()?;
    let verb = async move { desk::witness(&app, &who.session, &id, agrees, &who.request).await };
    match detached(verb).await {
        Err(Refusal::NotFresh) => Ok(again("/desk").into_response()),
        done => done.map(|_| Redirect::to("/desk").into_response()).map_err(Into::into),
    }
}
