//! `/me/rights`: what a resident may ask of her record, for herself alone: nobody who acts for her comes in here.

use askama::Template;
use axum::Router;
use axum::response::Html;
use axum::routing::{get, post};

use crate::app::App;
use crate::http::error::PageError;
use crate::http::extract::SignedIn;
use crate::http::pages::{RightsPage, Tab};

mod after;
mod copy;
mod correct;
mod moving;
pub mod why;

/// The addresses below `/me/rights`.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/me/rights", get(rights))
        .route("/me/rights/correct", get(correct::list))
        .route("/me/rights/correct/{field}", get(correct::form).post(correct::correct))
        .route("/me/rights/copy", get(copy::page))
        .route("/me/rights/copy/file", get(copy::file))
        .route("/me/rights/copy/paper", get(copy::paper))
        .route("/me/rights/after", get(after::page).post(after::arrange))
        .route("/me/rights/relative", get(after::form).post(after::ask))
        .route("/me/rights/relative/{case}", get(after::copy))
        .route("/me/rights/move", get(moving::page))
        .route("/me/rights/move/package", get(moving::package))
        .route("/me/rights/move/out", post(moving::out))
        .route("/me/rights/move/out/begin", post(moving::begin))
}

async fn rights(who: SignedIn) -> Result<Html<String>, PageError> {
    Ok(Html(RightsPage { chrome: who.chrome(Some(Tab::Mine))? }.render()?))
}
