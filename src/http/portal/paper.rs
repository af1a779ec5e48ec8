//! Sheets to print: the receipt of a consent, and the list of apps. They carry no value and no name: whoever finds one
//! learns what was agreed, not by whom.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Html;

use super::{Names, apps, standing};
use crate::app::App;
use crate::consent;
use crate::http::error::PageError;
use crate::http::extract::SignedIn;
use crate::http::pages::{PaperApp, PaperAppsPage, PaperReceiptPage, Tab};
use crate::http::verify::proof;
use crate::paper::{self, Sheet};

/// `GET /me/apps/{record}/paper`
pub async fn receipt(
    State(app): State<App>, signed_in: SignedIn, Path(id): Path<String>,
) -> Result<Html<String>, PageError> {
    let (record, body) = apps::own_record(&app, &signed_in, &id).await?;
    let body = body.ok_or(PageError::not_found("the receipt is gone"))?;
    let page = PaperReceiptPage {
        chrome: signed_in.chrome(Some(Tab::Apps))?,
        record: record.id.to_string(),
        name: body.recipient,
        controller: body.controller,
        contact: body.contact,
        state: standing(&record, signed_in.now.seconds()),
        given_at: record.given_at,
        refused: body.refused,
        proof: proof(&app, Sheet::Receipt(record.id))?,
        purpose: record.purpose,
        claims: record.claims,
    };
    Ok(Html(page.render()?))
}

/// `GET /me/apps/paper`
pub async fn list(State(app): State<App>, signed_in: SignedIn) -> Result<Html<String>, PageError> {
    let resident = signed_in.whose();
    let records = consent::of_resident(&mut app.db.read().await?, resident).await?;
    let sheet = Sheet::Apps(resident.clone(), paper::list_of(&records, signed_in.now));
    let open: Vec<_> = records.into_iter().filter(|record| record.in_force(signed_in.now).is_ok()).collect();
    let names = Names::of(&app, signed_in.words, open.iter().map(|record| record.client.clone())).await?;
    let row = |record: consent::Record| PaperApp {
        name: names.get(&record.client),
        purpose: record.purpose,
        claims: record.claims,
        until: record.valid_until,
    };
    let apps = open.into_iter().map(row).collect();
    let page = PaperAppsPage { chrome: signed_in.chrome(Some(Tab::Apps))?, apps, proof: proof(&app, sheet)? };
    Ok(Html(page.render()?))
}
