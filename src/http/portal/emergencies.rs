//! `/me/emergencies`: what the service centre could see of a resident in an emergency, and whether she is on the list of
//! her building. Her own hand only: nobody agrees to this for her.

use askama::Template;
use axum::extract::State;
use axum::response::{Html, Redirect};

use crate::app::App;
use crate::emergency::{self, Target, listed};
use crate::http::desk::staff_name;
use crate::http::error::{PageError, Trouble};
use crate::http::extract::{Form, SignedIn};
use crate::http::layers::detached;
use crate::http::pages::{MyEmergenciesPage, MyEmergency, Tab};

/// `GET /me/emergencies`
pub async fn page(State(app): State<App>, who: SignedIn) -> Result<Html<String>, PageError> {
    let resident = &who.session.resident;
    let mut tx = app.db.read().await?;
    let listed = listed::is_listed(&mut tx, resident).await?;
    let uses = emergency::of_resident(&mut tx, &app, resident).await?;
    drop(tx);
    let mut rows = Vec::with_capacity(uses.len());
    for (one, reads) in uses {
        let Some((approved_by, at)) = &one.approved else { continue };
        let wanted = one.wanted.as_ref();
        rows.push(MyEmergency {
            at: at.seconds(),
            hands: (staff_name(&app, &one.asked_by).await?, staff_name(&app, approved_by).await?),
            reason: one.why().to_owned(),
            case: wanted.map_or_else(|| "–".to_owned(), |wanted| wanted.case.clone()),
            claims: wanted.map(|wanted| wanted.claims.clone()).unwrap_or_default(),
            reads,
            by_list: wanted.is_some_and(|wanted| matches!(wanted.target, Target::Building(_))),
            finding: one.reviewed.as_ref().map(|(_, _, finding, _)| finding.as_str()),
        });
    }
    let known = |claim: &&String| app.catalogue.claim(claim).is_some();
    let claims = app.config.emergency.claims.iter().filter(known).cloned().collect();
    Ok(Html(MyEmergenciesPage { chrome: who.chrome(Some(Tab::Mine))?, listed, claims, rows }.render()?))
}

/// `POST /me/emergencies`: `list` = `on` or `off`.
pub async fn change(State(app): State<App>, who: SignedIn, Form(mut fields): Form) -> Result<Redirect, PageError> {
    let wants = match fields.take("list")?.as_deref() {
        Some("on") => true,
        Some("off") => false,
        _ => return Err(Trouble::bad_request("neither on nor off").into()),
    };
    fields.done()?;
    let verb = async move { listed::change(&app, &who.session.resident, wants, &who.request).await };
    if detached(verb).await? {
        Ok(Redirect::to("/me/emergencies"))
    } else {
        Err(emergency::Refusal::Unfit("a record without a building").into())
    }
}
