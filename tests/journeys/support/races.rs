//! Races: many tasks that begin at the same moment. `RACE_ROUNDS` says how often; 200 by default.

use std::future::Future;
use std::sync::Arc;

use tokio::sync::Barrier;
use tokio::task::JoinSet;

/// How many rounds a race has.
pub fn rounds() -> usize {
    std::env::var("RACE_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(200)
}

/// Runs all of them, none before the last is ready; what they came to, in no order.
pub async fn at_once<F>(racers: Vec<F>) -> Vec<F::Output>
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    let barrier = Arc::new(Barrier::new(racers.len()));
    let mut racing = JoinSet::new();
    for racer in racers {
        let barrier = Arc::clone(&barrier);
        racing.spawn(async move {
            barrier.wait().await;
            racer.await
        });
    }
    racing.join_all().await
}
