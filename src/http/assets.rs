//! `/assets/*`: style, script and icon, compiled in.

use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::error::Trouble;
use crate::crypto::token::Digest;

const SCRIPT: &str = "text/javascript; charset=utf-8";
const STYLE: &str = "text/css; charset=utf-8";

/// Name, media type, content.
const ASSETS: &[(&str, &str, &[u8])] = &[
    ("style.css", STYLE, include_bytes!("../../assets/style.css")),
    ("desk.css", STYLE, include_bytes!("../../assets/desk.css")),
    ("print.css", STYLE, include_bytes!("../../assets/print.css")),
    ("page.js", SCRIPT, include_bytes!("../../assets/page.js")),
    ("passkey.js", SCRIPT, include_bytes!("../../assets/passkey.js")),
    ("consent.js", SCRIPT, include_bytes!("../../assets/consent.js")),
    ("book.js", SCRIPT, include_bytes!("../../assets/book.js")),
    ("ledger.js", SCRIPT, include_bytes!("../../assets/ledger.js")),
    ("verify.js", SCRIPT, include_bytes!("../../assets/verify.js")),
    ("icon.svg", "image/svg+xml", include_bytes!("../../assets/icon.svg")),
];

/// The asset; browsers ask each time whether theirs is still the one, so an update shows at once.
pub async fn asset(Path(name): Path<String>, headers: HeaderMap) -> Response {
    let Some((_, kind, content)) = ASSETS.iter().find(|(known, _, _)| *known == name) else {
        return Trouble::of_status(StatusCode::NOT_FOUND).into_response();
    };
    let tag = format!("\"{}\"", Digest::of(content).as_str());
    let caching = HeaderValue::from_static("no-cache");
    if headers.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes()) {
        return (StatusCode::NOT_MODIFIED, [(header::CACHE_CONTROL, caching)]).into_response();
    }
    let kind = HeaderValue::from_static(kind);
    let Ok(tag) = HeaderValue::from_str(&tag) else { return (StatusCode::OK, *content).into_response() };
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, caching), (header::ETAG, tag)], *content).into_response()
}
