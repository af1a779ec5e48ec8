//! `/me/erasure`: everything about a resident goes; and `/erased/…`, the certificate that stays.
//!
//! Only she herself: no mandate leads here.

use std::time::Duration;

use askama::Template;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{Html, IntoResponse, Redirect, Response};
use qrcode::render::svg;
use qrcode::{EcLevel, QrCode};

use super::Names;
use crate::app::App;
use crate::consent;
use crate::erasure::{self, Pending, Refusal, Standing};
use crate::fault::Fault;
use crate::http::confirming;
use crate::http::error::{PageError, Problem};
use crate::http::extract::{AskedWith, CeremonyJson, Form, SignedIn, Visit};
use crate::http::layers::detached;
use crate::http::pages::{ErasePage, ErasedPage, ErasedStanding, ErasingPage, Tab};
use crate::ledger::By;
use crate::resident::{self};
use crate::vault;
use crate::webauthn::ceremony::Begun;

const HERE: &str = "/me/erasure";

/// `GET /me/erasure`
pub async fn page(State(app): State<App>, who: SignedIn) -> Result<Response, PageError> {
    let resident = &who.session.resident;
    if let Some(pending) = erasure::pending(&app, resident).await? {
        return Ok(Html(erasing(&app, &who, &pending)?).into_response());
    }
    let mut tx = app.db.read().await?;
    let mut fields: Vec<String> = vault::origins(&mut tx, resident).await?.into_keys().collect();
    fields.sort_unstable();
    let records = consent::of_resident(&mut tx, resident).await?;
    drop(tx);
    let open = records.iter().filter(|record| record.in_force(who.now).is_ok() || record.paused_at.is_some());
    let mut clients: Vec<_> = open.map(|record| record.client.clone()).collect();
    clients.dedup();
    let names = Names::of(&app, who.words, clients.iter().cloned()).await?;
    let due = who.now.plus(erasure::WAIT);
    let privacy = &app.config.privacy;
    let page = ErasePage {
        chrome: who.chrome_at(Some(Tab::Mine), HERE.to_owned())?,
        due_at: due.seconds(),
        fields,
        passkeys: u32::try_from(resident::keys(&app, resident).await?.len()).unwrap_or(u32::MAX),
        apps: clients.iter().map(|client| names.get(client)).collect(),
        details_until: app.config.months_after(due, privacy.log_detail_months).seconds(),
        copies_until: due.plus(Duration::from_secs(u64::from(privacy.backup_days) * 86_400)).seconds(),
    };
    Ok(Html(page.render()?).into_response())
}

fn erasing(app: &App, who: &SignedIn, pending: &Pending) -> Result<String, PageError> {
    let path = format!("/erased/{}", pending.link.expose());
    let page = ErasingPage {
        chrome: who.chrome_at(Some(Tab::Mine), HERE.to_owned())?,
        begun_at: pending.begun_at.seconds(),
        due_at: pending.due_at.seconds(),
        address: app.config.server.issuer.at(&path),
        qr: format!("{path}/qr"),
    };
    Ok(page.render()?)
}

/// `POST /me/erasure/confirm`: the device is asked to sign it.
pub async fn confirm(
    State(app): State<App>, who: SignedIn, _: CeremonyJson<AskedWith>,
) -> Result<Json<Begun>, Problem> {
    let act = erasure::act(&who.session.resident);
    confirming::begin(&app, &who, act).await
}

/// `POST /me/erasure`: she asks for it, and signed that she does.
pub async fn begin(State(app): State<App>, who: SignedIn, Form(mut fields): Form) -> Result<Redirect, PageError> {
    let act = erasure::act(&who.session.resident);
    let confirmed = confirming::confirmed(&app, &who, act, &mut fields).await?;
    fields.done()?;
    detached(async move { erasure::begin(&app, &who.session, &confirmed, &who.request).await }).await?;
    Ok(Redirect::to(HERE))
}

