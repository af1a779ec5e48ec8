//! What clients sign with, and small things they say.

use std::sync::atomic::{AtomicU64, Ordering};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use latchkey::crypto::hash::sha256;
use ring::rand::SystemRandom;
use ring::rsa::PublicKeyComponents as RsaPublicKeyComponents;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair, RSA_PSS_SHA256, RsaKeyPair,
};
use serde_json::{Map, Value, json};

/// A key and what signs with it, of one of the three kinds that are taken.
pub enum Key {
    Es256(EcdsaKeyPair),
    EdDsa(Ed25519KeyPair),
    Ps256(Box<RsaKeyPair>),
}

impl Key {
    pub fn new() -> Self {
        let random = SystemRandom::new();
        let made = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
        Self::Es256(EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, made.as_ref(), &random).unwrap())
    }

    pub fn ed25519() -> Self {
        let made = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).unwrap();
        Self::EdDsa(Ed25519KeyPair::from_pkcs8(made.as_ref()).unwrap())
    }

    /// ring makes no RSA keys: this one is the same in every story.
    pub fn rsa() -> Self {
        let text: String = include_str!("../../vectors/client_rsa_2048.pk8.hex").split_whitespace().collect();
        Self::Ps256(Box::new(RsaKeyPair::from_pkcs8(&hex::decode(text).unwrap()).unwrap()))
    }

    pub fn alg(&self) -> &'static str {
        match self {
            Self::Es256(_) => "ES256",
            Self::EdDsa(_) => "EdDSA",
            Self::Ps256(_) => "PS256",
        }
    }

    pub fn jwk(&self) -> Value {
        match self {
            Self::Es256(pair) => {
                let (x, y) = pair.public_key().as_ref()[1..].split_at(32);
                json!({ "kty": "EC", "crv": "P-256", "x": base64(x), "y": base64(y) })
            }
            Self::EdDsa(pair) => json!({ "kty": "OKP", "crv": "Ed25519", "x": base64(pair.public_key().as_ref()) }),
            Self::Ps256(pair) => {
                let public: RsaPublicKeyComponents<Vec<u8>> = RsaPublicKeyComponents::from(pair.public());
                json!({ "kty": "RSA", "n": base64(&public.n), "e": base64(&public.e) })
            }
        }
    }

    /// The thumbprint of a P-256 key.
    pub fn thumbprint(&self) -> String {
        let jwk = self.jwk();
        let (x, y) = (jwk["x"].as_str().unwrap(), jwk["y"].as_str().unwrap());
        digest(&format!(r#"{{"crv":"P-256","kty":"EC","x":"{x}","y":"{y}"}}"#))
    }

    /// A compact JWS of exactly this header and these claims.
    pub fn sign(&self, header: &Value, claims: &Value) -> String {
        let input = format!("{}.{}", base64(header.to_string().as_bytes()), base64(claims.to_string().as_bytes()));
        let random = SystemRandom::new();
        let signature = match self {
            Self::Es256(pair) => pair.sign(&random, input.as_bytes()).unwrap().as_ref().to_vec(),
            Self::EdDsa(pair) => pair.sign(input.as_bytes()).as_ref().to_vec(),
            Self::Ps256(pair) => {
                let mut signature = vec![0; pair.public().modulus_len()];
                pair.sign(&RSA_PSS_SHA256, &random, input.as_bytes(), &mut signature).unwrap();
                signature
            }
        };
        format!("{input}.{}", base64(&signature))
    }

    /// As a manifest lists it.
    pub fn in_manifest(&self) -> String {
        let jwk = self.jwk();
        let lines = jwk.as_object().unwrap().iter().map(|(name, value)| format!("{name} = {value}\n"));
        format!("[[jwks.keys]]\n{}", lines.collect::<String>())
    }
}

pub fn base64(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// base64url of SHA-256.
pub fn digest(text: &str) -> String {
    base64(&sha256(text.as_bytes()))
}

/// A value that was never used before.
pub fn fresh() -> String {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    format!("fresh-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed))
}

/// `base` with `changes` put in; `null` takes a member out.
pub fn changed(mut base: Value, changes: Value) -> Value {
    let members: &mut Map<String, Value> = base.as_object_mut().unwrap();
    for (name, value) in changes.as_object().unwrap() {
        match value {
            Value::Null => members.remove(name),
            value => members.insert(name.clone(), value.clone()),
        };
    }
    base
}

/// Parameters with some changed: an empty value takes one out.
pub fn with(base: &[(String, String)], changes: &[(&str, &str)]) -> Vec<(String, String)> {
    let changed = |name: &str| changes.iter().any(|(changed, _)| *changed == name);
    let kept = base.iter().filter(|(name, _)| !changed(name)).cloned();
    let new = changes.iter().filter(|(_, value)| !value.is_empty());
    kept.chain(new.map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))).collect()
}
