//! `POST /device_authorization`: a device asks, and gets what it polls with and what it shows (RFC 8628 §3.1, §3.2).

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use super::network;
use crate::app::App;
use crate::http::error::OAuthError;
use crate::http::extract::{Caller, ClientRequest};
use crate::http::layers::detached;
use crate::oauth::device::{self, INTERVAL_SECONDS, LIFE};

/// What a device gets (RFC 8628 §3.2).
#[derive(Serialize, ToSchema)]
pub struct DeviceAuthorization {
    /// What the device polls with.
    device_code: String,
    /// What it shows.
    user_code: String,
    /// Where that is entered.
    verification_uri: String,
    /// The same, with the code in it.
    verification_uri_complete: String,
    /// Not of the standard: the same address as a picture, for a screen that cannot make one.
    verification_qr_uri: String,
    /// For how many seconds both codes are good.
    expires_in: u64,
    /// How many seconds to wait between two polls.
    interval: i64,
}

/// `POST /device_authorization`
pub async fn start(
    State(app): State<App>, caller: Caller, asked: ClientRequest,
) -> Result<Json<DeviceAuthorization>, OAuthError> {
    let issuer = app.config.server.issuer.clone();
    let verb = async move { device::start(&app, &asked.client, &asked.params, &asked.held, network(&caller)).await };
    let started = detached(verb).await?;
    let code = started.user_code.shown();
    Ok(Json(DeviceAuthorization {
        device_code: started.device_code.expose().to_owned(),
        verification_uri: issuer.at("/device"),
        verification_uri_complete: issuer.at(&format!("/device?user_code={code}")),
        verification_qr_uri: issuer.at(&format!("/device/qr/{code}")),
        expires_in: LIFE.as_secs(),
        interval: INTERVAL_SECONDS,
        user_code: code,
    }))
}
