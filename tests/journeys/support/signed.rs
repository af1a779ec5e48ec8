//! What a client does with a token of the service: looks its key up in the published set, and verifies.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};
use serde_json::Value;

use super::app::TestApp;

fn part(text: &str) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(text).unwrap()
}

impl TestApp {
    /// Header and claims of a compact JWS that a published key of this service signed.
    pub async fn verified(&self, token: &str) -> (Value, Value) {
        let [header, claims, signature] = token.split('.').collect::<Vec<_>>().try_into().expect("three parts");
        let read: Value = serde_json::from_slice(&part(header)).unwrap();
        assert_eq!(read["alg"], "ES256");
        let set = self.browser().get("/jwks").await.expect(200).json();
        let key = set["keys"].as_array().unwrap().iter().find(|key| key["kid"] == read["kid"]);
        let key = key.unwrap_or_else(|| panic!("{} is not published", read["kid"]));
        let point = [vec![4], part(key["x"].as_str().unwrap()), part(key["y"].as_str().unwrap())].concat();
        let signed = format!("{header}.{claims}");
        let key = UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point);
        key.verify(signed.as_bytes(), &part(signature)).expect("the signature is of that key");
        (read, serde_json::from_slice(&part(claims)).unwrap())
    }
}
