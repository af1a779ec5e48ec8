//! How a client proves who it is: the method, and the keys that go with it.

use serde::Deserialize;
use serde_json::{Map, Value};

use super::NotAClient;
use super::members::Members;
use crate::claims::ClientClass;
use crate::crypto::jwk::PublicKey;
use crate::oauth::client::{AuthMethod, Client};

/// Most keys a client may list: the one in use, and those before and after it.
const MOST_KEYS: usize = 8;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Jwks {
    keys: Vec<Map<String, Value>>,
}

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
    let Some(jwks) = members.take::<Jwks>("jwks")? else { return Ok(Vec::new()) };
    let keys: Result<Vec<_>, _> = jwks.keys.iter().map(PublicKey::from_jwk).collect();
    keys.map_err(|cause| NotAClient::metadata(format!("jwks: {cause}")))
}

/// Whether method and keys fit each other and the class.
///
/// # Errors
/// What does not.
pub fn check(client: &Client) -> Result<(), NotAClient> {
    match (client.class, client.auth) {
        (ClientClass::Partner, AuthMethod::None) => {
            return Err(NotAClient::metadata("a partner authenticates: private_key_jwt"));
        }
        (_, AuthMethod::PrivateKeyJwt) if client.keys.is_empty() => {
            return Err(NotAClient::metadata("private_key_jwt needs a public key in jwks.keys"));
        }
        _ => check_all(&client.keys),
    }
}

/// Whether these keys may stand beside each other.
///
/// # Errors
/// When there are too many, one of them can verify nothing, or two have one name.
fn check_all(keys: &[PublicKey]) -> Result<(), NotAClient> {
    if keys.len() > MOST_KEYS {
        return Err(NotAClient::metadata("jwks: too many keys"));
    }
    if !keys.iter().all(PublicKey::is_on_curve) {
        return Err(NotAClient::metadata("jwks: a point that is not on its curve"));
    }
    let mut kids: Vec<&str> = keys.iter().filter_map(PublicKey::kid).collect();
    kids.sort_unstable();
    if kids.windows(2).any(|pair| pair.first() == pair.last()) {
        return Err(NotAClient::metadata("jwks: a kid stands twice"));
    }
    Ok(())
}
