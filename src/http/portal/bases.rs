//! `/me/bases/{code}`: what is done without asking her, the rule it rests on, and her way to object.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, Redirect};

use crate::app::App;
use crate::cases::{self, Kind, Said};
use crate::fault::Fault;
use crate::http::error::{PageError, Trouble};
use crate::http::extract::{Form, SignedIn};
use crate::http::layers::detached;
use crate::http::pages::{BasisPage, BasisRow, Objected, Tab};

/// The rows for the page of apps.
pub(super) fn rows(app: &App) -> Vec<BasisRow> {
    let row = |(code, basis): (&str, &crate::claims::Basis)| BasisRow {
        code: code.to_owned(),
        who: basis.who.clone(),
        law: basis.law.clone(),
    };
    app.catalogue.bases().all().map(row).collect()
}

pub async fn page(
    State(app): State<App>, signed_in: SignedIn, Path(code): Path<String>,
) -> Result<Html<String>, PageError> {
    let basis = app.catalogue.bases().get(&code).ok_or(PageError::not_found("no such basis"))?;
    let page = BasisPage {
        chrome: signed_in.chrome(Some(Tab::Apps))?,
        who: basis.who.clone(),
        law: basis.law.clone(),
        fields: basis.fields.clone(),
        objected: objected(&app, &signed_in, &code).await?,
        code,
    };
    Ok(Html(page.render()?))
}

/// Her open objection to it, if there is one.
async fn objected(app: &App, signed_in: &SignedIn, code: &str) -> Result<Option<Objected>, Fault> {
    let purpose = cases::basis_purpose(code);
    let all = cases::of_resident(&mut app.db.read().await?, signed_in.whose()).await?;
    let open = all.into_iter().find(|case| {
        case.kind == Kind::Objection && case.purpose.as_deref() == Some(purpose.as_str()) && case.closed_at.is_none()
    });
    Ok(open.map(|case| Objected { case: case.id.to_string(), due: case.due_at }))
}

/// `words`, her own, may be nothing.
pub async fn object(
    State(app): State<App>, signed_in: SignedIn, Path(code): Path<String>, Form(mut fields): Form,
) -> Result<Redirect, PageError> {
    let words = fields.take("words")?.unwrap_or_default();
    fields.done()?;
    let words = Said::parse(&words).map_err(|_| PageError::from(Trouble::bad_request("words that cannot be taken")))?;
    if app.catalogue.bases().get(&code).is_none() {
        return Err(PageError::not_found("no such basis"));
    }
    let page = signed_in.at(&format!("/bases/{code}"));
    let by = signed_in.by();
    let opened = detached(async move {
        cases::object_to_basis(&app, signed_in.whose(), &code, &words, &by, &signed_in.request).await
    });
    match opened.await {
        Ok(_) => Ok(Redirect::to(&page)),
        Err(cases::Refusal::Fault(fault)) => Err(fault.into()),
        Err(_) => Err(PageError::refused(StatusCode::TOO_MANY_REQUESTS, "too-many", "too many open cases")),
    }
}
