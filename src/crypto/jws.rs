//! Signed tokens (RFC 7515, 7519): ES256 is signed, what clients sign is verified, and the key decides the
//! algorithm.
//!
//! The library (`jsonwebtoken`) signs and verifies; before it sees anything, the *raw* header is judged here,
//! because the library drops what it does not know. Times are for the caller to check with our clock, in claim
//! types of its own that take whole numbers only: the library reads the system's, and takes fractions.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{EncodingKey, Header};
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use zeroize::Zeroizing;

use super::jwk::PublicKey;
use super::secret::Secret;
use super::{provider, random, strict};
use crate::fault::Fault;

/// Longest token that is looked at, in bytes.
const LONGEST: usize = 8 * 1024;

/// Why a token is refused. For logs; the caller has its own words for the other side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct BadToken(pub &'static str);

/// A token that is well formed, but about whose signature nothing is known yet.
#[derive(Debug)]
pub struct Unverified<'a> {
    token: &'a str,
    header: Map<String, Value>,
}

impl<'a> Unverified<'a> {
    /// Reads a compact token and judges its raw header: no `jku`, `x5u`, `x5c`, `crit`, `b64`, `zip`, no member
    /// twice, and of exactly three parts.
    ///
    /// # Errors
    /// When it is anything else.
    pub fn read(token: &'a str) -> Result<Self, BadToken> {
        if token.len() > LONGEST {
            return Err(BadToken("longer than 8 KiB"));
        }
        let mut parts = token.split('.');
        let (Some(header), Some(_), Some(_), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
            return Err(BadToken("not three parts"));
        };
        let header = URL_SAFE_NO_PAD.decode(header).map_err(|_| BadToken("header is not base64url"))?;
        let header = strict::object(&header).ok_or(BadToken("header is not an object of single members"))?;
        let barred = ["jku", "x5u", "x5c", "crit", "b64", "zip", "enc"];
        if barred.iter().any(|member| header.contains_key(*member)) {
            return Err(BadToken("header has a member that is not taken"));
        }
        Ok(Self { token, header })
    }

    /// A text member of the header.
    #[must_use]
    pub fn header(&self, member: &str) -> Option<&str> {
        self.header.get(member).and_then(Value::as_str)
    }

    /// The key in the header, which only DPoP proofs may carry.
    #[must_use]
    pub fn jwk(&self) -> Option<&Map<String, Value>> {
        self.header.get("jwk").and_then(Value::as_object)
    }

    /// Whether the header carries a key at all, of whatever form.
    #[must_use]
    pub fn has_jwk(&self) -> bool {
        self.header.contains_key("jwk")
    }

    /// Verifies the signature with `key`, whose algorithm the header must name, and reads the claims.
    ///
    /// # Errors
    /// When the algorithm is another one, the signature is not by this key, or the claims are not a `T`.
    pub fn verify<T: DeserializeOwned>(&self, key: &PublicKey) -> Result<T, BadToken> {
        if !self.header("alg").is_some_and(|named| key.alg().is_called(named)) {
            return Err(BadToken("alg is not that of the key"));
        }
        provider::ready();
        let malformed = BadToken("malformed");
        let (input, signature) = self.token.rsplit_once('.').ok_or(malformed)?;
        // The signature alone is the library's: its `decode` does not know Ed25519 by the name of RFC 9864.
        match jsonwebtoken::crypto::verify(signature, input.as_bytes(), &key.key, key.alg().library()) {
            Ok(true) => {}
            Ok(false) => return Err(BadToken("signature does not verify")),
            Err(_) => return Err(malformed),
        }
        let (_, claims) = input.split_once('.').ok_or(malformed)?;
        let claims = URL_SAFE_NO_PAD.decode(claims).map_err(|_| malformed)?;
        serde_json::from_slice(&claims).map_err(|_| BadToken("a claim is missing or of the wrong type"))
    }
}

/// A key of ours that signs ES256.
pub struct SigningKey {
    key: EncodingKey,
    public: PublicKey,
}

