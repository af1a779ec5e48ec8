//! A witness as a committee runs it: by the commands of docs/witness.md, in a process of its own, over TLS.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use latchkey::clock::Clock;
use latchkey::config::Network;
use latchkey::cosigning::{self, Quorum, Status};
use latchkey::custody::checkpointer;
use latchkey::ledger::verifier_key::{Signs, VerifierKey};

use crate::audit_command::{audit, code};
use crate::support::TestApp;

/// Ends with the story.
struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn latchkey(words: &[&str], paths: &[&Path]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_latchkey")).args(words).args(paths).output().unwrap()
}

fn said(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).unwrap().trim().to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_committee_runs_a_witness_by_three_commands_and_the_service_finds_it_over_tls() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let home = at("witness");
    let printed = said(&latchkey(&["witness", "new-key", "--name", "witness.example.org/jinxiu"], &[&home]));
    assert_eq!(said(&latchkey(&["witness", "key"], &[&home])), printed);
    assert_eq!(VerifierKey::parse(&printed).unwrap().signs(), Signs::Cosignatures);
    assert!(!latchkey(&["witness", "new-key", "--name", "again"], &[&home]).status.success());
    let other = home.with_file_name("other");
    let with_scheme = latchkey(&["witness", "new-key", "--name", "https://witness.example.org"], &[&other]);
    assert!(!with_scheme.status.success() && !other.exists(), "a name has no scheme");
    said(&latchkey(&["tls", "develop", "--out"], &[&at("tls")]));

    // The policy needs an address before the service starts, and the witness the ledger's key: the port is found first.
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    std::fs::write(at("policy"), format!("witness w {printed} https://localhost:{port}\nquorum w\n")).unwrap();
    let town = TestApp::start_by(Clock::System, |config| {
        config.witnesses.policy = at("policy");
        config.outgoing.allow = vec![Network::parse("127.0.0.0/8").unwrap(), Network::parse("::1/128").unwrap()];
        config.outgoing.roots = at("tls").join("certificate.pem");
    })
    .await;
    let keys = format!("[keys]\nfolder = \"{}\"\n", town.app.config.keys.folder.display());
    std::fs::write(at("latchkey.toml"), keys).unwrap();
    let log = said(&latchkey(&["ledger", "key", "--config"], &[&at("latchkey.toml")]));
    assert_eq!(town.browser().get("/ledger/key").await.expect(200).body.trim(), log);
    let settings = format!(
        "folder = \"{}\"\nlisten = \"127.0.0.1:{port}\"\nlogs = [\"{log}\"]\n[tls]\ncertificate = \"{}\"\nkey = \"{}\"\n",
        home.display(),
        at("tls").join("certificate.pem").display(),
        at("tls").join("key.pem").display()
    );
    std::fs::write(at("witness.toml"), settings).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_latchkey"));
    let mut process = Process(
        command
            .args(["witness", "serve"])
            .arg(at("witness.toml"))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap(),
    );
    let mut line = String::new();
    BufReader::new(process.0.stdout.take().unwrap()).read_line(&mut line).unwrap();
    assert!(line.contains(&printed) && line.contains(&port.to_string()), "{line}");
    let second = latchkey(&["witness", "serve"], &[&at("witness.toml")]);
    assert!(String::from_utf8_lossy(&second.stderr).contains("another process"), "one process at a time");

    town.neighbour("alice").await;
    checkpointer::catch_up(&town.app.db, &town.app.custody, town.app.now()).await.unwrap();
    cosigning::round(&town.app).await.unwrap();
    let status = cosigning::status(&mut town.app.db.read().await.unwrap(), &town.app).await.unwrap();
    let Status::Watched(watched) = status else { panic!("nobody watches") };
    assert!(matches!(watched.quorum, Quorum::Met(Some(_))), "{watched:?}");
    let note = town.browser().get("/ledger/checkpoint/witnessed").await.expect(200).body;
    assert!(note.contains("\u{2014} witness.example.org/jinxiu "), "{note}");
    is_audited(&town, folder.path()).await;
}

/// Somebody else holds the ledger to it, by the same policy, while the newest entries wait for their witness yet.
async fn is_audited(town: &TestApp, folder: &Path) {
    town.neighbour("bob").await;
    checkpointer::catch_up(&town.app.db, &town.app.custody, town.app.now()).await.unwrap();
    let service = format!("http://{}", town.address);
    let audited = audit(folder, &["ledger", "--service", &service, "--memory", "auditor", "--policy", "policy"]).await;
    assert_eq!(code(&audited), 0, "{audited:?}");
    let told = said(&audited);
    assert!(told.contains("witnesses:") && told.contains("nothing is missing"), "{told}");
}
