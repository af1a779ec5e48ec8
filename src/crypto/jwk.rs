//! Public keys as clients write them down: JWK (RFC 7517), three kinds, each with one algorithm.
//!
//! The algorithm belongs to the key, never to what a token's header claims: P-256 signs ES256, Ed25519 signs
//! EdDSA, RSA signs PS256. Nothing else is read; a private or symmetric member makes the key unreadable.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::VerifyingKey;
use jsonwebtoken::DecodingKey;
use ring::agreement;
use serde_json::{Map, Value, json};

pub use super::alg::Alg;
use super::{hash, random};

/// Why a JWK is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct BadKey(pub &'static str);

/// Members that no public key has: private parts of all kinds, and the symmetric `k`.
const PRIVATE: [&str; 8] = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

/// A public key with the one algorithm it may verify.
#[derive(Debug, Clone)]
pub struct PublicKey {
    alg: Alg,
    kid: Option<String>,
    members: Map<String, Value>,
    thumbprint: String,
    pub(super) key: DecodingKey,
}

impl PublicKey {
    /// Reads a JWK. Members that are none of ours are ignored (RFC 7517 §4), save private ones.
    ///
    /// # Errors
    /// When it is of another kind, holds a private part, is for another use, or is a weak key.
    pub fn from_jwk(jwk: &Map<String, Value>) -> Result<Self, BadKey> {
        if Self::is_private(jwk) {
            return Err(BadKey("a private or symmetric key must not be shown"));
        }
        let (alg, members, key) = match text(jwk, "kty")? {
            "EC" => elliptic(jwk)?,
            "OKP" => edwards(jwk)?,
            "RSA" => rsa(jwk)?,
            _ => return Err(BadKey("kty must be EC, OKP or RSA")),
        };
        if jwk.get("alg").is_some_and(|named| !named.as_str().is_some_and(|named| alg.is_called(named))) {
            return Err(BadKey("alg does not fit the key: ES256, EdDSA and PS256 are accepted"));
        }
        if jwk.get("use").is_some_and(|named| named != "sig") {
            return Err(BadKey("use must be sig"));
        }
        let kid = match jwk.get("kid") {
            None => None,
            Some(Value::String(kid)) if (1..=128).contains(&kid.len()) => Some(kid.clone()),
            Some(_) => return Err(BadKey("kid must be a text of 1 to 128 bytes")),
        };
        let thumbprint = thumbprint(&members);
        Ok(Self { alg, kid, members, thumbprint, key })
    }

    /// Whether a JWK shows a private part, or a secret that two share.
    #[must_use]
    pub fn is_private(jwk: &Map<String, Value>) -> bool {
        PRIVATE.iter().any(|member| jwk.contains_key(*member))
    }

    /// The public half of an ES256 key of ours, as ring gives it: `04 ‖ x ‖ y`. Its `kid` is its thumbprint.
    #[must_use]
    pub fn from_point(point: &[u8; 65]) -> Self {
        let (_, coordinates) = point.split_at(1);
        let (x, y) = coordinates.split_at(32);
        let members = object(json!({
            "kty": "EC", "crv": "P-256", "x": URL_SAFE_NO_PAD.encode(x), "y": URL_SAFE_NO_PAD.encode(y),
        }));
        let thumbprint = thumbprint(&members);
        let key = DecodingKey::from_ec_der(point);
        Self { alg: Alg::Es256, kid: Some(thumbprint.clone()), members, thumbprint, key }
    }

    /// The public half of an RSA key of ours. Its `kid` is its thumbprint.
    #[must_use]
    pub(super) fn from_rsa_of_ours(n: &[u8], e: &[u8]) -> Self {
        let encoded = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        let members = object(json!({ "kty": "RSA", "n": encoded(n), "e": encoded(e) }));
        let thumbprint = thumbprint(&members);
        let key = DecodingKey::from_rsa_raw_components(n, e);
        Self { alg: Alg::Rs256, kid: Some(thumbprint.clone()), members, thumbprint, key }
    }

    /// The algorithm it verifies.
    #[must_use]
    pub fn alg(&self) -> Alg {
        self.alg
    }

    /// Its name among its owner's keys, if it has one.
    #[must_use]
    pub fn kid(&self) -> Option<&str> {
        self.kid.as_deref()
    }

    /// Its SHA-256 thumbprint (RFC 7638): what a token's `jkt` is.
    #[must_use]
    pub fn thumbprint(&self) -> &str {
        &self.thumbprint
    }

    /// The key as a JWK, with nothing in it but what we have read.
    #[must_use]
    pub fn to_jwk(&self) -> Map<String, Value> {
        let mut jwk = self.members.clone();
        if let Some(kid) = &self.kid {
            jwk.insert("kid".to_owned(), json!(kid));
        }
        jwk.insert("alg".to_owned(), json!(self.alg.name()));
        jwk.insert("use".to_owned(), json!("sig"));
        jwk
    }

    /// Whether the point is on its curve. Verification finds it out by itself; registration wants to say it.
    #[must_use]
    pub fn is_on_curve(&self) -> bool {
        let Alg::Es256 = self.alg else { return true };
        let Ok(point) = self.key.try_get_as_bytes() else { return false };
        let peer = agreement::UnparsedPublicKey::new(&agreement::ECDH_P256, point);
        agreement::EphemeralPrivateKey::generate(&agreement::ECDH_P256, &random::source())
            .is_ok_and(|own| agreement::agree_ephemeral(own, &peer, |_| ()).is_ok())
    }
}

