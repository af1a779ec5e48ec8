//! The conversation with Latchkey: discovery, a question, a code, tokens, userinfo, a refresh.

use std::collections::HashMap;

use openidconnect::core::{CoreAuthenticationFlow, CoreClient, CoreGenderClaim, CoreProviderMetadata};
use openidconnect::{
    AccessToken, AccessTokenHash, AdditionalClaims, AuthorizationCode, ClientId, ClientSecret, CsrfToken,
    EndpointMaybeSet, EndpointNotSet, EndpointSet, IssuerUrl, Nonce, OAuth2TokenResponse, PkceCodeChallenge,
    PkceCodeVerifier, RedirectUrl, RefreshToken, Scope, SubjectIdentifier, TokenResponse, UserInfoClaims,
};
use serde::{Deserialize, Serialize};

use crate::http::Http;

/// The endpoints that discovery found.
type Client =
    CoreClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointMaybeSet, EndpointMaybeSet>;

/// What she let us know, as this service calls it (docs/partners.md); `sub` comes in any case.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Told {
    /// Her name, all but the first character hidden.
    #[serde(skip_serializing_if = "Option::is_none")]
    name_masked: Option<String>,
    /// The language she reads.
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<String>,
}

impl AdditionalClaims for Told {}

/// This app, and the service as discovery found it.
pub struct App {
    client: Client,
    issuer: String,
    http: Http,
}

/// An authorization on its way: what must come back unchanged.
pub struct Asked {
    state: CsrfToken,
    nonce: Nonce,
    verifier: PkceCodeVerifier,
}

/// Somebody who is signed in.
pub struct Resident {
    /// What userinfo said.
    pub claims: UserInfoClaims<Told, CoreGenderClaim>,
    subject: SubjectIdentifier,
    refresh_token: Option<RefreshToken>,
}

impl Asked {
    /// Random, and good as the name of a session too.
    pub fn state(&self) -> &str {
        self.state.secret()
    }
}

impl App {
    /// Reads the service's metadata and keys.
    pub async fn discover(
        issuer: String, id: String, secret: Option<String>, redirect_uri: String,
    ) -> Result<Self, String> {
        let http = Http::new().map_err(said)?;
        let at = IssuerUrl::new(issuer.clone()).map_err(said)?;
        let metadata = CoreProviderMetadata::discover_async(at, &http).await.map_err(said)?;
        let client = CoreClient::from_provider_metadata(metadata, ClientId::new(id), secret.map(ClientSecret::new))
            .set_redirect_uri(RedirectUrl::new(redirect_uri).map_err(said)?);
        Ok(Self { client, issuer, http })
    }

    /// The address to send the browser to.
    pub fn ask(&self) -> (String, Asked) {
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let flow = CoreAuthenticationFlow::AuthorizationCode;
        let (address, state, nonce) = self
            .client
            .authorize_url(flow, CsrfToken::new_random, Nonce::new_random)
            .add_scopes(["profile", "offline_access"].map(|name| Scope::new(name.to_owned())))
            .set_pkce_challenge(challenge)
            .url();
        (address.into(), Asked { state, nonce, verifier })
    }

    /// What the browser came back with, for somebody who is signed in.
    pub async fn redeem(&self, asked: Asked, query: &str) -> Result<Resident, String> {
        let answer: HashMap<String, String> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        // Both must be compared by the app: the crate sees neither.
        if answer.get("state") != Some(asked.state.secret()) || answer.get("iss") != Some(&self.issuer) {
            return Err("an answer to another question".to_owned());
        }
        let code = answer.get("code").cloned();
        let code = code.ok_or_else(|| answer.get("error").cloned().unwrap_or_default())?;

        let request = self.client.exchange_code(AuthorizationCode::new(code)).map_err(said)?;
        let request = request.set_pkce_verifier(asked.verifier);
        let tokens = request.request_async(&self.http).await.map_err(said)?;
        let id_token = tokens.id_token().ok_or("no id_token came")?;
        let verifier = self.client.id_token_verifier();
        let claims = id_token.claims(&verifier, &asked.nonce).map_err(said)?;
        // The access token is the one that the ID token came with (OpenID Connect Core 3.1.3.8).
        if let Some(expected) = claims.access_token_hash() {
            let (alg, key) = (id_token.signing_alg().map_err(said)?, id_token.signing_key(&verifier).map_err(said)?);
            if AccessTokenHash::from_token(tokens.access_token(), alg, key).map_err(said)? != *expected {
                return Err("the access token is not the ID token's".to_owned());
            }
        }
        let subject = claims.subject().clone();
        let claims = self.userinfo(tokens.access_token(), &subject).await?;
        Ok(Resident { claims, subject, refresh_token: tokens.refresh_token().cloned() })
    }

    /// Asks anew, with the refresh token. A public client gets a new one each time: the old one is over.
    pub async fn refresh(&self, resident: &mut Resident) -> Result<(), String> {
        let old = resident.refresh_token.as_ref().ok_or("there is no refresh token")?;
        let request = self.client.exchange_refresh_token(old).map_err(said)?;
        let tokens = request.request_async(&self.http).await.map_err(said)?;
        resident.claims = self.userinfo(tokens.access_token(), &resident.subject).await?;
        if let Some(renewed) = tokens.refresh_token() {
            resident.refresh_token = Some(renewed.clone());
        }
        Ok(())
    }

    async fn userinfo(
        &self, token: &AccessToken, subject: &SubjectIdentifier,
    ) -> Result<UserInfoClaims<Told, CoreGenderClaim>, String> {
        let request = self.client.user_info(token.clone(), Some(subject.clone())).map_err(said)?;
        request.request_async(&self.http).await.map_err(said)
    }
}

/// An error with what caused it, in words for our own log.
fn said(error: impl std::error::Error) -> String {
    let mut words = error.to_string();
    let mut cause = error.source();
    while let Some(next) = cause {
        words = format!("{words}: {next}");
        cause = next.source();
    }
    words
}
