//! The service as it runs, on a port of its own, under the name `https://id.test`.

use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;

use latchkey::app::App;
use latchkey::clock::{Clock, Timestamp};
use latchkey::config::{Config, Issuer, Limits};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use super::browser::Browser;
use super::database::Database;

/// 2026-11-22 09:30 in Shanghai, a Sunday.
pub const START: i64 = 1_795_311_000;

/// The issuer of every test service.
pub const ISSUER: &str = "https://id.test";

/// A running service. Dropping it stops it and removes its database.
pub struct TestApp {
    pub app: App,
    pub address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    _database: Database,
    folder: TempDir,
}

impl TestApp {
    /// A service with an empty database, and a clock by hand that shows [`START`].
    pub async fn start() -> Self {
        Self::start_with(|_| {}).await
    }

    /// As [`Self::start`], with other settings.
    pub async fn start_with(change: impl FnOnce(&mut Config)) -> Self {
        Self::start_by(Clock::by_hand(Timestamp::from_seconds(START)), change).await
    }

    /// As [`Self::start_with`], by another clock.
    pub async fn start_by(clock: Clock, change: impl FnOnce(&mut Config)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::fresh(folder.path()).await;
        let mut config = Config::default();
        config.server.issuer = Issuer::parse(ISSUER).unwrap();
        config.database.url = database.url.clone();
        config.keys.folder = folder.path().join("keys");
        // Most stories happen in one minute of the clock, from one address; those of limits set their own.
        config.limits = Limits::off();
        change(&mut config);
        let (app, waiting) = App::open(config, clock).await.unwrap();
        tokio::spawn(latchkey::vault::gate::run(app.clone(), waiting));

        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel::<()>();
        let served = latchkey::http::serve(app.clone(), listener, async {
            let _ = stopped.await;
        });
        tokio::spawn(served);
        Self { app, address, stop: Some(stop), _database: database, folder }
    }

    /// Ends the service in this process; its folder and database stay, for a process of its own.
    pub async fn close(&mut self) {
        self.stop.take();
        self.app.db.close().await;
    }

    /// A browser that was never here.
    pub fn browser(&self) -> Browser {
        Browser::new(self.address)
    }

    /// Turns the clock.
    pub fn pass(&self, span: Duration) {
        self.app.clock.advance(span);
    }

    /// Turns the clock by so many seconds.
    pub fn pass_seconds(&self, seconds: u64) {
        self.pass(Duration::from_secs(seconds));
    }

    /// The folder of this service's files: keys, and the database on SQLite.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }
}