type Read = (Alg, Map<String, Value>, DecodingKey);

fn elliptic(jwk: &Map<String, Value>) -> Result<Read, BadKey> {
    if text(jwk, "crv")? != "P-256" {
        return Err(BadKey("the curve must be P-256"));
    }
    let (x, y) = (bytes(jwk, "x")?, bytes(jwk, "y")?);
    if x.len() != 32 || y.len() != 32 {
        return Err(BadKey("x and y must be 32 bytes each"));
    }
    let point = [&[4_u8][..], &x, &y].concat();
    let members = json!({"kty": "EC", "crv": "P-256", "x": text(jwk, "x")?, "y": text(jwk, "y")?});
    Ok((Alg::Es256, object(members), DecodingKey::from_ec_der(&point)))
}

fn edwards(jwk: &Map<String, Value>) -> Result<Read, BadKey> {
    if text(jwk, "crv")? != "Ed25519" {
        return Err(BadKey("the curve must be Ed25519"));
    }
    let x: [u8; 32] = bytes(jwk, "x")?.try_into().map_err(|_| BadKey("x must be 32 bytes"))?;
    // ring takes keys of low order, under which one signature fits every message.
    let point = VerifyingKey::from_bytes(&x).map_err(|_| BadKey("not a point of Ed25519"))?;
    if point.is_weak() {
        return Err(BadKey("a weak Ed25519 key"));
    }
    let members = json!({"kty": "OKP", "crv": "Ed25519", "x": text(jwk, "x")?});
    Ok((Alg::EdDsa, object(members), DecodingKey::from_ed_der(&x)))
}

fn rsa(jwk: &Map<String, Value>) -> Result<Read, BadKey> {
    let (n, e) = (bytes(jwk, "n")?, bytes(jwk, "e")?);
    if n.first() == Some(&0) || !(256..=1024).contains(&n.len()) {
        return Err(BadKey("n must have 2048 to 8192 bits, without leading zeroes"));
    }
    if e.as_slice() != [1, 0, 1] {
        return Err(BadKey("e must be AQAB"));
    }
    let members = json!({"kty": "RSA", "n": text(jwk, "n")?, "e": text(jwk, "e")?});
    Ok((Alg::Ps256, object(members), DecodingKey::from_rsa_raw_components(&n, &e)))
}

/// RFC 7638: the required members alone, sorted by name, without white space.
fn thumbprint(members: &Map<String, Value>) -> String {
    let mut sorted: Vec<(&String, &Value)> = members.iter().collect();
    sorted.sort_by_key(|(name, _)| name.as_str());
    let inner: Vec<String> = sorted.iter().map(|(name, value)| format!("\"{name}\":{value}")).collect();
    URL_SAFE_NO_PAD.encode(hash::sha256(format!("{{{}}}", inner.join(",")).as_bytes()))
}

fn text<'a>(jwk: &'a Map<String, Value>, member: &str) -> Result<&'a str, BadKey> {
    jwk.get(member).and_then(Value::as_str).ok_or(BadKey("a required member is missing or no text"))
}

fn bytes(jwk: &Map<String, Value>, member: &str) -> Result<Vec<u8>, BadKey> {
    URL_SAFE_NO_PAD.decode(text(jwk, member)?).map_err(|_| BadKey("a member is not base64url"))
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(object) => object,
        _ => Map::new(),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]
mod tests {
    use super::*;

    fn read(jwk: Value) -> Result<PublicKey, BadKey> {
        PublicKey::from_jwk(&object(jwk))
    }

    #[test]
    fn a_thumbprint_is_that_of_the_rfc() {
        // RFC 8037 appendix A.3.
        let key = read(json!({"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}));
        assert_eq!(key.unwrap().thumbprint(), "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
    }

    #[test]
    fn keys_that_are_no_public_signature_keys_are_refused() {
        let good = json!({"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"});
        let with = |member: &str, value: Value| {
            let mut jwk = object(good.clone());
            jwk.insert(member.to_owned(), value);
            PublicKey::from_jwk(&jwk)
        };
        assert!(with("kid", json!("a")).is_ok());
        assert!(with("ext", json!(true)).is_ok());
        for (member, value) in [
            ("d", json!("x")),
            ("k", json!("x")),
            ("alg", json!("HS256")),
            ("use", json!("enc")),
            ("kid", json!(7)),
            ("crv", json!("X25519")),
            ("kty", json!("oct")),
            ("x", json!("AQ")),
            ("x", json!("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo=")),
        ] {
            assert!(with(member, value.clone()).is_err(), "{member} {value}");
        }
    }

    #[test]
    fn a_weak_ed25519_key_is_refused() {
        for point in [[0_u8; 32], {
            let mut one = [0; 32];
            one[0] = 1;
            one
        }] {
            let jwk = json!({"kty": "OKP", "crv": "Ed25519", "x": URL_SAFE_NO_PAD.encode(point)});
            assert!(read(jwk).is_err());
        }
    }

    #[test]
    fn a_point_that_is_not_on_the_curve_is_known() {
        let jwk =
            |x: &str| json!({"kty": "EC", "crv": "P-256", "x": x, "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"});
        // RFC 7517 appendix-like key (RFC 7515 A.3).
        assert!(read(jwk("f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU")).unwrap().is_on_curve());
        assert!(!read(jwk("f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEA")).unwrap().is_on_curve());
    }
}
