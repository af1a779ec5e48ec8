//! The certificate that listeners show, read again when its files change.

use std::os::unix::fs::MetadataExt;
use std::path::PathBuf;
use std::time::Duration;

use axum_server::tls_rustls::RustlsConfig;

use crate::crypto::tls::pair::{self, NotAPair};
use crate::crypto::tls::{self, Peers};

/// How often the files are looked at.
const EVERY: Duration = Duration::from_secs(1);

/// A certificate with its key, and the files they come from.
///
/// New connections get the newest pair that was good; open ones are not touched. A bad new file changes nothing but
/// the log.
pub struct Certificates {
    files: (PathBuf, PathBuf),
    peers: Peers,
    seen: Option<[Stamp; 2]>,
    current: RustlsConfig,
}

/// What changes of a file when it is written or replaced: inode, size, time in nanoseconds.
type Stamp = (u64, u64, i64, i64);

impl Certificates {
    /// Reads the files of certificate and key, for listeners that ask this of their peers.
    ///
    /// # Errors
    /// What is wrong with them.
    pub fn open(files: (PathBuf, PathBuf), peers: Peers) -> Result<Self, NotAPair> {
        let seen = stamps(&files);
        let current = RustlsConfig::from_config(read(&files, peers)?);
        Ok(Self { files, peers, seen, current })
    }

    /// What a listener shows: later changes reach it, too.
    pub(super) fn current(&self) -> RustlsConfig {
        self.current.clone()
    }

    /// Looks at the files every second, for ever.
    pub async fn watch(mut self) {
        loop {
            tokio::time::sleep(EVERY).await;
            self.look();
        }
    }

    /// Reads the files again if they are others than before.
    pub fn look(&mut self) {
        // Taken before reading: what is written in between is seen the next time.
        let now = stamps(&self.files);
        if now == self.seen {
            return;
        }
        self.seen = now;
        match read(&self.files, self.peers) {
            Ok(config) => {
                self.current.reload_from_config(config);
                tracing::info!(certificate = %self.files.0.display(), "new connections get the new certificate");
            }
            // Normal for a moment, between the replacement of the one file and the other.
            Err(cause) => tracing::warn!(%cause, "the old certificate stays in use"),
        }
    }
}

fn stamps(files: &(PathBuf, PathBuf)) -> Option<[Stamp; 2]> {
    let of = |path: &PathBuf| {
        let file = std::fs::metadata(path).ok()?;
        Some((file.ino(), file.size(), file.mtime(), file.mtime_nsec()))
    };
    Some([of(&files.0)?, of(&files.1)?])
}

fn read(files: &(PathBuf, PathBuf), peers: Peers) -> Result<std::sync::Arc<rustls::ServerConfig>, NotAPair> {
    let pair = pair::read(&files.0, &files.1)?;
    let (certificate, key) = files.clone();
    tls::server(pair, peers).map_err(|cause| NotAPair::Unusable { certificate, key, cause })
}
