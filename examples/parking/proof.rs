//! DPoP (RFC 9449): every request that a token is got or used with is signed by the key that the token is bound to.
//!
//! A proof carries a nonce of the server's. The first answer to one without it is `use_dpop_nonce`, with the nonce in
//! `DPoP-Nonce`; later answers bring newer ones now and then. So: keep the newest, and when the server wants another,
//! make a new proof with what it brought and send the request once more.

use std::sync::{Mutex, PoisonError};

use reqwest::header::{HeaderMap, WWW_AUTHENTICATE};
use reqwest::{Method, RequestBuilder, StatusCode};
use serde_json::{Value, json};

use crate::key::Key;
use crate::machine::{digest, now, token};

/// An answer to a request with a proof.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Value,
}

/// What a proof is about: this request.
pub struct About<'a> {
    pub key: &'a Key,
    pub method: Method,
    pub url: &'a str,
    /// The access token, where one is used.
    pub access_token: Option<&'a str>,
}

/// The newest nonce that the server sent.
#[derive(Default)]
pub struct Nonce(Mutex<Option<String>>);

impl Nonce {
    /// Sends a request with a proof; once more when the server wants another nonce. `request` is asked again then:
    /// whatever may be used once (a client assertion) is new, too.
    pub async fn send<R>(&self, about: About<'_>, request: R) -> Result<Answer, String>
    where
        R: Fn() -> Result<RequestBuilder, String>,
    {
        let first = self.send_once(&about, request()?).await?;
        if wants_another(&first) { self.send_once(&about, request()?).await } else { Ok(first) }
    }

    async fn send_once(&self, about: &About<'_>, request: RequestBuilder) -> Result<Answer, String> {
        let proof = proof(about, self.newest())?;
        let answer = request.header("DPoP", proof).send().await.map_err(|cause| cause.to_string())?;
        let (status, headers, path) = (answer.status(), answer.headers().clone(), answer.url().path().to_owned());
        if let Some(nonce) = headers.get("dpop-nonce").and_then(|nonce| nonce.to_str().ok()) {
            *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(nonce.to_owned());
        }
        let body = answer.json().await.map_err(|cause| format!("{path} answered {status}: {cause}"))?;
        Ok(Answer { status, headers, body })
    }

    fn newest(&self) -> Option<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// RFC 9449 §8 (the authorization server says it in the body) and §9 (a resource says it in the challenge).
fn wants_another(answer: &Answer) -> bool {
    let mut challenges = answer.headers.get_all(WWW_AUTHENTICATE).iter().filter_map(|value| value.to_str().ok());
    match answer.status {
        StatusCode::BAD_REQUEST => answer.body["error"] == "use_dpop_nonce",
        StatusCode::UNAUTHORIZED => challenges.any(|challenge| challenge.contains("error=\"use_dpop_nonce\"")),
        _ => false,
    }
}

/// This request, now, by the holder of this key.
fn proof(about: &About<'_>, nonce: Option<String>) -> Result<String, String> {
    let header = json!({ "typ": "dpop+jwt", "alg": "ES256", "jwk": about.key.jwk() });
    let mut claims = json!({ "jti": token()?, "htm": about.method.as_str(), "htu": about.url, "iat": now() });
    let more = [("ath", about.access_token.map(digest)), ("nonce", nonce)];
    if let Some(claims) = claims.as_object_mut() {
        claims.extend(more.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?.into()))));
    }
    about.key.sign(&header, &claims)
}
