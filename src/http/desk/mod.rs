//! The console of the service centre: `/desk` and what hangs from it.

use axum::Router;
use axum::routing::{get, post};

use crate::app::App;
use crate::http::preferences;

mod act;
mod cases;
mod confirming;
mod door;
mod emergencies;
mod emergency_ask;
mod emergency_hands;
mod find;
mod guardians;
mod recoveries;
mod reviews;
mod sealings;
mod sitting;
mod witness;

pub use act::doing;
pub use witness::name as staff_name;

/// The addresses below `/desk`.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/desk", get(find::home))
        .route("/desk/sign-in", get(door::page))
        .route("/desk/sign-in/begin", post(door::begin))
        .route("/desk/sign-in/finish", post(door::finish))
        .route("/desk/sign-out", post(door::sign_out))
        .route("/desk/invitation/{token}", get(door::invitation))
        .route("/desk/invitation/{token}/begin", post(door::register_begin))
        .route("/desk/invitation/{token}/finish", post(door::register_finish))
        .route("/desk/find", post(find::find))
        .route("/desk/sitting/{id}", get(sitting::page))
        .route("/desk/sitting/{id}/consent", get(sitting::agree))
        .route("/desk/sitting/{id}/prepare", post(sitting::prepare))
        .route("/desk/sitting/{id}/recover", post(recoveries::begin))
        .route("/desk/sitting/{id}/pressure", post(sitting::pressure))
        .route("/desk/acts/{id}", get(act::page))
        .route("/desk/acts/{id}/card", post(act::card))
        .route("/desk/acts/{id}/cancel", post(act::cancel))
        .route("/desk/acts/{id}/link", post(act::link))
        .route("/desk/acts/{id}/issue", post(act::issue))
        .route("/desk/acts/{id}/receipt", get(act::receipt))
        .route("/desk/acts/{id}/witness", post(witness::answer))
        .route("/desk/recoveries", get(recoveries::page))
        .route("/desk/recoveries/{id}/second", post(recoveries::second))
        .route("/desk/recoveries/{id}/stop", post(recoveries::stop))
        .route("/desk/recoveries/{id}/link", post(recoveries::link))
        .route("/desk/sitting/{id}/seal", post(sealings::ask))
        .route("/desk/sealings", get(sealings::page))
        .route("/desk/sealings/{id}/{step}", post(sealings::step))
        .route("/desk/guardians", get(guardians::list))
        .route("/desk/guardians/{id}", post(guardians::answer))
        .route("/desk/preferences", post(preferences::keep))
        .merge(cases::routes())
        .merge(reviews::routes())
        .merge(emergencies::routes())
}
