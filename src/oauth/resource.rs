//! Resources beside the vault (RFC 8707): a client's own resource server, registered with the service, may be told of
//! residents by tokens for it alone.
//!
//! A resource server belongs to the controller of the clients it serves: what a resident agreed to with a client does
//! not lead to somebody else. `resource` names it in the authorization request (several may be named there) and in the
//! token request (one: a token has one audience).

use url::Url;

use super::client::Client;
use super::manifest::NotAClient;
use super::refusal::Refusal::{self, InvalidTarget};
use super::register::NotRegistered;
use super::store;
use crate::config::Issuer;
use crate::db::Tx;
use crate::ids::ClientId;

/// Most resources of one request.
const MOST: usize = 8;

/// Under what paths of the issuer the resources of our own stand; the empty one is all of them.
pub const OWN: [&str; 5] = ["", "/vault", "/vault/claims", "/userinfo", "/grants"];

/// What a resource server stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resource {
    /// Its identifier: the audience of its tokens.
    pub uri: String,
    /// The clients whose tokens it takes.
    pub serves: Vec<ClientId>,
    /// The scopes that it defines.
    pub scopes: Vec<String>,
}

impl Client {
    /// Whether this is a resource server that takes tokens of `other`: it says so, and both are of one controller.
    #[must_use]
    pub fn serves(&self, other: &Client) -> bool {
        let named = self.resource.as_ref().is_some_and(|resource| resource.serves.contains(&other.id));
        named && self.is_open() && self.controller == other.controller
    }
}

/// Keeps what a resource server stands for, at the held head; whatever the client stood for before is forgotten.
///
/// # Errors
/// When it is ours, or another open resource server stands for it.
pub async fn register(tx: &mut Tx, issuer: &Issuer, client: &Client) -> Result<(), NotRegistered> {
    if let Some(resource) = &client.resource {
        let origin = |uri: &str| Url::parse(uri).map(|url| url.origin()).ok();
        if origin(&resource.uri) == origin(issuer.as_str()) {
            return Err(NotAClient::metadata("resource: at this service stand the vault and userinfo").into());
        }
        let holder = store::resource_server(tx, &resource.uri).await?;
        if holder.is_some_and(|holder| holder.id != client.id && holder.is_open()) {
            return Err(NotAClient::metadata("resource: another resource server stands for it").into());
        }
    }
    Ok(store::replace_resource(tx, &client.id, client.resource.as_ref()).await?)
}

/// Whether a resource is the vault, userinfo, or another door of ours: tokens for it are those that come without
/// `resource`.
#[must_use]
pub fn is_own(issuer: &Issuer, uri: &str) -> bool {
    let path = uri.strip_prefix(issuer.as_str());
    path.is_some_and(|path| OWN.contains(&path) || path == "/")
}

/// The scopes that the resources of an authorization request define for `client`.
///
/// # Errors
/// `invalid_target` when one is malformed, unknown, or does not serve this client: which of these is not said.
pub async fn scopes(tx: &mut Tx, issuer: &Issuer, client: &Client, asked: &[String]) -> Result<Vec<String>, Refusal> {
    if asked.len() > MOST {
        return Err(InvalidTarget("too many resources"));
    }
    let mut scopes = Vec::new();
    for uri in asked.iter().filter(|uri| !is_own(issuer, uri)) {
        scopes.extend(server(tx, client, uri).await?.scopes);
    }
    Ok(scopes)
}

/// For which resource a token request wants a token; `None` is the vault and userinfo.
///
/// # Errors
/// `invalid_target` when it asks for several, for one that was not granted, or does not say for which of several.
pub async fn target(
    tx: &mut Tx, issuer: &Issuer, client: &Client, granted: &[String], asked: &[String],
) -> Result<Option<Resource>, Refusal> {
    let own = |uri: &String| is_own(issuer, uri);
    let owned = granted.is_empty() || granted.iter().any(own);
    let chosen = match (asked, granted) {
        ([], _) if owned => return Ok(None),
        ([], [only]) => only,
        ([], _) => return Err(InvalidTarget("several resources were granted, and none is named")),
        ([one], _) if own(one) && owned => return Ok(None),
        ([one], _) if granted.contains(one) => one,
        ([_], _) => return Err(InvalidTarget("a resource that was not granted")),
        _ => return Err(InvalidTarget("a token is for one resource")),
    };
    server(tx, client, chosen).await.map(Some)
}

async fn server(tx: &mut Tx, client: &Client, uri: &str) -> Result<Resource, Refusal> {
    let found = store::resource_server(tx, uri).await?.filter(|server| server.serves(client));
    found.and_then(|server| server.resource).ok_or(InvalidTarget("no resource server of this client"))
}
