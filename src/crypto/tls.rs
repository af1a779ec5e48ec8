//! TLS with ring beneath it, for whatever listens, fetches or pushes in this process.

use std::sync::LazyLock;

use rustls::crypto::ring;

static INSTALLED: LazyLock<()> = LazyLock::new(|| {
    // An error says that the process has one already: then it chose for itself.
    let _ = ring::default_provider().install_default();
});

/// Makes ring the TLS library's provider in this process; to be called before a listener or a client is built.
pub fn ready() {
    LazyLock::force(&INSTALLED);
}
