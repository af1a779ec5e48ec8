//! An RSA key of ours, for clients whose libraries know nothing but RS256 (the default of OIDC Core §2).
//!
//! ring makes no RSA keys, so the operator makes one elsewhere and imports it ([`Imported`]). It signs ID tokens and
//! logout tokens of clients that were registered for it, and nothing else.

mod imported;

pub use imported::{Imported, NotImported};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rsa::PublicKeyComponents;
use ring::signature::{RSA_PKCS1_SHA256, RsaKeyPair};
use serde::Serialize;
use serde_json::json;

use super::jwk::{BadKey, PublicKey};
use super::random;
use crate::fault::Fault;

/// A key that signs RS256.
pub struct Rs256Key {
    pair: RsaKeyPair,
    public: PublicKey,
}

impl Rs256Key {
    /// Reads a private key (PKCS#8, DER) of 2048 to 4096 bits.
    ///
    /// # Errors
    /// When it is anything else.
    pub fn from_pkcs8(der: &[u8]) -> Result<Self, BadKey> {
        let pair = RsaKeyPair::from_pkcs8(der).map_err(|_| BadKey("not an RSA key of 2048 to 4096 bits in PKCS#8"))?;
        let PublicKeyComponents { n, e } = PublicKeyComponents::<Vec<u8>>::from(pair.public());
        let public = PublicKey::from_rsa_of_ours(&n, &e);
        Ok(Self { pair, public })
    }

    /// Its public half; the `kid` is the thumbprint.
    #[must_use]
    pub fn public(&self) -> &PublicKey {
        &self.public
    }

    /// Signs `claims` as a token of type `typ`.
    ///
    /// # Errors
    /// When the claims do not serialise.
    pub fn sign<T: Serialize>(&self, typ: &str, claims: &T) -> Result<String, Fault> {
        let failed = Fault::Internal("a token could not be signed");
        let header = json!({ "typ": typ, "alg": self.public.alg().name(), "kid": self.public.thumbprint() });
        let claims = serde_json::to_vec(claims).map_err(|_| Fault::Internal("a token could not be signed"))?;
        let input = format!("{}.{}", URL_SAFE_NO_PAD.encode(header.to_string()), URL_SAFE_NO_PAD.encode(claims));
        let mut signature = vec![0; self.pair.public().modulus_len()];
        self.pair.sign(&RSA_PKCS1_SHA256, &random::source(), input.as_bytes(), &mut signature).map_err(|_| failed)?;
        Ok(format!("{input}.{}", URL_SAFE_NO_PAD.encode(signature)))
    }
}

impl std::fmt::Debug for Rs256Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Rs256Key({})", self.public.thumbprint())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::crypto::jws::Unverified;
    use serde_json::Value;

    pub fn vector() -> Vec<u8> {
        let text: String = include_str!("../../../tests/vectors/client_rsa_2048.pk8.hex").split_whitespace().collect();
        hex::decode(text).unwrap()
    }

    #[test]
    fn it_signs_rs256_and_no_client_key_verifies_that() {
        let key = Rs256Key::from_pkcs8(&vector()).unwrap();
        let token = key.sign("JWT", &json!({ "sub": "alice" })).unwrap();
        let read = Unverified::read(&token).unwrap();
        assert_eq!(read.verify::<Value>(key.public()).unwrap(), json!({ "sub": "alice" }));
        assert_eq!((read.header("alg"), read.header("kid")), (Some("RS256"), Some(key.public().thumbprint())));
        // The same numbers, as a client would hand them over, are a PS256 key.
        let mut jwk = key.public().to_jwk();
        assert!(PublicKey::from_jwk(&jwk).is_err(), "RS256 is not accepted");
        jwk.remove("alg");
        assert!(read.verify::<Value>(&PublicKey::from_jwk(&jwk).unwrap()).is_err());
    }

    #[test]
    fn what_is_no_rsa_key_is_refused() {
        assert!(Rs256Key::from_pkcs8(&[]).is_err());
        assert!(Rs256Key::from_pkcs8(vector().split_last().unwrap().1).is_err());
    }
}
