//! Language and size of a page: what this browser was told, then what it says of itself.

use axum::http::{HeaderMap, header};

use super::browser::{Cookies, name};
use crate::config::Issuer;
use crate::http::pages::Mode;
use crate::text::{Locale, Preferences};

/// The cookie that keeps the language, for [`name`].
pub const LANGUAGE: &str = "latchkey-language";
/// The cookie that keeps the size, for [`name`].
pub const MODE: &str = "latchkey-mode";

/// The language of a page for this request. `ui_locales` comes first where there is one (an app asked for it).
pub fn locale(headers: &HeaderMap, cookies: &Cookies, issuer: &Issuer, ui_locales: Option<&str>) -> Locale {
    let accept_language = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let cookie = cookies.get(&name(issuer, LANGUAGE));
    Preferences { ui_locales, resident: None, cookie, accept_language }.locale()
}

/// Standard, or 长辈版.
pub fn mode(cookies: &Cookies, issuer: &Issuer) -> Mode {
    cookies.get(&name(issuer, MODE)).and_then(Mode::from_code).unwrap_or_default()
}
