//! A P-256 key: signs client assertions (RFC 7523) and DPoP proofs (RFC 9449), and checks ID tokens.

use std::path::Path;

use ring::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _, UnparsedPublicKey,
};
use serde_json::{Value, json};

use crate::machine::{decode, dice, digest, encode};

/// A key pair that never leaves this program, unless it was asked to keep it in a file.
pub struct Key(EcdsaKeyPair);

impl Key {
    /// A new key.
    pub fn make() -> Result<Self, String> {
        Self::read(Self::document()?.as_ref())
    }

    /// The key in this file; made and written, readable by its owner alone, when the file is not there.
    pub fn at(path: &Path) -> Result<Self, String> {
        if !path.exists() {
            write_private(path, Self::document()?.as_ref()).map_err(|cause| format!("{}: {cause}", path.display()))?;
        }
        let document = std::fs::read(path).map_err(|cause| format!("{}: {cause}", path.display()))?;
        Self::read(&document)
    }

    fn document() -> Result<ring::pkcs8::Document, String> {
        EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &dice())
            .map_err(|_| "no key was made".to_owned())
    }

    fn read(document: &[u8]) -> Result<Self, String> {
        EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, document, &dice())
            .map(Self)
            .map_err(|_| "not a P-256 key in PKCS#8".to_owned())
    }

    /// The coordinates of the public point.
    pub fn point(&self) -> (String, String) {
        let public = self.0.public_key().as_ref();
        let (x, y) = public.get(1..).unwrap_or_default().split_at(32);
        (encode(x), encode(y))
    }

    /// The public key as a DPoP proof carries it.
    pub fn jwk(&self) -> Value {
        let (x, y) = self.point();
        json!({ "kty": "EC", "crv": "P-256", "x": x, "y": y })
    }

    /// RFC 7638: the digest of the members in alphabetical order.
    pub fn thumbprint(&self) -> String {
        let (x, y) = self.point();
        digest(&format!(r#"{{"crv":"P-256","kty":"EC","x":"{x}","y":"{y}"}}"#))
    }

    /// A signed JWT in compact form.
    pub fn sign(&self, header: &Value, claims: &Value) -> Result<String, String> {
        let input = format!("{}.{}", encode(header.to_string().as_bytes()), encode(claims.to_string().as_bytes()));
        let signature = self.0.sign(&dice(), input.as_bytes()).map_err(|_| "nothing was signed".to_owned())?;
        Ok(format!("{input}.{}", encode(signature.as_ref())))
    }
}

/// The claims of a JWT, if one of these public keys signed it with ES256.
pub fn verified(token: &str, jwks: &Value) -> Result<Value, String> {
    let (input, signature) = token.rsplit_once('.').ok_or("not a JWT")?;
    let (header, claims) = input.split_once('.').ok_or("not a JWT")?;
    let header: Value = serde_json::from_slice(&decode(header)?).map_err(|_| "its header is no JSON")?;
    if header["alg"] != "ES256" {
        return Err("not signed with ES256".to_owned());
    }
    let keys = jwks["keys"].as_array().ok_or("no keys published")?;
    let key = keys.iter().find(|key| key["kid"] == header["kid"]).ok_or("signed by a key that is not published")?;
    let mut point = vec![4];
    for part in ["x", "y"] {
        point.extend(decode(key[part].as_str().unwrap_or_default())?);
    }
    UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point)
        .verify(input.as_bytes(), &decode(signature)?)
        .map_err(|_| "the signature is wrong".to_owned())?;
    serde_json::from_slice(&decode(claims)?).map_err(|_| "its claims are no JSON".to_owned())
}

#[cfg(unix)]
fn write_private(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    use std::io::Write as _;
    use std::os::unix::fs::OpenOptionsExt as _;
    std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?.write_all(bytes)
}

#[cfg(not(unix))]
fn write_private(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    std::fs::write(path, bytes)
}
