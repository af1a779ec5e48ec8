//! Step 7: what a grant gives: an access token, an ID token, perhaps a refresh token.
//!
//! Access and refresh tokens are 256 random bits, of which the database keeps a digest, so that ending one is
//! immediate. Only the ID token is a JWT, and what goes to a client's own resource server (`at_jwt`).

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::at_jwt;
use super::authorization::ACR;
use super::client::{Client, GrantType};
use super::grant::Grant;
use super::rar::Details;
use super::resource::Resource;
use super::scope::Scope;
use super::signing;
use super::store::{self, Stored};
use crate::app::App;
use crate::clock::Timestamp;
use crate::consent::Record;
use crate::crypto::hash;
use crate::crypto::token::{Digest, Token};
use crate::db::Tx;
use crate::fault::Fault;
use crate::ids::GrantId;
use crate::ledger::binding::Binding;
use crate::once::{self, Issue, Kind};
use crate::resident;

/// Life of an ID token, in seconds.
const ID_TOKEN_SECONDS: i64 = 300;

/// How a passkey with user verification is called (RFC 8176): a key was proved, by two factors, with the person there.
const AMR: [&str; 3] = ["pop", "mfa", "user"];

/// The answer of the token endpoint (RFC 6749 §5.1, RFC 9396 §7).
#[derive(Serialize, ToSchema)]
pub struct TokenSet {
    /// The access token. What is in it is nobody's business but ours.
    access_token: String,
    /// `DPoP`, or `Bearer` where the token is bound to no key of a proof.
    token_type: &'static str,
    /// Seconds.
    expires_in: i64,
    /// What it is for, separated by spaces; left out where there is no scope.
    #[serde(skip_serializing_if = "String::is_empty")]
    #[schema(required = false)]
    scope: String,
    /// With the scope `openid`: who signed in (OIDC Core §2).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    id_token: Option<String>,
    /// What further access tokens are had for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    refresh_token: Option<String>,
    /// For partners: purpose and claims as they were granted (RFC 9396 §7).
    #[serde(skip_serializing_if = "Option::is_none")]
    authorization_details: Option<Value>,
    /// What the client may manage (Grant Management §5.3).
    #[schema(value_type = String)]
    grant_id: GrantId,
}

/// What tokens are issued for.
pub(super) struct For<'a> {
    pub(super) client: &'a Client,
    pub(super) grant: &'a Grant,
    /// The consent that the grant rests on, seen in force in this transaction.
    pub(super) consent: &'a Record,
    /// The grant's scope, or what a refresh narrowed it to.
    pub(super) scope: &'a Scope,
    /// What they are bound to.
    pub(super) binding: Option<Binding>,
    /// The resource server that the access token is for; none is the vault and userinfo.
    pub(super) server: Option<&'a Resource>,
}

/// Issues an access token.
pub(super) async fn issue(tx: &mut Tx, app: &App, to: &For<'_>) -> Result<TokenSet, Fault> {
    let now = app.now();
    let purpose = app.catalogue.purpose(&to.grant.purpose).ok_or(Fault::Stored("a grant for an unknown purpose"))?;
    let seconds = u64::from(purpose.token_seconds());
    let seconds = if to.server.is_some() { seconds.min(at_jwt::SECONDS) } else { seconds };
    let expires = now.plus(Duration::from_secs(seconds)).min(Timestamp::from_seconds(to.consent.valid_until));
    let (access_token, scope) = match to.server {
        None => (Token::random()?.expose().to_owned(), to.scope.for_us()),
        Some(server) => {
            let scope = to.scope.for_server(&server.scopes);
            (at_jwt::sign(tx, app, to, server, &scope, expires).await?, scope)
        }
    };
    let details = scope.purpose.as_ref().filter(|_| to.client.is_partner());
    let set = TokenSet {
        // A certificate binds a token that is shown as any bearer token is (RFC 8705 §3).
        token_type: if to.binding.as_ref().is_some_and(|bound| bound.jkt().is_some()) { "DPoP" } else { "Bearer" },
        expires_in: expires.seconds().saturating_sub(now.seconds()),
        scope: scope.to_string(),
        id_token: None,
        refresh_token: None,
        authorization_details: details
            .map(|purpose| Details::granted(purpose, &to.consent.released_of(&to.grant.claims))),
        grant_id: to.grant.id.clone(),
        access_token,
    };
    let stored = Stored {
        kind: store::Kind::Access,
        digest: Digest::of(set.access_token.as_bytes()),
        grant: to.grant.id.clone(),
        scope,
        binding: to.binding.clone(),
        resource: to.server.map(|server| server.uri.clone()),
        issued_at: now,
        expires_at: expires,
        ended: false,
    };
    store::insert_token(tx, &stored).await?;
    Ok(set)
}

