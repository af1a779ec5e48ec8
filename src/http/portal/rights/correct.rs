//! `/me/rights/correct`: each field with its way to be corrected (PIPL 46).

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};

use crate::app::App;
use crate::cases::{self, Said};
use crate::claims::release::{Fields, masked_field};
use crate::http::error::PageError;
use crate::http::extract::{Form, SignedIn};
use crate::http::layers::detached;
use crate::http::pages::{CorrectFieldPage, CorrectPage, CorrectRow, CorrectedPage, Tab, Wrong};
use crate::rights::field::{self, FIELDS, Way};
use crate::rights::{self, Refusal, Wanted};
use crate::vault;

/// `GET /me/rights/correct`
pub async fn list(State(app): State<App>, who: SignedIn) -> Result<Html<String>, PageError> {
    let names: Vec<String> = FIELDS.iter().map(|(name, _)| (*name).to_owned()).collect();
    let values = opened(&app, &who, &names).await?;
    let mut waiting: HashMap<String, String> =
        rights::waiting(&app, who.whose()).await?.into_iter().map(|(field, case)| (field, case.to_string())).collect();
    let row = |(field, way): (&'static str, Way)| CorrectRow {
        field,
        value: shown(field, &values),
        checked: way == Way::Checked,
        waiting: waiting.remove(field),
    };
    let rows = FIELDS.into_iter().map(row).collect();
    Ok(Html(CorrectPage { chrome: who.chrome(Some(Tab::Mine))?, rows }.render()?))
}

async fn opened(app: &App, who: &SignedIn, names: &[String]) -> Result<Fields, PageError> {
    Ok(vault::look(app, who.whose(), &who.by(), names, who.request.clone()).await?)
}

/// What the record says, as far as somebody may read it who looks over her shoulder.
fn shown(field: &str, values: &Fields) -> Option<String> {
    let value = values.get(field).filter(|value| !value.is_empty())?;
    Some(masked_field(field, value).unwrap_or_else(|| value.clone()))
}

/// `GET /me/rights/correct/{field}`
pub async fn form(State(app): State<App>, who: SignedIn, Path(name): Path<String>) -> Result<Html<String>, PageError> {
    let (field, way) = field::field(&name)?;
    let values = opened(&app, &who, &[name]).await?;
    let page = CorrectFieldPage {
        chrome: who.chrome(Some(Tab::Mine))?,
        field,
        value: shown(field, &values),
        checked: way == Way::Checked,
        text: String::new(),
        evidence: String::new(),
        wrong: None,
        due: cases::due(&app).seconds(),
    };
    Ok(Html(page.render()?))
}

/// `POST /me/rights/correct/{field}`
pub async fn correct(
    State(app): State<App>, who: SignedIn, Path(name): Path<String>, Form(mut fields): Form,
) -> Result<Response, PageError> {
    let (field, way) = field::field(&name)?;
    let text = fields.take("value")?.unwrap_or_default();
    let evidence = fields.take("evidence")?.unwrap_or_default();
    fields.done()?;
    let here = format!("/me/rights/correct/{field}");
    let done = match way {
        Way::AtOnce => at_once(&app, &who, field, &text).await,
        Way::Checked => asked(&app, &who, field, &text, &evidence).await,
    };
    let wrong = match done {
        Ok((value, case)) => {
            let chrome = who.chrome_at(Some(Tab::Mine), here)?;
            return Ok(Html(CorrectedPage { chrome, field, value, case }.render()?).into_response());
        }
        Err(Refusal::NotAValue) => Wrong::Value,
        Err(Refusal::Case(cases::Refusal::Nothing | cases::Refusal::TooLong | cases::Refusal::Unreadable)) => {
            Wrong::Evidence
        }
        Err(no) => return Err(no.into()),
    };
    let values = opened(&app, &who, &[name]).await?;
    let page = CorrectFieldPage {
        chrome: who.chrome_at(Some(Tab::Mine), here)?,
        field,
        value: shown(field, &values),
        checked: way == Way::Checked,
        text,
        evidence,
        wrong: Some(wrong),
        due: cases::due(&app).seconds(),
    };
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page.render()?)).into_response())
}

type Done = Result<(String, Option<(String, i64)>), Refusal>;

async fn at_once(app: &App, who: &SignedIn, field: &'static str, text: &str) -> Done {
    let (verb, who, text) = (app.clone(), who.clone(), text.to_owned());
    let write = async move { rights::correct(&verb, who.whose(), field, &text, &who.by(), &who.request).await };
    Ok((detached(write).await?, None))
}

async fn asked(app: &App, who: &SignedIn, field: &'static str, text: &str, evidence: &str) -> Done {
    let said = Said::something(evidence)?;
    let document_type = match field {
        "document_number" => {
            let names = ["document_type".to_owned()];
            let mut known = vault::look(app, who.whose(), &who.by(), &names, who.request.clone()).await?;
            known.remove("document_type").unwrap_or_default()
        }
        _ => String::new(),
    };
    let value = field::read(field, text, &document_type, app.today())?;
    let (verb, who, text) = (app.clone(), who.clone(), text.to_owned());
    let ask = async move {
        let wanted = Wanted { field, text: &text, document_type: &document_type, evidence: &said };
        rights::ask(&verb, who.whose(), &wanted, &who.by(), &who.request).await
    };
    let case = detached(ask).await?;
    Ok((value, Some((case.to_string(), cases::due(app).seconds()))))
}
