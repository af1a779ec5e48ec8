//! The second hand, which approves, and the third, which looks at it afterwards.

use axum::Json;
use axum::extract::{Path, State};
use axum::response::Redirect;

use super::confirming::{begin, confirmed};
use super::emergencies::{HERE, found, id};
use super::emergency_ask::said;
use crate::app::App;
use crate::emergency::{self, APPROVE, Finding, to_review};
use crate::http::error::{PageError, Problem, Trouble};
use crate::http::extract::{AskedWith, CeremonyJson, Fields, Form, InConsole, Staff};
use crate::http::layers::detached;
use crate::ids::EmergencyId;
use crate::people::Act;
use crate::people::confirm::approval;
use crate::webauthn::ceremony::Begun;

/// The act of approving: it has all in it that was signed when it was asked for.
async fn to_approve(app: &App, text: &str) -> Result<Act, Trouble> {
    let id = EmergencyId::parse(text).map_err(|_| Trouble::from(emergency::Refusal::NotFound))?;
    let one = emergency::find(&mut app.db.read().await?, app, &id).await?.ok_or(emergency::Refusal::NotFound)?;
    let asked = one.asked.ok_or(emergency::Refusal::Over("the resident was erased"))?;
    Ok(approval(&asked, APPROVE))
}

/// `POST /desk/emergencies/{id}/approve/begin`
pub async fn begin_approval(
    State(app): State<App>, who: Staff, Path(text): Path<String>, CeremonyJson(_): CeremonyJson<AskedWith>,
) -> Result<Json<Begun>, Problem> {
    let act = to_approve(&app, &text).await?;
    begin(&app, &who, act).await
}

/// `POST /desk/emergencies/{id}/approve`
pub async fn approve(
    State(app): State<App>, who: Staff, Path(text): Path<String>, Form(mut fields): Form,
) -> Result<Redirect, PageError> {
    let act = to_approve(&app, &text).await?;
    let confirmed = confirmed(&app, &who, act, &mut fields).await?;
    fields.done()?;
    let id = id(&text)?;
    let verb = async move { emergency::approve(&app, &who.session, &id, &confirmed, &who.request).await };
    detached(verb).await?;
    Ok(Redirect::to(&format!("{HERE}/{text}")))
}

/// What a reviewer finds, the same at both doors.
fn found_in(fields: &mut Fields) -> Result<(Finding, String), Trouble> {
    let finding = fields.take("finding")?.and_then(|word| Finding::of(&word));
    let finding = finding.ok_or(Trouble::bad_request("neither justified nor unjustified"))?;
    Ok((finding, said(fields, "words")?))
}

/// `POST /desk/emergencies/{id}/review/begin`
pub async fn begin_review(
    State(app): State<App>, who: InConsole, Path(text): Path<String>, CeremonyJson(asked): CeremonyJson<AskedWith>,
) -> Result<Json<Begun>, Problem> {
    let id = EmergencyId::parse(&text).map_err(|_| Trouble::from(emergency::Refusal::NotFound))?;
    let (finding, words) = found_in(&mut asked.fields())?;
    begin(&app, &who, to_review(&id, finding, &words)).await
}

/// `POST /desk/emergencies/{id}/review`
pub async fn review(
    State(app): State<App>, who: InConsole, Path(text): Path<String>, Form(mut fields): Form,
) -> Result<Redirect, PageError> {
    let one = found(&app, &text).await?;
    let (finding, words) = found_in(&mut fields)?;
    let confirmed = confirmed(&app, &who, to_review(&one.id, finding, &words), &mut fields).await?;
    fields.done()?;
    let verb = async move {
        emergency::review(&app, &who.session, &one.id, (finding, &words), &confirmed, &who.request).await
    };
    detached(verb).await?;
    Ok(Redirect::to(&format!("{HERE}/{text}")))
}
