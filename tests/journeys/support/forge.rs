//! An authenticator (and a browser around it) that lies as it is told. Everything it says is signed with a real key.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ciborium::Value as Cbor;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::{Value, json};

use super::app::ISSUER;

/// A key that nobody keeps, and what is told of it.
pub struct Forge {
    key: EcdsaKeyPair,
    pub credential_id: Vec<u8>,
    pub handle: Vec<u8>,
}

/// The lies of one answer; the default is the truth.
#[derive(Clone)]
pub struct Lies {
    pub origin: String,
    pub kind: Option<&'static str>,
    pub cross_origin: Option<bool>,
    pub top_origin: Option<&'static str>,
    pub rp_id: &'static str,
    pub challenge: Option<String>,
    pub present: bool,
    pub verified: bool,
    pub counter: u32,
    pub algorithm: i64,
    pub signature_of: Option<Vec<u8>>,
}

impl Default for Lies {
    fn default() -> Self {
        Self {
            origin: ISSUER.to_owned(),
            kind: None,
            cross_origin: Some(false),
            top_origin: None,
            rp_id: "id.test",
            challenge: None,
            present: true,
            verified: true,
            counter: 0,
            algorithm: -7,
            signature_of: None,
        }
    }
}

impl Forge {
    pub fn new() -> Self {
        Self::with_id(latchkey::crypto::random::bytes::<32>().unwrap().to_vec())
    }

    /// With a credential id of one's choice.
    pub fn with_id(credential_id: Vec<u8>) -> Self {
        let random = SystemRandom::new();
        let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &random).unwrap();
        let key = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, pkcs8.as_ref(), &random).unwrap();
        Self { key, credential_id, handle: Vec::new() }
    }

    /// Answers `navigator.credentials.create`.
    pub fn create(&mut self, options: &Value, lies: &Lies) -> Value {
        let public_key = &options["publicKey"];
        self.handle = unbase64(public_key["user"]["id"].as_str().unwrap());
        let client_data = client_data(public_key, "webauthn.create", lies);
        let mut data = self.authenticator_data(lies, 0x40);
        data.extend_from_slice(&[0; 16]);
        data.extend_from_slice(&u16::try_from(self.credential_id.len()).unwrap().to_be_bytes());
        data.extend_from_slice(&self.credential_id);
        ciborium::into_writer(&self.cose(lies.algorithm), &mut data).unwrap();
        let object = Cbor::Map(vec![
            (Cbor::from("fmt"), Cbor::from("none")),
            (Cbor::from("attStmt"), Cbor::Map(Vec::new())),
            (Cbor::from("authData"), Cbor::Bytes(data)),
        ]);
        let mut attestation = Vec::new();
        ciborium::into_writer(&object, &mut attestation).unwrap();
        self.answer(json!({
            "clientDataJSON": base64(client_data.as_bytes()),
            "attestationObject": base64(&attestation),
            "transports": ["internal"],
        }))
    }

    /// Answers `navigator.credentials.get`.
    pub fn get(&self, options: &Value, lies: &Lies) -> Value {
        let client_data = client_data(&options["publicKey"], "webauthn.get", lies);
        let data = self.authenticator_data(lies, 0);
        let mut signed = data.clone();
        signed.extend_from_slice(&latchkey::crypto::hash::sha256(client_data.as_bytes()));
        let signed = lies.signature_of.as_ref().unwrap_or(&signed);
        let signature = self.key.sign(&SystemRandom::new(), signed).unwrap();
        self.answer(json!({
            "clientDataJSON": base64(client_data.as_bytes()),
            "authenticatorData": base64(&data),
            "signature": base64(signature.as_ref()),
            "userHandle": base64(&self.handle),
        }))
    }

    fn answer(&self, response: Value) -> Value {
        let id = base64(&self.credential_id);
        json!({ "id": id, "rawId": id, "type": "public-key", "clientExtensionResults": {}, "response": response })
    }

    fn authenticator_data(&self, lies: &Lies, flags: u8) -> Vec<u8> {
        let mut data = latchkey::crypto::hash::sha256(lies.rp_id.as_bytes()).to_vec();
        data.push(flags | u8::from(lies.present) | u8::from(lies.verified) << 2);
        data.extend_from_slice(&lies.counter.to_be_bytes());
        data
    }

    fn cose(&self, algorithm: i64) -> Cbor {
        let point = self.key.public_key().as_ref();
        Cbor::Map(vec![
            (Cbor::from(1), Cbor::from(2)),
            (Cbor::from(3), Cbor::from(algorithm)),
            (Cbor::from(-1), Cbor::from(1)),
            (Cbor::from(-2), Cbor::Bytes(point[1..33].to_vec())),
            (Cbor::from(-3), Cbor::Bytes(point[33..65].to_vec())),
        ])
    }
}

fn client_data(public_key: &Value, kind: &str, lies: &Lies) -> String {
    let challenge = public_key["challenge"].as_str().unwrap();
    let mut data = json!({
        "type": lies.kind.unwrap_or(kind),
        "challenge": lies.challenge.as_deref().unwrap_or(challenge),
        "origin": lies.origin,
    });
    if let Some(cross) = lies.cross_origin {
        data["crossOrigin"] = cross.into();
    }
    if let Some(top) = lies.top_origin {
        data["topOrigin"] = top.into();
    }
    data.to_string()
}

pub fn base64(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

pub fn unbase64(text: &str) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(text).unwrap()
}
