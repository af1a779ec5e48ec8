//! What everybody may know: how much is read, refused, withdrawn and overdue, and how each partner keeps its word.
//!
//! 1. Behind the ledger, entries are counted by month and kind, as their public leaves have them, and by client, as the
//!    sealed reviews have them ([`tally`]): a step at a time, each entry once.
//! 2. Once a minute the figures are made of these counts and of a few tables, and small numbers are taken out ([`Cell`])
//!    before anything is stored ([`figures`]). The page reads that one row: its cost does not grow with the ledger.
//!
//! Counts of entries by kind are exact: anybody can count them in the public tree. What counts residents, or splits
//! those numbers by app, shows nothing below ten.

mod cell;
mod figures;
mod gather;
mod store;
mod tally;

pub use cell::{Cell, LEAST};
pub use figures::{Card, Figures, Kept, Month, Overdue};
pub use tally::tally;

use std::time::Duration;

use crate::app::App;
use crate::fault::Fault;

/// Counts what is new, and makes the figures anew.
///
/// # Errors
/// When the database fails; the next sweep goes on with it.
pub async fn sweep(app: &App) -> Result<(), Fault> {
    tally(app).await?;
    let figures = gather::gather(app).await?;
    let body = serde_json::to_string(&figures).map_err(|_| Fault::Internal("figures do not serialise"))?;
    let mut tx = app.db.begin().await?;
    store::keep(&mut tx, figures.made_at, &body).await?;
    tx.commit().await
}

/// The figures as they were last made; `None` in the first moments of a new service.
///
/// # Errors
/// When the database fails.
pub async fn figures(app: &App) -> Result<Option<Figures>, Fault> {
    let body = store::kept(&mut app.db.read().await?).await?;
    body.map(|body| serde_json::from_str(&body).map_err(|_| Fault::Stored("figures do not read"))).transpose()
}

/// Sweeps every minute, for ever.
pub async fn run(app: App) {
    loop {
        if let Err(fault) = sweep(&app).await {
            tracing::error!(%fault, "the public figures were not made; the next sweep makes them");
        }
        tokio::time::sleep(Duration::from_secs(60)).await;
    }
}
