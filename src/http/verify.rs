//! `GET /verify/{mark}`: whoever holds a printed sheet scans its code, and reads whether it is ours and still holds.
//!
//! Nobody signs in for that, and nobody is told whose sheet it is. Looking changes nothing.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};

use super::error::PageError;
use super::extract::Visit;
use super::pages::{Paper, PaperConsent, PaperKind, PaperState, Proof, VerifyPage};
use crate::app::App;
use crate::consent::Record;
use crate::fault::Fault;
use crate::oauth;
use crate::paper::{self, Mark, Sheet, Standing, Verdict};
use crate::text::Locale;

/// `GET /verify/{mark}`
pub async fn page(State(app): State<App>, visit: Visit, Path(mark): Path<String>) -> Result<Response, PageError> {
    let verdict = paper::verify(&app, &mark).await?;
    let status = if verdict.is_some() { StatusCode::OK } else { StatusCode::NOT_FOUND };
    let paper = match verdict {
        Some(verdict) => Some(shown(&app, &visit, verdict).await?),
        None => None,
    };
    let page = VerifyPage { chrome: visit.chrome(None)?, paper };
    Ok((status, Html(page.render()?)).into_response())
}

async fn shown(app: &App, visit: &Visit, verdict: Verdict) -> Result<Paper, Fault> {
    let consent = match verdict.consent {
        Some(record) => Some(consent(app, visit, record).await?),
        None => None,
    };
    Ok(Paper {
        kind: match verdict.mark.sheet {
            Sheet::Receipt(_) => PaperKind::Receipt,
            Sheet::Apps(..) => PaperKind::Apps,
            Sheet::Codes(..) => PaperKind::Codes,
        },
        printed_at: verdict.mark.printed_at,
        state: match verdict.standing {
            Standing::Holds => PaperState::Holds,
            Standing::Paused => PaperState::Paused,
            Standing::Over => PaperState::Over,
        },
        consent,
    })
}

async fn consent(app: &App, visit: &Visit, record: Record) -> Result<PaperConsent, Fault> {
    let client = oauth::client(&mut app.db.read().await?, &record.client).await?;
    let chinese = visit.words.locale() == Locale::ZhHans;
    Ok(PaperConsent {
        name: client.map_or_else(|| record.client.to_string(), |client| client.name_in(chinese).to_owned()),
        purpose: record.purpose,
        claims: record.claims.len(),
        given_at: record.given_at,
        until: record.valid_until,
    })
}

/// What proves a sheet that is printed now.
///
/// # Errors
/// When there are no random bytes.
pub fn proof(app: &App, sheet: Sheet) -> Result<Proof, Fault> {
    let mark = Mark::now(sheet, app.now());
    let link = format!("/verify/{}", mark.sealed(&app.custody)?);
    Ok(Proof { qr: paper::qr(&app.config.server.issuer.at(&link))?, link, printed_at: mark.printed_at })
}
