//! The operator's acts: a client is registered, or shut out. Both are entered in the ledger.

use super::client::Client;
use super::manifest::NotAClient;
use super::store;
use crate::app::App;
use crate::custody;
use crate::fault::Fault;
use crate::ids::ClientId;
use crate::ledger::{self, Entry, Kind};

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

/// Registers the client of a manifest, or replaces the one of its id; entered as an act of the operator.
///
/// # Errors
/// What is wrong with the manifest.
pub async fn register(app: &App, manifest: &str) -> Result<Client, NotRegistered> {
    let client = Client::parse(manifest)?;
    client.check(&app.catalogue, app.config.server.issuer.is_loopback())?;
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    store::replace(&mut tx, &client.id, manifest, app.now()).await?;
    let _pending = custody::enter(&mut tx, &app.custody, &mut head, act(app, &client.id, "client_registered")).await?;
    head.commit(tx).await?;
    Ok(client)
}

/// Shuts a client out: every door of its own refuses it from the next request on. `false`: there was nothing to do.
///
/// # Errors
/// When it could not be made durable.
pub async fn disable(app: &App, id: &ClientId) -> Result<bool, Fault> {
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    if !store::disable(&mut tx, id, app.now()).await? {
        return Ok(false);
    }
    let _pending = custody::enter(&mut tx, &app.custody, &mut head, act(app, id, "client_disabled")).await?;
    head.commit(tx).await?;
    Ok(true)
}

fn act(app: &App, id: &ClientId, reason: &'static str) -> Entry {
    Entry { client: Some(id.clone()), reason, ..Entry::about_nobody(Kind::Operator, app.now()) }
}
