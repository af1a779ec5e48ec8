//! Proof of possession (RFC 9449): this request was made by the holder of this key, just now.
//!
//! [`check`] is §4.3 but for three things that need more than the proof: that there is exactly one header is the
//! door's to see; that the key is the token's, and that the `jti` is new, is decided with the token in hand, in its
//! transaction, after everything else holds. (Nonces of ours, §8, come with a later version.)

use std::time::Duration;

use serde::{Deserialize, Deserializer};
use url::Url;

use super::refusal::Refusal::{self, InvalidDpopProof};
use crate::clock::Timestamp;
use crate::crypto::hash;
use crate::crypto::jwk::PublicKey;
use crate::crypto::jws::Unverified;
use crate::crypto::token::Digest;
use crate::ledger::queue::Proof;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use subtle::ConstantTimeEq;

/// How old a proof may be.
const OLDEST: i64 = 60;
/// How far in the future a client's clock may put it (FAPI 2.0: at least 8 seconds, at most 60).
const SKEW: i64 = 10;
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
/// `invalid_dpop_proof`, with the paragraph that does not hold.
pub fn check(proof: &str, target: Target<'_>, now: Timestamp) -> Result<Proof, Refusal> {
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
    Ok(Proof { thumbprint: key.thumbprint().to_owned(), jti })
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
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::crypto::jws::SigningKey;
    use serde_json::{Value, json};

    const NOW: Timestamp = Timestamp::from_seconds(1_800_000_000);
    const TARGET: Target<'static> = Target { method: "POST", uri: "https://id.test/token", access_token: None };

    /// A proof by a new key: header and claims as they are given, the rest good.
    fn proof(header: Value, claims: Value) -> String {
        use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};
        let random = crate::crypto::random::source();
        let (scalar, point) = SigningKey::generate().unwrap();
        let pair = EcdsaKeyPair::from_private_key_and_public_key(
            &ECDSA_P256_SHA256_FIXED_SIGNING,
            scalar.expose(),
            &point,
            &random,
        )
        .unwrap();
        let mut jwk = PublicKey::from_point(&point).to_jwk();
        jwk.retain(|member, _| ["kty", "crv", "x", "y"].contains(&member.as_str()));
        let mut full_header = json!({"typ": "dpop+jwt", "alg": "ES256", "jwk": jwk});
        let mut full = json!({"jti": "a", "htm": "POST", "htu": "https://id.test/token", "iat": NOW.seconds()});
        for (all, some) in [(&mut full_header, header), (&mut full, claims)] {
            for (name, value) in some.as_object().unwrap() {
                match value {
                    Value::Null => all.as_object_mut().unwrap().remove(name),
                    value => all.as_object_mut().unwrap().insert(name.clone(), value.clone()),
                };
            }
        }
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let input = format!("{}.{}", part(&full_header), part(&full));
        let signature = pair.sign(&random, input.as_bytes()).unwrap();
        format!("{input}.{}", URL_SAFE_NO_PAD.encode(signature.as_ref()))
    }

    fn with(claims: Value) -> Result<Proof, Refusal> {
        check(&proof(json!({}), claims), TARGET, NOW)
    }

    #[test]
    fn a_good_proof_names_its_key() {
        let good = with(json!({})).unwrap();
        assert_eq!(good.thumbprint.len(), 43);
        for claims in [
            json!({"htu": "HTTPS://ID.test:443/token?x=1#y"}),
            json!({"iat": NOW.seconds() - 60}),
            json!({"iat": NOW.seconds() + 8}),
            json!({"exp": NOW.seconds() + 5, "nbf": NOW.seconds()}),
        ] {
            assert!(with(claims.clone()).is_ok(), "{claims}");
        }
    }

    #[test]
    fn case_64_and_v49_a_proof_that_lacks_or_bends_a_claim_is_refused() {
        for claims in [
            json!({"jti": null}),
            json!({"jti": ""}),
            json!({"jti": "x".repeat(129)}),
            json!({"jti": 7}),
            json!({"htm": null}),
            json!({"htm": "GET"}),
            json!({"htm": "post"}),
            json!({"htu": null}),
            json!({"htu": "https://id.test/par"}),
            json!({"htu": "https://evil.test/token"}),
            json!({"htu": "https://id.test/token/"}),
            json!({"htu": "https://u@id.test/token"}),
            json!({"iat": null}),
            json!({"iat": NOW.seconds() - 61}),
            json!({"iat": NOW.seconds() + 11}),
            json!({"iat": NOW.seconds().to_string()}),
            json!({"iat": 1_800_000_000.5}),
            json!({"iat": -1}),
            json!({"exp": "9999999999"}),
            json!({"exp": 1}),
            json!({"nbf": "x"}),
        ] {
            assert_eq!(with(claims.clone()).unwrap_err().code(), "invalid_dpop_proof", "{claims}");
        }
    }

    #[test]
    fn case_61_and_62_a_header_that_is_not_a_proofs_is_refused() {
        for header in [
            json!({"typ": null}),
            json!({"typ": "JWT"}),
            json!({"typ": "DPOP+JWT "}),
            json!({"alg": "none"}),
            json!({"alg": "HS256"}),
            json!({"alg": "RS256"}),
            json!({"jwk": null}),
            json!({"jwk": {"kty": "oct", "k": "AA"}}),
            json!({"jku": "https://evil.test"}),
            json!({"crit": ["x"]}),
        ] {
            let refused = check(&proof(header.clone(), json!({})), TARGET, NOW);
            assert_eq!(refused.unwrap_err().code(), "invalid_dpop_proof", "{header}");
        }
    }

    #[test]
    fn case_67_a_proof_at_a_resource_names_the_token() {
        let target = Target { method: "GET", uri: "https://id.test/userinfo", access_token: Some("secret") };
        let at = |ath: Value| {
            let claims = json!({"htm": "GET", "htu": "https://id.test/userinfo", "ath": ath});
            check(&proof(json!({}), claims), target, NOW)
        };
        let hash = |token: &str| json!(URL_SAFE_NO_PAD.encode(hash::sha256(token.as_bytes())));
        assert!(at(hash("secret")).is_ok());
        for ath in [Value::Null, hash("other"), json!("!!"), json!(""), json!(7)] {
            assert!(at(ath.clone()).is_err(), "{ath}");
        }
    }
}
