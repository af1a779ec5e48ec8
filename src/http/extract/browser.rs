//! Cookies, and the browser that keeps them.
//!
//! Two cookies, neither of which says anything about anybody: one for the browser, made at its first visit, to which
//! ceremonies, forms and pending requests are bound; one for the session, made at sign-in and never before (V15).

use axum::http::{HeaderMap, HeaderValue, header};

use crate::config::Issuer;
use crate::crypto::token::{Digest, Token};
use crate::fault::Fault;

/// The cookies of a request. A name that comes twice counts as absent: which of the two would it be?
#[derive(Debug, Clone, Default)]
pub struct Cookies(Vec<(String, String)>);

impl Cookies {
    /// Reads the `Cookie` header(s).
    #[must_use]
    pub fn read(headers: &HeaderMap) -> Self {
        let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
        let pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.split_once('='));
        Self(pairs.map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned())).collect())
    }

    /// The value of a cookie.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        let mut found = self.0.iter().filter(|(known, _)| known == name).map(|(_, value)| value.as_str());
        let value = found.next()?;
        found.next().is_none().then_some(value)
    }
}

/// What a cookie is called: `__Host-` (this host, this path, encrypted) unless the service runs on http://localhost.
pub fn name(issuer: &Issuer, short: &str) -> String {
    if issuer.is_secure() { format!("__Host-{short}") } else { short.to_owned() }
}

/// The session's cookie, for [`name`].
pub const SESSION: &str = "latchkey";
/// The session's cookie of people of the service centre, for [`name`].
pub const CONSOLE: &str = "latchkey-console";
/// The browser's cookie, for [`name`].
pub const BROWSER: &str = "latchkey-browser";

/// A `Set-Cookie` line that lives as long as the browser is open, or `seconds`.
pub fn set(issuer: &Issuer, short: &str, value: &str, seconds: Option<u32>) -> Option<HeaderValue> {
    let secure = if issuer.is_secure() { "; Secure" } else { "" };
    let age = seconds.map(|seconds| format!("; Max-Age={seconds}")).unwrap_or_default();
    let name = name(issuer, short);
    HeaderValue::from_str(&format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{age}")).ok()
}

/// A browser, known by a random cookie.
#[derive(Debug, Clone)]
pub struct Browser {
    secret: String,
    new: bool,
}

impl Browser {
    /// The browser that sent these cookies, or a new one.
    ///
    /// # Errors
    /// When there are no random bytes.
    pub fn of(cookies: &Cookies, issuer: &Issuer) -> Result<Self, Fault> {
        let known = cookies.get(&name(issuer, BROWSER)).filter(|secret| looks_like_ours(secret));
        Ok(match known {
            Some(secret) => Self { secret: secret.to_owned(), new: false },
            None => Self { secret: Token::random()?.expose().to_owned(), new: true },
        })
    }

    /// What ceremonies and pending requests are bound to.
    #[must_use]
    pub fn digest(&self) -> Digest {
        Digest::of(self.secret.as_bytes())
    }

    /// Whether it brought its cookie.
    #[must_use]
    pub const fn is_known(&self) -> bool {
        !self.new
    }

    /// The cookie's value, to make form tokens of.
    pub(super) fn secret(&self) -> &str {
        &self.secret
    }

    /// The `Set-Cookie` line for a browser that has none yet.
    pub(super) fn cookie(&self, issuer: &Issuer) -> Option<HeaderValue> {
        if self.new { set(issuer, BROWSER, &self.secret, None) } else { None }
    }
}

/// 43 characters of base64url, as [`Token`] makes them.
fn looks_like_ours(text: &str) -> bool {
    text.len() == 43 && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn cookies(line: &'static str) -> Cookies {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, HeaderValue::from_static(line));
        Cookies::read(&headers)
    }

    #[test]
    fn a_cookie_that_comes_twice_is_no_cookie() {
        assert_eq!(cookies("a=1; b=2").get("a"), Some("1"));
        assert_eq!(cookies("a=1; a=2").get("a"), None);
        assert_eq!(cookies("; =; a").get("a"), None);
    }

    #[test]
    fn cookies_are_bound_to_the_host_where_they_can_be() {
        let there = Issuer::parse("https://id.test").unwrap();
        let line = set(&there, SESSION, "x", None).unwrap();
        assert_eq!(line, "__Host-latchkey=x; Path=/; HttpOnly; SameSite=Lax; Secure");
        let here = set(&Issuer::default(), SESSION, "x", Some(0)).unwrap();
        assert_eq!(here, "latchkey=x; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
    }
}
