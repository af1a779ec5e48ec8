//! Where the ledger is read from: the service's public address, over HTTP. Nothing that comes from here is believed, so it
//! needs no TLS to be safe; what is wrong is found by what was signed.

use std::time::Duration;

use reqwest::header::RETRY_AFTER;
use reqwest::{Client, Response, StatusCode};
use url::Url;

use super::{Finding, Stopped};
use crate::crypto::tls;
use crate::ledger::tile::{Tile, WIDTH};

/// The longest answer that is read: a full tile of hashes has 8 KiB, one of leaves 26 KiB.
const LONGEST: usize = 256 * 1024;
const PATIENCE: Duration = Duration::from_secs(30);
/// How often the service may say that it is too much.
const TRIES: u32 = 10;
/// How often it may fail, as one that is being restarted does.
const TRIES_BROKEN: u32 = 3;

/// A service's ledger.
#[derive(Debug, Clone)]
pub struct Source {
    base: Url,
    client: Client,
}

impl Source {
    /// The ledger of the service at this address (its issuer).
    ///
    /// # Errors
    /// When it is no `http` or `https` address.
    pub fn at(service: &str) -> Result<Self, Stopped> {
        tls::ready();
        let base = format!("{}/ledger/", service.trim_end_matches('/'));
        let base = Url::parse(&base).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
        let base = base.ok_or_else(|| Stopped::Given(format!("{service} is not the address of a service")))?;
        let client = Client::builder()
            .user_agent(concat!("latchkey-audit/", env!("CARGO_PKG_VERSION")))
            .redirect(reqwest::redirect::Policy::none())
            .timeout(PATIENCE);
        // A machine without authorities audits what is served without TLS all the same.
        let plain = || Client::builder().timeout(PATIENCE).tls_certs_only([]).build();
        let client = client.build().or_else(|_| plain());
        let client = client.map_err(|cause| Stopped::Given(cause.to_string()))?;
        Ok(Self { base, client })
    }

    /// The ledger's key, as the service publishes it.
    ///
    /// # Errors
    /// When it cannot be fetched.
    pub async fn key(&self) -> Result<String, Stopped> {
        Ok(self.text("key").await?.trim().to_owned())
    }

    /// The last checkpoint, a signed note.
    ///
    /// # Errors
    /// When it cannot be fetched.
    pub async fn checkpoint(&self) -> Result<String, Stopped> {
        self.text("checkpoint").await
    }

    /// The last checkpoint that a quorum of the service's witnesses cosigned. `None`: it has none.
    ///
    /// # Errors
    /// When it cannot be fetched.
    pub async fn witnessed(&self) -> Result<Option<String>, Stopped> {
        self.found("checkpoint/witnessed").await
    }

    /// The proof that an entry is in the tree of the last checkpoint. `None`: it is not served.
    ///
    /// # Errors
    /// When it cannot be fetched.
    pub async fn proof(&self, position: u64) -> Result<Option<String>, Stopped> {
        self.found(&format!("proof/{position}")).await
    }

    /// The proof that a tree begins with an earlier one. `None`: it is not served.
    ///
    /// # Errors
    /// When it cannot be fetched.
    pub async fn growth(&self, earlier: u64, later: u64) -> Result<Option<String>, Stopped> {
        self.found(&format!("consistency?from={earlier}&to={later}")).await
    }

    /// A tile. A tile that is not there is a finding; the tile of a smaller tree is never asked for.
    ///
    /// # Errors
    /// When it cannot be fetched.
    pub async fn tile(&self, tile: &Tile) -> Result<Result<Vec<u8>, Finding>, Stopped> {
        let path = format!("tile/{tile}");
        let answer = self.get(&path).await?;
        match answer.status() {
            StatusCode::OK => self.body(&path, answer).await.map(Ok),
            StatusCode::TOO_MANY_REQUESTS => Err(self.stopped(&path, &"the service asks to come again later")),
            // Whatever the service says of it, again and again: the checkpoint covers it, so it has to be there.
            _ => Ok(Err(Finding::Missing { what: format!("/ledger/{path}") })),
        }
    }

    async fn text(&self, path: &str) -> Result<String, Stopped> {
        self.found(path).await?.ok_or_else(|| self.stopped(path, &"it is not there"))
    }

    /// A text; `None` when the service says that there is none.
    async fn found(&self, path: &str) -> Result<Option<String>, Stopped> {
        let answer = self.get(path).await?;
        let status = answer.status();
        if status.is_client_error() {
            return Ok(None);
        }
        if status != StatusCode::OK {
            return Err(self.stopped(path, &status));
        }
        let text = String::from_utf8(self.body(path, answer).await?);
        text.map(Some).map_err(|_| self.stopped(path, &"not text"))
    }

    /// The answer; after many tries the one there is, whatever it says.
    async fn get(&self, path: &str) -> Result<Response, Stopped> {
        let url = self.base.join(path).map_err(|cause| self.stopped(path, &cause))?;
        let mut tried = 0;
        loop {
            let answer = self.client.get(url.clone()).send().await;
            let answer = answer.map_err(|cause| self.stopped(path, &cause.without_url()))?;
            tried += 1;
            let most = match answer.status() {
                // A service keeps floods away, and a whole ledger looks like one: it says when to come again.
                StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE => TRIES,
                status if status.is_server_error() => TRIES_BROKEN,
                _ => return Ok(answer),
            };
            if tried >= most {
                return Ok(answer);
            }
            let later = answer.headers().get(RETRY_AFTER).and_then(|later| later.to_str().ok()?.parse().ok());
            tokio::time::sleep(Duration::from_secs(later.unwrap_or(1).clamp(1, 60))).await;
        }
    }

    async fn body(&self, path: &str, mut answer: Response) -> Result<Vec<u8>, Stopped> {
        let mut body = Vec::new();
        while let Some(piece) = answer.chunk().await.map_err(|cause| self.stopped(path, &cause.without_url()))? {
            body.extend_from_slice(&piece);
            if body.len() > LONGEST {
                return Err(self.stopped(path, &"too long"));
            }
        }
        Ok(body)
    }

    fn stopped(&self, path: &str, why: &dyn std::fmt::Display) -> Stopped {
        Stopped::Fetch { what: format!("{}{path}", self.base), why: why.to_string() }
    }
}

/// The leaves of a bundle. `None`: it does not read, or has another number of them.
#[must_use]
pub fn leaves(mut bundle: &[u8], width: u64) -> Option<Vec<&[u8]>> {
    let mut found = Vec::with_capacity(usize::try_from(width.min(WIDTH)).ok()?);
    while let Some((length, rest)) = bundle.split_first_chunk::<2>() {
        let (leaf, rest) = rest.split_at_checked(usize::from(u16::from_be_bytes(*length)))?;
        found.push(leaf);
        bundle = rest;
    }
    let whole = bundle.is_empty() && u64::try_from(found.len()).is_ok_and(|count| count == width);
    whole.then_some(found)
}
