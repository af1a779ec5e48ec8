//! New secrets and new keys, with the old ones good for a while, so that a client can change over without a pause.

use std::time::Duration;

use super::{act, enter};
use crate::app::App;
use crate::crypto::jwk::BadKey;
use crate::crypto::jwks;
use crate::crypto::token::Token;
use crate::fault::Fault;
use crate::ids::ClientId;
use crate::ledger;
use crate::oauth::client::{AuthMethod, Client, Standing};
use crate::oauth::store;

/// Why nothing was rotated.
#[derive(Debug, thiserror::Error)]
pub enum NotRotated {
    /// There is no such client, or it is gone.
    #[error("no such client")]
    Unknown,
    /// It proves itself in another way.
    #[error("it authenticates by {0}")]
    OtherMethod(&'static str),
    /// It publishes its keys, and changes them there.
    #[error("it publishes its keys itself, at its jwks_uri")]
    Published,
    /// The keys cannot be taken.
    #[error("jwks: {0}")]
    Keys(#[from] BadKey),
    /// Ours.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Gives an ordinary client another secret; the one before stays good for `keep`. The new one can be shown only now.
///
/// # Errors
/// When there is no such client, or none with a secret.
pub async fn rotate_secret(app: &App, id: &ClientId, keep: Duration) -> Result<Token, NotRotated> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    let client = living(store::client(&mut tx, id).await?)?;
    if !client.auth.is_secret() {
        return Err(NotRotated::OtherMethod(client.auth.name()));
    }
    if keep.is_zero() {
        store::forget_secrets(&mut tx, id).await?;
    } else {
        store::end_secret(&mut tx, id, now.plus(keep)).await?;
    }
    let secret = Token::random()?;
    if !store::insert_secret(&mut tx, id, &secret.digest(), now).await? {
        return Err(Fault::Internal("a secret that did not end").into());
    }
    enter(&mut tx, app, &mut head, act(app, id, "client_secret_rotated")).await?;
    head.commit(tx).await?;
    Ok(secret)
}

/// Puts the keys of a JWK Set in place of a client's, which stay good for `keep`. Registering its manifest again puts
/// those of the manifest in place of both, at once.
///
/// # Errors
/// When there is no such client, none with keys by value, or a key cannot be taken.
pub async fn rotate_keys(app: &App, id: &ClientId, set: &[u8], keep: Duration) -> Result<Client, NotRotated> {
    let keys = jwks::handed(set)?;
    if keys.is_empty() {
        return Err(NotRotated::Keys(BadKey("no key")));
    }
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    // Read and written under the head: no other act on clients comes in between.
    let client = living(store::client(&mut tx, id).await?)?;
    if client.auth != AuthMethod::PrivateKeyJwt {
        return Err(NotRotated::OtherMethod(client.auth.name()));
    }
    if client.jwks_uri.is_some() {
        return Err(NotRotated::Published);
    }
    store::replace_keys(&mut tx, &client, &keys, app.now().plus(keep)).await?;
    let client = living(store::client(&mut tx, id).await?)?;
    enter(&mut tx, app, &mut head, act(app, id, "client_keys_rotated")).await?;
    head.commit(tx).await?;
    Ok(client)
}

fn living(client: Option<Client>) -> Result<Client, NotRotated> {
    client.filter(|client| client.standing != Standing::Deleted).ok_or(NotRotated::Unknown)
}
