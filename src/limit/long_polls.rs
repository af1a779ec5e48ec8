//! Who waits for an answer that is not there yet: one wait for each client, and so many on this node.
//!
//! A wait costs a read of the database every second. Whoever could begin as many as it likes would keep the database
//! from everybody else.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use crate::ids::ClientId;

/// Most that wait on this node at the same time.
const MOST: usize = 64;

/// The clients that wait now.
#[derive(Debug, Default)]
pub struct LongPolls(Mutex<HashSet<ClientId>>);

/// A client's leave to wait; it ends when this is dropped, whatever the reason.
#[derive(Debug)]
pub struct Seat {
    of: Arc<LongPolls>,
    client: ClientId,
}

impl LongPolls {
    /// Lets a client wait. `None`: it waits already, or too many do.
    #[must_use]
    pub fn begin(self: &Arc<Self>, client: &ClientId) -> Option<Seat> {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let seated = waiting.len() < MOST && waiting.insert(client.clone());
        seated.then(|| Seat { of: Arc::clone(self), client: client.clone() })
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.of.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.client);
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn a_client_waits_once_and_all_together_are_bounded() {
        let polls = Arc::new(LongPolls::default());
        let client = |at: usize| ClientId::parse(&format!("rp-{at}")).unwrap();
        let mut seats: Vec<_> = (0..MOST).map(|at| polls.begin(&client(at)).unwrap()).collect();
        assert!(polls.begin(&client(MOST)).is_none(), "one too many");
        seats.pop();
        assert!(polls.begin(&client(0)).is_none(), "it waits already");
        let other = polls.begin(&client(MOST)).unwrap();
        drop((seats, other));
        assert!(polls.begin(&client(0)).is_some(), "a wait that is over counts no more");
    }
}
