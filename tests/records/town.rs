//! A small town without HTTP: an app on a fresh database, with the gate running.

use std::collections::BTreeMap;
use std::time::Duration;

use latchkey::app::App;
use latchkey::clock::{Clock, Timestamp};
use latchkey::config::Config;
use latchkey::crypto::random;
use latchkey::custody::checkpointer;
use latchkey::ids::{RequestId, ResidentId};
use latchkey::ledger;
use latchkey::vault::{self, NewRecord};
use tempfile::TempDir;

use crate::database::Database;

pub struct Town {
    pub app: App,
    pub config: Config,
    pub folder: TempDir,
    _database: Database,
}

/// 2026-11-22T08:00:00Z.
pub const START: Timestamp = Timestamp::from_seconds(1_795_334_400);

impl Town {
    pub async fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut config = Config::default();
        config.keys.folder = folder.path().join("keys");
        let database = Database::fresh(folder.path()).await;
        config.database.url.clone_from(&database.url);
        let (app, waiting) = App::open(config.clone(), Clock::by_hand(START)).await.unwrap();
        tokio::spawn(vault::gate::run(app.clone(), waiting));
        Self { app, config, folder, _database: database }
    }

    pub async fn resident(&self, fields: &[(&'static str, &str)]) -> ResidentId {
        let resident: ResidentId = random::id().unwrap();
        let fields: BTreeMap<_, _> = fields.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
        let mut tx = self.app.db.begin().await.unwrap();
        let mut head = ledger::hold(&mut tx).await.unwrap();
        let record = NewRecord { resident: resident.clone(), fields };
        vault::admit(&mut tx, &self.app, &mut head, &[record]).await.unwrap();
        head.commit(tx).await.unwrap();
        resident
    }

    pub async fn checkpoint(&self) -> u64 {
        let signed = checkpointer::catch_up(&self.app.db, &self.app.custody, self.app.now()).await.unwrap();
        signed.map_or(0, |checkpoint| checkpoint.size)
    }

    pub fn request(&self) -> RequestId {
        random::id().unwrap()
    }

    pub fn turn(&self, seconds: u64) {
        self.app.clock.advance(Duration::from_secs(seconds));
    }

    /// Runs a statement on the database behind the service's back.
    pub async fn tamper(&self, statement: &'static str) {
        match &self.app.db {
            latchkey::db::Db::Sqlite { writer, .. } => {
                sqlx::query(statement).execute(writer).await.unwrap();
            }
            latchkey::db::Db::Postgres(pool) => {
                sqlx::query(statement).execute(pool).await.unwrap();
            }
        }
    }
}
