//! Pages that show JSON, and the cookie of a session.

use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use serde_json::{Value, json};

use crate::protocol::Resident;

const COOKIE: &str = "newsletter-session";

/// The session that a browser says it has.
pub fn session(headers: &HeaderMap) -> Option<String> {
    let cookies = headers.get(header::COOKIE)?.to_str().ok()?;
    let mut pairs = cookies.split("; ").filter_map(|pair| pair.split_once('='));
    pairs.find(|(name, _)| *name == COOKIE).map(|(_, value)| value.to_owned())
}

/// Sends the browser elsewhere.
pub fn go(address: &str, session: Option<&str>) -> Response {
    let mut response = (StatusCode::SEE_OTHER, [(header::LOCATION, address)]).into_response();
    let cookie = session.map(|id| format!("{COOKIE}={id}; HttpOnly; SameSite=Lax; Path=/"));
    if let Some(cookie) = cookie.and_then(|cookie| cookie.parse().ok()) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response
}

/// What is known of somebody who is signed in.
pub fn resident(resident: &Resident) -> Response {
    show("Welcome", Some(&json!(resident.claims)), &["/refresh", "/"])
}

/// What went wrong.
pub fn trouble(why: &str) -> Response {
    (StatusCode::BAD_REQUEST, show("That did not work", Some(&json!({ "error": why })), &["/"])).into_response()
}

/// A page.
pub fn show(title: &str, shown: Option<&Value>, links: &[&str]) -> Response {
    let json = shown.map(|value| format!("<pre>{}</pre>", escaped(&format!("{value:#}")))).unwrap_or_default();
    let links: String = links.iter().map(|link| format!(r#"<li><a href="{link}">{link}</a></li>"#)).collect();
    let head = format!(r#"<!doctype html><meta charset="utf-8"><title>{title}</title><h1>{title}</h1>"#);
    Html(format!("{head}{json}<ul>{links}</ul>")).into_response()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}
