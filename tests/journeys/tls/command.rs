//! `latchkey serve` with TLS, and `latchkey tls develop`.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use crate::support::certificates::{Authority, Card, pair, socket};

fn latchkey(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_latchkey"));
    command.current_dir(folder).env_remove("LATCHKEY_CONFIG").args(arguments);
    command
}

async fn output(mut command: Command) -> Output {
    tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap()
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

#[tokio::test]
async fn a_certificate_for_development_is_made_once_with_a_key_of_its_owners() {
    let folder = tempfile::tempdir().unwrap();
    let made = output(latchkey(folder.path(), &["tls", "develop", "--out", "tls"])).await;
    assert!(made.status.success() && said(&made).contains("certificate = \"tls/certificate.pem\""), "{}", said(&made));
    let key = folder.path().join("tls/key.pem");
    assert_eq!(std::fs::metadata(&key).unwrap().permissions().mode() & 0o777, 0o600);
    let before = std::fs::read(&key).unwrap();
    let again = output(latchkey(folder.path(), &["tls", "develop", "--out", "tls"])).await;
    assert!(!again.status.success() && said(&again).contains("key.pem"), "{}", said(&again));
    assert_eq!(std::fs::read(&key).unwrap(), before);
}

#[tokio::test]
async fn files_that_cannot_serve_are_told_in_one_sentence_at_the_start() {
    let (folder, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    pair(folder.path());
    let (stranger, ..) = pair(other.path());
    std::fs::copy(stranger, folder.path().join("stranger.pem")).unwrap();
    let text = std::fs::read_to_string(folder.path().join("key.pem")).unwrap();
    std::fs::write(folder.path().join("exposed.pem"), text).unwrap();
    let port = socket().await.1.port();
    for (certificate, key, mtls, sentence) in [
        ("nowhere.pem", "key.pem", "", "cannot read nowhere.pem"),
        ("certificate.pem", "nowhere.pem", "", "cannot read nowhere.pem"),
        ("stranger.pem", "key.pem", "", "the key key.pem does not belong to the certificate stranger.pem"),
        ("key.pem", "key.pem", "", "key.pem holds no certificate"),
        ("certificate.pem", "certificate.pem", "", "certificate.pem"),
        ("certificate.pem", "exposed.pem", "", "everybody on this machine can read the key exposed.pem"),
        ("certificate.pem", "key.pem", "client_ca = \"nowhere.pem\"", "cannot read nowhere.pem"),
        ("certificate.pem", "key.pem", "client_ca = \"key.pem\"", "key.pem holds no certificate"),
        ("certificate.pem", "", "", "tls.certificate and tls.key are needed both"),
    ] {
        let key = if key.is_empty() { String::new() } else { format!("key = \"{key}\"\n") };
        let mtls = if mtls.is_empty() {
            String::new()
        } else {
            format!("[mtls]\nlisten = \"127.0.0.1:0\"\nbase_url = \"https://localhost:1\"\n{mtls}\n")
        };
        let config = format!(
            "[server]\nlisten = \"127.0.0.1:{port}\"\nissuer = \"https://localhost:{port}\"\n\
             [tls]\ncertificate = \"{certificate}\"\n{key}{mtls}"
        );
        std::fs::write(folder.path().join("latchkey.toml"), config).unwrap();
        let ended = output(latchkey(folder.path(), &["serve"])).await;
        let said = said(&ended);
        assert_eq!(ended.status.code(), Some(2), "{said}");
        let line = said.lines().find(|line| line.starts_with("latchkey: ")).unwrap_or_default();
        assert!(line.contains(sentence), "{sentence}: {said}");
    }
    assert!(!folder.path().join("data").exists(), "nothing was begun");
}

/// Ends the service when the story ends.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[tokio::test]
async fn the_service_as_it_is_started_speaks_tls_and_takes_certificates() {
    let folder = tempfile::tempdir().unwrap();
    let (certificate, _, trusted) = pair(folder.path());
    let authority = Authority::new("CA");
    std::fs::write(folder.path().join("ca.pem"), authority.pem()).unwrap();
    let (ports, sockets): (Vec<u16>, Vec<_>) = {
        let both = [socket().await, socket().await];
        both.into_iter().map(|(socket, address)| (address.port(), socket)).unzip()
    };
    drop(sockets);
    let config = format!(
        "[server]\nlisten = \"127.0.0.1:{0}\"\nissuer = \"https://localhost:{0}\"\n\
         [tls]\ncertificate = \"certificate.pem\"\nkey = \"key.pem\"\n\
         [mtls]\nlisten = \"127.0.0.1:{1}\"\nbase_url = \"https://localhost:{1}\"\nclient_ca = \"ca.pem\"\n\
         [database]\nurl = \"sqlite:latchkey.db\"\n",
        ports[0], ports[1]
    );
    std::fs::write(folder.path().join("latchkey.toml"), config).unwrap();
    let log = std::fs::File::create(folder.path().join("log")).unwrap();
    let mut start = latchkey(folder.path(), &["serve"]);
    let mut service = Running(start.stdout(Stdio::null()).stderr(log).spawn().unwrap());
    let card: Card = authority.issues(&["rp-a.test"], |_| {});
    let identity = reqwest::Identity::from_pem(format!("{}{}", card.key, card.pem).as_bytes()).unwrap();
    latchkey::crypto::tls::ready();
    let client = reqwest::Client::builder().tls_certs_only([trusted]).identity(identity).no_proxy().build().unwrap();
    for port in ports {
        let url = format!("https://localhost:{port}/.well-known/oauth-authorization-server");
        let begun = std::time::Instant::now();
        let answer = loop {
            match client.get(&url).send().await {
                Ok(answer) => break answer,
                Err(cause) => {
                    let log = || std::fs::read_to_string(folder.path().join("log")).unwrap();
                    assert!(service.0.try_wait().unwrap().is_none(), "it ended: {}", log());
                    assert!(begun.elapsed().as_secs() < 30, "{cause:?}\n{}", log());
                    tokio::time::sleep(std::time::Duration::from_millis(50)).await;
                }
            }
        };
        assert_eq!(answer.status(), 200);
        let document: serde_json::Value = answer.json().await.unwrap();
        assert!(document["mtls_endpoint_aliases"]["token_endpoint"].is_string());
    }
    assert!(certificate.exists());
}
