//! Proof of possession (RFC 9449): this request was made by the holder of this key, just now.
//!
//! [`check`] is §4.3 but for three things that need more than the proof: that there is exactly one header is the
//! door's to see; that the key is the token's, and that the `jti` is new, is decided with the token in hand, in its
//! transaction, after everything else holds.
//!
//! A proof carries a nonce of ours (§8, §9), at every door, without a switch: so no proof can be made beforehand for
//! later use, whoever had the key in hand for a moment. It is looked at last; a proof that is refused for it is not
//! used up.

use std::time::Duration;

use serde::{Deserialize, Deserializer};
use url::Url;

use super::refusal::Refusal::{self, InvalidDpopProof, UseDpopNonce};
use crate::clock::Timestamp;
use crate::crypto::hash;
use crate::crypto::jwk::PublicKey;
use crate::crypto::jws::Unverified;
use crate::crypto::nonce::NonceKey;
use crate::crypto::token::Digest;
use crate::ledger::queue::Proof;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use subtle::ConstantTimeEq;

/// How old a proof may be.
const OLDEST: i64 = 60;
/// How far in the future a client's clock may put it (FAPI 2.0: at least 8 seconds, at most 60).
const SKEW: i64 = 10;
/// A nonce this old is not good any more, in seconds.
const NONCE_OLDEST: i64 = 300;
/// From this age on, whoever sends a nonce is given a newer one, in seconds.
const NONCE_AGEING: i64 = 60;
/// How far in the future another node of ours may have made a nonce, in seconds.
const NONCE_SKEW: i64 = 60;
/// For how long a `jti` is remembered: longer than any proof is good, seen from any node's clock.
pub const REMEMBERED: Duration = Duration::from_secs(300);
/// Longest `jti`.
const LONGEST_JTI: usize = 128;

/// The request that a proof must be about.
#[derive(Debug, Clone, Copy)]
pub struct Target<'a> {
    /// Its method.
    pub method: &'a str,
    /// Its URL as the outside writes it, from the configured issuer: never from `Host`.
    pub uri: &'a str,
    /// The access token it carries, at a resource.
    pub access_token: Option<&'a str>,
}

/// A proof that holds, as far as the door can see.
#[derive(Debug)]
pub struct Checked {
    /// What is still to be looked at: whose key it is, and whether it is new.
    pub proof: Proof,
    /// Whether its nonce is ageing: the answer brings a newer one, so that the client's next proof is not refused.
    pub renew: bool,
}

#[derive(Deserialize)]
struct Claims {
    jti: String,
    htm: String,
    htu: String,
    iat: i64,
    #[serde(default, deserialize_with = "present")]
    ath: Option<String>,
    #[serde(default, deserialize_with = "present")]
    exp: Option<i64>,
    #[serde(default, deserialize_with = "present")]
    nbf: Option<i64>,
    #[serde(default, deserialize_with = "present")]
    nonce: Option<String>,
}

/// Reads a claim that may be left out, but must not be `null`.
pub(super) fn present<'de, T, D>(deserializer: D) -> Result<Option<T>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    T::deserialize(deserializer).map(Some)
}

