//! Language and size of a page: what this browser was told, then what it says of itself.

use axum::http::{HeaderMap, header};

use super::browser::{Cookies, name};
use crate::config::Issuer;
use crate::http::pages::Mode;
use crate::resident::Wishes;
use crate::text::{Locale, Preferences};

/// The cookie that keeps the language, for [`name`].
pub const LANGUAGE: &str = "latchkey-language";
/// The cookie that keeps the size, for [`name`].
pub const MODE: &str = "latchkey-mode";

/// The cookie that keeps, for as long as a request is open, the language it was asked in (`ui_locales`). The switch
/// on the page removes it: what a person chooses counts more.
pub const ASKED: &str = "latchkey-asked-language";

/// The language of a page for this request: as an app asked, as the resident wishes, as the browser was told, as it says.
pub fn locale(headers: &HeaderMap, cookies: &Cookies, issuer: &Issuer, wishes: Option<&Wishes>) -> Locale {
    let ui_locales = cookies.get(&name(issuer, ASKED));
    let accept_language = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let cookie = cookies.get(&name(issuer, LANGUAGE));
    let resident = wishes.and_then(|wishes| wishes.language.as_deref());
    Preferences { ui_locales, resident, cookie, accept_language }.locale()
}

/// Standard, or 长辈版: as the resident wishes, as the browser was told.
pub fn mode(cookies: &Cookies, issuer: &Issuer, wishes: Option<&Wishes>) -> Mode {
    let wished = wishes.and_then(|wishes| wishes.mode.as_deref()).and_then(Mode::from_code);
    wished.or_else(|| cookies.get(&name(issuer, MODE)).and_then(Mode::from_code)).unwrap_or_default()
}
