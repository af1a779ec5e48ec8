//! The service in a process of its own, and its sudden end.

use std::fs;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::support::TestApp;
use crate::support::app::ISSUER;

static KILLED: AtomicBool = AtomicBool::new(false);

/// Workers are cut off by a kill in the middle of a request, and panic: nobody needs to read that. A panic before
/// the kill is a finding, and is shown.
pub fn quiet_after_a_kill() {
    let loud = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !KILLED.load(Ordering::SeqCst) {
            loud(panic);
            // A worker's finding must not be taken for the end of its service.
            std::process::abort();
        }
    }));
}

/// Whether the service was killed: a worker that waits for another need not wait any longer.
pub fn is_killed() -> bool {
    KILLED.load(Ordering::SeqCst)
}

/// A running service.
pub struct Service {
    child: Child,
    config: std::path::PathBuf,
}

const UNLIMITED: [&str; 7] = [
    "requests_per_session",
    "requests_per_address",
    "pushed_requests_per_client",
    "token_requests_per_client",
    "vault_reads_per_client",
    "requests_per_client",
    "proofs_per_key",
];

impl Service {
    /// Starts it on what the town left, and waits until it answers.
    pub async fn start(town: &TestApp) -> Self {
        let config = town.folder().join("latchkey.toml");
        // One client from one address, as fast as it can: more often in a minute than anybody may.
        let limits = UNLIMITED.map(|name| format!("{name} = 0\n")).concat();
        let settings = format!(
            "[server]\nlisten = \"{}\"\nissuer = \"{ISSUER}\"\n[database]\nurl = \"{}\"\n[keys]\nfolder = \"{}\"\n\
             [limits]\n{limits}",
            town.address,
            town.app.config.database.url,
            town.app.config.keys.folder.display()
        );
        fs::write(&config, settings).unwrap();
        let log = fs::OpenOptions::new().create(true).append(true).open(town.folder().join("log")).unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_latchkey"))
            .arg("--config")
            .arg(&config)
            .arg("serve")
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .unwrap();
        let begun = Instant::now();
        let browser = town.browser();
        while browser.try_get("/health").await.is_none() {
            let log = || fs::read_to_string(town.folder().join("log")).unwrap();
            assert!(child.try_wait().unwrap().is_none(), "the service ended at its start:\n{}", log());
            assert!(begun.elapsed() < Duration::from_secs(30), "the service is not ready:\n{}", log());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        KILLED.store(false, Ordering::SeqCst);
        Self { child, config }
    }

    /// Its settings.
    pub fn config(&self) -> &std::path::Path {
        &self.config
    }

    /// `kill -9`.
    pub fn kill(mut self) {
        KILLED.store(true, Ordering::SeqCst);
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// `latchkey ledger verify`, beside the running service.
    pub fn verify(&self) {
        let verify = Command::new(env!("CARGO_BIN_EXE_latchkey"))
            .arg("--config")
            .arg(&self.config)
            .args(["ledger", "verify"])
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&verify.stdout);
        assert!(
            verify.status.success() && said.starts_with("whole"),
            "{said}{}",
            String::from_utf8_lossy(&verify.stderr)
        );
    }
}
