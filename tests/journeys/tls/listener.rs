//! The listener that speaks TLS itself: whom it waits for and how long, and how its certificate is replaced.

use std::future::pending;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use latchkey::crypto::tls::Peers;
use latchkey::http::{Certificates, Listener, serve_all};
use reqwest::tls::TlsInfo;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;

use crate::support::TestApp;
use crate::support::certificates::{pair, socket};

/// A town that speaks TLS.
struct Encrypted {
    town: TestApp,
    address: SocketAddr,
    certificates: Certificates,
    /// Certificate and key, as the service reads them.
    files: (PathBuf, PathBuf),
    trusted: reqwest::Certificate,
    folder: tempfile::TempDir,
}

async fn encrypted() -> Encrypted {
    let town = TestApp::start().await;
    let folder = tempfile::tempdir().unwrap();
    let (certificate, key, trusted) = pair(folder.path());
    let files = (certificate, key);
    let certificates = Certificates::open(files.clone(), Peers::Anybody).unwrap();
    let (socket, address) = socket().await;
    tokio::spawn(serve_all(town.app.clone(), vec![Listener::tls(socket, &certificates)], pending()));
    Encrypted { town, address, certificates, files, trusted, folder }
}

impl Encrypted {
    fn client(&self, trusted: &[&reqwest::Certificate]) -> reqwest::Client {
        let all = trusted.iter().copied().chain([&self.trusted]).cloned();
        reqwest::Client::builder().tls_certs_only(all).tls_info(true).no_proxy().build().unwrap()
    }

    fn url(&self, path: &str) -> String {
        format!("https://localhost:{}{path}", self.address.port())
    }

    /// The certificate that a new connection is shown.
    async fn shown(&self, trusted: &[&reqwest::Certificate]) -> Vec<u8> {
        let answer = self.client(trusted).get(self.url("/health")).send().await.unwrap();
        assert_eq!(answer.status(), 200);
        answer.extensions().get::<TlsInfo>().unwrap().peer_certificate().unwrap().to_vec()
    }
}

fn der(path: &Path) -> Vec<u8> {
    CertificateDer::from_pem_file(path).unwrap().to_vec()
}

#[tokio::test(flavor = "multi_thread")]
async fn t_rot_1_a_new_certificate_under_load_costs_no_request() {
    let mut service = encrypted().await;
    let other = tempfile::tempdir().unwrap();
    let (certificate, key, trusted) = pair(other.path());
    let (over, done) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
    let mut load = Vec::new();
    // Four that keep their connection, and four that open one for each request.
    for keeps in [true, true, true, true, false, false, false, false] {
        let (client, url) = (service.client(&[&trusted]), service.url("/jwks"));
        let (over, done) = (over.clone(), done.clone());
        load.push(tokio::spawn(async move {
            while !over.load(Ordering::SeqCst) {
                let close = if keeps { "keep-alive" } else { "close" };
                let answer = client.get(&url).header("connection", close).send().await.expect("an answer");
                assert_eq!(answer.status(), 200);
                answer.bytes().await.expect("all of it");
                done.fetch_add(1, Ordering::SeqCst);
            }
        }));
    }
    let more = async |count: usize| {
        let from = done.load(Ordering::SeqCst);
        while done.load(Ordering::SeqCst) < from + count && !load.iter().any(|task| task.is_finished()) {
            tokio::task::yield_now().await;
        }
    };
    more(100).await;
    let old = service.shown(&[]).await;
    assert_eq!(old, der(&service.files.0));
    // One file after the other, as people do it: in between they do not fit, and the old pair stays.
    std::fs::rename(&certificate, &service.files.0).unwrap();
    service.certificates.look();
    more(50).await;
    assert_eq!(service.shown(&[&trusted]).await, old);
    std::fs::rename(&key, &service.files.1).unwrap();
    service.certificates.look();
    more(100).await;
    assert_eq!(service.shown(&[&trusted]).await, der(&service.files.0));
    assert_ne!(old, der(&service.files.0));
    over.store(true, Ordering::SeqCst);
    for task in load {
        task.await.expect("no request failed");
    }
}