impl SigningKey {
    /// Makes a new key; the scalar and the point are what is to be stored of it.
    ///
    /// # Errors
    /// When the operating system has no random bytes.
    pub fn generate() -> Result<(Secret<32>, [u8; 65]), Fault> {
        let made = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random::source())
            .map_err(|_| Fault::Internal("no signing key from ring"))?;
        // ring writes one fixed template: 36 bytes, the scalar, 5 bytes, the point.
        let scalar = made.as_ref().get(36..68).ok_or(Fault::Internal("ring's PKCS#8 has another form"))?;
        let mut scalar = Zeroizing::new(scalar.to_vec());
        let scalar = Secret::take(&mut scalar).ok_or(Fault::Internal("ring's PKCS#8 has another form"))?;
        let point = made.as_ref().last_chunk::<65>().ok_or(Fault::Internal("ring's PKCS#8 has another form"))?;
        Self::from_parts(&scalar, point)?;
        Ok((scalar, *point))
    }

    /// A stored key.
    ///
    /// # Errors
    /// When the scalar and the point are not of one key.
    pub fn from_parts(scalar: &Secret<32>, point: &[u8; 65]) -> Result<Self, Fault> {
        let pair = EcdsaKeyPair::from_private_key_and_public_key(
            &ECDSA_P256_SHA256_FIXED_SIGNING,
            scalar.expose(),
            point,
            &random::source(),
        )
        .map_err(|_| Fault::Key("a signing key and its public half do not fit"))?;
        if pair.public_key().as_ref() != point {
            return Err(Fault::Key("a signing key and its public half do not fit"));
        }
        let both = Zeroizing::new([scalar.expose().as_slice(), point].concat());
        Ok(Self { key: EncodingKey::from_ec_der(&both), public: PublicKey::from_point(point) })
    }

    /// Its public half; the `kid` is the thumbprint.
    #[must_use]
    pub fn public(&self) -> &PublicKey {
        &self.public
    }

    /// Signs `claims` as a token of type `typ` (RFC 8725 §3.11).
    ///
    /// # Errors
    /// When the claims do not serialise.
    pub fn sign<T: Serialize>(&self, typ: &str, claims: &T) -> Result<String, Fault> {
        provider::ready();
        let mut header = Header::new(self.public.alg().library());
        header.typ = Some(typ.to_owned());
        header.kid = self.public.kid().map(str::to_owned);
        jsonwebtoken::encode(&header, claims, &self.key).map_err(|_| Fault::Internal("a token could not be signed"))
    }
}

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SigningKey({})", self.public.thumbprint())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use serde_json::json;

    fn key() -> SigningKey {
        let (scalar, point) = SigningKey::generate().unwrap();
        SigningKey::from_parts(&scalar, &point).unwrap()
    }

    #[test]
    fn what_was_signed_verifies_and_what_was_altered_does_not() {
        let key = key();
        let token = key.sign("JWT", &json!({"sub": "alice"})).unwrap();
        let read = Unverified::read(&token).unwrap();
        assert_eq!(read.header("kid"), Some(key.public().thumbprint()));
        let claims: Value = read.verify(key.public()).unwrap();
        assert_eq!(claims, json!({"sub": "alice"}));

        let (front, signature) = token.rsplit_once('.').unwrap();
        let (header, _) = front.split_once('.').unwrap();
        let other = URL_SAFE_NO_PAD.encode(r#"{"sub":"bob"}"#);
        let altered = format!("{header}.{other}.{signature}");
        assert!(Unverified::read(&altered).unwrap().verify::<Value>(key.public()).is_err());
        assert!(read.verify::<Value>(self::key().public()).is_err());
    }

    #[test]
    fn headers_that_could_mislead_are_refused() {
        let token = |header: &str| format!("{}.e30.AA", URL_SAFE_NO_PAD.encode(header));
        assert!(Unverified::read(&token(r#"{"alg":"ES256"}"#)).is_ok());
        for header in [
            r#"{"alg":"ES256","jku":"https://evil.test"}"#,
            r#"{"alg":"ES256","x5u":"https://evil.test"}"#,
            r#"{"alg":"ES256","x5c":[]}"#,
            r#"{"alg":"ES256","crit":["exp"]}"#,
            r#"{"alg":"ES256","b64":false}"#,
            r#"{"alg":"ES256","zip":"DEF"}"#,
            r#"{"alg":"ES256","alg":"none"}"#,
            "[]",
            "",
        ] {
            assert!(Unverified::read(&token(header)).is_err(), "{header}");
        }
        for token in ["", "a.b", "a.b.c.d.e", &".".repeat(1 << 20), &"a".repeat(9000)] {
            assert!(Unverified::read(token).is_err());
        }
    }

    #[test]
    fn the_key_decides_the_algorithm() {
        let key = key();
        for alg in ["none", "HS256", "RS256", "es256", "EdDSA", "Ed25519"] {
            let token = format!("{}.e30.AA", URL_SAFE_NO_PAD.encode(format!(r#"{{"alg":"{alg}"}}"#)));
            let refused = Unverified::read(&token).unwrap().verify::<Value>(key.public());
            assert_eq!(refused, Err(BadToken("alg is not that of the key")), "{alg}");
        }
    }
}
