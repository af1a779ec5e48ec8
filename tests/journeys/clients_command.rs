//! `latchkey clients …` beside a running service.

use std::process::{Command, Output};

use crate::support::TestApp;
use crate::support::app::ISSUER;

/// Runs the command with the settings of a running service.
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

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

#[tokio::test]
async fn a_client_registered_beside_a_running_service_may_ask_at_once_and_disabled_not_any_more() {
    let town = TestApp::start().await;
    let partner = town.unregistered("rp-a");
    let manifest = town.folder().join("rp-a.toml");
    std::fs::write(&manifest, partner.manifest()).unwrap();
    partner.pushes(&[]).await.refused(401, "invalid_client");

    let entries = town.count("ledger_entry").await;
    let output = latchkey(&town, &["clients", "register", manifest.to_str().unwrap()]).await;
    assert!(output.status.success(), "{}", said(&output));
    partner.pushes(&[]).await.expect(201);
    assert_eq!(town.count("ledger_entry").await, entries + 1, "an act of the operator is entered");
    assert!(said(&latchkey(&town, &["clients", "list"]).await).contains("甲停车"));
    let shown = said(&latchkey(&town, &["clients", "show", "rp-a"]).await);
    assert!(shown.contains("https://a.test/cb") && shown.contains("parking.book"), "{shown}");

    assert!(latchkey(&town, &["clients", "disable", "rp-a"]).await.status.success());
    partner.pushes(&[]).await.refused(401, "invalid_client");
    assert_eq!(town.count("ledger_entry").await, entries + 2);
    assert!(!latchkey(&town, &["clients", "disable", "rp-a"]).await.status.success());
    assert!(latchkey(&town, &["clients", "register", manifest.to_str().unwrap()]).await.status.success());
    partner.pushes(&[]).await.expect(201);
}

#[tokio::test]
async fn a_manifest_that_cannot_be_registered_is_told_why_and_changes_nothing() {
    let town = TestApp::start().await;
    let partner = town.unregistered("rp-a");
    let manifest = town.folder().join("rp-a.toml");
    let before = town.state().await;
    for (good, bad, why) in [
        ("https://a.test/cb", "http://a.test/cb", "invalid_redirect_uri"),
        ("parking.book", "parking.bok", "the catalogue has no parking.bok"),
        ("class = \"partner\"", "class = \"partner\"\nlogo = 1", "unknown field"),
    ] {
        std::fs::write(&manifest, partner.manifest().replace(good, bad)).unwrap();
        let output = latchkey(&town, &["clients", "register", manifest.to_str().unwrap()]).await;
        assert_eq!(output.status.code(), Some(2));
        assert!(said(&output).contains(why), "{}", said(&output));
    }
    assert!(!latchkey(&town, &["clients", "show", "rp-a"]).await.status.success());
    assert_eq!(town.state().await, before);
}
