//! Client assertions (RFC 7523, FAPI 2.0 §5.3.2.1): a client says who it is by signing it.

use serde::Deserialize;

use super::client::Client;
use super::dpop::present;
use super::refusal::Refusal::{self, InvalidClient};
use crate::clock::Timestamp;
use crate::config::Issuer;
use crate::crypto::jws::Unverified;
use crate::crypto::strict;
use crate::crypto::token::Digest;
use crate::ids::ClientId;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// The one type of assertion (RFC 7523 §2.2).
pub const TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// Longest life of a partner's assertion, in seconds.
const LIFE: i64 = 60;
/// The same of an ordinary client's: libraries sign for an hour and cannot be told otherwise. Its `jti` is remembered
/// for as long.
const ORDINARY_LIFE: i64 = 3_600;
/// How far a client's clock may be ahead of ours.
const SKEW: i64 = 10;
/// Longest `jti`.
const LONGEST_JTI: usize = 128;

#[derive(Deserialize)]
struct Claims {
    iss: String,
    sub: String,
    // One text: an array may hold an audience besides us, to whom the same assertion would be good.
    aud: String,
    exp: i64,
    jti: String,
    #[serde(default, deserialize_with = "present")]
    iat: Option<i64>,
    #[serde(default, deserialize_with = "present")]
    nbf: Option<i64>,
}

/// What is to be remembered of an assertion, so that it is good once.
#[derive(Debug)]
pub struct Seen {
    /// Digest of client and `jti`.
    pub jti: Digest,
    /// When it is over anyway.
    pub forget: Timestamp,
}

/// Who an assertion says it is by. Nothing is known yet of whether it is.
///
/// # Errors
/// `invalid_client` when it is no token that names a client.
pub fn claimed_by(assertion: &str) -> Result<ClientId, Refusal> {
    Unverified::read(assertion).map_err(|cause| InvalidClient(cause.0))?;
    let body = assertion.split('.').nth(1).unwrap_or_default();
    let body = URL_SAFE_NO_PAD.decode(body).map_err(|_| InvalidClient("claims are not base64url"))?;
    let claims = strict::object(&body).ok_or(InvalidClient("claims are not an object of single members"))?;
    let named = claims.get("sub").and_then(|sub| sub.as_str()).unwrap_or_default();
    ClientId::parse(named).map_err(|_| InvalidClient("sub is no client id"))
}

/// The name of the key that an assertion says it is signed with. Nothing is known of it.
#[must_use]
pub fn kid(assertion: &str) -> Option<String> {
    Unverified::read(assertion).ok()?.header("kid").map(str::to_owned)
}

/// Checks an assertion by `client`. That it was not presented before is for the caller to find out.
///
/// # Errors
/// `invalid_client`, with what does not hold.
pub fn check(assertion: &str, client: &Client, issuer: &Issuer, now: Timestamp) -> Result<Seen, Refusal> {
    let claims = verified(assertion, client, now)?;
    let id = client.id.as_str();
    if claims.iss != id || claims.sub != id {
        return Err(InvalidClient("iss and sub must both be the client"));
    }
    // Partners name the issuer alone (FAPI 2.0); libraries of ordinary clients often name the token endpoint.
    let token_endpoint = issuer.at("/token");
    if claims.aud != issuer.as_str() && (client.is_partner() || claims.aud != token_endpoint) {
        return Err(InvalidClient("aud is somebody else"));
    }
    check_times(&claims, if client.is_partner() { LIFE } else { ORDINARY_LIFE }, now.seconds())?;
    if claims.jti.is_empty() || claims.jti.len() > LONGEST_JTI {
        return Err(InvalidClient("jti is empty or longer than 128 bytes"));
    }
    let jti = Digest::of_parts(&[id.as_bytes(), claims.jti.as_bytes()]);
    Ok(Seen { jti, forget: Timestamp::from_seconds(claims.exp.saturating_add(SKEW + LIFE)) })
}

fn verified(assertion: &str, client: &Client, now: Timestamp) -> Result<Claims, Refusal> {
    let unverified = Unverified::read(assertion).map_err(|cause| InvalidClient(cause.0))?;
    if unverified.has_jwk() {
        return Err(InvalidClient("a key in the header"));
    }
    // A key of that name, or else each of the client's keys: names may be missing on either side.
    let named = unverified.header("kid");
    let fits = |kid: Option<&str>| named.is_none() || kid.is_none() || kid == named;
    let mut refused = InvalidClient("no key of that name");
    for key in client.keys_at(now).filter(|key| fits(key.kid())) {
        match unverified.verify(key) {
            Ok(claims) => return Ok(claims),
            Err(cause) => refused = InvalidClient(cause.0),
        }
    }
    Err(refused)
}

fn check_times(claims: &Claims, life: i64, now: i64) -> Result<(), Refusal> {
    if claims.exp <= now {
        return Err(InvalidClient("exp is past"));
    }
    let latest = now.saturating_add(SKEW);
    if claims.iat.is_some_and(|iat| iat > latest) || claims.nbf.is_some_and(|nbf| nbf > latest) {
        return Err(InvalidClient("iat or nbf is in the future"));
    }
    // Counted from its own beginning, so that a clock ahead of ours does not make it too long.
    let begins = claims.iat.unwrap_or(now).max(now);
    if claims.exp.saturating_sub(begins) > life || claims.iat.is_some_and(|iat| claims.exp.saturating_sub(iat) > life) {
        return Err(InvalidClient("it would be good for too long"));
    }
    Ok(())
}
