//! TLS with ring beneath it, for whatever listens, fetches or pushes in this process.

use std::sync::{Arc, LazyLock};

use rustls::crypto::ring;
use rustls::server::NoServerSessionStorage;
use rustls::sign::{CertifiedKey, SingleCertAndKey};
use rustls::version::{TLS12, TLS13};
use rustls::{Error, ServerConfig};

mod any_client;
pub mod develop;
pub mod pair;

static INSTALLED: LazyLock<()> = LazyLock::new(|| {
    // An error says that the process has one already: then it chose for itself.
    let _ = ring::default_provider().install_default();
});

/// Makes ring the TLS library's provider in this process; to be called before a listener or a client is built.
pub fn ready() {
    LazyLock::force(&INSTALLED);
}

/// What a listener asks of those who connect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Peers {
    /// Nothing: they prove themselves above TLS, or not at all.
    Anybody,
    /// A certificate, if they have one, and in any case the signature of the handshake by its key (RFC 8705 §2). Who
    /// issued it is looked at when a client authenticates by it.
    WithCertificate,
}

/// How a listener speaks: TLS 1.2 or 1.3, forward secrecy and authenticated encryption only (what ring has), HTTP/1.1.
///
/// # Errors
/// When the library refuses, which it does not for these.
pub fn server(pair: Arc<CertifiedKey>, peers: Peers) -> Result<Arc<ServerConfig>, Error> {
    let provider = Arc::new(ring::default_provider());
    let builder = ServerConfig::builder_with_provider(provider).with_protocol_versions(&[&TLS13, &TLS12])?;
    let resolver = Arc::new(SingleCertAndKey::from(pair));
    let mut config = match peers {
        Peers::Anybody => builder.with_no_client_auth().with_cert_resolver(resolver),
        Peers::WithCertificate => {
            let verifier = Arc::new(any_client::AnyCertificate::default());
            let mut config = builder.with_client_cert_verifier(verifier).with_cert_resolver(resolver);
            // A resumed session proves nothing anew: every connection signs.
            config.session_storage = Arc::new(NoServerSessionStorage {});
            config.send_tls13_tickets = 0;
            config
        }
    };
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Arc::new(config))
}
