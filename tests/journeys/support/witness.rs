//! A witness on a port of its own, by a clock of the story's.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use latchkey::clock::Clock;
use latchkey::http::{Listener, serve_witness};
use latchkey::ledger::verifier_key::VerifierKey;
use latchkey::witness::{Witness, key};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

/// A running witness. It can be stopped, and started again on the same port with the same memory.
pub struct Watch {
    pub address: SocketAddr,
    pub key: VerifierKey,
    folder: TempDir,
    client: reqwest::Client,
    listener: Option<TcpListener>,
    stop: Option<(oneshot::Sender<()>, tokio::task::JoinHandle<()>)>,
}

/// What a witness answered.
#[derive(Debug)]
pub struct Said {
    pub status: u16,
    pub kind: String,
    pub body: String,
}

impl Watch {
    /// A new witness of these logs.
    pub async fn start(name: &str, logs: Vec<VerifierKey>, clock: &Clock) -> Self {
        let mut watch = Self::new(name).await;
        watch.watches(logs, clock);
        watch
    }

    /// A new witness where another one was.
    pub async fn start_at(address: SocketAddr, name: &str, logs: Vec<VerifierKey>, clock: &Clock) -> Self {
        let mut watch = Self::bound(TcpListener::bind(address).await.unwrap(), name);
        watch.watches(logs, clock);
        watch
    }

    /// A new witness, that does not listen yet: its address and key are known.
    pub async fn new(name: &str) -> Self {
        Self::bound(TcpListener::bind("127.0.0.1:0").await.unwrap(), name)
    }

    fn bound(listener: TcpListener, name: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let key = key::make(&folder.path().join("w"), name).unwrap();
        let address = listener.local_addr().unwrap();
        Self { address, key, folder, client: client(), listener: Some(listener), stop: None }
    }

    /// Begins to watch.
    pub fn watches(&mut self, logs: Vec<VerifierKey>, clock: &Clock) {
        let listener = self.listener.take().expect("it listens once");
        let witness = Arc::new(Witness::open(&self.folder(), logs, clock.clone()).unwrap());
        let (stop, stopped) = oneshot::channel::<()>();
        let served = tokio::spawn(async move {
            let until = async move { drop(stopped.await) };
            serve_witness(witness, Listener::plain(listener), until).await.unwrap();
        });
        self.stop = Some((stop, served));
    }

    /// Its folder.
    pub fn folder(&self) -> PathBuf {
        self.folder.path().join("w")
    }

    /// Ends it.
    pub async fn dies(&mut self) {
        let (stop, served) = self.stop.take().expect("it lives");
        drop(stop);
        served.abort();
        let _ = served.await;
    }

    /// Starts it again, where it was, with what it remembers.
    pub async fn comes_back(&mut self, logs: Vec<VerifierKey>, clock: &Clock) {
        self.listener = Some(TcpListener::bind(self.address).await.unwrap());
        self.watches(logs, clock);
    }

    /// Sends it a request.
    pub async fn add(&self, body: impl Into<Vec<u8>>) -> Said {
        add(&self.client, self.address, body.into()).await.expect("the witness answers")
    }

    /// What stands at a path.
    pub async fn get(&self, path: &str) -> Said {
        let asked = self.client.get(format!("http://{}{path}", self.address)).send().await.unwrap();
        Said { status: asked.status().as_u16(), kind: kind(&asked), body: asked.text().await.unwrap() }
    }

    /// The notes it keeps as evidence, or of what was not proved: the names of the files, and what they hold.
    pub fn keeps(&self, what: &str) -> Vec<(String, String)> {
        let Ok(folder) = std::fs::read_dir(self.folder().join(what)) else { return Vec::new() };
        let note = |file: std::fs::DirEntry| {
            let text = std::fs::read_to_string(file.path()).unwrap();
            (file.file_name().into_string().unwrap(), text)
        };
        let mut notes: Vec<_> = folder.map(|file| note(file.unwrap())).collect();
        notes.sort();
        notes
    }

    /// The line of a policy that names it.
    pub fn line(&self, name: &str) -> String {
        format!("witness {name} {} http://{}/\n", self.key, self.address)
    }
}

/// Sends a request to whoever listens there; `None` when nobody answers.
pub async fn add(client: &reqwest::Client, to: SocketAddr, body: Vec<u8>) -> Option<Said> {
    let asked = client.post(format!("http://{to}/add-checkpoint")).body(body).send().await.ok()?;
    Some(Said { status: asked.status().as_u16(), kind: kind(&asked), body: asked.text().await.ok()? })
}

/// A client that knows no authorities: reading those of the system takes longer than what is tried here.
pub fn client() -> reqwest::Client {
    latchkey::crypto::tls::ready();
    reqwest::Client::builder().no_proxy().tls_certs_only([]).build().unwrap()
}

fn kind(answer: &reqwest::Response) -> String {
    answer.headers()["content-type"].to_str().unwrap().to_owned()
}

/// Copies a witness's folder, as a backup would.
pub fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for file in std::fs::read_dir(from).unwrap() {
        let file = file.unwrap();
        if file.file_type().unwrap().is_file() {
            std::fs::copy(file.path(), to.join(file.file_name())).unwrap();
        }
    }
}
