//! `/desk/reviews`: the auditors' pages. Nobody else finds them.

use axum::Router;
use axum::routing::get;

use crate::app::App;

mod entry;
mod names;
mod search;

/// The addresses below `/desk`.
pub fn routes() -> Router<App> {
    Router::new().route("/desk/reviews", get(search::page)).route("/desk/reviews/entry/{position}", get(entry::page))
}
