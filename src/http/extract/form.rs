//! Forms of our own pages, proven to come from them (CSRF).
//!
//! A form token is a time and 128 random bits with an HMAC under a key that is made of the session's cookie (before
//! sign-in: the browser's), so only a page that was shown to this very session holds one, and no key is kept for it.
//! Each works once. Before it is looked at, `Sec-Fetch-Site` and `Origin` must not speak of another site.

use std::time::Duration;

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::{HeaderMap, StatusCode, header};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use subtle::ConstantTimeEq;

use super::{Fields, Visit};
use crate::app::App;
use crate::clock::Timestamp;
use crate::crypto::secret::Secret;
use crate::crypto::token::Digest;
use crate::crypto::{hash, random};
use crate::fault::Fault;
use crate::http::error::{PageError, Trouble};
use crate::once::{self, Kind};

/// A page that lay open longer must be loaded again.
const LIFE: Duration = Duration::from_secs(12 * 60 * 60);

/// Time, random bytes, HMAC.
const LENGTH: usize = 8 + 16 + 32;

/// What the form tokens of one session are made with.
pub struct FormKey(Secret<32>);

impl std::fmt::Debug for FormKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("[redacted]")
    }
}

impl FormKey {
    /// The key of a cookie. Not the digest that the database keeps of it.
    pub fn of(cookie: &str) -> Result<Self, Fault> {
        let mut key = hash::sha256_of(&[b"latchkey/form/v1", cookie.as_bytes()]);
        Secret::take(&mut key).map(Self).ok_or(Fault::Internal("SHA-256 has another length"))
    }

    /// A fresh token.
    pub fn token(&self, now: Timestamp) -> Result<String, Fault> {
        let mut bytes = Vec::with_capacity(LENGTH);
        bytes.extend_from_slice(&now.millis().to_be_bytes());
        bytes.extend_from_slice(&random::bytes::<16>()?);
        let mac = hash::hmac_sha256(&self.0, &bytes);
        bytes.extend_from_slice(&mac);
        Ok(URL_SAFE_NO_PAD.encode(bytes))
    }

    /// Whether this session was shown the token, not too long ago. Says nothing about whether it was used.
    pub fn knows(&self, token: &str, now: Timestamp) -> bool {
        let Ok(bytes) = URL_SAFE_NO_PAD.decode(token) else { return false };
        let Some((front, mac)) = bytes.split_last_chunk::<32>() else { return false };
        let Some((time, random)) = front.split_first_chunk::<8>() else { return false };
        let made = Timestamp::from_millis(i64::from_be_bytes(*time));
        let in_time = made <= now && now < made.plus(LIFE);
        let genuine: bool = hash::hmac_sha256(&self.0, front).ct_eq(mac).into();
        genuine && in_time && random.len() == 16
    }
}

/// Refuses what another site had the browser send.
pub fn from_our_own_page(headers: &HeaderMap, app: &App) -> Result<(), Trouble> {
    let site = headers.get("sec-fetch-site").map(|value| value.as_bytes());
    if !matches!(site, None | Some(b"same-origin" | b"none")) {
        return Err(csrf("Sec-Fetch-Site is of another site"));
    }
    // With `Referrer-Policy: no-referrer` browsers say `null` for the forms of our own pages (Fetch §3.2).
    let origin = headers.get(header::ORIGIN).map(|value| value.as_bytes());
    let own = app.config.server.issuer.as_str().as_bytes();
    if !matches!(origin, None | Some(b"null")) && origin != Some(own) {
        return Err(csrf("Origin is another one"));
    }
    Ok(())
}

/// 403, in the words of `error-csrf`.
pub const fn csrf(reason: &'static str) -> Trouble {
    Trouble::refused(StatusCode::FORBIDDEN, "csrf", reason)
}

/// Uses a token up.
async fn spend(app: &App, visit: &Visit, token: &str) -> Result<(), Trouble> {
    if !visit.form_key().knows(token, visit.now) {
        return Err(csrf("the form token is not this session's"));
    }
    let digest = Digest::of(token.as_bytes());
    let mut tx = app.db.begin().await?;
    let first = once::present(&mut tx, Kind::FormToken, &digest, visit.now, visit.now.plus(LIFE)).await?;
    tx.commit().await?;
    if first { Ok(()) } else { Err(csrf("the form token was used before")) }
}

/// The fields of a form of ours, without its token: the token was judged and is used up.
#[derive(Debug)]
pub struct Form(pub Fields);

impl FromRequest<App> for Form {
    type Rejection = PageError;

    async fn from_request(request: Request, app: &App) -> Result<Self, PageError> {
        let (mut parts, body) = request.into_parts();
        let visit = Visit::from_request_parts(&mut parts, app).await?;
        from_our_own_page(&parts.headers, app)?;
        if !is(&parts.headers, "application/x-www-form-urlencoded") {
            return Err(Trouble::refused(StatusCode::UNSUPPORTED_MEDIA_TYPE, "bad-request", "not a form").into());
        }
        let body = Bytes::from_request(Request::from_parts(parts, body), app).await;
        let mut fields = Fields::parse(&body.map_err(|no| Trouble::of_status(no.status()))?)?;
        let token = fields.take("csrf")?.ok_or(csrf("a form without a token"))?;
        spend(app, &visit, &token).await?;
        Ok(Self(fields))
    }
}

/// Whether the body is said to be of this type, whatever its parameters.
pub fn is(headers: &HeaderMap, wanted: &str) -> bool {
    let Some(kind) = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()) else { return false };
    kind.split(';').next().is_some_and(|essence| essence.trim().eq_ignore_ascii_case(wanted))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_known_to_its_own_session_for_a_while() {
        let (mine, yours) = (FormKey::of("mine").unwrap(), FormKey::of("yours").unwrap());
        let now = Timestamp::from_seconds(1_000_000);
        let token = mine.token(now).unwrap();
        assert!(mine.knows(&token, now));
        assert!(!yours.knows(&token, now));
        assert!(!mine.knows(&token, now.plus(LIFE)));
        assert!(!mine.knows(&token, now.minus(Duration::from_millis(1))));
        for not in ["", "AAAA", &format!("{token}A"), &token.to_lowercase()] {
            assert!(!mine.knows(not, now), "{not}");
        }
    }
}
