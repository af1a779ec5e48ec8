//! Witnesses: what one answers, and what becomes of what several saw.

mod audited;
mod contradiction;
mod process;
mod protocol;
mod quorum;

use std::time::Duration;

use latchkey::app::App;
use latchkey::config::Config;
use latchkey::config::Network;
use latchkey::cosigning;
use latchkey::custody::checkpointer;
use latchkey::ledger::verifier_key::{Signs, VerifierKey};
use latchkey::ledger::{self, Review};

use crate::support::TestApp;
use crate::support::witness::Watch;

/// A service, and the witnesses of its policy.
struct Watched {
    town: TestApp,
    witnesses: Vec<Watch>,
    _policy: tempfile::TempDir,
}

impl Watched {
    /// A service with so many witnesses, of which so many are a quorum; all of them watch.
    async fn start(count: usize, least: usize) -> Self {
        let mut witnesses = Vec::new();
        for n in 1..=count {
            witnesses.push(Watch::new(&format!("witness.example/w{n}")).await);
        }
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("policy");
        std::fs::write(&path, policy(&witnesses, least)).unwrap();
        let town = TestApp::start_with(|config| {
            config.witnesses.policy = path;
            config.outgoing.allow = vec![Network::parse("127.0.0.0/8").unwrap()];
        })
        .await;
        cosigning::check_at_start(&town.app).await.unwrap();
        let mut watched = Self { town, witnesses, _policy: folder };
        let key = watched.log_key();
        let clock = watched.town.app.clock.clone();
        watched.witnesses.iter_mut().for_each(|watch| watch.watches(vec![key.clone()], &clock));
        watched
    }

    /// The ledger's verifier key.
    fn log_key(&self) -> VerifierKey {
        let custody = &self.town.app.custody;
        VerifierKey::new(custody.origin(), Signs::Checkpoints, *custody.ledger_public_key()).unwrap()
    }

    /// Signs what is new, and shows it to the witnesses whose turn it is.
    async fn round(&self) {
        let app = &self.town.app;
        checkpointer::catch_up(&app.db, &app.custody, app.now()).await.unwrap();
        cosigning::round(app).await.unwrap();
    }

    /// So many minutes, each with its round.
    async fn minutes(&self, count: u32) {
        for _ in 0..count {
            self.town.pass(Duration::from_secs(60));
            self.round().await;
        }
    }

    /// The same service after a restart, by other settings.
    async fn restarted(&self, change: impl FnOnce(&mut Config)) -> App {
        let mut config = Config::clone(&self.town.app.config);
        change(&mut config);
        App::open(config, self.town.app.clock.clone()).await.unwrap().0
    }

    /// The reasons of the entries that are about nobody, oldest first.
    async fn told(&self) -> Vec<String> {
        let app = &self.town.app;
        let entries = ledger::entries_from(&mut app.db.read().await.unwrap(), 0, 10_000).await.unwrap();
        let review = |entry| Review::decode(&app.custody.open_review(entry).unwrap()[32..]).unwrap();
        let reviews = entries.iter().map(review);
        let about_witnesses = |reason: &String| reason.starts_with("witness") || reason == "reads_stopped";
        reviews.map(|review| review.reason).filter(about_witnesses).collect()
    }
}

/// A policy of these witnesses.
fn policy(witnesses: &[Watch], least: usize) -> String {
    let names: Vec<String> = (1..=witnesses.len()).map(|n| format!("w{n}")).collect();
    let lines: String = witnesses.iter().zip(&names).map(|(watch, name)| watch.line(name)).collect();
    format!("{lines}group enough {least} {}\nquorum enough\n", names.join(" "))
}
