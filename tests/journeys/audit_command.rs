//! `latchkey audit …`: from outside, with nothing of the service's but its address.

use std::path::Path;
use std::process::{Command, Output, Stdio};

use latchkey::custody::checkpointer;

use crate::clients_command::said;
use crate::support::TestApp;
use crate::support::town::Neighbour;

/// Runs the command in an empty folder, as somebody else's machine would.
pub async fn audit(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_latchkey"));
    command.current_dir(folder).env_remove("LATCHKEY_CONFIG").arg("audit").args(arguments);
    tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap()
}

pub fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

async fn signs(town: &TestApp) {
    checkpointer::catch_up(&town.app.db, &town.app.custody, town.app.now()).await.unwrap();
}

/// A town where an app read Alice's plate; the address of its service, and where the read's proof is.
async fn town() -> (TestApp, Neighbour, String, String) {
    let town = TestApp::start().await;
    let (parking, alice) = (town.partner("rp-a").await, town.neighbour("alice").await);
    let code = alice.browser.agrees(&parking.pushed(&[]).await, &["plate_masked"]).await;
    let token = parking.redeems(&code).await.expect(200).member("access_token");
    let read = parking.reads("/vault/claims", &token).await.expect(200);
    let proof = format!("/ledger/proof/{}", read.header("ledger-position"));
    signs(&town).await;
    let address = format!("http://{}", town.address);
    (town, alice, address, proof)
}

#[tokio::test]
async fn an_auditor_checks_the_ledger_again_and_again_and_says_what_is_wrong() {
    let (town, _alice, address, _) = town().await;
    let folder = tempfile::tempdir().unwrap();
    let ledger = ["ledger", "--service", &address, "--memory", "memory"];
    let first = audit(folder.path(), &ledger).await;
    assert_eq!(code(&first), 0, "{}", said(&first));
    assert!(said(&first).contains("nothing is missing, nothing was changed"), "{}", said(&first));
    assert!(said(&first).contains("believed, because the service shows it"), "{}", said(&first));
    let note = town.browser().get("/ledger/checkpoint").await.expect(200).body;
    std::fs::write(folder.path().join("older.note"), &note).unwrap();

    town.neighbour("bob").await;
    signs(&town).await;
    let onward = audit(folder.path(), &[&ledger[..], &["--onward"]].concat()).await;
    assert!(code(&onward) == 0 && !said(&onward).contains("believed"), "{}", said(&onward));
    // Somebody else, who only has a checkpoint that was kept and the key, from another hand.
    let key = town.app.custody.verifier_key().to_string();
    let other = ["ledger", "--service", &address, "--memory", "other", "--key", &key, "--checkpoint", "older.note"];
    let second = audit(folder.path(), &other).await;
    assert_eq!(code(&second), 0, "{}", said(&second));
    assert!(said(&second).contains("1 checkpoints compared"), "{}", said(&second));

    // By a policy that asks for a witness, who did not cosign.
    put_policy(folder.path());
    let alone = audit(folder.path(), &[&other[..], &["--policy", "policy"]].concat()).await;
    assert!(code(&alone) == 1 && said(&alone).contains("0 of the policy's witnesses"), "{}", said(&alone));

    // What was kept cannot be taken back: here the kept one is changed, as if another tree had been shown.
    let kept = folder.path().join("memory/checkpoints");
    let text = std::fs::read_to_string(&kept).unwrap();
    let (line, rest) = text.split_once('\n').unwrap();
    let mut parts: Vec<&str> = line.split(' ').collect();
    let another_root = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    parts[1] = another_root;
    std::fs::write(&kept, format!("{}\n{rest}", parts.join(" "))).unwrap();
    let wrong = audit(folder.path(), &ledger).await;
    assert_eq!(code(&wrong), 1, "{}", said(&wrong));
    assert!(said(&wrong).contains("WRONG: the first") && said(&wrong).contains("seen before"), "{}", said(&wrong));
    assert_eq!(std::fs::read_to_string(&kept).unwrap().lines().count(), 2, "what is wrong is not kept as good");

    // Another key than the one that is kept.
    std::fs::write(folder.path().join("memory/ledger.key"), format!("{}\n", another_key())).unwrap();
    let wrong = audit(folder.path(), &ledger).await;
    assert!(code(&wrong) == 1 && said(&wrong).contains("another ledger key"), "{}", said(&wrong));
}

