//! `latchkey clients …` beside a running service.

use std::process::{Command, Output};

use latchkey::clock::Clock;

use crate::support::TestApp;
use crate::support::app::ISSUER;
use crate::support::keys::Key;
use crate::support::shop::{Shop, manifest};

/// Runs the command with the settings of a running service.
pub async fn latchkey(town: &TestApp, arguments: &[&str]) -> Output {
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

pub fn said(output: &Output) -> String {
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
    // Registering it again must not let it in by the way.
    let again = latchkey(&town, &["clients", "register", manifest.to_str().unwrap()]).await;
    assert!(again.status.success() && said(&again).contains("still shut out: disabled"), "{}", said(&again));
    partner.pushes(&[]).await.refused(401, "invalid_client");
    assert!(latchkey(&town, &["clients", "enable", "rp-a"]).await.status.success());
    partner.pushes(&[]).await.expect(201);
    assert!(!latchkey(&town, &["clients", "enable", "rp-a"]).await.status.success());
    assert!(!latchkey(&town, &["clients", "approve", "rp-a"]).await.status.success());
    assert_eq!(town.count("ledger_entry").await, entries + 4);
}

#[tokio::test]
async fn a_secret_is_printed_once_and_changed_by_the_operator() {
    let town = TestApp::start_by(Clock::System, |_| {}).await;
    let file = town.folder().join("shop.toml");
    std::fs::write(&file, manifest("client_secret_basic")).unwrap();
    let register = ["clients", "register", file.to_str().unwrap()];
    let printed =
        |output: &Output| said(output).lines().find_map(|line| line.strip_prefix("client_secret: ")).map(str::to_owned);
    let first = printed(&latchkey(&town, &register).await).unwrap();
    assert_eq!(first.len(), 43);
    let shop = Shop::with(&town, &first);
    assert!(shop.knows(&first).await);
    assert_eq!(printed(&latchkey(&town, &register).await), None);
    assert!(!said(&latchkey(&town, &["clients", "show", "shop"]).await).contains(&first));
    let second = printed(&latchkey(&town, &["clients", "rotate", "shop", "--keep", "0"]).await).unwrap();
    assert!(!shop.knows(&first).await && shop.knows(&second).await);
    for bad in ["8d", "10", "x"] {
        assert!(!latchkey(&town, &["clients", "rotate", "shop", "--keep", bad]).await.status.success(), "{bad}");
    }
    assert!(shop.knows(&second).await);
    assert!(latchkey(&town, &["clients", "delete", "shop"]).await.status.success());
    assert!(!shop.knows(&second).await);
    assert!(said(&latchkey(&town, &["clients", "list"]).await).contains("deleted"));
    let again = latchkey(&town, &register).await;
    assert!(!again.status.success() && said(&again).contains("no id is given twice"), "{}", said(&again));
    for act in ["delete", "enable", "disable", "approve", "rotate"] {
        assert!(!latchkey(&town, &["clients", act, "shop"]).await.status.success(), "{act}");
    }
}

#[tokio::test]
async fn case_56_keys_are_rotated_by_the_operator_and_the_old_ones_good_for_ten_minutes() {
    let town = TestApp::start_by(Clock::System, |_| {}).await;
    let mut partner = town.partner("rp-a").await;
    let next = Key::new();
    let file = town.folder().join("keys.json");
    std::fs::write(&file, serde_json::json!({ "keys": [next.jwk()] }).to_string()).unwrap();
    let rotate = ["clients", "rotate", "rp-a", "--jwks", file.to_str().unwrap()];
    let output = latchkey(&town, &rotate).await;
    assert!(output.status.success() && said(&output).contains("600 more seconds"), "{}", said(&output));
    partner.pushes(&[]).await.expect(201);
    let old = std::mem::replace(&mut partner.key, next);
    partner.pushes(&[]).await.expect(201);
    let shown = said(&latchkey(&town, &["clients", "show", "rp-a"]).await);
    assert!(shown.contains("former key"), "{shown}");
    // At once, when the operator wants it so.
    let at_once = [&rotate[..], &["--keep", "0"]].concat();
    std::fs::write(&file, serde_json::json!({ "keys": [old.jwk()] }).to_string()).unwrap();
    assert!(latchkey(&town, &at_once).await.status.success());
    partner.pushes(&[]).await.refused(401, "invalid_client");
    partner.key = old;
    partner.pushes(&[]).await.expect(201);
    for bad in ["{}", "{\"keys\":[]}", "{\"keys\":[{\"kty\":\"oct\",\"k\":\"AA\"}]}"] {
        std::fs::write(&file, bad).unwrap();
        assert!(!latchkey(&town, &rotate).await.status.success(), "{bad}");
    }
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

#[tokio::test]
async fn the_manifest_of_the_operators_page_can_be_registered() {
    let town = TestApp::start().await;
    let page = include_str!("../../docs/clients.md");
    let (_, after) = page.split_once("```toml\n").unwrap();
    let (manifest, _) = after.split_once("```").unwrap();
    let registered = latchkey::oauth::register(&town.app, manifest).await.unwrap();
    assert_eq!(registered.client.id.as_str(), "books");
    assert!(registered.secret.is_some());
    // Every command that the page names is one.
    let help = said(&latchkey(&town, &["clients", "--help"]).await);
    let acts = page.split("`latchkey clients ").skip(1).filter_map(|text| text.split([' ', '`']).next());
    for act in acts {
        assert!(help.contains(&format!("  {act} ")) || help.contains(&format!("  {act}\n")), "{act}\n{help}");
    }
}

#[tokio::test]
async fn leave_to_register_is_printed_once() {
    let town = TestApp::start_by(Clock::System, |_| {}).await;
    let output = said(&latchkey(&town, &["clients", "initial-access-token", "--expires", "1h"]).await);
    let token = output.lines().find_map(|line| line.strip_prefix("initial_access_token: ")).unwrap();
    let metadata = serde_json::json!({
        "redirect_uris": ["https://shop.test/cb"], "client_name": "Books C", "contacts": ["赵女士"],
    });
    let http = town.browser();
    let request = http.request(reqwest::Method::POST, "/register").bearer_auth(token).json(&metadata);
    let id = http.send(request, "/register").await.expect(201).member("client_id");
    assert!(said(&latchkey(&town, &["clients", "list"]).await).contains("awaits approval"));
    assert!(latchkey(&town, &["clients", "approve", &id]).await.status.success());
    assert!(said(&latchkey(&town, &["clients", "show", &id]).await).contains("standing       open"));
    for span in ["0", "91d", "x"] {
        assert!(!latchkey(&town, &["clients", "initial-access-token", "--expires", span]).await.status.success());
    }
}

#[tokio::test]
async fn the_operator_sees_how_a_client_answers_objections() {
    let scene = crate::cases::scene().await;
    scene.objects(&[("words", "我没有订车位")]).await;
    let shown = said(&latchkey(&scene.town, &["clients", "show", "rp-a"]).await);
    assert!(shown.contains("1 open, 0 OVERDUE") || shown.contains("1 open, 1 OVERDUE"), "{shown}");
    let nobody = scene.town.partner("rp-b").await;
    let shown = said(&latchkey(&scene.town, &["clients", "show", &nobody.id]).await);
    assert!(shown.contains("0 open, 0 OVERDUE, 0 ever overdue"), "{shown}");
}
