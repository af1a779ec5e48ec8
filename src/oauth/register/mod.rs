//! Who may ask: clients are registered, shut out, let in, given new secrets and keys, and ended. Each of these acts is
//! entered in the ledger, and takes the ledger's head first, so that two of them come one after the other.

mod itself;
mod rotate;
mod standing;

pub use itself::{Declined, check_leave, initial_access_token, register_itself};
pub use rotate::{NotRotated, rotate_keys, rotate_secret};
pub use standing::{approve, delete, disable, enable};

use super::client::Client;
use super::manifest::NotAClient;
use super::resource;
use super::signing;
use super::store;
use crate::app::App;
use crate::clock::Timestamp;
use crate::crypto::token::Token;
use crate::custody;
use crate::db::Tx;
use crate::fault::Fault;
use crate::ids::ClientId;
use crate::ledger::{self, Entry, Head, Kind};
use crate::outbox;

/// Why a client could not be registered.
#[derive(Debug, thiserror::Error)]
pub enum NotRegistered {
    /// The manifest.
    #[error(transparent)]
    Manifest(#[from] NotAClient),
    /// Ours.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// A client, as it was registered.
#[derive(Debug)]
pub struct Registered {
    /// The client.
    pub client: Client,
    /// Its secret, when it was given one just now: nobody can show it again.
    pub secret: Option<Token>,
}

/// Registers the client of a manifest, or replaces the one of its id. A client that was shut out stays so; a secret that
/// it has stays good as long as its method is one of secrets.
///
/// # Errors
/// What is wrong with the manifest; an id that was deleted is given to nobody again.
pub async fn register(app: &App, manifest: &str) -> Result<Registered, NotRegistered> {
    let client = Client::parse(manifest)?;
    check(app, &client)?;
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    let secret = keep(&mut tx, app, &client, manifest).await?;
    let client = store::client(&mut tx, &client.id).await?.ok_or(Fault::Internal("a client vanished"))?;
    enter(&mut tx, app, &mut head, act(app, &client.id, "client_registered")).await?;
    head.commit(tx).await?;
    Ok(Registered { client, secret })
}

/// Whether a client may be registered here.
fn check(app: &App, client: &Client) -> Result<(), NotAClient> {
    client.check(&app.catalogue, app.config.server.issuer.is_loopback())?;
    client.check_method(&app.config)?;
    signing::check(app, client)?;
    match client.jwks_uri.as_ref().map_or(Ok(()), |address| app.outgoing.check(address)) {
        Ok(()) => Ok(()),
        Err(cause) => Err(NotAClient::metadata(format!("jwks_uri: {cause}"))),
    }
}

/// Keeps a checked manifest; the first secret, if its client is to have one.
async fn keep(tx: &mut Tx, app: &App, client: &Client, manifest: &str) -> Result<Option<Token>, NotRegistered> {
    let now = app.now();
    if !store::replace(tx, client, manifest, now).await? {
        return Err(NotAClient::metadata("id: it was deleted, and no id is given twice").into());
    }
    resource::register(tx, &app.config.server.issuer, client).await?;
    // What it has not been told yet goes where it listens now.
    outbox::route(tx, &client.id).await?;
    Ok(keep_secret(tx, client, now).await?)
}

/// The first secret, if the client is to have one and has none.
async fn keep_secret(tx: &mut Tx, client: &Client, now: Timestamp) -> Result<Option<Token>, Fault> {
    if !client.auth.is_secret() {
        // A secret from before must not come back to life with the method.
        store::forget_secrets(tx, &client.id).await?;
        return Ok(None);
    }
    let secret = Token::random()?;
    let is_first = store::insert_secret(tx, &client.id, &secret.digest(), now).await?;
    Ok(is_first.then_some(secret))
}

/// An act of the operator about a client.
fn act(app: &App, id: &ClientId, reason: &'static str) -> Entry {
    Entry { client: Some(id.clone()), reason, ..Entry::about_nobody(Kind::Operator, app.now()) }
}

/// Enters an act.
async fn enter(tx: &mut Tx, app: &App, head: &mut Head, entry: Entry) -> Result<(), Fault> {
    let _pending = custody::enter(tx, &app.custody, head, entry).await?;
    Ok(())
}
