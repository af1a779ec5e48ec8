//! Looking through reviews: how many are opened in a second, by a search that finds nothing, and by a count.

use std::time::Instant;

use latchkey::app::App;
use latchkey::reviews::look::{Through, look};
use latchkey::reviews::{Filter, count};

/// Reviews opened a second by a search, entries counted a second for the first time, and the seconds of a second count.
pub async fn measure(app: &App) -> (f64, f64, f64) {
    let size = latchkey::ledger::size(&mut app.db.read().await.unwrap()).await.unwrap();
    let nobody = Filter { alias: Some("0".repeat(32)), ..Filter::default() };
    let through = Through { rows: usize::MAX, opened: u64::MAX, leaves: u64::MAX };
    let start = Instant::now();
    let found = look(app, &nobody, size, through).await.unwrap();
    let searched = found.opened as f64 / start.elapsed().as_secs_f64();
    let start = Instant::now();
    let first = count(app, size, 0).await.unwrap();
    let counted = first.opened as f64 / start.elapsed().as_secs_f64();
    let start = Instant::now();
    count(app, size, 0).await.unwrap();
    (searched, counted, start.elapsed().as_secs_f64())
}
