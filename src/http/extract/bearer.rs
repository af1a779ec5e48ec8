//! An access token as it is shown: in the `Authorization` header alone, with a proof when the scheme is DPoP.
//!
//! What is checked here needs no database. Whether the token is alive, whether the key is its key and whether the
//! proof is new is decided where the token is looked up.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};

use super::client::one_proof;
use crate::app::App;
use crate::crypto::certificate::PeerCertificate;
use crate::crypto::token::Digest;
use crate::http::error::{Scheme, TokenError};
use crate::http::limit;
use crate::http::listener;
use crate::http::nonce::Ageing;
use crate::ledger::binding::Held;
use crate::oauth::dpop::{self, Target};
use crate::oauth::{PresentedToken, Refusal};

/// A token as it was shown.
#[derive(Debug, Clone)]
pub struct Shown {
    /// The token and its proof.
    pub token: PresentedToken,
    /// How it was shown: errors about it speak of the same scheme.
    pub scheme: Scheme,
}

impl Shown {
    /// An error about this token, in its scheme.
    #[must_use]
    pub fn refuse(&self, refusal: Refusal) -> TokenError {
        TokenError::of(self.scheme, refusal)
    }
}

impl FromRequestParts<App> for Shown {
    type Rejection = TokenError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, TokenError> {
        let (scheme, token) = authorization(&parts.headers)?;
        let digest = Digest::of(token.as_bytes());
        let proof = match scheme {
            // A proof beside a bearer token proves nothing that was asked for.
            Scheme::Bearer => None,
            Scheme::Dpop => {
                let uri = listener::here(app, &parts.extensions, parts.uri.path());
                let target = Target { method: parts.method.as_str(), uri: &uri, access_token: Some(token) };
                let missing = Refusal::InvalidDpopProof("no proof");
                let proof = one_proof(&parts.headers).and_then(|proof| proof.ok_or(missing));
                let checked = proof.and_then(|proof| dpop::check(proof, target, &app.nonces, app.now()));
                let checked =
                    checked.and_then(|checked| limit::by_key(app, &checked.proof.thumbprint).map(|()| checked));
                let checked = checked.map_err(|refusal| TokenError::of(scheme, refusal))?;
                if checked.renew {
                    Ageing::mark(&parts.extensions);
                }
                Some(checked.proof)
            }
        };
        let certificate = parts.extensions.get::<PeerCertificate>().map(|peer| peer.thumbprint().to_owned());
        Ok(Self { token: PresentedToken { digest, held: Held { proof, certificate } }, scheme })
    }
}

/// Scheme and token of the one `Authorization` header.
fn authorization(headers: &HeaderMap) -> Result<(Scheme, &str), TokenError> {
    let mut all = headers.get_all(header::AUTHORIZATION).iter();
    let (Some(only), None) = (all.next(), all.next()) else { return Err(TokenError::no_token()) };
    let text = only.to_str().map_err(|_| TokenError::no_token())?;
    let (scheme, token) = text.split_once(' ').ok_or_else(TokenError::no_token)?;
    let scheme = if scheme.eq_ignore_ascii_case("DPoP") {
        Scheme::Dpop
    } else if scheme.eq_ignore_ascii_case("Bearer") {
        Scheme::Bearer
    } else {
        return Err(TokenError::no_token());
    };
    let ours = token.len() <= 512 && !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_graphic());
    if ours { Ok((scheme, token)) } else { Err(TokenError::of(scheme, Refusal::InvalidToken("not a token"))) }
}
