//! Silence: a client that has not answered by the day.

use super::store;
use crate::app::App;
use crate::fault::Fault;
use crate::inbox::{self, Tell, Word};

/// Orders that are looked at in one transaction.
const AT_ONCE: i64 = 200;

/// Finds who has not answered by the day, and tells the residents; how many orders that were.
///
/// # Errors
/// When the database fails.
pub async fn find_silent(app: &App) -> Result<usize, Fault> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let mut found = 0;
    for order in store::overdue(&mut tx, now, AT_ONCE).await? {
        // Of two nodes, one tells her.
        if !store::mark_silent(&mut tx, &order.id, now).await? {
            continue;
        }
        found += 1;
        tracing::warn!(client = %order.client, order = %order.id, "a deletion order was not answered by its day");
        if let Some(resident) = &order.resident {
            let (word, about) = (Word::DeletionSilent, Some(order.record.as_str()));
            inbox::put(&mut tx, &Tell { resident, word, client: Some(&order.client), about }, now).await?;
        }
    }
    tx.commit().await?;
    Ok(found)
}
