//! `/me/book/{position}/why`: how it came to an access: the purpose, the basis, the rule, claim by claim (PIPL 24(3), 48).

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Html;

use crate::app::App;
use crate::claims::Purpose;
use crate::consent;
use crate::custody::book::{self, Line};
use crate::http::error::PageError;
use crate::http::extract::SignedIn;
use crate::http::pages::{Fact, Tab, WhyClaim, WhyConsent, WhyPage};
use crate::http::portal::Names;
use crate::ids::{ClientId, ConsentId};
use crate::ledger::Kind;

/// `GET /me/book/{position}/why`
pub async fn why(State(app): State<App>, who: SignedIn, Path(position): Path<u64>) -> Result<Html<String>, PageError> {
    let unknown = || PageError::not_found("no such access of this resident");
    let mut tx = app.db.read().await?;
    let line = book::line(&mut tx, &app.custody, who.whose(), position).await?;
    drop(tx);
    let is_access = |line: &Line| matches!(line.kind, Kind::Disclosure | Kind::Refusal);
    let line = line.filter(is_access).ok_or_else(unknown)?;
    let detail = &line.detail;
    let client = detail.client.clone().map(ClientId::stored);
    let names = Names::of(&app, who.words, client.clone().into_iter()).await?;
    let purpose = detail.purpose.as_deref().and_then(|code| app.catalogue.purpose(code));
    let claim = |name: &String| WhyClaim {
        name: name.clone(),
        need: need(purpose, name),
        fields: app.catalogue.claim(name).map(|claim| claim.reads.clone()).unwrap_or_default(),
    };
    let page = WhyPage {
        chrome: who.chrome(Some(Tab::Book))?,
        number: position,
        at: detail.at.div_euclid(1_000),
        client: client.map(|id| names.get(&id)).unwrap_or_default(),
        refused: (line.kind == Kind::Refusal).then(|| detail.reason.clone()),
        purpose: detail.purpose.clone().unwrap_or_default(),
        claims: detail.claims.iter().map(claim).collect(),
        consent: basis(&app, &who, &line).await?,
    };
    Ok(Html(page.render()?))
}

fn need(purpose: Option<&Purpose>, claim: &str) -> &'static str {
    match purpose {
        Some(purpose) if purpose.requires(claim) => "required",
        Some(purpose) if purpose.separate.iter().any(|known| known == claim) => "separate",
        Some(purpose) if purpose.knows(claim) => "optional",
        _ => "unknown",
    }
}

async fn basis(app: &App, who: &SignedIn, line: &Line) -> Result<Option<WhyConsent>, PageError> {
    let Some(id) = line.detail.consent.clone().map(ConsentId::stored) else { return Ok(None) };
    let record = consent::current(&mut app.db.read().await?, &id).await?;
    let Some(record) = record.filter(|record| record.resident == *who.whose()) else { return Ok(None) };
    Ok(Some(WhyConsent {
        record: record.id.to_string(),
        given_at: record.given_at,
        until: record.valid_until,
        facts: record.claims.into_iter().map(|claim| Fact { claim, value: None }).collect(),
    }))
}
