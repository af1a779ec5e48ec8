//! What became of orders to delete, for the pages of apps.

use std::collections::HashMap;

use crate::app::App;
use crate::fault::Fault;
use crate::http::pages::Deletion;
use crate::ids::{ConsentId, ResidentId};
use crate::orders::{self, Order, Standing};

/// The orders about a resident's information, by consent record.
pub(super) async fn all(app: &App, resident: &ResidentId) -> Result<HashMap<ConsentId, Deletion>, Fault> {
    let orders = orders::of_resident(&mut app.db.read().await?, resident).await?;
    let now = app.now().seconds();
    Ok(orders.into_iter().map(|order| (order.record.clone(), said(order, now))).collect())
}

/// The order about one record.
pub(super) async fn one(app: &App, record: &ConsentId) -> Result<Option<Deletion>, Fault> {
    let order = orders::of_record(&mut app.db.read().await?, record).await?;
    Ok(order.map(|order| said(order, app.now().seconds())))
}

/// Silence begins with the day, whether a sweeper has found it or not.
fn said(order: Order, now: i64) -> Deletion {
    match order.standing {
        Standing::Open if order.due_at > now => Deletion::Ordered(order.due_at),
        Standing::Open | Standing::Silent => Deletion::Silent(order.due_at),
        Standing::Deleted(at) => Deletion::Deleted(at),
        Standing::Kept { claims, law, until, .. } => Deletion::Kept { claims, law, until },
        Standing::Lifted => Deletion::Lifted,
    }
}
