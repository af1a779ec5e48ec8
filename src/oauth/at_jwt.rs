//! Access tokens for a client's own resource server (RFC 9068): signed, short, for that audience alone.
//!
//! The resident's name in it is the one that the client has for her: the client holds the token and can read it, so a
//! name of the server's own would let two clients that it serves find out that they know the same resident. The
//! digest of the whole token is kept, as of every other one: it can be given back, and introspection sees its end.

use serde::Serialize;

use super::authorization::ACR;
use super::introspect::Confirmation;
use super::resource::Resource;
use super::scope::Scope;
use super::token::For;
use crate::app::App;
use crate::clock::Timestamp;
use crate::crypto::token::Token;
use crate::db::Tx;
use crate::fault::Fault;
use crate::resident;

/// The `typ` by which nobody takes one for an ID token (RFC 9068 §2.1).
pub const TYPE: &str = "at+jwt";

/// Longest life, in seconds: what a server that asks nobody may be behind.
pub const SECONDS: u64 = 300;

#[derive(Serialize)]
struct Claims<'a> {
    iss: &'a str,
    aud: &'a str,
    sub: &'a str,
    client_id: &'a str,
    iat: i64,
    exp: i64,
    jti: &'a str,
    #[serde(skip_serializing_if = "String::is_empty")]
    scope: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    cnf: Option<Confirmation>,
    #[serde(skip_serializing_if = "Option::is_none")]
    auth_time: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    acr: Option<&'static str>,
}

/// Signs one, for `server`, with what of the scope is the server's.
pub(super) async fn sign(
    tx: &mut Tx, app: &App, to: &For<'_>, server: &Resource, scope: &Scope, expires: Timestamp,
) -> Result<String, Fault> {
    let now = app.now();
    let subject = resident::subject(tx, &to.grant.resident, &to.client.sector).await?;
    let (jti, told) = (Token::random()?, to.grant.sign_in_asked);
    let claims = Claims {
        iss: app.config.server.issuer.as_str(),
        aud: &server.uri,
        sub: &subject,
        client_id: to.client.id.as_str(),
        iat: now.seconds(),
        exp: expires.seconds(),
        jti: jti.expose(),
        scope: scope.to_string(),
        cnf: to.binding.as_ref().map(Confirmation::from),
        auth_time: told.then(|| to.grant.signed_in_at.seconds()),
        acr: told.then_some(ACR),
    };
    app.keyring.signer(now)?.sign(TYPE, &claims)
}
