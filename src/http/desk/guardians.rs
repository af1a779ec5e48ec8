//! `/desk/guardians`: guardians who wait for somebody of the service centre to see their paper.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, Redirect};

use crate::app::App;
use crate::http::error::{PageError, Trouble};
use crate::http::extract::{Form, InConsole};
use crate::http::layers::detached;
use crate::http::pages::desk::{GuardianRow, GuardiansPage, Place};
use crate::ids::MandateId;
use crate::ledger::By;
use crate::mandate::guardian;
use crate::people::Role;
use crate::vault;

/// The papers that show a guardianship, as codes of the page.
const PAPERS: [&str; 4] = ["household-register", "birth-certificate", "court-decision", "committee-letter"];

pub async fn list(State(app): State<App>, who: InConsole) -> Result<Html<String>, PageError> {
    staff_only(&who)?;
    let mut rows = Vec::new();
    for mandate in guardian::asked(&app).await? {
        let by = By::Staff(who.person().clone());
        let child = vault::name(&app, &mandate.principal, &by, who.request.clone()).await?;
        let guardian = match &mandate.delegate {
            Some(guardian) => vault::name(&app, guardian, &by, who.request.clone()).await?,
            None => None,
        };
        rows.push(GuardianRow {
            id: mandate.id.to_string(),
            child: child.unwrap_or_default(),
            guardian: guardian.unwrap_or_default(),
            relation: mandate.relation,
            asked_at: mandate.made_at,
            until: mandate.until,
        });
    }
    let page = GuardiansPage { frame: who.frame(Some(Place::Guardians))?, rows, papers: PAPERS.to_vec() };
    Ok(Html(page.render()?))
}

/// `decision` = `yes` with `paper`, or `no`.
pub async fn answer(
    State(app): State<App>, who: InConsole, Path(id): Path<String>, Form(mut fields): Form,
) -> Result<Redirect, PageError> {
    staff_only(&who)?;
    let id = MandateId::parse(&id).map_err(|_| PageError::not_found("not a mandate's id"))?;
    let (decision, paper) = (fields.take("decision")?, fields.take("paper")?.unwrap_or_default());
    fields.done()?;
    let by = By::Staff(who.person().clone());
    let request = who.request.clone();
    match decision.as_deref() {
        Some("yes") if PAPERS.contains(&paper.as_str()) => {
            detached(async move { guardian::confirm(&app, &id, &by, &paper, Some(&request)).await }).await?;
        }
        Some("no") => {
            detached(async move { guardian::refuse(&app, &id, &by, Some(&request)).await }).await?;
        }
        _ => return Err(Trouble::bad_request("neither yes with a paper nor no").into()),
    }
    Ok(Redirect::to("/desk/guardians"))
}

fn staff_only(who: &InConsole) -> Result<(), PageError> {
    let refused = PageError::refused(StatusCode::FORBIDDEN, "mandate-scope", "not a member of staff");
    if who.session.person.role == Role::Staff { Ok(()) } else { Err(refused) }
}
