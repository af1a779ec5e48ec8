//! `/me/apps`: who may see what, one consent with its receipt, and the button that stops it.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{Html, IntoResponse, Response};

use super::{Names, bases, book, deletion, fact, goes_out, noes, standing, values};
use crate::app::App;
use crate::consent::never;
use crate::consent::{self, Body, Record, Withdrawal};
use crate::http::error::{PageError, mandate_over};
use crate::http::extract::{Form, SignedIn};
use crate::http::layers::detached;
use crate::http::pages::{AppPage, AppRow, AppsPage, Deletion, EndedRow, PausedRow, StoppedPage, Tab};
use crate::ids::ConsentId;
use crate::ledger::Kind;
use crate::oauth;

/// The apps page shows so many ended consents.
const ENDED: usize = 50;

pub async fn apps(State(app): State<App>, signed_in: SignedIn) -> Result<Html<String>, PageError> {
    let records = consent::of_resident(&mut app.db.read().await?, signed_in.whose()).await?;
    let names = Names::of(&app, signed_in.words, records.iter().map(|record| record.client.clone())).await?;
    let (standing_now, ended): (Vec<_>, Vec<_>) = records.into_iter().partition(|record| record.stands(signed_in.now));
    let (open, paused): (Vec<_>, Vec<_>) =
        standing_now.into_iter().partition(|record| record.in_force(signed_in.now).is_ok());
    let paused = paused.iter().map(|record| paused_row(record, &names)).collect();
    let mut orders = deletion::all(&app, signed_in.whose()).await?;
    let ended = ended.iter().take(ENDED).map(|record| EndedRow {
        record: record.id.to_string(),
        name: names.get(&record.client),
        purpose: record.purpose.clone(),
        state: standing(record, signed_in.now.seconds()),
        deletion: orders.remove(&record.id),
    });
    let ended = ended.collect();
    let apps = rows(&app, &signed_in, &open, &names).await?;
    Ok(Html(
        AppsPage {
            chrome: signed_in.chrome(Some(Tab::Apps))?,
            apps,
            paused,
            noes: noes::rows(&app, &signed_in).await?,
            ended,
            bases: bases::rows(&app),
        }
        .render()?,
    ))
}

fn paused_row(record: &Record, names: &Names) -> PausedRow {
    PausedRow {
        record: record.id.to_string(),
        name: names.get(&record.client),
        purpose: record.purpose.clone(),
        since: record.paused_at.unwrap_or(record.given_at),
        until: record.valid_until,
    }
}

/// Rows of consents in force, with the values that may go out, opened once for all of them.
pub(super) async fn rows(
    app: &App, signed_in: &SignedIn, records: &[Record], names: &Names,
) -> Result<Vec<AppRow>, PageError> {
    let nevers = never::of_resident(&mut app.db.read().await?, signed_in.whose()).await?;
    let given = |record: &Record| goes_out(record, names.party(&record.client), &nevers);
    let mut claims: Vec<String> = records.iter().flat_map(given).collect();
    claims.sort_unstable();
    claims.dedup();
    let values = values(app, signed_in, &claims).await?;
    let row = |record: &Record| AppRow {
        record: record.id.to_string(),
        name: names.get(&record.client),
        purpose: record.purpose.clone(),
        facts: given(record).iter().map(|claim| fact(claim, &values)).collect(),
        until: record.valid_until,
    };
    Ok(records.iter().map(row).collect())
}

pub(super) async fn own_record(app: &App, signed_in: &SignedIn, id: &str) -> Result<(Record, Option<Body>), PageError> {
    let unknown = || PageError::not_found("no such consent of this resident");
    let id = ConsentId::parse(id).map_err(|_| unknown())?;
    let mut tx = app.db.read().await?;
    let record = consent::current(&mut tx, &id).await?;
    let record = record.filter(|record| record.resident == *signed_in.whose()).ok_or_else(unknown)?;
    let body = consent::body(&mut tx, app, &record).await?;
    Ok((record, body))
}

