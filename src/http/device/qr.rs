//! `GET /device/qr/{code}`: `verification_uri_complete` as a picture, for a screen that cannot make one.

use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use qrcode::render::svg;
use qrcode::{EcLevel, QrCode};

use crate::app::App;
use crate::fault::Fault;
use crate::http::error::{Problem, Trouble};
use crate::oauth::device::UserCode;

/// The picture of any code, whether a screen shows it or not: it says nothing that its address does not.
pub async fn qr(State(app): State<App>, Path(code): Path<String>) -> Result<Response, Problem> {
    let unknown = Trouble::refused(axum::http::StatusCode::NOT_FOUND, "not-found", "not a user code");
    let code = UserCode::read(&code).ok_or(unknown)?;
    let address = app.config.server.issuer.at(&format!("/device?user_code={}", code.shown()));
    let code = QrCode::with_error_correction_level(address, EcLevel::M).map_err(|_| Fault::Internal("a long issuer"));
    let code = code.map_err(Trouble::from)?;
    let svg = code.render::<svg::Color<'_>>().dark_color(svg::Color("#000")).light_color(svg::Color("#fff")).build();
    // A screen is a page of somebody else's: it may show this one picture.
    let headers = [(header::CONTENT_TYPE.as_str(), "image/svg+xml"), ("cross-origin-resource-policy", "cross-origin")];
    Ok((headers, svg).into_response())
}
