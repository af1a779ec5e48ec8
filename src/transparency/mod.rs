//! What everybody may know: how much is read, refused, withdrawn and overdue, and how each partner keeps its word.
//!
//! 1. Behind the ledger, entries are counted by month and kind, as their public leaves have them, and by client, as the
//!    sealed reviews have them ([`mod@tally`]): a step at a time, each entry once.
//! 2. Once a minute the figures are made of what anybody can count in the public tree, and of acts of staff. The page reads
//!    that one row: its cost does not grow with the ledger.
//! 3. What counts residents, or splits those numbers by app, is told of a month once it is over, and never made again
//!    ([`Closed`]); so two answers cannot be subtracted from each other.
//! 4. There, small numbers are taken out before anything is stored ([`Cell`]), and so many others that nobody can work
//!    them out ([`mod@withhold`]).

mod calendar;
mod cell;
mod close;
mod figures;
mod gather;
mod store;
mod tally;
mod withhold;

pub use cell::{Cell, FEW, Word};
pub use figures::{Card, Closed, Figures, Kept, Month};
pub use tally::tally;
pub use withhold::withhold;

use std::time::Duration;

use crate::app::App;
use crate::fault::Fault;

/// Months that are told.
const MONTHS: usize = 12;

/// Counts what is new, closes the months that are over, and makes the figures anew. Those of this moment are made even
/// when not everything could be counted; they say so then.
///
/// # Errors
/// When the database fails; the next sweep goes on with it.
pub async fn sweep(app: &App) -> Result<(), Fault> {
    let counted = match tally(app).await {
        Ok(()) => close::close(app).await,
        fault => fault,
    };
    let figures = gather::gather(app, counted.is_err()).await?;
    let body = serde_json::to_string(&figures).map_err(|_| Fault::Internal("figures do not serialise"))?;
    let mut tx = app.db.begin().await?;
    store::keep(&mut tx, figures.made_at, &body).await?;
    tx.commit().await?;
    counted
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
