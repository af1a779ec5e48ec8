//! `/me/family/child`: a parent or guardian asks to act for a child who lives in the same flat.

use askama::Template;
use axum::Json;
use axum::extract::State;
use axum::response::{Html, Redirect};
use jiff::civil::Date;

use super::is_of_age;
use crate::app::App;
use crate::http::confirming;
use crate::http::error::{PageError, Problem, Trouble};
use crate::http::extract::{AskedWith, CeremonyJson, Fields, Form, SignedIn};
use crate::http::layers::detached;
use crate::http::pages::{ChildPage, Tab};
use crate::ids::ResidentId;
use crate::ledger::By;
use crate::mandate::guardian::{self, Claim};
use crate::mandate::{self, Refusal};
use crate::roster::{self, Address};
use crate::vault;
use crate::webauthn::ceremony::Begun;

pub async fn page(who: SignedIn) -> Result<Html<String>, PageError> {
    Ok(Html(ChildPage { chrome: who.chrome(Some(Tab::Mine))? }.render()?))
}

pub async fn begin(
    State(app): State<App>, who: SignedIn, CeremonyJson(asked): CeremonyJson<AskedWith>,
) -> Result<Json<Begun>, Problem> {
    let mut fields = asked.fields();
    let claim = claim(&app, &mut fields)?;
    fields.done()?;
    confirming::begin(&app, &who, claim.act(&who.session.resident)).await
}

pub async fn ask(State(app): State<App>, who: SignedIn, Form(mut fields): Form) -> Result<Redirect, PageError> {
    let claim = claim(&app, &mut fields)?;
    let confirmed = confirming::confirmed(&app, &who, claim.act(&who.session.resident), &mut fields).await?;
    fields.done()?;
    if !is_of_age(&app, &who, &who.session.resident).await? {
        return Err(Refusal::Unfit("the guardian is a minor").into());
    }
    // Each try is confirmed with the passkey and counted before anything is looked up: the page tells nobody who lives
    // in a flat.
    guardian::count_try(&app, &who.session.resident).await?;
    let child = child(&app, &who, &claim).await?;
    let verb = async move { guardian::ask(&app, &who.session, &child, &claim, &confirmed, &who.request).await };
    let asked = detached(verb).await?;
    Ok(Redirect::to(&format!("/me/family/{}", asked.id)))
}

/// What the form says. A day of birth that is no child's leads nowhere.
fn claim(app: &App, fields: &mut Fields) -> Result<Claim, Trouble> {
    let name = fields.take("name")?.unwrap_or_default();
    let born = fields.take("born")?.and_then(|day| day.trim().parse::<Date>().ok());
    let relation = match fields.take("relation")?.as_deref() {
        Some("parent") => "parent",
        Some("guardian") => "guardian",
        _ => return Err(Trouble::bad_request("neither parent nor guardian")),
    };
    let born = born.filter(|born| guardian::is_child(app, *born)).ok_or(Refusal::NoSuchChild)?;
    Ok(Claim { name, born, relation })
}

/// The child of the same flat, by the name and the day of birth that a guardian knows. One answer for a child who is
/// not there, one who is shielded, and a guardian whose own flat is not known: nobody learns who lives where.
async fn child(app: &App, who: &SignedIn, claim: &Claim) -> Result<ResidentId, Trouble> {
    let unknown = || Trouble::from(Refusal::NoSuchChild);
    let resident = &who.session.resident;
    let flat = ["building", "unit", "room"].map(str::to_owned);
    let own = vault::look(app, resident, &By::Resident, &flat, who.request.clone()).await;
    let mut own = own.map_err(|refusal| match refusal {
        vault::Refusal::Fault(fault) => Trouble::from(fault),
        _ => unknown(),
    })?;
    let mut part = |name: &str| own.remove(name).unwrap_or_default();
    let address = Address { building: part("building"), unit: part("unit"), room: part("room") };
    let mut tx = app.db.read().await?;
    let found = roster::in_flat(&mut tx, &app.custody, &address, &claim.name, claim.born).await?;
    let child = found.filter(|child| child != resident).ok_or_else(unknown)?;
    if mandate::is_shielded(&mut tx, &child).await? { Err(unknown()) } else { Ok(child) }
}
