//! `/desk/reviews`: the auditors' pages. Nobody else finds them.

use axum::Router;
use axum::routing::{get, post};

use crate::app::App;

mod anomalies;
mod charts;
mod dossiers;
mod entry;
mod identify;
mod names;
mod search;

/// The addresses below `/desk`.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/desk/reviews", get(search::page))
        .route("/desk/reviews/export", post(dossiers::export_search))
        .route("/desk/reviews/dossiers", get(dossiers::list).post(dossiers::begin))
        .route("/desk/reviews/dossiers/{id}", get(dossiers::one))
        .route("/desk/reviews/dossiers/{id}/note", post(dossiers::note))
        .route("/desk/reviews/dossiers/{id}/export", post(dossiers::export))
        .route("/desk/reviews/dossiers/{id}/{step}", post(dossiers::step))
        .route("/desk/reviews/names", get(identify::list).post(identify::ask))
        .route("/desk/reviews/names/begin", post(identify::begin))
        .route("/desk/reviews/names/{id}/approve/begin", post(identify::begin_approval))
        .route("/desk/reviews/names/{id}/approve", post(identify::approve))
        .route("/desk/reviews/names/{id}/cancel", post(identify::cancel))
        .route("/desk/reviews/names/{id}/open", post(identify::open))
        .route("/desk/reviews/charts", get(charts::page))
        .route("/desk/reviews/anomalies", get(anomalies::page))
        .route("/desk/reviews/entry/{position}", get(entry::page))
}
