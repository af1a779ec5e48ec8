//! The doors: parse, call one function, render.
//!
//! [`router`] is every URL of the service, grouped by who knocks; each group has one face for its errors.

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post};

use crate::app::App;

mod acting;
mod answering;
mod api;
mod asking;
mod assets;
mod at_desk;
mod authorize;
mod cases;
pub mod confirming;
mod consent;
mod consent_for;
mod desk;
mod device;
mod discovery;
mod end_session;
pub mod error;
mod events;
pub mod extract;
mod grants;
mod greeting;
mod health;
mod introspect;
mod invitation;
pub mod layers;
mod ledger;
mod limit;
mod listener;
mod nonce;
mod orders;
pub mod pages;
mod par;
mod passkeys;
mod portal;
mod preferences;
mod protected;
mod recover;
mod register;
mod revoke;
mod schemas;
mod sign_in;
mod still_here;
mod token;
mod transparency;
mod userinfo;
mod vault;
mod verify;
mod witness;

pub use listener::{Certificates, Listener, serve, serve_all, serve_witness};

/// Every URL of the service.
pub fn router(app: App) -> Router {
    // The fallback is a page: whoever mistypes an address is a person.
    let pages = layers::guard(pages(&app).fallback(error::nowhere));
    let pages = pages.layer(from_fn_with_state(app.clone(), extract::visit));
    frame(&app, pages).with_state(app)
}

/// The doors of programs alone: what is served where they show certificates.
fn doors_of_clients(app: App) -> Router {
    let elsewhere = layers::guard(Router::new().fallback(error::no_door)).layer(from_fn(error::problem_face));
    frame(&app, elsewhere).with_state(app)
}

/// Residents: HTML, cookies, form tokens. Errors are pages in their language.
fn pages(app: &App) -> Router<App> {
    Router::new()
        .route("/", get(sign_in::root))
        .route("/sign-in", get(sign_in::page))
        .route("/sign-in/begin", post(sign_in::begin))
        .route("/sign-in/finish", post(sign_in::finish))
        .route("/still-here", get(still_here::page))
        .route("/still-here/finish", post(still_here::finish))
        .route("/sign-out", post(sign_in::sign_out))
        .route("/signed-out", get(sign_in::signed_out))
        .route("/invitation/{token}", get(invitation::page))
        .route("/invitation/{token}/begin", post(invitation::begin))
        .route("/invitation/{token}/finish", post(invitation::finish))
        .route("/recover", get(recover::page).post(recover::enter))
        .route("/recover/{right}/begin", post(recover::begin))
        .route("/recover/{right}/finish", post(recover::finish))
        .route("/me/welcome", get(passkeys::welcome))
        .route("/me/passkeys", get(passkeys::page))
        .route("/me/passkeys/begin", post(passkeys::begin))
        .route("/me/passkeys/finish", post(passkeys::finish))
        .route("/me/passkeys/{id}/remove", post(passkeys::remove))
        .route("/me/recovery-codes", post(passkeys::new_sheet))
        .route("/me/sessions/end-others", post(passkeys::end_others))
        .route("/authorize", authorize::doors())
        .route("/consent/{id}", consent::doors())
        .route("/consent/{id}/own", get(answering::own::ask).post(answering::own::answer))
        .route("/consent/{id}/own/confirm", post(answering::own::confirm))
        .route("/device/{id}/own", get(answering::own::ask_device).post(answering::own::answer_device))
        .route("/device/{id}/own/confirm", post(answering::own::confirm_device))
        .route("/consent/{id}/for", post(consent_for::choose))
        .route("/end_session", get(end_session::get).post(end_session::post))
        .route("/end_session/confirm", post(end_session::confirm))
        .route("/device", get(device::page).post(device::enter))
        .route("/device/{id}", get(device::ask).post(device::answer))
        .route("/preferences", post(preferences::keep))
        .route("/verify/{mark}", get(verify::page))
        .route("/transparency", get(transparency::page))
        .route("/docs/api", get(api::page))
        .merge(portal::routes())
        .merge(acting::routes(app))
        .merge(desk::routes())
        .merge(at_desk::routes())
}

/// Clients: RFC 6749 and friends.
fn protocol() -> Router<App> {
    Router::new()
        .route("/par", post(par::push))
        .route("/device_authorization", post(device::start))
        .route("/token", post(token::exchange))
        .route("/revoke", post(revoke::revoke))
        .route("/introspect", post(introspect::tell))
        .route("/events/poll", post(events::poll))
        .route("/orders/receipts", post(orders::receipt))
        .route("/cases", get(cases::list))
        .route("/cases/{case}", get(cases::one))
        .route("/cases/{case}/answer", post(cases::answer))
        .route("/register", post(register::register))
        .route("/grants", get(grants::none))
        .route("/grants/{grant_id}", grants::doors())
        .route("/userinfo", get(userinfo::tell).post(userinfo::tell))
}

/// Clients with a token, and auditors: problem+json.
fn data() -> Router<App> {
    Router::new().route("/vault/claims", get(vault::read))
}

/// Anyone.
fn open() -> Router<App> {
    Router::new()
        .route("/health", get(health::health))
        .route("/assets/{name}", get(assets::asset))
        .route("/.well-known/openid-configuration", get(discovery::metadata))
        .route("/.well-known/oauth-authorization-server", get(discovery::metadata))
        .route("/device/qr/{code}", get(device::qr))
        .route(protected::WELL_KNOWN, get(protected::metadata))
        .route("/.well-known/oauth-protected-resource/{*path}", get(protected::metadata_of))
        .route("/jwks", get(discovery::jwks))
        .route("/ledger/checkpoint", get(ledger::checkpoint))
        .route("/ledger/checkpoint/witnessed", get(ledger::witnessed))
        .route("/ledger/key", get(ledger::key))
        .route("/ledger/tile/{*path}", get(ledger::tile))
        .route("/ledger/proof/{position}", get(ledger::inclusion))
        .route("/ledger/consistency", get(ledger::consistency))
        .route("/transparency.json", get(transparency::numbers))
        .route("/openapi.json", get(api::serve))
        .route("/schemas/export-1.json", get(schemas::export))
        .route("/schemas/reviews-1.json", get(schemas::reviews))
        .route("/schemas/evidence-1.json", get(schemas::evidence))
}

/// Puts the groups of programs behind their faces, and all groups behind the frame.
fn frame(app: &App, pages: Router<App>) -> Router<App> {
    let nonce = || from_fn_with_state(app.clone(), nonce::supply);
    let limited = |group| layers::guard(group).layer(from_fn_with_state(app.clone(), limit::by_address));
    let clients = limited(protocol()).layer(from_fn(error::oauth_face)).layer(nonce());
    let programs = limited(data().merge(open())).layer(from_fn(error::problem_face)).layer(nonce());
    let pointing = || from_fn_with_state(app.clone(), protected::point_to_metadata);
    let (clients, programs) = (clients.layer(pointing()), programs.layer(pointing()));
    pages.merge(clients).merge(programs).layer(from_fn_with_state(app.clone(), layers::frame))
}