impl TokenSet {
    /// Adds the ID token (OIDC Core §2), if the scope has one.
    pub(super) async fn with_id_token(mut self, tx: &mut Tx, app: &App, to: &For<'_>) -> Result<Self, Fault> {
        if !to.scope.openid {
            return Ok(self);
        }
        let now = app.now();
        let subject = resident::subject(tx, &to.grant.resident, &to.client.sector).await?;
        let sid = store::sid(tx, &to.grant.id).await?;
        if let Some(sid) = &sid {
            resident::carried(tx, sid, now).await?;
        }
        let hash = hash::sha256(self.access_token.as_bytes());
        let (left, _) = hash.split_at(16);
        let claims = IdToken {
            iss: app.config.server.issuer.as_str(),
            sub: &subject,
            aud: to.client.id.as_str(),
            azp: to.client.id.as_str(),
            iat: now.seconds(),
            exp: now.seconds() + ID_TOKEN_SECONDS,
            auth_time: to.grant.signed_in_at.seconds(),
            nonce: to.grant.nonce.as_deref(),
            acr: ACR,
            amr: AMR,
            at_hash: URL_SAFE_NO_PAD.encode(left),
            sid: sid.as_deref(),
        };
        self.id_token = Some(signing::sign(app, to.client, "JWT", &claims)?);
        Ok(self)
    }

    /// Adds a refresh token where one is due: always for a partner, for others when they asked for it; never for a
    /// client that did not register for it.
    pub(super) async fn with_due_refresh_token(self, tx: &mut Tx, app: &App, to: &For<'_>) -> Result<Self, Fault> {
        let asked = to.client.is_partner() || to.grant.scope.offline_access;
        let due = asked && to.client.check_grant_type(GrantType::Refresh).is_ok();
        if due { self.with_refresh_token(tx, app, to, &Token::random()?).await } else { Ok(self) }
    }

    /// Adds a fresh refresh token. A public client's works once: whether it did is known until its family's end.
    pub(super) async fn with_refresh_token(
        mut self, tx: &mut Tx, app: &App, to: &For<'_>, refresh: &Token,
    ) -> Result<Self, Fault> {
        let now = app.now();
        let consent_until = Timestamp::from_seconds(to.consent.valid_until);
        let digest = refresh.digest();
        let stored = Stored {
            kind: store::Kind::Refresh,
            digest: digest.clone(),
            grant: to.grant.id.clone(),
            // The whole scope, though a refresh asked for an access token with less (RFC 6749 §6).
            scope: to.grant.scope.clone(),
            binding: to.binding.clone(),
            resource: None,
            issued_at: now,
            expires_at: to.grant.refresh_until(consent_until, now),
            ended: false,
        };
        store::insert_token(tx, &stored).await?;
        if to.client.is_public() {
            let (kind, subject) = (Kind::RefreshToken, to.grant.id.as_str());
            let expires = to.grant.family_until(consent_until);
            once::issue(tx, Issue { kind, digest: &digest, subject, state: None, now, expires }).await?;
        }
        self.refresh_token = Some(refresh.expose().to_owned());
        Ok(self)
    }

    /// Adds a refresh token that was issued before, for the one it was issued to.
    pub(super) fn with_same_refresh_token(mut self, refresh: &Token) -> Self {
        self.refresh_token = Some(refresh.expose().to_owned());
        self
    }
}

/// The claims of an ID token.
#[derive(Serialize)]
struct IdToken<'a> {
    iss: &'a str,
    sub: &'a str,
    aud: &'a str,
    azp: &'a str,
    iat: i64,
    exp: i64,
    auth_time: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    nonce: Option<&'a str>,
    acr: &'static str,
    amr: [&'static str; 3],
    at_hash: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    sid: Option<&'a str>,
}
