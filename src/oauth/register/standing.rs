//! A client is shut out, let in, approved, or ended.

use super::{act, enter};
use crate::app::App;
use crate::fault::Fault;
use crate::ids::ClientId;
use crate::ledger;
use crate::oauth::store;

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
    enter(&mut tx, app, &mut head, act(app, id, "client_disabled")).await?;
    head.commit(tx).await?;
    Ok(true)
}

/// Lets a client in again that was shut out; what it was given before is as good as its consents still are. `false`:
/// there is none that was shut out.
///
/// # Errors
/// When it could not be made durable.
pub async fn enable(app: &App, id: &ClientId) -> Result<bool, Fault> {
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    if !store::enable(&mut tx, id).await? {
        return Ok(false);
    }
    enter(&mut tx, app, &mut head, act(app, id, "client_enabled")).await?;
    head.commit(tx).await?;
    Ok(true)
}

/// Lets a client in that registered itself. `false`: there is none that waits.
///
/// # Errors
/// When it could not be made durable.
pub async fn approve(app: &App, id: &ClientId) -> Result<bool, Fault> {
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    if !store::approve(&mut tx, id).await? {
        return Ok(false);
    }
    enter(&mut tx, app, &mut head, act(app, id, "client_approved")).await?;
    head.commit(tx).await?;
    Ok(true)
}

/// Ends a client for ever: its grants and tokens end, its secrets and keys are forgotten, its id is given to nobody
/// again. Its name stays, because residents' lists and the ledger tell what it did. `false`: there is none.
///
/// # Errors
/// When it could not be made durable.
pub async fn delete(app: &App, id: &ClientId) -> Result<bool, Fault> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    if !store::delete(&mut tx, id, now).await? {
        return Ok(false);
    }
    store::forget_secrets(&mut tx, id).await?;
    store::end_grants_of(&mut tx, id, "client_deleted", now).await?;
    enter(&mut tx, app, &mut head, act(app, id, "client_deleted")).await?;
    head.commit(tx).await?;
    Ok(true)
}