/// `POST /me/erasure/undo`: everything is as it was.
pub async fn undo(State(app): State<App>, who: SignedIn, Form(fields): Form) -> Result<Redirect, PageError> {
    fields.done()?;
    let verb = async move { erasure::undo(&app, &who.session.resident, &By::Resident, &who.request).await };
    match detached(verb).await {
        // Pressed twice: the page says how it stands.
        Ok(()) | Err(Refusal::NothingToUndo(_)) => Ok(Redirect::to(HERE)),
        Err(refusal) => Err(refusal.into()),
    }
}

async fn stands(app: &App, token: &str) -> Result<Standing, PageError> {
    erasure::standing(app, token).await?.ok_or(PageError::not_found("no such certificate"))
}

/// `GET /erased/{token}`: for whoever has the address, signed in or not.
pub async fn erased(
    State(app): State<App>, visit: Visit, Path(token): Path<String>,
) -> Result<Html<String>, PageError> {
    let mut page = ErasedPage {
        chrome: visit.chrome(None)?,
        standing: ErasedStanding::Pending,
        at: 0,
        fields: 0,
        passkeys: 0,
        consents: 0,
        details_until: 0,
        details_gone_at: None,
        copies_until: 0,
        entry: 0,
        certificate: None,
        download: format!("/erased/{token}/certificate"),
    };
    match stands(&app, &token).await? {
        Standing::Pending(due_at) => page.at = due_at,
        Standing::Undone(at) => (page.standing, page.at) = (ErasedStanding::Undone, at),
        Standing::Erased(done) => {
            page = ErasedPage {
                standing: ErasedStanding::Erased,
                at: done.erased_at,
                fields: done.counts.fields,
                passkeys: done.counts.passkeys,
                consents: done.counts.consents,
                details_until: done.details_until,
                details_gone_at: done.details_gone_at,
                copies_until: done.copies_until,
                entry: done.entry,
                certificate: done.certificate,
                ..page
            }
        }
    }
    Ok(Html(page.render()?))
}

/// `GET /erased/{token}/certificate`: the JWS.
pub async fn certificate(State(app): State<App>, Path(token): Path<String>) -> Result<Response, PageError> {
    let Standing::Erased(done) = stands(&app, &token).await? else {
        return Err(PageError::not_found("nothing was erased"));
    };
    let certificate = done.certificate.ok_or(PageError::not_found("the certificate is not signed yet"))?;
    let headers = [
        (header::CONTENT_TYPE, "application/jwt"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"latchkey-erased.jwt\""),
    ];
    Ok((headers, certificate).into_response())
}

/// `GET /erased/{token}/qr`: the address as a picture, to be photographed or printed.
pub async fn qr(State(app): State<App>, Path(token): Path<String>) -> Result<Response, PageError> {
    stands(&app, &token).await?;
    let address = app.config.server.issuer.at(&format!("/erased/{token}"));
    let code =
        QrCode::with_error_correction_level(address, EcLevel::M).map_err(|_| Fault::Internal("a long issuer"))?;
    let svg = code.render::<svg::Color<'_>>().dark_color(svg::Color("#000")).light_color(svg::Color("#fff")).build();
    Ok(([(header::CONTENT_TYPE, "image/svg+xml")], svg).into_response())
}

impl From<Refusal> for PageError {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::NothingToUndo(reason) => {
                Self::refused(axum::http::StatusCode::CONFLICT, "nothing-to-undo", reason)
            }
            Refusal::SessionEnded => {
                Self::refused(axum::http::StatusCode::UNAUTHORIZED, "session-ended", "the session has ended")
            }
            Refusal::NotConfirmed => {
                Self::refused(axum::http::StatusCode::FORBIDDEN, "not-fresh", "not confirmed by the passkey")
            }
            Refusal::Fault(fault) => fault.into(),
        }
    }
}
