//! What a request may use; built once at start, cloned cheaply.

use std::sync::Arc;

use crate::clock::{Clock, Timestamp};
use crate::config::Config;
use crate::db::Db;

/// What a request may use.
#[derive(Clone, Debug)]
pub struct App {
    /// The settings, checked.
    pub config: Arc<Config>,
    /// The database.
    pub db: Db,
    /// Where the time comes from.
    pub clock: Clock,
}

impl App {
    /// The present moment.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }
}