#[tokio::test]
async fn a_bad_new_pair_leaves_the_old_one_in_use() {
    let mut service = encrypted().await;
    let old = service.shown(&[]).await;
    let (certificate, key) = service.files.clone();
    let good = std::fs::read(&certificate).unwrap();
    for bad in ["", "nothing", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"] {
        std::fs::write(&certificate, bad).unwrap();
        service.certificates.look();
        assert_eq!(service.shown(&[]).await, old);
    }
    std::fs::remove_file(&key).unwrap();
    service.certificates.look();
    assert_eq!(service.shown(&[]).await, old);
    // And the next good one is taken.
    let renewed = service.folder.path().join("renewed");
    let (next, next_key, trusted) = pair(&renewed);
    std::fs::write(&certificate, good).unwrap();
    std::fs::rename(next, &certificate).unwrap();
    std::fs::rename(next_key, &key).unwrap();
    service.certificates.look();
    assert_eq!(service.shown(&[&trusted]).await, der(&certificate));
}

/// Sends one byte at a time.
struct Drop(TcpStream);

impl Write for Drop {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.write(&bytes[..bytes.len().min(1)])
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.0.flush()
    }
}

impl Read for Drop {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        self.0.read(into)
    }
}

/// A whole request whose every byte, from the first of the ClientHello on, is a packet of its own.
fn by_drops(address: SocketAddr, trusted: &[u8], version: &'static rustls::SupportedProtocolVersion) -> String {
    let mut roots = rustls::RootCertStore::empty();
    roots.add(CertificateDer::from(trusted.to_vec())).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider).with_protocol_versions(&[version]).unwrap();
    let config = config.with_root_certificates(roots).with_no_client_auth();
    let mut tls = rustls::ClientConnection::new(Arc::new(config), "localhost".try_into().unwrap()).unwrap();
    let socket = TcpStream::connect(address).unwrap();
    socket.set_nodelay(true).unwrap();
    let mut drops = Drop(socket);
    let mut stream = rustls::Stream::new(&mut tls, &mut drops);
    stream.write_all(b"GET /health HTTP/1.1\r\nhost: id.test\r\nconnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

/// How many sockets this process may open and leave enough for the others: both ends of each are its own.
fn most_sockets() -> usize {
    let limits = std::fs::read_to_string("/proc/self/limits").unwrap();
    let files = limits.lines().find_map(|line| line.strip_prefix("Max open files")).unwrap();
    files.split_whitespace().next().and_then(|soft| soft.parse().ok()).map_or(2_000, |soft: usize| soft / 5)
}

#[tokio::test(flavor = "multi_thread")]
async fn v91_silence_drops_and_nonsense_keep_nobody_waiting() {
    let service = encrypted().await;
    // Two thousand that say nothing, some that stop in the middle, and some that speak another language.
    let mut silent = Vec::new();
    for number in 0..most_sockets().min(2_000) {
        let mut socket = TcpStream::connect(service.address).unwrap();
        match number % 100 {
            1 => socket.write_all(&[22, 3, 1, 0]).unwrap(),
            2 => socket.write_all(b"GET /health HTTP/1.1\r\nhost: id.test\r\n\r\n").unwrap(),
            3 => socket.write_all(&[0xff; 64]).unwrap(),
            _ => {}
        }
        silent.push(socket);
    }
    let known = der(&service.files.0);
    for version in [&rustls::version::TLS12, &rustls::version::TLS13] {
        let (address, known) = (service.address, known.clone());
        let answer = tokio::task::spawn_blocking(move || by_drops(address, &known, version)).await.unwrap();
        assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    }
    assert_eq!(service.shown(&[]).await, known);
    drop(silent);
    service.town.browser().get("/health").await.expect(200);
}

#[tokio::test]
async fn headers_and_pages_over_tls_are_those_of_the_plain_listener() {
    let service = encrypted().await;
    let answer = service.client(&[]).get(service.url("/sign-in")).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    assert!(answer.headers()["strict-transport-security"].to_str().unwrap().contains("max-age"));
    assert!(answer.version() == reqwest::Version::HTTP_11);
    // Nobody who does not trust the certificate gets anything.
    let stranger = reqwest::Client::builder().tls_certs_only([]).no_proxy().build().unwrap();
    assert!(stranger.get(service.url("/health")).send().await.is_err());
}
