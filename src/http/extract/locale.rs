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

/// The cookie that keeps, for as long as a request is open, the language it was asked in (`ui_locales`). The switch
/// on the page removes it: what a person chooses counts more.
pub const ASKED: &str = "latchkey-asked-language";

/// The language of a page for this request.
pub fn locale(headers: &HeaderMap, cookies: &Cookies, issuer: &Issuer) -> Locale {
    let ui_locales = cookies.get(&name(issuer, ASKED));
    let accept_language = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let cookie = cookies.get(&name(issuer, LANGUAGE));
    Preferences { ui_locales, resident: None, cookie, accept_language }.locale()
}

/// Standard, or 长辈版.
pub fn mode(cookies: &Cookies, issuer: &Issuer) -> Mode {
    cookies.get(&name(issuer, MODE)).and_then(Mode::from_code).unwrap_or_default()
}
