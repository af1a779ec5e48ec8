//! Step 1: a client proves who it is, at every door of its own.

use super::assertion;
use super::client::{AuthMethod, Client};
use super::params::Params;
use super::refusal::Refusal::{self, InvalidClient, InvalidRequest};
use super::store;
use crate::app::App;
use crate::ids::ClientId;
use crate::once::{self, Kind};

/// The client behind a request. `basic`: whether an `Authorization` header came with it.
///
/// An assertion is used up here, whatever becomes of the request: it is remembered in a transaction of its own.
///
/// # Errors
/// `invalid_client` when it is not proved; `invalid_request` when it is proved in two ways.
pub async fn authenticate(app: &App, params: &Params, basic: bool) -> Result<Client, Refusal> {
    let assertion = params.get("client_assertion");
    let secret = basic || params.get("client_secret").is_some();
    match (assertion, secret) {
        (Some(_), true) => Err(InvalidRequest("more than one way of authentication")),
        (None, true) => Err(InvalidClient("no client of ours has a secret")),
        (Some(assertion), false) => by_assertion(app, params, assertion).await,
        (None, false) => public(app, params).await,
    }
}

async fn by_assertion(app: &App, params: &Params, assertion: &str) -> Result<Client, Refusal> {
    if params.get("client_assertion_type") != Some(assertion::TYPE) {
        return Err(InvalidClient("client_assertion_type is another one"));
    }
    let id = assertion::claimed_by(assertion)?;
    if params.get("client_id").is_some_and(|named| named != id.as_str()) {
        return Err(InvalidClient("client_id is not the client of the assertion"));
    }
    let client = known(store::client(&mut app.db.read().await?, &id).await?)?;
    if client.auth != AuthMethod::PrivateKeyJwt {
        return Err(InvalidClient("this client is registered for another method"));
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

async fn public(app: &App, params: &Params) -> Result<Client, Refusal> {
    if params.get("client_assertion_type").is_some() {
        return Err(InvalidClient("an assertion's type without the assertion"));
    }
    let id = params.get("client_id").ok_or(InvalidClient("no client authentication"))?;
    let id = ClientId::parse(id).map_err(|_| InvalidClient("no such client"))?;
    let mut tx = app.db.read().await?;
    let client = known(store::client(&mut tx, &id).await?)?;
    if client.auth != AuthMethod::None {
        return Err(InvalidClient("this client must authenticate"));
    }
    Ok(client)
}

fn known(client: Option<Client>) -> Result<Client, Refusal> {
    client.filter(Client::is_open).ok_or(InvalidClient("no such client, or disabled"))
}