#[tokio::test]
async fn what_an_audit_saw_is_left_for_prometheus_also_where_nobody_audits_for_ever() {
    let (_town, _alice, address, _) = town().await;
    let folder = tempfile::tempdir().unwrap();
    put_policy(folder.path());
    let sample = |name: &str| {
        let text = std::fs::read_to_string(folder.path().join("audit.prom")).unwrap();
        let line =
            text.lines().find_map(|line| line.strip_prefix(&format!("latchkey_audit_{name} "))).map(str::to_owned);
        line.unwrap_or_else(|| panic!("no {name} in {text}"))
    };
    let once = ["ledger", "--service", &address, "--memory", "memory", "--metrics", "audit.prom"];
    let good = audit(folder.path(), &once).await;
    assert_eq!(code(&good), 0, "{}", said(&good));
    assert_eq!(sample("findings"), "0");
    assert_ne!(sample("whole_timestamp_seconds"), "0");
    let wrong = audit(folder.path(), &[&once[..], &["--policy", "policy"]].concat()).await;
    assert_eq!(code(&wrong), 1, "{}", said(&wrong));
    assert_eq!((sample("made"), sample("findings")), ("1".to_owned(), "1".to_owned()));
    assert_eq!(sample("whole_timestamp_seconds"), "0", "what grows old is there to be looked at");
    let nobody = ["ledger", "--service", "http://127.0.0.1:9", "--memory", "memory", "--metrics", "audit.prom"];
    assert_eq!(code(&audit(folder.path(), &nobody).await), 2);
    assert_eq!(sample("made"), "0");
}

fn put_policy(folder: &Path) {
    let place = folder.join("somebody");
    let witness = latchkey::witness::key::make(&place, "witness.example").unwrap();
    std::fs::write(folder.join("policy"), format!("witness w {witness}\nquorum w\n")).unwrap();
}

fn another_key() -> String {
    // The key of Go's sumdb/note documentation.
    "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW".to_owned()
}

