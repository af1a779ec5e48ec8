//! How a client proves who it is: the method, and the keys that go with it.

use serde_json::{Map, Value};

use super::NotAClient;
use super::members::Members;
use crate::claims::ClientClass;
use crate::crypto::jwk::PublicKey;
use crate::crypto::jwks;
use crate::oauth::client::{AuthMethod, Client};

/// Takes the method; without one, what its class is best served with.
///
/// # Errors
/// `invalid_client_metadata` when it is none of ours.
pub fn method(members: &mut Members, class: ClientClass) -> Result<AuthMethod, NotAClient> {
    let usual = if class == ClientClass::Ordinary { AuthMethod::None } else { AuthMethod::PrivateKeyJwt };
    Ok(members.take("token_endpoint_auth_method")?.unwrap_or(usual))
}

/// Takes the keys by value (RFC 7591 §2 `jwks`).
///
/// # Errors
/// `invalid_client_metadata` when one of them is no public signature key.
pub fn keys(members: &mut Members) -> Result<Vec<PublicKey>, NotAClient> {
    let Some(set) = members.take::<Map<String, Value>>("jwks")? else { return Ok(Vec::new()) };
    jwks::handed(Value::Object(set).to_string().as_bytes())
        .map_err(|cause| NotAClient::metadata(format!("jwks: {cause}")))
}

/// Whether method and keys fit each other and the class.
///
/// # Errors
/// What does not.
pub fn check(client: &Client) -> Result<(), NotAClient> {
    let no = |sentence: &str| Err(NotAClient::metadata(sentence));
    match (client.class, client.auth) {
        (ClientClass::Partner, AuthMethod::None) => no("a partner authenticates: private_key_jwt, or by a certificate"),
        (ClientClass::Partner, method) if method.is_secret() => {
            no("a partner has no secret that could leak: private_key_jwt")
        }
        (_, AuthMethod::PrivateKeyJwt) if client.keys.is_empty() => {
            no("private_key_jwt needs a public key in jwks.keys")
        }
        _ => Ok(()),
    }
}
