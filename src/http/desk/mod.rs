//! The console of the service centre: `/desk` and what hangs from it.

use axum::Router;
use axum::routing::{get, post};

use crate::app::App;
use crate::http::preferences;

mod door;

/// The addresses below `/desk`.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/desk", get(door::home))
        .route("/desk/sign-in", get(door::page))
        .route("/desk/sign-in/begin", post(door::begin))
        .route("/desk/sign-in/finish", post(door::finish))
        .route("/desk/sign-out", post(door::sign_out))
        .route("/desk/invitation/{token}", get(door::invitation))
        .route("/desk/invitation/{token}/begin", post(door::register_begin))
        .route("/desk/invitation/{token}/finish", post(door::register_finish))
        .route("/desk/preferences", post(preferences::keep))
}
