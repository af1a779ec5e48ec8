//! How a client proves who it is: the method, and the keys that go with it.

use serde_json::{Map, Value};
use url::Url;

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

/// Takes the address at which it publishes its keys (RFC 7591 §2 `jwks_uri`).
///
/// # Errors
/// `invalid_client_metadata` when it is not the address of a document. Whether it may be asked is known where it is
/// registered.
pub fn jwks_uri(members: &mut Members) -> Result<Option<Url>, NotAClient> {
    let Some(text) = members.take::<String>("jwks_uri")? else { return Ok(None) };
    let url = Url::parse(&text).ok().filter(|url| url.as_str() == text && text.len() <= 512 && !text.contains('#'));
    let no = || NotAClient::metadata("jwks_uri: an https address in canonical form, at most 512 characters");
    // In clear from this machine alone, and whether even that, the operator says.
    let here = |url: &Url| matches!(url.host_str(), Some("127.0.0.1" | "[::1]" | "localhost"));
    let spoken = |url: &Url| url.scheme() == "https" || (url.scheme() == "http" && here(url));
    url.filter(spoken).map(Some).ok_or_else(no)
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
        _ if client.jwks_uri.is_some() && !client.keys.is_empty() => no("jwks or jwks_uri, not both (RFC 7591 §2)"),
        (_, AuthMethod::PrivateKeyJwt) if client.keys.is_empty() && client.jwks_uri.is_none() => {
            no("private_key_jwt needs a public key in jwks.keys, or a jwks_uri")
        }
        _ => Ok(()),
    }
}
