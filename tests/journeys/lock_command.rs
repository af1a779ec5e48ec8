//! `latchkey residents lock` and `unlock`, beside a running service.

use std::process::{Command, Output};

use crate::support::TestApp;
use crate::support::app::ISSUER;

async fn latchkey(town: &TestApp, arguments: &[&str]) -> Output {
    let config = town.folder().join("latchkey.toml");
    let (database, keys) = (&town.app.config.database.url, &town.app.config.keys.folder);
    let text = format!(
        "[server]\nissuer = \"{ISSUER}\"\n[database]\nurl = \"{database}\"\n[keys]\nfolder = \"{}\"\n",
        keys.display()
    );
    std::fs::write(&config, text).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_latchkey"));
    command.arg("--config").arg(config).args(arguments);
    tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap()
}

#[tokio::test]
async fn v33_the_operator_locks_and_unlocks_by_command() {
    let town = TestApp::start().await;
    let mut alice = town.neighbour("alice").await;
    let id = alice.resident.id.as_str().to_owned();
    let locked = latchkey(&town, &["residents", "lock", &id, "--reason", "called: phone stolen"]).await;
    assert!(locked.status.success(), "{}", String::from_utf8_lossy(&locked.stderr));
    assert!(!alice.browser.is_in().await, "at the very next request");
    assert_eq!(town.entries_of(&alice.resident.id).await[0], "resident_locked");

    let again = latchkey(&town, &["residents", "lock", &id, "--reason", "x"]).await;
    assert!(String::from_utf8_lossy(&again.stdout).contains("was locked before"));
    assert!(latchkey(&town, &["residents", "unlock", &id, "--reason", "at the desk"]).await.status.success());
    alice.browser.signs_in(&mut alice.phone).await.expect(200);
    assert_eq!(town.entries_of(&alice.resident.id).await[0], "resident_unlocked");

    let entries = town.count("ledger_entry").await;
    let nobody = "0".repeat(32);
    for wrong in
        [vec!["residents", "lock", &nobody, "--reason", "x"], vec!["residents", "lock", "alice", "--reason", "x"]]
    {
        assert!(!latchkey(&town, &wrong).await.status.success());
    }
    assert!(!latchkey(&town, &["residents", "lock", &id]).await.status.success(), "a reason belongs to it");
    assert_eq!(town.count("ledger_entry").await, entries);
}
