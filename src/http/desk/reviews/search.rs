//! `GET /desk/reviews`: what the ledger holds of everybody, sought by links and forms.

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Html;

use super::dossiers;
use super::names::Names;
use crate::app::App;
use crate::http::error::{PageError, Trouble};
use crate::http::extract::{Auditor, Fields};
use crate::http::layers::detached;
use crate::http::pages::desk::{Place, ReviewFilter, ReviewsPage, altered};
use crate::reviews::{self, Cursor, Filter};

/// `GET /desk/reviews`
pub async fn page(State(app): State<App>, who: Auditor, RawQuery(query): RawQuery) -> Result<Html<String>, PageError> {
    let mut fields = Fields::parse(query.unwrap_or_default().as_bytes())?;
    let cursor = fields.take("from")?.map(|text| Cursor::parse(&text)).transpose();
    let cursor = cursor.map_err(|_| Trouble::bad_request("not a cursor"))?;
    let filter = read(&app, fields)?;
    let (app_, who_, filter_) = (app.clone(), who.clone(), filter.clone());
    let verb = async move { reviews::search(&app_, &who_.session, &filter_, cursor, &who_.request).await };
    let found = detached(verb).await?;
    let names = Names::read(&app, &who).await?;
    let query = filter.query();
    let page = ReviewsPage {
        frame: who.frame_at(Some(Place::Reviews), address(&query))?,
        rows: found.found.rows.iter().map(|row| names.row(row)).collect(),
        older: found
            .older
            .map(|cursor| format!("/desk/reviews?{query}{}from={cursor}", if query.is_empty() { "" } else { "&" })),
        opened: found.found.opened,
        back_to: found.found.back_to,
        altered: altered(&who.words, &found.found.altered),
        filter: choices(&app, &filter, names),
        into: dossiers::into(&app, &found.found.rows).await?,
        query,
    };
    Ok(Html(page.render()?))
}

/// The address of a search.
fn address(query: &str) -> String {
    if query.is_empty() { "/desk/reviews".to_owned() } else { format!("/desk/reviews?{query}") }
}

/// What is sought.
pub fn read(app: &App, fields: Fields) -> Result<Filter, Trouble> {
    Filter::read(&fields.rest(), &app.config.zone()).map_err(|not| Trouble::bad_request(not.0))
}

fn choices(app: &App, filter: &Filter, names: Names) -> ReviewFilter {
    let owned = |member: &Option<String>| member.clone().unwrap_or_default();
    ReviewFilter {
        apps: names.apps,
        people: names.people,
        purposes: app.catalogue.purposes().map(|purpose| purpose.code().to_owned()).collect(),
        claims: app.catalogue.claims().map(|(name, _)| name.to_owned()).collect(),
        app: owned(&filter.app),
        purpose: owned(&filter.purpose),
        claim: owned(&filter.claim),
        outcome: owned(&filter.outcome),
        kind: filter.kind.map(|kind| kind.as_str().to_owned()).unwrap_or_default(),
        staff: owned(&filter.staff),
        since: filter.since.as_ref().map(|moment| moment.said.clone()).unwrap_or_default(),
        until: filter.until.as_ref().map(|moment| moment.said.clone()).unwrap_or_default(),
        alias: owned(&filter.alias),
    }
}
