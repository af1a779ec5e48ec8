//! The one client for everything that the service itself fetches or pushes: keys of clients, events to partners.
//!
//! Whoever registers an address could have the service knock at doors that only it can reach (server-side request
//! forgery). So every exchange goes through here, and here holds:
//!
//! 1. `https` alone; `http` only within this machine, and only when the operator listed it.
//! 2. Only addresses that the [`address`] rule permits, by name or written out; what was judged is connected to.
//! 3. No redirect is followed, no proxy of the environment is used, no cookie is kept, no user stands in the URL.
//! 4. A bounded answer, read piece by piece and cut off; a bounded time for the connection and for the whole.
//! 5. One attempt: whether and when there is another is for the caller to say.

use std::error::Error;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use reqwest::{Certificate, Client, Response};
use url::{Host, Url};

use crate::config;
use crate::crypto::tls;
use crate::fault::Fault;

pub mod address;
mod failed;
pub mod key_sets;
mod resolver;

pub use failed::Failed;

use address::Rule;
use resolver::Resolver;

/// The longest answer to a push that is read; it is an error code.
const ANSWER: usize = 8 * 1024;

/// The client; clones share it.
#[derive(Debug, Clone)]
pub struct Outgoing {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    settings: config::Outgoing,
    /// Authorities besides those of the system.
    roots: Vec<Certificate>,
    rule: Rule,
    /// Made at the first exchange: reading the system's authorities takes a moment.
    secure: OnceLock<Option<Client>>,
    clear: OnceLock<Option<Client>>,
}

/// What a push was answered.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The HTTP status; never a redirect.
    pub status: u16,
    /// The body, at most 8 KiB.
    pub body: Vec<u8>,
}

