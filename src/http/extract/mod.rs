//! What doors take in: the visit of a browser, forms, ceremonies, and (for the protocol) clients and tokens.

mod bearer;
mod browser;
mod caller;
mod client;
mod client_of_header;
mod fields;
mod form;
mod json;
mod locale;
mod on_behalf;
mod person;
mod session;
mod signed_in;

pub use bearer::Shown;
pub use browser::{Browser, Cookies};
pub use caller::Caller;
pub use client::ClientRequest;
pub use client_of_header::ClientOfHeader;
pub use fields::Fields;
pub use form::Form;
pub use json::{Asked, AskedWith, CeremonyJson};
pub use person::{Auditor, InConsole, Staff};
pub use session::{Visit, visit};
pub use signed_in::{Acting, SignedIn};

/// Cookies that doors set.
pub mod cookie {
    pub use super::browser::{CONSOLE, SESSION, set};
    pub use super::locale::{ASKED, LANGUAGE, MODE};
}

/// Whether the body is said to be a form.
#[must_use]
pub fn is_form(headers: &axum::http::HeaderMap) -> bool {
    form::is(headers, "application/x-www-form-urlencoded")
}

/// Whether the body is said to be JSON.
#[must_use]
pub fn is_json(headers: &axum::http::HeaderMap) -> bool {
    form::is(headers, "application/json")
}

/// A path (and query) of our own to lead a browser to; `None` for anything that could lead elsewhere.
#[must_use]
pub fn local_path(text: &str) -> Option<&str> {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~/?=&%+:,#".contains(&b);
    let local = text.starts_with('/') && !text.starts_with("//") && text.len() <= 512 && text.bytes().all(plain);
    local.then_some(text)
}

#[cfg(test)]
mod tests {
    use super::local_path;

    #[test]
    fn a_local_path_leads_nowhere_else() {
        for path in ["/", "/me/book?before=12", "/consent/0a", "/me/passkeys#codes"] {
            assert_eq!(local_path(path), Some(path));
        }
        for not in ["", "me", "//evil.test", "/\\evil.test", "https://evil.test", "/a b", "/\r\n", "javascript:x"] {
            assert_eq!(local_path(not), None, "{not}");
        }
    }
}