#[tokio::test]
async fn papers_are_checked_offline_and_evidence_against_the_whole_ledger_too() {
    let (town, alice, address, at) = town().await;
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    let proof = town.browser().get(&at).await.expect(200).body;
    let evidence = alice.browser.get("/me/book/evidence/file").await.expect(200).body;
    put("read.proof", &proof);
    put("mine.json", &evidence);
    put("ledger.key", &town.browser().get("/ledger/key").await.expect(200).body);

    let good = audit(folder.path(), &["proof", "read.proof", "--key", "ledger.key"]).await;
    assert!(code(&good) == 0 && said(&good).contains("(disclosure)"), "{}", said(&good));
    put("other.proof", &proof.replacen("index ", "index 1", 1));
    let bad = audit(folder.path(), &["proof", "read.proof", "other.proof", "--key", "ledger.key"]).await;
    assert!(code(&bad) == 1 && said(&bad).contains("WRONG: other.proof"), "{}", said(&bad));
    let stranger = audit(folder.path(), &["proof", "read.proof", "--key", &another_key()]).await;
    assert!(code(&stranger) == 1 && said(&stranger).contains("not signed"), "{}", said(&stranger));

    let good = audit(folder.path(), &["evidence", "mine.json", "--key", "ledger.key"]).await;
    assert!(code(&good) == 0 && said(&good).contains("1 accesses, 0 refused"), "{}", said(&good));
    let whole = audit(folder.path(), &["evidence", "mine.json", "--service", &address]).await;
    assert_eq!(code(&whole), 0, "{}", said(&whole));
    // What happened since is newer, and no fault of the evidence.
    alice.browser.open("/me/data").await.expect(200);
    signs(&town).await;
    let since = audit(folder.path(), &["evidence", "mine.json", "--service", &address]).await;
    assert!(code(&since) == 0 && said(&since).contains("newer:"), "{}", said(&since));
    // Evidence that leaves out the last, or the first, of what the tree held then.
    let mut short: serde_json::Value = serde_json::from_str(&evidence).unwrap();
    let entries = short["entries"].as_array_mut().unwrap();
    entries.pop();
    short["counter"] = entries.len().into();
    put("short.json", &short.to_string());
    let bad = audit(folder.path(), &["evidence", "short.json", "--service", &address]).await;
    assert!(code(&bad) == 1 && said(&bad).contains("is not in the evidence"), "{}", said(&bad));
    let mut late: serde_json::Value = serde_json::from_str(&evidence).unwrap();
    late["entries"].as_array_mut().unwrap().remove(0);
    put("late.json", &late.to_string());
    let bad = audit(folder.path(), &["evidence", "late.json"]).await;
    assert!(code(&bad) == 1 && said(&bad).contains("entry number 1 of this resident is missing"), "{}", said(&bad));
    put("changed.json", &evidence.replacen("\"n\": 2", "\"n\": 3", 1));
    let bad = audit(folder.path(), &["evidence", "changed.json"]).await;
    assert!(code(&bad) == 1 && said(&bad).contains("entry number 2 of this resident is missing"), "{}", said(&bad));
    for none in ["nothing", "{}", "[1", ""] {
        put("none.json", none);
        let not = audit(folder.path(), &["evidence", "none.json"]).await;
        assert!(code(&not) == 2 && said(&not).contains("not checked"), "{}", said(&not));
    }
    let away = audit(folder.path(), &["ledger", "--service", "http://127.0.0.1:9", "--memory", "m"]).await;
    assert!(code(&away) == 2 && said(&away).contains("could not be fetched"), "{}", said(&away));
}

#[tokio::test]
async fn a_tile_that_the_service_answers_with_an_error_again_and_again_is_missing() {
    let (town, _alice, address, _) = town().await;
    let folder = tempfile::tempdir().unwrap();
    town.force("DELETE FROM ledger_hash WHERE at = 0").await;
    let withheld = audit(folder.path(), &["ledger", "--service", &address, "--memory", "m"]).await;
    let told = said(&withheld);
    assert!(code(&withheld) == 1 && told.contains("/ledger/tile/0/000.p/"), "{told}");
    assert!(told.contains("is covered by the checkpoint, and is not served"), "{told}");
}

#[tokio::test]
async fn a_monitor_runs_for_ever_and_writes_what_it_saw() {
    let (town, _alice, address, _) = town().await;
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_latchkey"));
    command.current_dir(folder.path()).stdout(Stdio::null());
    command.args([
        "audit",
        "ledger",
        "--service",
        &address,
        "--memory",
        "m",
        "--every",
        "1",
        "--metrics",
        "audit.prom",
    ]);
    let mut monitor = command.spawn().unwrap();
    let told = async |line: String| {
        loop {
            let text = std::fs::read_to_string(folder.path().join("audit.prom")).unwrap_or_default();
            if text.contains(&line) {
                return text;
            }
            tokio::task::yield_now().await;
        }
    };
    let size = async || {
        let mut tx = town.app.db.read().await.unwrap();
        latchkey::ledger::size(&mut tx).await.unwrap()
    };
    let seen = told(format!("latchkey_audit_tree_size {}\n", size().await)).await;
    assert!(
        seen.contains("latchkey_audit_findings 0\n")
            && seen.contains("latchkey_audit_entries{kind=\"disclosure\"} 1\n")
    );
    assert!(seen.contains("latchkey_audit_made 1\n"), "{seen}");
    town.neighbour("bob").await;
    signs(&town).await;
    told(format!("latchkey_audit_tree_size {}\n", size().await)).await;
    monitor.kill().unwrap();
    monitor.wait().unwrap();
}
