//! `/me/rights/copy`: a copy of everything, as a file and on paper (PIPL 45). Both want a passkey that was shown just
//! now: whoever finds the phone unlocked does not carry a whole record away.

use std::collections::HashMap;

use askama::Template;
use axum::extract::State;
use axum::http::header;
use axum::response::{Html, IntoResponse, Response};

use crate::app::App;
use crate::claims::FIELDS;
use crate::claims::release::Fields;
use crate::consent;
use crate::fault::Fault;
use crate::http::error::PageError;
use crate::http::extract::SignedIn;
use crate::http::pages::{CopiedConsent, CopiedLook, CopyPage, CopyPaperPage, DataField, DataGroup, FieldSource, Tab};
use crate::http::portal::{Names, book, standing};
use crate::http::sign_in::again;
use crate::ids::ClientId;
use crate::ledger::{By, Kind};
use crate::rights::{self, Copied};
use crate::vault::{self, Origin};

const HERE: &str = "/me/rights/copy";

/// So many looks fit on a few sheets of paper.
const LOOKS: usize = 100;

/// `GET /me/rights/copy`
pub async fn page(State(app): State<App>, who: SignedIn) -> Result<Html<String>, PageError> {
    let schema = app.config.server.issuer.at(rights::SCHEMA);
    Ok(Html(CopyPage { chrome: who.chrome(Some(Tab::Mine))?, schema }.render()?))
}

/// `GET /me/rights/copy/file`
pub async fn file(State(app): State<App>, who: SignedIn) -> Result<Response, PageError> {
    if !who.session.is_fresh(who.now) {
        return Ok(again(HERE).into_response());
    }
    let copy = rights::export(&app, who.whose(), Copied::File, who.request.clone()).await?;
    let text = serde_json::to_string_pretty(&copy).map_err(|_| Fault::Internal("a copy does not serialise"))?;
    let headers = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"latchkey-copy.json\""),
    ];
    Ok((headers, text).into_response())
}

/// `GET /me/rights/copy/paper`
pub async fn paper(State(app): State<App>, who: SignedIn) -> Result<Response, PageError> {
    if !who.session.is_fresh(who.now) {
        return Ok(again(HERE).into_response());
    }
    let groups = groups(&app, &who).await?;
    let records = consent::of_resident(&mut app.db.read().await?, who.whose()).await?;
    let looks = book::recent(&app, who.whose(), 0).await?;
    let looks: Vec<_> = looks.iter().filter(|line| matches!(line.kind, Kind::Disclosure | Kind::Refusal)).collect();
    let clients = looks.iter().filter_map(|line| line.detail.client.clone()).map(ClientId::stored);
    let clients = clients.chain(records.iter().map(|record| record.client.clone()));
    let names = Names::of(&app, who.words, clients).await?;
    let consent = |record: &consent::Record| CopiedConsent {
        name: names.get(&record.client),
        purpose: record.purpose.clone(),
        claims: record.claims.clone(),
        state: standing(record, who.now.seconds()),
    };
    let look = |line: &&crate::custody::book::Line| CopiedLook {
        at: line.detail.at.div_euclid(1_000),
        number: line.position,
        name: line.detail.client.clone().map(|id| names.get(&ClientId::stored(id))).unwrap_or_default(),
        purpose: line.detail.purpose.clone().unwrap_or_default(),
        claims: line.detail.claims.clone(),
        refused: (line.kind == Kind::Refusal).then(|| line.detail.reason.clone()),
    };
    let page = CopyPaperPage {
        chrome: who.chrome(Some(Tab::Mine))?,
        made_at: who.now.seconds(),
        groups,
        consents: records.iter().map(consent).collect(),
        looks: looks.iter().take(LOOKS).map(look).collect(),
        all_looks: looks.len(),
    };
    Ok(Html(page.render()?).into_response())
}

/// The record in full, by groups.
async fn groups(app: &App, who: &SignedIn) -> Result<Vec<DataGroup>, PageError> {
    let names = FIELDS.map(str::to_owned);
    let by = By::Resident;
    let values = vault::look_for(app, who.whose(), &by, &names, "export_paper", who.request.clone()).await?;
    let origins = vault::origins(&mut app.db.read().await?, who.whose()).await?;
    Ok(in_full(&values, &origins))
}

/// A record with nothing masked, by groups; what it does not hold is not there.
pub(super) fn in_full(values: &Fields, origins: &HashMap<String, Origin>) -> Vec<DataGroup> {
    let field = |name: &&str| {
        let value = values.get(*name).filter(|value| !value.is_empty())?;
        Some(DataField {
            name: (*name).to_owned(),
            value: value.clone(),
            revealed: false,
            masked: false,
            source: FieldSource::of(origins.get(*name)?),
        })
    };
    let group = |(code, names): (&'static str, &'static [&'static str])| DataGroup {
        code,
        fields: names.iter().filter_map(field).collect(),
    };
    DataGroup::ALL.into_iter().map(group).filter(|group| !group.fields.is_empty()).collect()
}