impl Outgoing {
    /// By these settings.
    ///
    /// # Errors
    /// When the certificates that the settings name cannot be read.
    pub fn new(settings: &config::Outgoing) -> Result<Self, Fault> {
        let mut roots = Vec::new();
        if !settings.roots.as_os_str().is_empty() {
            let pem = std::fs::read(&settings.roots).map_err(|cause| Fault::File("outgoing.roots", cause))?;
            roots = Certificate::from_pem_bundle(&pem).unwrap_or_default();
            if roots.is_empty() {
                return Err(Fault::Key("outgoing.roots holds no certificates"));
            }
        }
        tls::ready();
        let rule = Rule::new(&settings.allow);
        let inner = Inner { settings: settings.clone(), roots, rule, secure: OnceLock::new(), clear: OnceLock::new() };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// Fetches a JSON document of at most `max` bytes: the body of a 200. It is not parsed.
    ///
    /// # Errors
    /// When nothing came back that may be used.
    pub async fn get_json(&self, url: &Url, max: usize) -> Result<Vec<u8>, Failed> {
        let accept = HeaderValue::from_static("application/json, application/jwk-set+json");
        let asked = self.client_for(url)?.get(url.clone()).header(ACCEPT, accept).send().await;
        let response = not_redirected(asked.map_err(|cause| judge(&cause))?)?;
        match response.status().as_u16() {
            200 => read(response, max).await,
            status => Err(Failed::Status(status)),
        }
    }

    /// Posts a body; the answer, whatever its status, unless it leads elsewhere.
    ///
    /// # Errors
    /// When no answer came.
    pub async fn post(
        &self, url: &Url, content_type: &'static str, body: Vec<u8>, authorization: Option<&str>,
    ) -> Result<Answer, Failed> {
        let mut request = self.client_for(url)?.post(url.clone()).header(CONTENT_TYPE, content_type);
        request = request.header(ACCEPT, "application/json");
        if let Some(authorization) = authorization {
            let mut value = HeaderValue::from_str(authorization).map_err(|_| Failed::Ours)?;
            value.set_sensitive(true);
            request = request.header(AUTHORIZATION, value);
        }
        let response = request.body(body).send().await.map_err(|cause| judge(&cause))?;
        let response = not_redirected(response)?;
        Ok(Answer { status: response.status().as_u16(), body: read(response, ANSWER).await? })
    }

    /// Whether a URL could be asked at all, for whoever registers it: names are not looked up.
    ///
    /// # Errors
    /// `Address` or `Barred`.
    pub fn check(&self, url: &Url) -> Result<(), Failed> {
        let clear = match url.scheme() {
            "https" => false,
            "http" => true,
            _ => return Err(Failed::Address),
        };
        if !url.username().is_empty() || url.password().is_some() {
            return Err(Failed::Address);
        }
        // An address that is written out is never resolved: it is judged here.
        let resolver = Resolver::new(self.inner.rule.clone(), clear);
        let permitted = match url.host().ok_or(Failed::Address)? {
            Host::Ipv4(address) => resolver.permits(address.into()),
            Host::Ipv6(address) => resolver.permits(address.into()),
            Host::Domain(_) => true,
        };
        if permitted { Ok(()) } else { Err(Failed::Barred) }
    }

    fn client_for(&self, url: &Url) -> Result<&Client, Failed> {
        self.check(url)?;
        let clear = url.scheme() == "http";
        let place = if clear { &self.inner.clear } else { &self.inner.secure };
        place.get_or_init(|| self.inner.client(clear)).as_ref().ok_or(Failed::Ours)
    }
}

impl Inner {
    fn client(&self, clear: bool) -> Option<Client> {
        let span = |milliseconds: u32| Duration::from_millis(milliseconds.into());
        let start = || {
            Client::builder()
                .user_agent(concat!("latchkey/", env!("CARGO_PKG_VERSION")))
                .redirect(reqwest::redirect::Policy::none())
                .retry(reqwest::retry::never())
                .no_proxy()
                .referer(false)
                .https_only(!clear)
                .dns_resolver(Resolver::new(self.rule.clone(), clear))
                .connect_timeout(span(self.settings.connect_milliseconds))
                .timeout(span(self.settings.whole_milliseconds))
                .pool_max_idle_per_host(1)
                .pool_idle_timeout(Duration::from_secs(20))
        };
        if clear {
            return start().tls_certs_only([]).build().ok();
        }
        let made = start().tls_certs_merge(self.roots.iter().cloned()).build().or_else(|_| {
            // The system has no authorities. The service starts all the same, and trusts those that it was given.
            tracing::warn!("this machine has no root certificates: only those of outgoing.roots are trusted");
            start().tls_certs_only(self.roots.iter().cloned()).build()
        });
        made.inspect_err(|cause| tracing::error!(%cause, "no client for what the service fetches and pushes")).ok()
    }
}

fn not_redirected(response: Response) -> Result<Response, Failed> {
    if response.status().is_redirection() { Err(Failed::Redirected) } else { Ok(response) }
}

/// The body, as long as it is not too long.
async fn read(mut response: Response, max: usize) -> Result<Vec<u8>, Failed> {
    let announced = response.content_length().unwrap_or(0);
    if announced > max as u64 {
        return Err(Failed::TooLong);
    }
    let mut body = Vec::new();
    while let Some(piece) = response.chunk().await.map_err(|cause| judge(&cause))? {
        if body.len() + piece.len() > max {
            return Err(Failed::TooLong);
        }
        body.extend_from_slice(&piece);
    }
    Ok(body)
}

/// What the library's error means.
fn judge(cause: &reqwest::Error) -> Failed {
    let mut inner: Option<&(dyn Error + 'static)> = Some(cause);
    while let Some(error) = inner {
        if let Some(ours) = error.downcast_ref::<Failed>() {
            return *ours;
        }
        inner = error.source();
    }
    if cause.is_timeout() {
        Failed::Slow
    } else if cause.is_connect() {
        Failed::Unreachable
    } else if cause.is_builder() {
        Failed::Ours
    } else {
        Failed::Broken
    }
}
