//! What the operator sees of deliveries, and does about those that were given up.

use crate::app::App;
use crate::fault::Fault;
use crate::outbox::{self, Counts, Message};

/// Most messages that are listed.
const MOST: i64 = 500;

/// What is not delivered yet or was given up, oldest first; and how many there are of either.
///
/// # Errors
/// When the database fails.
pub async fn list(app: &App, dead_only: bool) -> Result<(Vec<Message>, Counts), Fault> {
    let mut tx = app.db.read().await?;
    let counts = outbox::counts(&mut tx).await?;
    Ok((outbox::list(&mut tx, dead_only, MOST).await?, counts))
}

/// Has what was given up tried again, by name or all of it; how many messages that were.
///
/// # Errors
/// When the database fails.
pub async fn retry(app: &App, jti: Option<&str>) -> Result<u64, Fault> {
    let mut tx = app.db.begin().await?;
    let retried = outbox::retry(&mut tx, jti, app.now()).await?;
    tx.commit().await?;
    Ok(retried)
}

/// Drops what was given up, by name or all of it; how many messages that were. Nobody will be told.
///
/// # Errors
/// When the database fails.
pub async fn drop_dead(app: &App, jti: Option<&str>) -> Result<u64, Fault> {
    let mut tx = app.db.begin().await?;
    let dropped = outbox::drop_dead(&mut tx, jti).await?;
    tx.commit().await?;
    Ok(dropped)
}