/// Checks a proof.
///
/// # Errors
/// `invalid_dpop_proof`, with the paragraph that does not hold; `use_dpop_nonce` when all of it holds but its nonce.
pub fn check(proof: &str, target: Target<'_>, nonces: &NonceKey, now: Timestamp) -> Result<Checked, Refusal> {
    let unverified = Unverified::read(proof).map_err(|cause| InvalidDpopProof(cause.0))?;
    if unverified.header("typ") != Some("dpop+jwt") {
        return Err(InvalidDpopProof("typ is not dpop+jwt"));
    }
    let jwk = unverified.jwk().ok_or(InvalidDpopProof("no jwk in the header"))?;
    let key = PublicKey::from_jwk(jwk).map_err(|cause| InvalidDpopProof(cause.0))?;
    let claims: Claims = unverified.verify(&key).map_err(|cause| InvalidDpopProof(cause.0))?;

    if claims.htm != target.method {
        return Err(InvalidDpopProof("htm is another method"));
    }
    if !is_same_resource(&claims.htu, target.uri) {
        return Err(InvalidDpopProof("htu is another URL"));
    }
    check_times(&claims, now.seconds())?;
    check_token(claims.ath.as_deref(), target.access_token)?;
    if claims.jti.is_empty() || claims.jti.len() > LONGEST_JTI {
        return Err(InvalidDpopProof("jti is empty or longer than 128 bytes"));
    }
    let jti = Digest::of_parts(&[key.thumbprint().as_bytes(), claims.jti.as_bytes()]);
    let proof = Proof { thumbprint: key.thumbprint().to_owned(), jti };
    let renew = check_nonce(claims.nonce.as_deref(), nonces, now.seconds())?;
    Ok(Checked { proof, renew })
}

/// §4.3 item 10. Whether it is ageing; one answer for a nonce that is missing, old, altered or another server's.
fn check_nonce(nonce: Option<&str>, nonces: &NonceKey, now: i64) -> Result<bool, Refusal> {
    let nonce = nonce.ok_or(UseDpopNonce("no nonce"))?;
    let made_at = nonces.made_at(nonce).ok_or(UseDpopNonce("not a nonce of ours"))?;
    match now.saturating_sub(made_at.seconds()) {
        NONCE_OLDEST.. => Err(UseDpopNonce("the nonce is too old")),
        age if age < -NONCE_SKEW => Err(UseDpopNonce("the nonce is from the future")),
        age => Ok(age >= NONCE_AGEING),
    }
}

/// §4.3 item 11, with a window of our own on both sides.
fn check_times(claims: &Claims, now: i64) -> Result<(), Refusal> {
    if claims.iat < now.saturating_sub(OLDEST) {
        return Err(InvalidDpopProof("iat is too long ago"));
    }
    if claims.iat > now.saturating_add(SKEW) {
        return Err(InvalidDpopProof("iat is in the future"));
    }
    if claims.exp.is_some_and(|exp| exp <= now) || claims.nbf.is_some_and(|nbf| nbf > now.saturating_add(SKEW)) {
        return Err(InvalidDpopProof("exp or nbf does not hold"));
    }
    Ok(())
}

/// §4.3 item 12: at a resource the proof names the token; elsewhere there is none to name.
fn check_token(ath: Option<&str>, token: Option<&str>) -> Result<(), Refusal> {
    let Some(token) = token else { return Ok(()) };
    let hash = URL_SAFE_NO_PAD.encode(hash::sha256(token.as_bytes()));
    match ath {
        Some(ath) if bool::from(ath.as_bytes().ct_eq(hash.as_bytes())) => Ok(()),
        Some(_) => Err(InvalidDpopProof("ath is of another token")),
        None => Err(InvalidDpopProof("no ath")),
    }
}

/// §4.3 item 9: equal without query and fragment, after normalisation (RFC 3986 §6.2.2, §6.2.3).
fn is_same_resource(claimed: &str, own: &str) -> bool {
    let (Ok(mut claimed), Ok(own)) = (Url::parse(claimed), Url::parse(own)) else { return false };
    claimed.set_query(None);
    claimed.set_fragment(None);
    claimed == own
}

/// Reads a `dpop_jkt` (§10): the thumbprint of the key that the code will be bound to.
///
/// # Errors
/// `invalid_request` when it is no SHA-256 in base64url.
pub fn thumbprint(text: &str) -> Result<String, Refusal> {
    match URL_SAFE_NO_PAD.decode(text) {
        Ok(hash) if hash.len() == 32 => Ok(text.to_owned()),
        _ => Err(Refusal::InvalidRequest("dpop_jkt is not a SHA-256 in base64url")),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]
mod tests;