pub async fn app(
    State(app): State<App>, signed_in: SignedIn, Path(id): Path<String>,
) -> Result<Html<String>, PageError> {
    let (record, body) = own_record(&app, &signed_in, &id).await?;
    let resident = signed_in.whose();
    let client = oauth::client(&mut app.db.read().await?, &record.client).await?;
    let lines = book::recent(&app, resident, record.given_at).await?;
    let reads: Vec<i64> = lines
        .iter()
        .filter(|line| line.kind == Kind::Disclosure && line.detail.consent.as_deref() == Some(record.id.as_str()))
        .map(|line| line.detail.at.div_euclid(1_000))
        .collect();
    let state = standing(&record, signed_in.now.seconds());
    let in_force = record.in_force(signed_in.now).is_ok();
    // What an app may see no longer is not opened again.
    let party = client.as_ref().map(|client| client.kind.code()).unwrap_or_default();
    let nevers = never::of_resident(&mut app.db.read().await?, resident).await?;
    let shown = if in_force { goes_out(&record, party, &nevers) } else { Vec::new() };
    let values = values(&app, &signed_in, &shown).await?;
    let body = body.unwrap_or_default();
    let page = AppPage {
        chrome: signed_in.chrome(Some(Tab::Apps))?,
        record: record.id.to_string(),
        name: body.recipient,
        party: party.to_owned(),
        controller: body.controller,
        contact: body.contact,
        purpose: record.purpose.clone(),
        facts: record.all_released().iter().map(|claim| fact(claim, &values)).collect(),
        refused: body.refused,
        given_at: record.given_at,
        state,
        deletion: deletion::one(&app, &record.id).await?,
        reads: u64::try_from(reads.len()).unwrap_or(u64::MAX),
        last_read: reads.first().copied(),
        receipt: body.receipt,
    };
    Ok(Html(page.render()?))
}

pub async fn receipt(
    State(app): State<App>, signed_in: SignedIn, Path(id): Path<String>,
) -> Result<Response, PageError> {
    let (_, body) = own_record(&app, &signed_in, &id).await?;
    let body = body.ok_or(PageError::not_found("the receipt is gone"))?;
    let headers = [
        (header::CONTENT_TYPE, "application/jwt"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"latchkey-receipt.jwt\""),
    ];
    Ok((headers, body.receipt).into_response())
}

pub async fn stop(
    State(app): State<App>, signed_in: SignedIn, Path(id): Path<String>, Form(fields): Form,
) -> Result<Response, PageError> {
    fields.done()?;
    let unknown = || PageError::not_found("no such consent of this resident");
    let id = ConsentId::parse(&id).map_err(|_| unknown())?;
    let by = signed_in.by();
    let (resident, request, verb) = (signed_in.whose().clone(), signed_in.request.clone(), app.clone());
    let withdrawn = detached(async move { consent::withdraw(&verb, &resident, &id, &by, &request).await }).await?;
    let (record, entry) = match withdrawn {
        Withdrawal::Done(record, position) => (record, position + 1),
        // Pressed twice: the page of the record says how it ended.
        Withdrawal::EndedBefore(record) => {
            return Ok(axum::response::Redirect::to(&signed_in.at(&format!("/apps/{}", record.id))).into_response());
        }
        Withdrawal::MandateOver => return Err(mandate_over()),
        Withdrawal::Unknown => return Err(unknown()),
    };
    let names = Names::of(&app, signed_in.words, std::iter::once(record.client.clone())).await?;
    let page = StoppedPage {
        chrome: signed_in.chrome_at(Some(Tab::Apps), signed_in.at("/apps"))?,
        record: record.id.to_string(),
        name: names.get(&record.client),
        entry,
        delete_by: match deletion::one(&app, &record.id).await? {
            Some(Deletion::Ordered(due)) => Some(due),
            _ => None,
        },
    };
    Ok(Html(page.render()?).into_response())
}
