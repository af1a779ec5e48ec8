//! `/me/family` and `/mandate/{token}`: who may act for whom. For the person alone: nobody gives a mandate for somebody
//! else, and nobody who acts by one touches it.

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::Html;
use axum::routing::{get, post};

use crate::app::App;
use crate::fault::Fault;
use crate::http::error::PageError;
use crate::http::extract::SignedIn;
use crate::http::pages::{FamilyPage, MandateRow, Tab};
use crate::ids::ResidentId;
use crate::ledger::By;
use crate::mandate::{self, EndedBy, Kind, Mandate, Standing};
use crate::{resident, vault};

mod accept;
mod child;
mod offer;
mod one;
mod quiet;

/// The addresses.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/me/family", get(list))
        .route("/me/family/new", get(offer::which))
        .route("/me/family/new/{kind}", get(offer::form).post(offer::offer))
        .route("/me/family/new/{kind}/begin", post(offer::begin))
        .route("/me/family/child", get(child::page).post(child::ask))
        .route("/me/family/child/begin", post(child::begin))
        .route("/me/only-myself", get(quiet::page).post(quiet::answer))
        .route("/me/family/{id}", get(one::page))
        .route("/me/family/{id}/show", post(offer::show_again))
        .route("/me/family/{id}/end", post(one::end))
        .route("/mandate/{token}", get(accept::page).post(accept::answer))
        .route("/mandate/{token}/begin", post(accept::begin))
}

async fn list(State(app): State<App>, who: SignedIn) -> Result<Html<String>, PageError> {
    let resident = &who.session.resident;
    let mut tx = app.db.read().await?;
    let given = mandate::of_principal(&mut tx, resident).await?;
    let held = mandate::of_delegate(&mut tx, resident).await?;
    drop(tx);
    let mut page =
        FamilyPage { chrome: who.chrome(Some(Tab::Mine))?, helpers: Vec::new(), helped: Vec::new(), ended: Vec::new() };
    for (mandate, helps_her) in given.iter().map(|one| (one, true)).chain(held.iter().map(|one| (one, false))) {
        let row = row(&app, &who, mandate).await?;
        let list = match (mandate.standing(who.now), helps_her) {
            (Standing::Over | Standing::Ended(_), _) => &mut page.ended,
            (_, true) => &mut page.helpers,
            (_, false) => &mut page.helped,
        };
        list.push(row);
    }
    Ok(Html(page.render()?))
}

/// A mandate as whoever is signed in sees it. While it is in force, the name of the other is looked up, and the other
/// finds that in the book.
async fn row(app: &App, who: &SignedIn, mandate: &Mandate) -> Result<MandateRow, PageError> {
    let standing = mandate.standing(who.now);
    let other =
        if mandate.principal == who.session.resident { mandate.delegate.as_ref() } else { Some(&mandate.principal) };
    let out_of_sight = match other {
        Some(other) => resident::is_out_of_sight(&mut app.db.read().await?, other).await?,
        None => true,
    };
    let name = match other.filter(|_| standing == Standing::InForce && !out_of_sight) {
        Some(other) => vault::name(app, other, &mandate.by(), who.request.clone()).await?,
        None => None,
    };
    // Ended without a word is, for the other, only over.
    let ended = mandate.ended.filter(|_| !mandate.quiet || mandate.principal == who.session.resident);
    let standing = match (standing, ended) {
        // A guardian is confirmed at the desk, and by nobody else.
        (Standing::Waiting, _) if mandate.kind == Kind::Guardian => "waiting-desk",
        (Standing::Waiting, _) => "waiting",
        (Standing::InForce, _) => "in-force",
        (Standing::Ended(by), Some(_)) => ended_by(by),
        (Standing::Over | Standing::Ended(_), _) => "over",
    };
    Ok(MandateRow {
        id: mandate.id.to_string(),
        name,
        relation: mandate.relation.clone(),
        kind: mandate.kind.as_str(),
        rights: mandate.rights.iter().map(|right| right.as_str()).collect(),
        hidden: mandate.hidden.clone(),
        conflicts: mandate.conflicts.clone(),
        until: mandate.until,
        begun_at: mandate.begun_at,
        standing,
        ended_at: ended.map(|(at, _)| at),
    })
}

fn ended_by(by: EndedBy) -> &'static str {
    match by {
        EndedBy::Time => "over",
        by => by.as_str(),
    }
}

/// Whether somebody is of age, as far as the record says; who has no birth date there is not turned away.
async fn is_of_age(app: &App, who: &SignedIn, resident: &ResidentId) -> Result<bool, PageError> {
    let claim = "over_18".to_owned();
    let shown = vault::preview(app, resident, &By::Resident, std::slice::from_ref(&claim), who.request.clone()).await?;
    let value = shown.into_iter().next().and_then(|shown| shown.released).map(|(_, value)| value);
    Ok(value.and_then(|value| value.as_bool()) != Some(false))
}

/// A QR code of an address, as SVG for a page of ours: attributes only, so that the page's policy lets it be drawn.
fn qr(address: &str) -> Result<String, Fault> {
    use qrcode::render::svg;
    let code = qrcode::QrCode::with_error_correction_level(address, qrcode::EcLevel::M);
    let code = code.map_err(|_| Fault::Internal("an address too long for a QR code"))?;
    let drawn = code.render::<svg::Color<'_>>().dark_color(svg::Color("#000")).light_color(svg::Color("#fff")).build();
    Ok(drawn.find("<svg").and_then(|at| drawn.get(at..)).unwrap_or_default().to_owned())
}
