//! Step 1: a client proves who it is, at every door of its own.

use url::Url;
use zeroize::Zeroizing;

use super::assertion;
use super::client::{AuthMethod, Client};
use super::params::Params;
use super::refusal::Refusal::{self, InvalidClient, InvalidRequest};
use super::secret::{self, IdAndSecret};
use super::store;
use crate::app::App;
use crate::crypto::certificate::PeerCertificate;
use crate::crypto::jwk::PublicKey;
use crate::db::Tx;
use crate::ids::ClientId;
use crate::once::{self, Kind};

/// The client behind a request. `header`: the `Authorization` header that came with it; `certificate`: what the
/// connection showed, which speaks for the clients alone that are registered for it (RFC 8705 §2).
///
/// A client proves itself in one way, the registered one. An assertion is used up here, whatever becomes of the
/// request: it is remembered in a transaction of its own.
///
/// # Errors
/// `invalid_client` when it is not proved; `invalid_request` when it is proved in two ways.
pub async fn authenticate(
    app: &App, params: &Params, header: Option<&str>, certificate: Option<&PeerCertificate>,
) -> Result<Client, Refusal> {
    let (assertion, secret) = (params.get("client_assertion"), params.get("client_secret"));
    match (assertion, header, secret) {
        (None, None, None) => by_name(app, params, certificate).await,
        (Some(assertion), None, None) => by_assertion(app, params, assertion).await,
        (None, Some(header), None) => {
            let both = IdAndSecret::of_basic(header)?;
            if params.get("client_id").is_some_and(|named| named != both.id) {
                return Err(InvalidClient("client_id is not the client of the header"));
            }
            by_secret(app, &both, AuthMethod::ClientSecretBasic).await
        }
        (None, None, Some(secret)) => {
            let id = params.get("client_id").ok_or(InvalidClient("a secret without a client_id"))?;
            let both = IdAndSecret { id: id.to_owned(), secret: Zeroizing::new(secret.to_owned()) };
            by_secret(app, &both, AuthMethod::ClientSecretPost).await
        }
        _ => Err(InvalidRequest("more than one way of authentication")),
    }
}

/// Whether there is a client of this name, whatever its standing.
///
/// # Errors
/// When the database does not answer.
pub async fn is_client(app: &App, name: &str) -> Result<bool, Refusal> {
    let Ok(id) = ClientId::parse(name) else { return Ok(false) };
    Ok(store::client(&mut app.db.read().await?, &id).await?.is_some())
}

/// Who an `Authorization` header says it is by. Nothing is known yet of whether it is.
#[must_use]
pub fn named_by_basic(header: &str) -> Option<String> {
    IdAndSecret::of_basic(header).ok().map(|both| both.id)
}

async fn by_assertion(app: &App, params: &Params, assertion: &str) -> Result<Client, Refusal> {
    if params.get("client_assertion_type") != Some(assertion::TYPE) {
        return Err(InvalidClient("client_assertion_type is another one"));
    }
    let id = assertion::claimed_by(assertion)?;
    if params.get("client_id").is_some_and(|named| named != id.as_str()) {
        return Err(InvalidClient("client_id is not the client of the assertion"));
    }
    let mut client = known(&mut app.db.read().await?, id.as_str(), AuthMethod::PrivateKeyJwt).await?;
    if let Some(address) = &client.jwks_uri {
        client.keys = published(app, &client, address, assertion).await?;
    }
    let now = app.now();
    let seen = assertion::check(assertion, &client, &app.config.server.issuer, now)?;
    // Only what is genuine gets to write.
    let mut tx = app.db.begin().await?;
    if !once::present(&mut tx, Kind::ClientAssertion, &seen.jti, now, seen.forget).await? {
        return Err(InvalidClient("the assertion was used before"));
    }
    tx.commit().await?;
    Ok(client)
}

/// The keys that a client publishes, as they are now or were a minute ago.
async fn published(app: &App, client: &Client, address: &Url, assertion: &str) -> Result<Vec<PublicKey>, Refusal> {
    let kid = assertion::kid(assertion);
    let keys = app.key_sets.keys(&app.outgoing, address, kid.as_deref(), &app.clock).await;
    keys.map(|keys| keys.to_vec()).map_err(|cause| {
        tracing::warn!(client = %client.id, %cause, "the keys of a client cannot be had");
        InvalidClient("its keys cannot be had from its jwks_uri")
    })
}

async fn by_secret(app: &App, both: &IdAndSecret, method: AuthMethod) -> Result<Client, Refusal> {
    let mut tx = app.db.read().await?;
    let client = known(&mut tx, &both.id, method).await?;
    secret::check(&mut tx, &client, &both.secret, app.now()).await?;
    Ok(client)
}

/// A client that only says its name: it is public, or the connection proves the rest.
async fn by_name(app: &App, params: &Params, shown: Option<&PeerCertificate>) -> Result<Client, Refusal> {
    if params.get("client_assertion_type").is_some() {
        return Err(InvalidClient("an assertion's type without the assertion"));
    }
    let id = params.get("client_id").ok_or(InvalidClient("no client authentication"))?;
    let client = open(&mut app.db.read().await?, id).await?;
    match client.auth {
        AuthMethod::None => Ok(client),
        AuthMethod::TlsClientAuth | AuthMethod::SelfSignedTlsClientAuth => {
            client.certificate.check(shown, app.authorities.as_ref(), app.now())?;
            Ok(client)
        }
        _ => Err(InvalidClient("this client is registered for another method")),
    }
}

/// The client of this id, if its doors are open.
async fn open(tx: &mut Tx, id: &str) -> Result<Client, Refusal> {
    let id = ClientId::parse(id).map_err(|_| InvalidClient("no such client"))?;
    let client = store::client(tx, &id).await?.filter(Client::is_open);
    client.ok_or(InvalidClient("no such client, or its doors are shut"))
}

/// As [`open`], if this is its method.
async fn known(tx: &mut Tx, id: &str, method: AuthMethod) -> Result<Client, Refusal> {
    let client = open(tx, id).await?;
    if client.auth == method { Ok(client) } else { Err(InvalidClient("this client is registered for another method")) }
}
